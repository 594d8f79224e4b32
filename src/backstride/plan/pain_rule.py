"""What a check-in's scores say about the next session: green, amber, red, or not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean
from typing import Literal

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Fit
from backstride.model.history import CheckIn

Judgement = Literal["green", "amber", "red", "unknown"]


_DAYS = 14
"""As many told days before one bear on it: of this week and the last, one a day."""


@dataclass(frozen=True, slots=True)
class Lately:
    """What was told before a day, as far as it bears on that day."""

    morning: float | None = None
    """The score of the morning of the session; None where it was not told."""
    rose: bool = False
    """Whether the sessions of this week were worse than those of the last."""
    lasted: bool = False
    """Whether the day shows for the first time that pain above the red line lasted longer than a day."""


NOTHING = Lately()


def lately(before: Sequence[CheckIn], check_in: CheckIn, knowledge: Knowledge) -> Lately:
    """What the days told `before` a day, oldest first and one a day, say of it."""
    recent = before[-_DAYS:]
    yesterday = recent[-1] if recent and check_in.on - recent[-1].on == timedelta(days=1) else None
    return Lately(
        None if yesterday is None else yesterday.pain_next_morning,
        _rose((*recent, check_in), check_in.on, knowledge),
        _lasted((*recent[-2:], check_in), knowledge),
    )


def _rose(told: Iterable[CheckIn], on: date, knowledge: Knowledge) -> bool:
    """Whether the sessions of the week up to a day were worse than those of the week before it.

    By the mean of each session's worst score.  False where that day has none, or where either week has too
    few: nobody knows then.
    """
    worst: tuple[list[float], list[float]] = ([], [])
    scores: tuple[float, ...] = ()
    for day in told:
        scores = _of_session(day)
        if scores and 0 <= (on - day.on).days < 14:
            worst[(on - day.on).days // 7].append(max(scores))
    now, past = worst
    if not scores or min(len(now), len(past)) < knowledge.number("pain_week_least_sessions"):
        return False
    return round(mean(now) - mean(past), 6) > knowledge.number("pain_week_rise")


def _lasted(days: Sequence[CheckIn], knowledge: Knowledge) -> bool:
    """Of the last day, and at most the two before it: days in a row are one time, and shown by the second.

    It lasted where it was told of a day, and again of the day after; what was not told is not counted.
    """
    above = [_above(one, other, knowledge) for one, other in pairwise(days)]
    return above[-1:] == [True] and above[:-1] != [True]


def _above(day: CheckIn, next_day: CheckIn, knowledge: Knowledge) -> bool:
    told = (day.pain_during, day.pain_after, day.pain_now)
    of_day = max((score for score in told if score is not None), default=0.0)
    in_a_row = next_day.on - day.on == timedelta(days=1)
    return in_a_row and min(of_day, max(next_day.scores, default=0.0)) > knowledge.number("pain_amber_to")


def _of_session(day: CheckIn) -> tuple[float, ...]:
    """What was told of the pain in a session, after it and the next morning; empty on a day without one."""
    if day.pain_during is None and day.pain_after is None:
        return ()
    told = (day.pain_during, day.pain_after, day.pain_next_morning)
    return tuple(score for score in told if score is not None)


def judge(
    check_in: CheckIn, bone_type: bool | None, knowledge: Knowledge, before: Lately = NOTHING
) -> Judgement:
    """The worst that the told scores show; green only where those of the session are all told and low.

    `bone_type` says whether the pain may come from bone: then no score is green and any pain is red.
    Where that is not known (None) nothing is green or amber.  `before` is what was told before: a rise from
    the morning before to the next counts too, and what would be amber for its score is red where this week
    is worse than the last.

    Source: silbernagel2007, made for the Achilles tendon and not tested for backs.
    """
    worst = max(check_in.scores, default=None)
    rise = _rise(before.morning, check_in.pain_next_morning)
    if _is_red(worst, rise, bone_type, knowledge):
        return "red"
    if bone_type is None or worst is None:
        return "unknown"
    if before.rose and worst > knowledge.number("pain_green_to"):
        return "red"
    if bone_type or worst > knowledge.number("pain_green_to") or rise > knowledge.number("pain_morning_rise"):
        return "amber"
    asked = (check_in.pain_during, check_in.pain_after, check_in.pain_next_morning)
    return "unknown" if None in asked else "green"


def red_above(bone_type: bool | None, knowledge: Knowledge) -> float:
    """The score above which a day is red: any pain at all while it may come from bone."""
    return knowledge.number("pain_bone_to" if bone_type else "pain_amber_to")


def _rise(before: float | None, after: float | None) -> float:
    """How much worse the morning after was; no rise is counted where one of the two is not told."""
    return 0.0 if before is None or after is None else after - before


def _is_red(worst: float | None, rise: float, bone_type: bool | None, knowledge: Knowledge) -> bool:
    if rise > knowledge.number("pain_red_rise"):
        return True
    if worst is None:
        return False
    return worst > red_above(bone_type, knowledge)


def bone_type(fits: dict[str, Fit], impact_pain: bool | None, bone_causes: tuple[str, ...]) -> bool | None:
    """Whether the pain may come from bone: a possible bone cause or one-sided impact pain is enough.

    None while a bone cause was not ranked or the question was not settled.
    """
    if impact_pain or any(fits.get(cause, "unlikely") != "unlikely" for cause in bone_causes):
        return True
    return False if impact_pain is False and set(bone_causes) <= set(fits) else None
