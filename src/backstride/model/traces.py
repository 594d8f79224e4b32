"""One run second by second, made ready to be drawn: every channel cut into the same stretches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backstride.model.activity import Column
from backstride.model.text import Unit

Along = Literal["time", "distance"]
"""What lies from left to right."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One channel, a value for each stretch; NaN where nothing was recorded in it: a gap, never zero."""

    name: str
    """pace, heart_rate, cadence, contact, oscillation, balance or grade."""
    channel: str
    """What it was taken from."""
    unit: Unit
    mean: Column
    low: Column
    """The least in the stretch, as `high` the most: no spike is lost."""
    high: Column


@dataclass(frozen=True, slots=True)
class RunTraces:
    """The channels of one run on one axis."""

    along: Along
    end: float
    """Seconds or metres from the start to the right edge."""
    traces: tuple[Trace, ...]

    @property
    def stretches(self) -> int:
        """How many there are from left to right, all equally wide."""
        return self.traces[0].mean.size if self.traces else 0

    def at(self, stretch: int) -> float:
        """Seconds or metres at the middle of a stretch."""
        return (stretch + 0.5) * self.end / self.stretches


@dataclass(frozen=True, slots=True)
class Portion:
    """One stretch of a run as a row of a table: a kilometre, a mile or a lap.  None is not recorded."""

    number: int
    distance_m: float | None
    seconds: float | None
    """On the move, pauses left out, where that is known."""
    means: dict[str, float]
    """By channel; only those recorded in it."""
