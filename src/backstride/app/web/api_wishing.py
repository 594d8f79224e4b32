"""What the API can be told of the plan: a goal, an exercise, a pause, a beginning anew, a visit."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from backstride.app import visits, wishing
from backstride.app.entering import checked_day
from backstride.app.web.api_asked import Faults, IsAsked, Shape, Stored
from backstride.model.wishes import Asker, GoalKind, PauseReason, WishKind

router = APIRouter(responses={422: {"model": Faults}})


class GoalTold(Shape):
    """What the runner is after; `none` takes the last one away."""

    on: date | None = None
    kind: GoalKind
    distance_m: Annotated[float, Field(gt=0, le=wishing.LONGEST_M, allow_inf_nan=False)] | None = None
    by: date | None = None
    race: bool = False


class ExerciseWishTold(Shape):
    """An exercise always (pin), never (ban), or left to the plan again (free)."""

    on: date | None = None
    exercise: Annotated[str, Field(max_length=100)]
    wish: WishKind
    asked_by: Asker = "runner"


class PauseTold(Shape):
    """Days without the plan; told again from the same first day it takes the place of the earlier one."""

    on: date | None = None
    first: date | None = None
    """The day it is told, where left out."""
    last: date | None = None
    reason: PauseReason = "other"


class RestartTold(Shape):
    """The ladder begins again from a day."""

    on: date | None = None


class VisitTold(Shape):
    """Somebody has looked, and what was said about running: yes, not_yet, not_said."""

    on: date | None = None
    who: Annotated[str, Field(max_length=100)]
    may_run: Annotated[str, Field(max_length=100)]


@router.post("/goals")
def goals(asked: IsAsked, told: GoalTold) -> Stored:
    """A goal; it takes the place of the one before it."""
    on = checked_day(told.on, asked.here.on)
    with asked.here.store() as store:
        return _stored(wishing.tell_goal(store, told.kind, on, told.distance_m, told.by, told.race))


@router.post("/exercise-wishes")
def exercise_wishes(asked: IsAsked, told: ExerciseWishTold) -> Stored:
    """A wish about one exercise; none beats a do-not-if."""
    on = checked_day(told.on, asked.here.on)
    with asked.here.store() as store:
        row = wishing.tell_exercise_wish(
            store, told.exercise, told.wish, told.asked_by, on, asked.here.knowledge
        )
        return _stored(row)


@router.post("/pauses")
def pauses(asked: IsAsked, told: PauseTold) -> Stored:
    """A pause; it touches no answer and no red flag."""
    on = checked_day(told.on, asked.here.on)
    with asked.here.store() as store:
        return _stored(wishing.tell_pause(store, told.reason, told.first or on, told.last, on))


@router.post("/restarts")
def restarts(asked: IsAsked, told: RestartTold) -> Stored:
    """A beginning anew; it takes back neither a visit that is due nor days of rest."""
    on = checked_day(told.on, asked.here.on)
    with asked.here.store() as store:
        return _stored(wishing.tell_restart(store, on))


@router.post("/visits")
def seen(asked: IsAsked, told: VisitTold) -> Stored:
    """A visit to somebody; it moves the ladder alone and clears no red flag."""
    on = checked_day(told.on, asked.here.on)
    with asked.here.store() as store:
        (row,) = store.add(visits.checked_visit(told.who, told.may_run, on, asked.here.knowledge))
        return _stored(row)


def _stored(row: int) -> Stored:
    return Stored(rows=[row])
