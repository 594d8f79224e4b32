"""One session as something that a clock, a watch or a page can lead through: blocks, rounds, sides, rests.

session  "Walk-run 34 min"
  block  Walk                       1 x  (walk 300 s)
  block  Run and walk              12 x  (run 15 s, walk 105 s)
  block  Walk                       1 x  (walk 300 s)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backstride.model.drawing import Drawing
from backstride.model.text import Text

PartKind = Literal["walk", "run", "work", "rest"]
"""`work` is an exercise, `rest` the pause after it."""
Side = Literal["left", "right", "in turn"]
"""Which side of the body; `in turn` changes with each repetition."""
SessionKind = Literal["walk_run", "walk", "strength", "mobility"]
"""What it is in the plan, whichever rung or exercises it holds today: a calendar finds it again by this.
`mobility` is done every day, `strength` on a few days of the week."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing without a break in it."""

    does: PartKind
    seconds: int | None = None
    """How long, by the clock; None where repetitions or the runner's own wish end it."""
    repetitions: int | None = None
    hold_s: int | None = None
    """Seconds that each repetition is held, at least; None where nothing is held."""
    metres: float | None = None
    """Where a run without a time ends at the latest; None where nothing limits it."""
    side: Side | None = None
    """None where both sides work at once, or no side is meant."""


@dataclass(frozen=True, slots=True)
class Block:
    """Parts in order, gone through `rounds` times."""

    id: str
    """Unique in its session; of an exercise its id."""
    name: Text
    parts: tuple[Part, ...]
    rounds: int = 1
    exercise: str | None = None
    """Its id in the knowledge; None for walking and running."""
    dose: Text | None = None
    """How much, in words."""
    cues: tuple[Text, ...] = ()
    """What to say while it is done."""
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """What is done in one go."""

    kind: SessionKind
    name: Text
    """Neutral: it may be seen over a shoulder, so nothing of pain or health is in it."""
    blocks: tuple[Block, ...]
    steps: tuple[str, ...]
    """Ids of the plan's steps that it holds; a check-in names them when they are done."""
    seconds: int | None
    """About how long all of it takes; None where that is left to the runner."""
    limits: tuple[Text, ...]
    """When to stop."""
    times_a_day: int = 1
    cap_m: float | None = None
    """No longer than this in all; None where no limit is known, or none is needed."""
    ends: Text | None = None
    """That limit in words, and whether the walks before and after count."""
    shorter: Text | None = None
    """Why it is shorter than the step it is of; None where it is not."""


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of the plan, and which of its sessions are on it; none is a day of rest or walking."""

    on: date
    sessions: tuple[SessionKind, ...]
