"""How far the clock of another device is off, by what both recorded."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from backstride.model.activity import Column

CHANNELS = ("speed_mps", "heart_rate_bpm", "cadence_spm")
"""Both follow the same body; the first that both have is compared."""
MOST_S = 150
COMPARED_S = 7_200
LEAST_S = 300
ALIKE = 0.7
"""Correlation that says that it is the same run."""
BETTER = 0.05
"""How much better than without it the lag must be to be believed."""


def lag_s(mine: Mapping[str, Column], theirs: Mapping[str, Column], begins_s: float) -> float:
    """Whole seconds to add to their times, beside `begins_s`, so that both tell the same; 0 where unclear."""
    for channel in CHANNELS:
        if channel in mine and channel in theirs:
            one = _each_second(mine["time_s"], mine[channel])
            other = _each_second(theirs["time_s"] + begins_s, theirs[channel])
            return _best_lag_s(one, other)
    return 0.0


def _each_second(times: Column, values: Column) -> Column:
    """The mean of each whole second from 0; NaN where there is none."""
    use = ~np.isnan(values) & (times >= 0) & (times < COMPARED_S)
    second = times[use].astype(np.int64)
    counts = np.bincount(second, minlength=COMPARED_S)
    sums = np.bincount(second, weights=values[use], minlength=COMPARED_S)
    means: Column = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return means


def _best_lag_s(one: Column, other: Column) -> float:
    likeness = {lag: _correlation(one, other, lag) for lag in range(-MOST_S, MOST_S + 1)}
    best = max(likeness, key=lambda lag: (likeness[lag], -abs(lag)))
    clear = likeness[best] >= ALIKE and likeness[best] - max(likeness[0], -1.0) >= BETTER
    return float(best) if clear else 0.0


def _correlation(one: Column, other: Column, lag: int) -> float:
    """Of the seconds that both have, the other's moved later by `lag`; minus infinity for too few."""
    mine = one[max(0, lag) : COMPARED_S + min(0, lag)]
    theirs = other[max(0, -lag) : COMPARED_S + min(0, -lag)]
    both = ~np.isnan(mine) & ~np.isnan(theirs)
    if np.count_nonzero(both) < LEAST_S:
        return -np.inf
    a, b = mine[both] - mine[both].mean(), theirs[both] - theirs[both].mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else -np.inf
