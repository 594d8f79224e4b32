"""The flat, steady seconds of a run: where hills, stops and sprints do not make the stride.

Flat is known only from a recorded altitude.  Unknown is not flat.
"""

from __future__ import annotations

import numpy as np

from backstride.features.runs import Mask, Samples
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column

_GRID_M = 10.0


def grade(samples: Samples, altitude_m: Column, over_m: float) -> Column:
    """Rise over run at each sample: slope of the line through the altitude within `over_m` about it.

    NaN where altitude was not recorded, or where less than half of `over_m` was covered.  Barometers
    creep and positions jump, so that the difference of two samples says nothing.
    """
    nothing = np.full(altitude_m.size, np.nan)
    known = np.isfinite(altitude_m)
    steps = np.where(np.isfinite(samples.speed_mps), samples.speed_mps, 0.0) * samples.seconds
    at_m = np.concatenate([[0.0], np.cumsum(steps)[:-1]])
    if not known.any() or at_m[-1] < over_m / 2:
        return nothing
    grid = np.arange(0.0, at_m[-1] + _GRID_M, _GRID_M)
    height = np.interp(grid, at_m[known], altitude_m[known])
    slope = _slopes(grid, height - height.mean(), round(over_m / 2 / _GRID_M))
    return np.where(known, np.interp(at_m, grid, slope), np.nan)


def _slopes(at: Column, value: Column, half: int) -> Column:
    """Slope of the least-squares line through each point and `half` neighbours on either side."""
    number = np.arange(at.size)
    low, high = np.maximum(number - half, 0), np.minimum(number + half + 1, at.size)

    def sums(column: Column) -> Column:
        running = np.concatenate([[0.0], np.cumsum(column)])
        within: Column = running[high] - running[low]
        return within

    count = (high - low).astype(np.float64)
    mean_at, mean_value = sums(at) / count, sums(value) / count
    spread = sums(at * at) - count * mean_at**2
    slope: Column = (sums(at * value) - count * mean_at * mean_value) / np.maximum(spread, 1e-9)
    return slope


def flat_and_steady(run: Samples, altitude_m: Column | None, knowledge: Knowledge) -> Samples:
    """The run with only its flat, steady seconds as running.

    Steady is within `form_steady_sd` standard deviations of the run's own running speed; flat is a grade
    under `form_flat_grade`.  Without an altitude, all that is steady.  Source: form.md 5.4, own rule.
    """
    kept = _steady(run, knowledge.number("form_steady_sd"))
    if altitude_m is not None:
        sloping = np.abs(grade(run, altitude_m, knowledge.number("form_grade_over_m")))
        kept &= sloping < knowledge.number("form_flat_grade")
    return Samples(run.seconds, run.moving, kept, run.speed_mps)


def _steady(run: Samples, by_sd: float) -> Mask:
    known = run.running & np.isfinite(run.speed_mps) & (run.seconds > 0)
    if not known.any():
        return known
    speed, seconds = run.speed_mps[known], run.seconds[known]
    mean = np.average(speed, weights=seconds)
    spread = np.sqrt(np.average((speed - mean) ** 2, weights=seconds))
    steady: Mask = known & (np.abs(run.speed_mps - mean) <= by_sd * spread + 1e-9)
    return steady
