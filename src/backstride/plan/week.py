"""Which session is on which day, from today to the review or for a week, whichever ends first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from backstride.knowledge.knowledge import Knowledge
from backstride.model.history import CheckIn
from backstride.model.session import PlannedDay, Session, SessionKind
from backstride.model.wishes import Pause
from backstride.plan.climb import Standing
from backstride.plan.pauses import is_paused
from backstride.plan.situation import Situation

WEEK = timedelta(days=7)


def week(
    sessions: tuple[Session, ...],
    on: date,
    review_on: date,
    standing: Standing,
    check_ins: tuple[CheckIn, ...],
    now: Situation,
    knowledge: Knowledge,
    pauses: tuple[Pause, ...] = (),
) -> tuple[PlannedDay, ...]:
    """Each day before the review, seven at most: running days as the ladder spaces them, strength between.

    Nothing is on a day of a pause.
    """
    days = min(int(knowledge.number("week_days")), (review_on - on).days)
    every = [on + timedelta(days=day) for day in range(days)]
    kinds: dict[SessionKind, Session] = {session.kind: session for session in sessions}
    out = next((kind for kind in ("walk_run", "walk") if kind in kinds), None)
    first = max(on, standing.next_on or on)
    free = [day for day in every if not is_paused(day, pauses)]
    out_on: set[date] = set()
    if out is not None:
        out_on = set(_spaced((day for day in free if day >= first), now.ladder.days_between_runs))
    strong_on: set[date] = set()
    if (strength := kinds.get("strength")) is not None:
        strong_on = _strength_days(free, out_on, _days_done(strength, check_ins), knowledge)
    return tuple(
        PlannedDay(
            day,
            (
                *((out,) if out is not None and day in out_on else ()),
                *(("strength",) if day in strong_on else ()),
                *(("mobility",) if "mobility" in kinds and day in free else ()),
            ),
        )
        for day in every
    )


def _spaced(days: Iterable[date], apart: int) -> Iterator[date]:
    """The first of the days, and each one so many days or more after the one before it."""
    last: date | None = None
    for day in days:
        if last is None or (day - last).days >= apart:
            last = day
            yield day


def _strength_days(
    every: Iterable[date], out_on: set[date], done_on: set[date], knowledge: Knowledge
) -> set[date]:
    """Days without a run, apart from one another, and so many in any seven days with those already done."""
    most = int(knowledge.number("strength_days_a_week"))
    gap = timedelta(days=knowledge.number("strength_gap_days"))
    taken = set(done_on)
    for day in every:
        close = any(abs(day - other) < gap for other in taken)
        lately = sum(timedelta(0) <= day - other < WEEK for other in taken)
        if day not in out_on and not close and lately < most:
            taken.add(day)
    return taken - done_on


def _days_done(session: Session, check_ins: tuple[CheckIn, ...]) -> set[date]:
    return {told.on for told in check_ins if set(told.done) & set(session.steps)}
