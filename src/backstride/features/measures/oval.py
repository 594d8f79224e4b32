"""Whether a way goes round and round a running track.

    a standard track: two straights of 84.39 m, two bends of radius 36.50 m; a lap in lane 1 is 400 m and in
    lane 8 about 454 m; opposite ends 157 to 175 m apart, the straights 73 to 90 m

         .-----------------.
        (  p + half a lap   )      p and where it was a lap ago: close together
         '-----------------'       p and where it was half a lap ago: once far, once near in each lap

Tracks of other make have straights of 80 to 100 m; the limits below leave room for those and for positions
that stray.  A block of houses can be as long, as wide and as large: its corners tell it apart.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from backstride.features.measures.way import STEP_M
from backstride.features.runs import Mask
from backstride.model.activity import Column

_LAP_STEPS = range(38, 48)
"""A lap in steps of the way: 380 to 470 m, as positions make a way longer, never shorter."""
_HALF = 20
_LONG_M = (145.0, 200.0)
_WIDE_M = (58.0, 120.0)
_ROUND = 0.66
"""Area over that of a circle with the same way round: a track has 0.82, a block twice as long as wide 0.70,
and straying positions take some from each."""

_CORNER_DEG = 55.0
"""Turned within 40 m; the bend of a track turns by 31 degrees."""
_MOST_CORNERS = 2
"""Points of one lap at which straying positions may look like a corner."""


def oval_share(points: Column, near_m: float, least_laps: float) -> float:
    """The share of a way that is laps of one oval, 0 to 1; 0 with fewer than `least_laps` in all."""
    most = _LAP_STEPS[-1]
    if len(points) <= most:
        return 0.0
    lap = _lap(points, near_m)
    if lap.any():
        lap &= _shaped(points) & _without_corners(points)
    if (lap.sum() / _LAP_STEPS[0]) + 1 < least_laps:
        return 0.0
    return float(_covered(lap).mean())


def _lap(points: Column, near_m: float) -> Mask:
    """Which points lie near where the runner was one lap before, going round all of a track's area."""
    east, north = points[:, 0], points[:, 1]
    swept = np.concatenate([[0.0], np.cumsum(east[:-1] * north[1:] - east[1:] * north[:-1])])
    found = np.zeros(len(points), dtype=np.bool_)
    for steps in _LAP_STEPS:
        now, then = slice(steps, None), slice(None, -steps)
        apart = np.hypot(east[now] - east[then], north[now] - north[then])
        closing = east[now] * north[then] - east[then] * north[now]
        area = np.abs(swept[now] - swept[then] + closing) / 2
        roundness = 4 * np.pi * area / (steps * STEP_M) ** 2
        found[now] |= (apart <= near_m) & (roundness >= _ROUND)
    return found


def _shaped(points: Column) -> Mask:
    """Which points end a stretch whose points half a lap apart were as far, and as near, as on a track."""
    chords = np.hypot(*(points[_HALF:] - points[:-_HALF]).T)
    windows = sliding_window_view(chords, _HALF + 1)
    far, near = windows.max(axis=1), windows.min(axis=1)
    good = (_LONG_M[0] <= far) & (far <= _LONG_M[1]) & (_WIDE_M[0] <= near) & (near <= _WIDE_M[1])
    return np.concatenate([np.zeros(2 * _HALF, dtype=np.bool_), good])


def _without_corners(points: Column) -> Mask:
    """Which points end a lap with hardly a sharp corner in it: a street corner shows at two points."""
    before, after = points[2:-2] - points[:-4], points[4:] - points[2:-2]
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    turn = np.abs(np.arctan2(cross, (before * after).sum(axis=1)))
    sharp = np.pad(turn >= np.radians(_CORNER_DEG), 2)
    corners = np.concatenate([[0], np.cumsum(sharp)])
    at = np.arange(len(points))
    few: Mask = corners[at + 1] - corners[np.maximum(at - _LAP_STEPS[0], 0)] <= _MOST_CORNERS
    return few


def _covered(lap: Mask) -> Mask:
    """Which points belong to a lap that closes at a later point, or at them."""
    ends = np.concatenate([lap, np.zeros(_LAP_STEPS[0], dtype=np.bool_)])
    reach = np.cumsum(np.concatenate([[0], ends]))
    at = np.arange(lap.size)
    covered: Mask = reach[at + _LAP_STEPS[0] + 1] > reach[at]
    return covered
