"""An exposure: one thing a runner does that can change, and how a day tells of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from backstride.features.exposures.day import Day
from backstride.model.text import Unit

Part: TypeAlias = tuple[float, float]
"""An amount and its weight: a window's value is the sum of amounts over the sum of weights."""
OfDay: TypeAlias = Callable[[Day], Part | None]
"""What one recorded day adds; None where it does not say."""

Kind = Literal["a week", "on average"]
"""How days come together: amounts per seven days, or a mean by weight."""
Way = Literal["up", "down"]

NOTHING: Part = (0.0, 0.0)
"""What a day without a run adds to a mean: it is known, and weighs nothing."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """One thing a runner does that can change."""

    id: str
    unit: Unit
    kind: Kind
    group: str
    """Exposures of one group tell of one change in several ways: it is told once."""
    ways: tuple[Way, ...]
    """The directions that are looked at."""
    least: str
    """Threshold: a smaller change is not told, however steady the runner."""
    of_day: OfDay
    is_ratio: bool = False
    """True where `least` is how many times as much, and changes are judged as ratios."""
    at_same: tuple[str, ...] = ()
    """Exposures whose effect is taken out by a plane through the runner's own days: stride at one
    speed and on one slope."""
    grows_with: str | None = None
    """A group: where that changed, this is its consequence and not told beside it."""
