"""What moved a runner on the walk-run ladder: what was run, what was told, and what it led to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from backstride.model.text import Text


@dataclass(frozen=True, slots=True)
class RunDay:
    """All running on record of one day together, or all walking.  None is not known, never zero."""

    on: date
    sport: Literal["run", "walk"]
    activities: tuple[str, ...]
    """Their ids, by start."""
    at: datetime
    """When the first began, local."""
    distance_m: float | None = None
    moving_s: float | None = None
    running_s: float | None = None
    """Where running and walking can be told apart, by the seconds or the laps."""
    run_mps: float | None = None
    """How fast the running was."""
    easy_mps: float | None = None
    """How fast the runner usually ran before that day."""


@dataclass(frozen=True, slots=True)
class RunHabits:
    """How somebody runs and records, as far as the record tells.  None is not known."""

    easy_mps: float | None = None
    """How fast they usually run."""
    records_strolls: bool | None = None
    """Whether the longest run, on which the cap rests, holds a walk after it; so a session's own walks before
    and after count toward the cap, unless it is known that none was on record.
    """


MatchKind = Literal["same", "likely", "longer", "harder", "shorter"]
"""`same`: clearly the session.  `likely`: as long as the session, but running and walking cannot be told
apart.  `harder`: faster, or with less walking.  `shorter`: a part of it."""


@dataclass(frozen=True, slots=True)
class RunMatch:
    """What was run on a day, held against the session that was due."""

    run: RunDay
    rung: int
    kind: MatchKind
    says: Text
    """What was matched with what, and why."""


@dataclass(frozen=True, slots=True)
class Setback:
    """What takes a runner back on the ladder without a session that was red."""

    kind: Literal["entry_lost", "came_back"]
    """`entry_lost`: something that running needs no longer holds.  `came_back`: pain that had settled."""
    on: date
    """The day it was known."""
    since: date
    """When it began: of `entry_lost` the same day."""
    what: Text
    """What no longer holds, or what the watch says."""
    why: Text


Colour = Literal["green", "amber", "red", "unknown"]


@dataclass(frozen=True, slots=True)
class LadderChange:
    """One day that was told of, and what it came to on the ladder."""

    on: date
    told: tuple[Text, ...]
    """What was told of the day, and what the record says of it."""
    judged: Colour | None
    """By the pain rule; None for a visit to somebody who looked, a wish to begin again, and a setback."""
    why: Text
    """Why it was judged so."""
    led_to: tuple[Text, ...]
    before: int
    """The rung before, and `rung` the one after; 0 is walking."""
    rung: int
    activities: tuple[str, ...] = ()
    """Ids of the runs on record that were taken for the session."""
