"""Three made-up ways in which a back may answer to running.  They are ours, and no data stand behind them.

They differ in what matters to a plan: whether pain shows in the session, and whether load helps or harms.

    Settling      pain fades by itself; a session beyond what is tolerated now puts some of it back
    Capacity      tissue that bears so much, gets stronger below that, and is hurt and weaker beyond it
    Sensitised    what a session does is felt one and two days later, and each flare makes it keener

All start near 5 of 10 and fade over weeks; about 3 in 10 keep some pain, as people with new back pain do
(wallwork2024).  Everything else is drawn from ranges that were chosen to look plausible.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, tanh
from random import Random
from typing import Protocol

WALK_COUNTS = 0.1
"""A minute of walking loads the back like this much of a minute of running (made up)."""
HEALS_BY_ITSELF_DAYS = 60
"""In so many days of rest about two thirds of what tissue lost come back (made up)."""


@dataclass(frozen=True, slots=True)
class Felt:
    """How a back answered to one day, scores from 0 to 10."""

    during: float
    after: float
    next_morning: float


class Back(Protocol):
    """A back that is asked one day after another."""

    @property
    def pain(self) -> float:
        """How much it hurts this morning."""

    def day(self, run_min: float, walk_min: float, chance: Random) -> Felt:
        """One day with so much running and walking; 0 and 0 is rest."""


@dataclass(slots=True)
class Settling:
    """Pain that fades, and flares with load beyond what is tolerated at that pain."""

    pain: float
    stays: float
    """The pain that it fades to."""
    fades_days: float
    tolerates_min: float
    """Minutes of running without a flare once nothing hurts."""
    flares: float
    """Points for twice the tolerated load."""

    def day(self, run_min: float, walk_min: float, chance: Random) -> Felt:
        """Pain in the session where it is too much, and part of that pain the next morning."""
        load = run_min + WALK_COUNTS * walk_min
        bears = max(3.0, self.tolerates_min * (1 - self.pain / 10))
        over = self.flares * max(0.0, load / bears - 1)
        during = _score(self.pain + over + chance.gauss(0, 0.5))
        after = _score(self.pain + 0.7 * over + chance.gauss(0, 0.5))
        faded = self.stays + (self.pain - self.stays) * exp(-1 / self.fades_days)
        self.pain = _score(faded + 0.3 * over + chance.gauss(0, 0.2))
        return Felt(during, after, self.pain)


@dataclass(slots=True)
class Capacity:
    """Tissue with a threshold: below it load makes it stronger, beyond it load hurts and weakens it."""

    bears_min: float
    """Minutes of running that it bears today."""
    healthy_min: float
    hurt: float
    """Damage; pain follows it and levels off."""
    stays: float
    heals_days: float
    adapts: float
    """Share of the gap to healthy that a day's fitting load closes."""

    @property
    def pain(self) -> float:
        """Levels off towards 10."""
        return _score(self.stays + 10 * tanh(self.hurt / 10))

    def day(self, run_min: float, walk_min: float, chance: Random) -> Felt:
        """Load near the threshold trains; beyond it pain comes at once."""
        load = run_min + WALK_COUNTS * walk_min
        over = max(0.0, load / self.bears_min - 1)
        during = _score(self.pain + 1.5 * over + chance.gauss(0, 0.5))
        after = _score(self.pain + 1.2 * over + chance.gauss(0, 0.5))
        self.hurt = self.hurt * exp(-1 / self.heals_days) + 0.7 * min(over, 3)
        gap = max(0.0, self.healthy_min - self.bears_min)
        self.bears_min += gap / HEALS_BY_ITSELF_DAYS
        if over:
            self.bears_min = max(2.0, self.bears_min * (1 - 0.05 * min(over, 2)))
        else:
            self.bears_min += self.adapts * load / self.bears_min * gap
        return Felt(during, after, _score(self.pain + chance.gauss(0, 0.3)))


@dataclass(slots=True)
class Sensitised:
    """An alarm that is too keen: load is felt late, flares make it keener, calm days make it less so."""

    pain: float
    stays: float
    fades_days: float
    keen: float
    """Points that 30 minutes of running add, spread over the two days after."""
    calms_days: float
    late: list[float] = field(default_factory=lambda: [0.0, 0.0])
    """What is still to be felt, tomorrow and the day after."""

    def day(self, run_min: float, walk_min: float, chance: Random) -> Felt:
        """The session itself tells little."""
        adds = self.keen * (run_min + WALK_COUNTS * walk_min) / 30
        during = _score(self.pain + 0.15 * adds + chance.gauss(0, 0.7))
        after = _score(self.pain + 0.3 * adds + chance.gauss(0, 0.7))
        tomorrow = self.late[0] + 0.4 * adds
        self.late = [self.late[1] + 0.6 * adds, 0.0]
        faded = self.stays + (self.pain - self.stays) * exp(-1 / self.fades_days)
        self.pain = _score(faded + tomorrow + chance.gauss(0, 0.3))
        self.keen *= exp(-1 / self.calms_days)
        if tomorrow > 2:
            self.keen = min(8.0, self.keen * 1.1)
        return Felt(during, after, self.pain)


def settling(chance: Random) -> Back:
    """One back that settles."""
    return Settling(
        pain=chance.uniform(3, 8),
        stays=_stays(chance),
        fades_days=_between(10, 90, chance),
        tolerates_min=_between(15, 70, chance),
        flares=_between(0.5, 4, chance),
    )


def capacity(chance: Random) -> Back:
    """One back with a threshold."""
    return Capacity(
        bears_min=chance.uniform(3, 12),
        healthy_min=chance.uniform(35, 70),
        hurt=chance.uniform(3, 8),
        stays=_stays(chance),
        heals_days=_between(7, 40, chance),
        adapts=_between(0.02, 0.12, chance),
    )


def sensitised(chance: Random) -> Back:
    """One back with a keen alarm."""
    return Sensitised(
        pain=chance.uniform(3, 7),
        stays=_stays(chance),
        fades_days=_between(10, 90, chance),
        keen=_between(0.5, 4, chance),
        calms_days=_between(20, 90, chance),
    )


MODELS = {"settling": settling, "capacity": capacity, "sensitised": sensitised}


def _stays(chance: Random) -> float:
    """Pain that does not go away by itself: some in about 3 of 10."""
    return chance.uniform(0.5, 3) if chance.random() < 0.28 else 0.0


def _between(low: float, high: float, chance: Random) -> float:
    """Drawn evenly on the logarithm."""
    return float(low * (high / low) ** chance.random())


def _score(value: float) -> float:
    return min(10.0, max(0.0, value))
