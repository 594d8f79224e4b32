"""The made-up loop: a bent round on the waters of the Müritz, so that it is nobody's way home.

It is drawn to any length, always through the same start, and the height along it goes with the share of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from backstride.model.activity import Column

START_DEG = (53.42, 12.70)
"""Latitude and longitude where every run begins."""
_METRES_A_DEGREE = 6_371_000 * np.pi / 180
_CORNERS = 2_000
_LEVEL_M = 62.0
_WAVES = ((11.0, 1, 0.3), (5.0, 3, 1.7), (2.5, 7, 4.0))
"""Of the height: amplitude in m, how often a round, and where it begins."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A closed round of one length."""

    length_m: float

    def height_m(self, along_m: Column) -> Column:
        """Height above the sea after a distance; any number of rounds."""
        turn = 2 * np.pi * along_m / self.length_m
        return _LEVEL_M + np.asarray(
            sum(high * np.sin(often * turn + begun) for high, often, begun in _WAVES)
        )

    def grade(self, along_m: Column) -> Column:
        """Rise over run after a distance."""
        turn = 2 * np.pi / self.length_m
        slopes = (
            high * often * turn * np.cos(often * turn * along_m + begun) for high, often, begun in _WAVES
        )
        return np.asarray(sum(slopes))

    def place_m(self, along_m: Column) -> tuple[Column, Column]:
        """Metres east and north of the start after a distance."""
        share, east, north = _unit_round()
        at = (along_m / self.length_m) % 1.0
        return np.interp(at, share, east) * self.length_m, np.interp(at, share, north) * self.length_m


def loop_for(distance_m: float, about_m: float = 5_000) -> Loop:
    """The loop of about that length which ends a run of this distance where it began."""
    return Loop(distance_m / max(1, round(distance_m / about_m)))


def degrees(east_m: Column, north_m: Column) -> tuple[Column, Column]:
    """Latitude and longitude of a place near the start."""
    latitude, longitude = START_DEG
    shrink = np.cos(np.radians(latitude))
    return latitude + north_m / _METRES_A_DEGREE, longitude + east_m / (_METRES_A_DEGREE * shrink)


@cache
def _unit_round() -> tuple[Column, Column, Column]:
    """A bent round of length 1 through the origin: share of the way, east, north."""
    angle = np.linspace(0, 2 * np.pi, _CORNERS + 1)
    radius = 1 + 0.25 * np.cos(2 * angle + 0.4) + 0.1 * np.sin(3 * angle)
    east, north = radius * np.cos(angle), radius * np.sin(angle)
    steps = np.hypot(np.diff(east), np.diff(north))
    share = np.concatenate(([0.0], np.cumsum(steps))) / steps.sum()
    return share, (east - east[0]) / steps.sum(), (north - north[0]) / steps.sum()
