"""The watch after recovery: whether the pain is coming back, sooner than a single bad day would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from backstride.features.lookback import Lookback
from backstride.features.onset import pain_by_day
from backstride.features.saying import says
from backstride.knowledge.knowledge import Knowledge
from backstride.model.course import Relapse
from backstride.model.text import Quantity

_SOURCES = ("page1954", "own_rule")


@dataclass(frozen=True, slots=True)
class Quiet:
    """A stretch of little pain that ends on a day, and its mean."""

    on: date
    level: float


@dataclass(frozen=True, slots=True)
class Rise:
    """When the sum went over its limit, and the day it left zero for the last time before."""

    on: date
    since: date


def relapse(look: Lookback) -> Relapse | None:
    """The watch since the last recovery; None where nobody has recovered from anything yet.

    A cumulative sum of daily worst scores over the quiet level and a slack: it goes over its limit after a
    few days that are clearly worse, and never after one, however bad.  A day that is not noted adds nothing.

    Source: page1954 for the sum; slack and limit are ours, with the false alarms that accuracy/relapse.py
    counts.
    """
    scores = _scores(look)
    found = list(watched(scores, look.knowledge))
    if not found:
        return None
    quiet, rise = found[-1]
    level = Quantity(quiet.level, "score")
    if rise is None:
        return Relapse(
            quiet.on, level, None, None, says("relapse_watching", day=quiet.on, level=level), _SOURCES
        )
    now = mean(score for day, score in scores.items() if rise.since <= day <= rise.on)
    return Relapse(
        quiet.on,
        level,
        rise.on,
        rise.since,
        says("relapse_alarm", level=level, since=rise.since, now=Quantity(now, "score")),
        _SOURCES,
    )


def returns(look: Lookback) -> tuple[Rise, ...]:
    """Every time so far that the pain seemed to come back after it had settled, by day."""
    return tuple(rise for _, rise in watched(_scores(look), look.knowledge) if rise is not None)


def _scores(look: Lookback) -> Mapping[date, float]:
    return {day: score for day, score in pain_by_day(look.history, look.on).items() if day <= look.on}


def watched(scores: Mapping[date, float], knowledge: Knowledge) -> Iterator[tuple[Quiet, Rise | None]]:
    """Each recovery with the rise that ended its watch; the last may have none."""
    slack, limit = knowledge.number("relapse_slack"), knowledge.number("relapse_limit")
    most = knowledge.number("relapse_day_most")
    quiet: Quiet | None = None
    total, since = 0.0, None
    for day, score in sorted(scores.items()):
        if quiet is None:
            quiet = _recovered(day, scores, knowledge)
            total, since = 0.0, None
            continue
        total = max(0.0, total + min(most, score - quiet.level - slack))
        since = None if total == 0 else since or day
        if total > limit and since is not None:
            yield quiet, Rise(day, since)
            quiet = None
    if quiet is not None:
        yield quiet, None


def _recovered(on: date, scores: Mapping[date, float], knowledge: Knowledge) -> Quiet | None:
    """Quiet for a fortnight, noted often enough, after there was more than that."""
    first = on - timedelta(days=knowledge.number("relapse_quiet_days") - 1)
    held = [score for day, score in scores.items() if first <= day <= on]
    settled, green = knowledge.number("course_settled_to"), knowledge.number("pain_green_to")
    if len(held) < knowledge.number("relapse_least_noted") or mean(held) > settled or max(held) > green:
        return None
    before = any(score > green for day, score in scores.items() if day < first)
    return Quiet(on, mean(held)) if before else None
