"""The way of one run over the ground: evenly spaced points, in metres from where it began."""

from __future__ import annotations

import numpy as np

from backstride.features.runs import Mask
from backstride.model.activity import Column

STEP_M = 10.0
"""From one point of the way to the next."""
_EARTH_M = 6_371_000.0
_TOGETHER_S = 4.0
"""Positions of so many seconds are one: a single one strays by some metres."""
_MOST_M = 500_000.0
"""No run is longer: positions that make it so are at fault."""


def way(time_s: Column, latitude_deg: Column, longitude_deg: Column, moving: Mask) -> Column | None:
    """Points every `STEP_M` along the way, two columns: metres east and north; None with fewer than two,
    and where the positions jump about so that no run can have followed them.

    Only positions noted while moving count, so that standing does not look like going in circles.  A gap
    is crossed in a straight line.
    """
    known = moving & np.isfinite(latitude_deg) & np.isfinite(longitude_deg)
    if not known.any():
        return None
    east, north = _metres(latitude_deg[known], longitude_deg[known])
    part = np.cumsum(np.diff(np.floor(time_s[known] / _TOGETHER_S), prepend=0.0) != 0)
    part -= part[0]
    count = np.bincount(part)
    east, north = np.bincount(part, east) / count, np.bincount(part, north) / count
    along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(east), np.diff(north)))])
    if not STEP_M < along[-1] <= _MOST_M:
        return None
    marks = np.arange(0.0, along[-1], STEP_M)
    return np.column_stack([np.interp(marks, along, east), np.interp(marks, along, north)])


def _metres(latitude_deg: Column, longitude_deg: Column) -> tuple[Column, Column]:
    """Metres from the first position, as on a plane; the turn of the longitudes at 180 is no way around."""
    turned = (longitude_deg - longitude_deg[0] + 180) % 360 - 180
    east = np.radians(turned) * _EARTH_M * np.cos(np.radians(latitude_deg[0]))
    return east, np.radians(latitude_deg - latitude_deg[0]) * _EARTH_M


def extent_m(points: Column) -> float:
    """From one corner of the box around the way to the other."""
    return float(np.hypot(*np.ptp(points, axis=0)))
