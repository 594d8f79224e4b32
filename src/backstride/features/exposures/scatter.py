"""The middle and the scatter of a runner's days, where a few odd days must not decide."""

from __future__ import annotations

import numpy as np

from backstride.model.activity import Column

_OF_EVEN = 1.4826
"""The standard deviation of an even (normal) scatter, in middle distances from its middle."""
_TURNS = 8
"""After so many turns the weights of days no longer move."""


def middle_and_scatter(value: Column) -> tuple[float, float]:
    """The median, and the middle distance from it as a standard deviation; NaN is left out."""
    known = value[np.isfinite(value)]
    if known.size == 0:
        return np.nan, np.nan
    middle = float(np.median(known))
    return middle, _OF_EVEN * float(np.median(np.abs(known - middle)))


def drawn_in(value: Column, year: Column, scatters: float, least: float) -> Column:
    """Values beyond so many scatters of the year's are taken as that far off.

    A walk among the runs then moves a mean no more than an odd run does.  `least` is the least scatter.
    Where more than half of the year's days are the very same, what differs is no outlier: left as it is.
    """
    middle, scatter = middle_and_scatter(year)
    if not scatter > 0:
        return value
    far = scatters * max(scatter, least)
    drawn: Column = np.clip(value, middle - far, middle + far)
    return drawn


def usual_some(value: Column) -> float | None:
    """The middle of what is more than nothing; None where there is nothing."""
    some = value[np.isfinite(value) & (value > 0)]
    return float(np.median(some)) if some.size else None


def above_floor(value: Column, floor: float) -> Column:
    """Amounts side by side as ratios; what is far below the floor is all alike, and nothing no infinity."""
    ratio: Column = np.log(np.maximum(value, 0.0) + floor)
    return ratio


def plane(value: Column, beside: Column, scatters: float) -> Column:
    """The slope of values over each row of `beside` (its shape: rows, values); all finite, rows centred.

    Values farther off the plane than so many scatters pull on it no more than those at that distance.
    """
    sides = np.vstack([np.ones(value.size), beside]).T
    weight = np.ones(value.size)
    slopes = np.zeros(sides.shape[1])
    for _ in range(_TURNS):
        root = np.sqrt(weight)
        slopes = np.linalg.lstsq(sides * root[:, None], value * root, rcond=None)[0]
        off = value - sides @ slopes
        far = scatters * middle_and_scatter(off)[1]
        weight = np.where(np.abs(off) > far, far / np.maximum(np.abs(off), 1e-12), 1.0) if far > 0 else weight
    found: Column = slopes[1:]
    return found
