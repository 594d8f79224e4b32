"""How steep the ground is under each sample, from noisy heights."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from backstride.features.runs import Samples
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column


def grade(distance_m: Column, altitude_m: Column, window_m: float, knowledge: Knowledge) -> Column:
    """Rise over distance at each sample, up above zero; NaN where not known.

    The slope of the straight line through the heights within half of `window_m` before and behind; at
    the ends of a stretch, of its first and last window.  A stretch ends where the next height is more than a
    window away: no line is drawn across that.  Samples without height stay unknown but for those between two
    heights that lie within half a window; so does a stretch that is shorter than half the window.  Steeper
    than `grade_most` is a fault of the height, not ground.
    """
    found = np.full(distance_m.size, np.nan)
    known = np.flatnonzero(np.isfinite(distance_m) & np.isfinite(altitude_m))
    if known.size == 0:
        return found
    far, height = np.maximum.accumulate(distance_m[known]), altitude_m[known]
    cuts = np.flatnonzero(np.diff(far) > window_m) + 1
    slopes = np.concatenate(
        [
            _slopes(*stretch, window_m)
            for stretch in zip(np.split(far, cuts), np.split(height, cuts), strict=True)
        ]
    )
    slopes[np.abs(slopes) > knowledge.number("grade_most")] = np.nan
    found[known] = slopes
    between = np.flatnonzero(np.isfinite(distance_m) & ~np.isfinite(altitude_m))
    before, close = _between(distance_m[between], far, window_m)
    found[between[close]] = slopes[before[close]]
    return found


def _between(distance_m: Column, far: Column, window_m: float) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The height before each place, and whether it and the next lie within half a window of one another."""
    before = np.clip(np.searchsorted(far, distance_m, "right") - 1, 0, far.size - 1)
    after = np.minimum(before + 1, far.size - 1)
    inside = (distance_m >= far[before]) & (distance_m <= far[after])
    return before, inside & (far[after] - far[before] <= window_m / 2)


def _slopes(distance_m: Column, altitude_m: Column, window_m: float) -> Column:
    """Least squares slope in a window about each sample of one stretch; NaN where nobody moved.

    A window takes in at least the samples next to it: some watches write one every 25 m.
    """
    begin, end = distance_m[0], distance_m[-1]
    if end - begin < window_m / 2:
        return np.full(distance_m.size, np.nan)
    place = np.arange(distance_m.size)
    middle = np.clip(distance_m, begin + window_m / 2, max(begin, end - window_m / 2))
    first = np.searchsorted(distance_m, middle - window_m / 2, "left")
    last = np.searchsorted(distance_m, middle + window_m / 2, "right")
    first = np.minimum(first, np.maximum(place - 1, 0))
    last = np.maximum(last, np.minimum(place + 2, place.size))
    x, y = distance_m - distance_m.mean(), altitude_m - altitude_m.mean()

    def mean(values: Column) -> Column:
        sums = np.concatenate([[0.0], np.cumsum(values)])
        means: Column = (sums[last] - sums[first]) / (last - first)
        return means

    spread = mean(x * x) - mean(x) ** 2
    together = mean(x * y) - mean(x) * mean(y)
    moved = distance_m[last - 1] - distance_m[first] >= window_m / 4
    slopes: Column = np.divide(together, spread, out=np.full(x.size, np.nan), where=moved & (spread > 1e-6))
    return slopes


def grade_of(samples: Samples, stream: Mapping[str, Column], window_m: float, knowledge: Knowledge) -> Column:
    """The grade under each sample of a run; NaN throughout without altitude."""
    nothing = np.full(samples.seconds.size, np.nan)
    distance = stream.get("distance_m", nothing)
    if np.isnan(distance).all():
        distance = travelled_m(samples.seconds, samples.speed_mps)
    return grade(distance, stream.get("altitude_m", nothing), window_m, knowledge)


def travelled_m(seconds: Column, speed_mps: Column) -> Column:
    """Distance since the start from speed, where no distance was recorded; a missing speed adds nothing.

    Good enough to smooth heights over; never a distance to tell a runner.
    """
    steps = np.where(np.isfinite(speed_mps), speed_mps, 0.0) * seconds
    travelled: Column = np.cumsum(steps) - steps
    return travelled
