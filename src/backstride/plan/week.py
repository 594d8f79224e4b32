"""Which session is on which day, from today to the review or for a week, whichever ends first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from backstride.knowledge.knowledge import Knowledge
from backstride.model.history import CheckIn
from backstride.model.session import PlannedDay, Session, SessionKind
from backstride.plan.climb import Standing
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
) -> tuple[PlannedDay, ...]:
    """Each day before the review, seven at most: running days as the ladder spaces them, strength between."""
    days = min(int(knowledge.number("week_days")), (review_on - on).days)
    every = [on + timedelta(days=day) for day in range(days)]
    kinds: dict[SessionKind, Session] = {session.kind: session for session in sessions}
    out = next((kind for kind in ("walk_run", "walk") if kind in kinds), None)
    first = max(on, standing.next_on or on)
    out_on = {
        day
        for day in every
        if out is not None and day >= first and (day - first).days % now.ladder.days_between_runs == 0
    }
    strong_on: set[date] = set()
    if (strength := kinds.get("strength")) is not None:
        strong_on = _strength_days(every, out_on, _days_done(strength, check_ins), knowledge)
    return tuple(
        PlannedDay(
            day,
            (
                *((out,) if out is not None and day in out_on else ()),
                *(("strength",) if day in strong_on else ()),
                *(("mobility",) if "mobility" in kinds else ()),
            ),
        )
        for day in every
    )


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
