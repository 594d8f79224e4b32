"""What the runner, or a physiotherapist, wants of the plan; and what the plan makes of each wish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backstride.model.text import Text

GoalKind = Literal["first_run", "distance", "keep_training", "none"]
"""`keep_training`: go on moving while it settles.  `none` takes an earlier goal away."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What the runner is after; the last one told counts.  It loosens no rule of the plan."""

    kind: GoalKind
    on: date
    """The day it was told."""
    distance_m: float | None = None
    """Only of `distance`."""
    by: date | None = None
    """The day by which, or of the race; None where any day will do."""
    race: bool = False


WishKind = Literal["pin", "ban", "free"]
"""`free` leaves the exercise to the plan again."""
Asker = Literal["runner", "physio"]


@dataclass(frozen=True, slots=True)
class ExerciseWish:
    """One exercise that is always, or never, to be in the plan; the last word on each counts."""

    exercise: str
    wish: WishKind
    on: date
    asked_by: Asker = "runner"


PauseReason = Literal["illness", "holiday", "other"]
PAUSED = "pause"
"""The step of a plan that says that today is paused."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Days without the plan.  One told again from the same first day takes the place of the earlier one."""

    first: date
    on: date
    """The day it was told."""
    reason: PauseReason = "other"
    last: date | None = None
    """None while nobody knows; before `first` where it was taken back before it began."""

    def __contains__(self, day: date) -> bool:
        return _holds(self.first, self.last, day)


def _holds(first: date, last: date | None, day: date) -> bool:
    """Whether a day lies in a pause that has no end where `last` is None."""
    return first <= day and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class Restart:
    """The ladder begins again at the first running rung, from this day."""

    on: date


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that is wanted, by the day it was told; of one day in the order it was told."""

    goals: tuple[Goal, ...] = ()
    exercises: tuple[ExerciseWish, ...] = ()
    pauses: tuple[Pause, ...] = ()
    restarts: tuple[Restart, ...] = ()


GoalState = Literal["reached", "any day", "within reach", "not by then", "no day", "kept"]
"""`any day`: no day is wished for.  `no day`: the rules of the plan name none now.  `kept`: it has no day."""


@dataclass(frozen=True, slots=True)
class GoalAhead:
    """The goal as the plan's own rules see it today.  Never a promise, and no probability."""

    kind: GoalKind
    state: GoalState
    asks: Text
    """What the goal asks for."""
    says: Text
    """How it stands."""
    because: tuple[Text, ...]
    """How the day was counted, or why there is none."""
    instead: tuple[Text, ...] = ()
    """What would be honest in place of a day that cannot be reached."""
    distance_m: float | None = None
    by: date | None = None
    race: bool = False
    earliest_on: date | None = None
    """The first day on which the rules allow it, if every session from now on is green."""


@dataclass(frozen=True, slots=True)
class WishKept:
    """One wish about an exercise, and whether it is kept."""

    exercise: str
    name: Text
    wish: WishKind
    asked_by: Asker
    on: date
    kept: bool
    says: Text
    because: tuple[Text, ...] = ()
    """Why a wish is not kept, and where a physiotherapist had asked for something else before."""


@dataclass(frozen=True, slots=True)
class PauseAhead:
    """A pause of today, or of the days that the plan lays out."""

    first: date
    last: date | None
    reason: PauseReason
    says: Text
    then: tuple[Text, ...]
    """What holds afterwards."""

    def __contains__(self, day: date) -> bool:
        return _holds(self.first, self.last, day)
