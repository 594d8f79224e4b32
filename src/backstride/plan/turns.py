"""What was told, day by day, and where each of it led on the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.history import CheckIn, Seen, one_a_day
from backstride.model.ladder import RunDay, RunMatch, Setback
from backstride.model.wishes import Restart
from backstride.plan.climb import (
    Standing,
    after_day,
    kept,
    looked,
    restarted,
    rungs_done,
    set_back,
)
from backstride.plan.match import match
from backstride.plan.pain_rule import Judgement, judge, lately

Told: TypeAlias = CheckIn | Seen | Restart | Setback


@dataclass(frozen=True, slots=True)
class Turn:
    """One told day, visit, wish to begin again or setback, and the standing before and after it."""

    what: Told
    judged: Judgement | None
    """By the scores alone; None for all but a check-in."""
    before: Standing
    """As it held on that day."""
    after: Standing
    matched: RunMatch | None = None
    """The run on record, held against the session due; None where nothing was, or a walk."""
    rose: bool = False
    """Whether that week was worse than the one before."""


def turns(
    check_ins: tuple[CheckIn, ...],
    bone: bool | None,
    knowledge: Knowledge,
    ladder: Ladder,
    seen: tuple[Seen, ...] = (),
    runs: tuple[RunDay, ...] = (),
    restarts: tuple[Restart, ...] = (),
    setbacks: tuple[Setback, ...] = (),
) -> Iterator[Turn]:
    """What was told, day by day, from the first running rung.

    A wish to begin again holds from the start of its day: what was told of earlier days lifts nobody.
    A visit comes before the check-in of its day: a session that went badly on that day may have come after
    it, so what was said at the visit is not held to be about it.  A setback comes last: nothing of its day
    takes it away.
    """
    by_day: dict[date, list[RunDay]] = {}
    for run in runs:
        by_day.setdefault(run.on, []).append(run)
    days: list[tuple[date, int, Told]] = [(told.on, 1, told) for told in one_a_day(check_ins)]
    days += [(visit.on, 0, visit) for visit in seen]
    days += [(again.on, -1, again) for again in restarts]
    days += [(setback.on, 2, setback) for setback in setbacks]
    standing = Standing()
    told: list[CheckIn] = []
    back_on: date | None = None
    for on, _, what in sorted(days, key=lambda day: day[:2]):
        was = kept(standing, on, ladder)
        if not isinstance(what, CheckIn):
            standing = _apart(was, what, back_on, ladder)
            back_on = on if standing.rung < was.rung else back_on
            yield Turn(what, None, was, standing)
            continue
        matched = match(by_day.get(on, ()), on, was.rung, ladder, knowledge)
        before = lately(told, what, knowledge)
        judged = judge(what, bone, knowledge, before)
        was = was if rungs_done(what, matched) else standing
        standing = after_day(standing, what, judged, ladder, matched, before.lasted)
        back_on = on if standing.rung < was.rung else back_on
        yield Turn(what, judged, was, standing, matched, before.rose)
        told.append(what)


def _apart(was: Standing, what: Seen | Restart | Setback, back_on: date | None, ladder: Ladder) -> Standing:
    """The standing after what is no check-in."""
    match what:
        case Seen():
            return looked(was, what, ladder)
        case Restart():
            return restarted(was)
        case Setback():
            return set_back(was, what, back_on, ladder)


def going(told: Iterable[Turn], on: date, ladder: Ladder) -> bool:
    """Whether any session of running in the last `days_going` days was told as green or amber."""
    return any(
        isinstance(turn.what, CheckIn)
        and turn.judged in ("green", "amber")
        and 0 <= (on - turn.what.on).days <= ladder.days_going
        and max(rungs_done(turn.what, turn.matched), default=0) > 0
        for turn in told
    )


def end_of(told: Iterable[Turn]) -> Standing:
    """Where they have led from the first running rung."""
    standing = Standing()
    for turn in told:
        standing = turn.after
    return standing
