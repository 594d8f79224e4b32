"""What is not known of a constant, as the same few hundred possible values each time: no chance in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Literal, TypeAlias, get_args

import numpy as np

from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column
from backstride.model.findings import Interval

COUNT = 257
"""Possible worlds; the first has every constant at its stated value."""
_MULTIPLIER = 188
"""Of those for 257 worlds, the one that leaves the twelve numbers least alike: correlations below 0.08."""

Unsure: TypeAlias = Literal[
    "k",
    "level",
    "speed_exponent",
    "cadence_exponent",
    "grade_exponent",
    "contact_noise",
    "phi",
    "arm",
    "floor",
    "lean",
    "cadence",
    "speed",
]
"""What may be off, each independently of the others."""


@cache
def deviates(unsure: Unsure) -> Column:
    """Standard deviations off its stated value, one in each world; shape (COUNT,), the first 0.

    The other worlds lie on a lattice (Korobov's, a prime number of points): each number takes 256 values
    evenly in probability and as much below as above, so that few worlds do for many thrown dice.
    """
    step = pow(_MULTIPLIER, get_args(Unsure).index(unsure), COUNT)
    places = np.arange(1, COUNT) * step % COUNT / COUNT
    return np.array([0.0, *(NormalDist().inv_cdf(place) for place in places)])


@dataclass(frozen=True, slots=True)
class Spread:
    """One number in every world; `values` has shape (COUNT,)."""

    values: Column

    @property
    def middle(self) -> float:
        """The number with every constant at its stated value."""
        return float(self.values[0])

    def interval(self, knowledge: Knowledge) -> Interval:
        """Where `load_interval_share` of the worlds lie, the same share cut off at both ends."""
        cut = (1 - knowledge.number("load_interval_share")) / 2
        low, high = np.quantile(self.values, (cut, 1 - cut))
        return Interval(float(low), float(high))


def by_share(value: float, share: float, unsure: Unsure) -> Column:
    """A number that is above zero in every world, off by a share of itself; shape (COUNT,)."""
    spread: Column = value * np.exp(share * deviates(unsure))
    return spread


def by_amount(value: float, sd: float, unsure: Unsure) -> Column:
    """A number in every world, off by an amount; shape (COUNT,)."""
    spread: Column = value + sd * deviates(unsure)
    return spread
