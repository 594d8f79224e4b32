"""Telling what is wanted of the plan: a goal, an exercise always or never, a pause, a beginning anew."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TypeVar, get_args

from backstride.knowledge.knowledge import Knowledge
from backstride.model.errors import BadInput
from backstride.model.faults import as_id, did_you_mean
from backstride.model.said import Said, listed, said
from backstride.model.wishes import (
    Asker,
    ExerciseWish,
    Goal,
    GoalKind,
    Pause,
    PauseReason,
    Restart,
    WishKind,
)
from backstride.plan.pauses import in_force
from backstride.store.store import Store

LONGEST_M = 1_000_000.0
"""Nobody runs further than this in one go."""
_DAY = timedelta(days=1)
W = TypeVar("W", bound=str)


def checked_goal(
    kind: str, on: date, distance_m: float | None = None, by: date | None = None, race: bool = False
) -> Goal:
    """One goal with the values it may hold; `race` is a race of a distance, on the day `by`.

    Raises: BadInput naming every wrong value.
    """
    known, faults = _one_of(kind, get_args(GoalKind), said("goal"))
    if kind == "distance":
        if distance_m is None:
            faults.append(said("goal: say how far, as in 10km"))
        elif not 0 < distance_m <= LONGEST_M:
            faults.append(said("goal: the distance must be more than 0 and at most 1000 km"))
    elif distance_m is not None or race:
        faults.append(said("goal: only a distance has a length or a race"))
    if race and by is None:
        faults.append(said("goal: say on which day the race is"))
    if by is not None and kind == "none":
        faults.append(said("goal: none has no day"))
    if by is not None and by < on:
        faults.append(
            said("goal: {by} is over; right would be {on} or later", by=by.isoformat(), on=on.isoformat())
        )
    if faults:
        raise BadInput(tuple(faults))
    goal_kind: GoalKind = known or "none"
    return Goal(goal_kind, on, distance_m, by, race)


def checked_exercise_wish(
    exercise: str, wish: str, asked_by: str, on: date, knowledge: Knowledge
) -> ExerciseWish:
    """One wish about an exercise, which may be told with blanks.

    Raises: BadInput naming every wrong value.
    """
    id = as_id(exercise)
    kinds: tuple[WishKind, ...] = get_args(WishKind)
    askers: tuple[Asker, ...] = get_args(Asker)
    kind, faults = _one_of(wish, kinds, said("wish"))
    who, wrong_who = _one_of(asked_by, askers, said("asked by"))
    faults += wrong_who
    if id not in knowledge.exercises:
        faults.append(
            said(
                "{exercise}: no such exercise{meant}; right would be one of {n}",
                exercise=f"{exercise!r}",
                meant=did_you_mean(id, knowledge.exercises),
                n=listed(tuple(knowledge.exercises)),
            )
        )
    if faults or kind is None or who is None:
        raise BadInput(tuple(faults))
    return ExerciseWish(id, kind, on, who)


def checked_pause(reason: str, first: date, last: date | None, on: date) -> Pause:
    """One pause with the values it may hold; `on` is the day it is told.

    Raises: BadInput naming every wrong value.
    """
    reasons: tuple[PauseReason, ...] = get_args(PauseReason)
    why, faults = _one_of(reason, reasons, said("reason"))
    if last is not None and last < first:
        faults.append(
            said(
                "pause: it ends on {last}, before it begins on {first}",
                last=last.isoformat(),
                first=first.isoformat(),
            )
        )
    if faults or why is None:
        raise BadInput(tuple(faults))
    return Pause(first, on, why, last)


def _one_of(told: str, allowed: tuple[W, ...], what: Said) -> tuple[W | None, list[Said]]:
    """The allowed value that was told; None and the fault where it is none of them."""
    asked = as_id(told)
    if (found := next((each for each in allowed if each == asked), None)) is not None:
        return found, []
    meant, every = did_you_mean(asked, allowed), listed(allowed)
    return None, [
        said("{what}: {told} is not one of {n}{meant}", what=what, told=f"{told!r}", n=every, meant=meant)
    ]


def tell_goal(
    store: Store,
    kind: str,
    on: date,
    distance_m: float | None = None,
    by: date | None = None,
    race: bool = False,
) -> int:
    """The id of the diary row of the goal, which takes the place of the one before it.

    Raises: BadInput naming every wrong value; then nothing was stored.
    """
    return store.add(checked_goal(kind, on, distance_m, by, race))[0]


def tell_exercise_wish(
    store: Store, exercise: str, wish: str, asked_by: str, on: date, knowledge: Knowledge
) -> int:
    """The id of the diary row of a wish about an exercise: pin, ban, or free.

    Raises: BadInput naming every wrong value; then nothing was stored.
    """
    return store.add(checked_exercise_wish(exercise, wish, asked_by, on, knowledge))[0]


def tell_pause(store: Store, reason: str, first: date, last: date | None, on: date) -> int:
    """The id of the diary row of a pause; it touches no answer, and no red flag.

    Raises: BadInput naming every wrong value; then nothing was stored.
    """
    return store.add(checked_pause(reason, first, last, on))[0]


def end_pause(store: Store, back_on: date, on: date) -> tuple[Pause, ...]:
    """The pauses of a day as they are now, over before it; each can be taken back like any entry.

    `back_on` is the first day without a pause.  Raises: BadInput where none holds that day.
    """
    told = [pause for pause in store.told().wishes.pauses if pause.on <= on]
    running = [pause for pause in in_force(told) if back_on in pause]
    if not running:
        raise BadInput((said("{day}: no pause on that day", day=back_on.isoformat()),))
    ended = tuple(Pause(pause.first, on, pause.reason, back_on - _DAY) for pause in running)
    store.add(*ended)
    return ended


def tell_restart(store: Store, on: date) -> int:
    """The id of the diary row of a wish to begin the ladder again from a day.

    It lifts nobody, and takes back neither a visit that is due nor days of rest.
    """
    return store.add(Restart(on))[0]


def metres_in(words: str) -> float | None:
    """A distance told as 10km, 10 km, 6miles or 800m, in metres; None where the words are none."""
    found = _DISTANCE.fullmatch(words.strip().lower())
    return None if found is None else float(found["number"].replace(",", ".")) * _UNITS[found["unit"]]


_UNITS = {"km": 1000.0, "k": 1000.0, "m": 1.0, "mi": 1609.344, "mile": 1609.344, "miles": 1609.344}
_DISTANCE = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>km|k|miles|mile|mi|m)")
