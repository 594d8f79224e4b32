"""How far each window lies from the year and from the weeks before it, in units of the runner's own scatter.

Both are looked at, and the smaller counts, so that neither a season nor the end of a break is taken for a
change.  What is the scatter hangs on the kind:

    a week      how much the runner's windows of this length differ
    on average  how much the runner's days differ, over the root of how many days the window holds: a window
                of three runs must differ by more than one of twelve
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.features.changed.side_by_side import Scale, scale_of
from backstride.features.changed.windows import Rolling, later, sums
from backstride.features.exposures.columns import Columns
from backstride.features.exposures.row import Exposure, Way
from backstride.features.exposures.scatter import drawn_in
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column

Places = NDArray[np.int64]
Averaged = Callable[[Column], Column]
"""A column by last day -> the same, weighted over the days on which the pain may have begun."""

_HALF_NORMAL = 2.0
"""The mean square of one side of an even scatter, doubled, is that of the whole."""


@dataclass(frozen=True)
class Asked:
    """One exposure in windows of one length, as it is scored."""

    row: Exposure
    lag: int
    """How long the windows are, days."""
    days: Columns
    windows: Rolling
    at: int
    """The place of the day the pain began."""
    others: Places
    """The places of the days of the year that it is held against."""
    averaged: Averaged
    knowledge: Knowledge


@dataclass(frozen=True)
class Scores:
    """Every window scored; minus infinity where it cannot be told."""

    by_way: dict[Way, Column]
    of_day: Column
    """What each day says, on a scale that shows a new level well; NaN where it does not weigh."""


def scored(asked: Asked) -> Scores | None:
    """The scores of one exposure; None where the runner's year does not tell what is usual."""
    return _amounts(asked) if asked.row.kind == "a week" else _means(asked)


def _amounts(asked: Asked) -> Scores | None:
    row, windows, others = asked.row, asked.windows, asked.others
    value = asked.averaged(windows.value)
    scale = scale_of(row, value[others], asked.knowledge.number("changed_floor_share"), asked.knowledge)
    if scale is None:
        return None
    base = scale(asked.averaged(windows.base))
    amount = asked.days.amounts[row.id] / asked.days.weights[row.id]
    most = float(np.nanmax(amount))
    by_way = {}
    for way in row.ways:
        level = scale(value)
        level[asked.at] = scale(asked.averaged(_at_least(way, windows, most)))[asked.at]
        off = _sign(way) * (level - np.nanmedian(level[others]))
        rise = _sign(way) * (level - base)
        units = [max(spread(each[others]), scale.least_scatter) for each in (off, rise)]
        by_way[way] = _told(np.minimum(off / units[0], rise / units[1]), np.minimum(off, rise), scale)
    return Scores(by_way, _for_the_day(row, amount, amount))


def _for_the_day(row: Exposure, of_day: Column, level: Column) -> Column:
    """What tells best from which day on: of ratios the root, as a few large days would hide their level."""
    return np.sqrt(np.maximum(of_day, 0.0)) if row.is_ratio else level


def _at_least(way: Way, windows: Rolling, most: float) -> Column:
    """The value of each window if its unrecorded days speak against a change as much as they can.

    For more they held nothing; for less each held `most`, the largest day of the year, for seven days.
    """
    return windows.seen * windows.value + (1 - windows.seen) * (0.0 if way == "up" else most)


def _means(asked: Asked) -> Scores | None:
    row, number = asked.row, asked.knowledge.number
    amount, weight = asked.days.amounts[row.id], asked.days.weights[row.id]
    with np.errstate(divide="ignore", invalid="ignore"):
        of_day = np.where(weight > 0, amount / weight, np.nan)
    year = slice(int(asked.others[0]), int(asked.others[-1]) + 1)
    scale = scale_of(row, of_day[year], number("changed_floor_share_of_day"), asked.knowledge)
    if scale is None:
        return None
    level = scale(of_day)
    level = drawn_in(level, level[year], number("changed_far_scatters"), scale.least_scatter)
    known = level[year][np.isfinite(level[year])]
    if known.size < number("changed_least_runs"):
        return None
    count = _counted(level, asked.lag)
    value = asked.averaged(_mean(level, asked.lag))
    base = asked.averaged(later(_mean(level, int(number("changed_base_days"))), asked.lag))
    scatter = max(float(known.std()), scale.least_scatter)
    unit = scatter * np.sqrt(1 / np.maximum(asked.averaged(count), 1.0) + number("changed_drift_share"))
    told = np.isfinite(asked.averaged(asked.windows.value) + asked.averaged(asked.windows.base))
    by_way = {}
    for way in row.ways:
        off = np.minimum(_sign(way) * (value - known.mean()), _sign(way) * (value - base))
        by_way[way] = np.where(told, _told(off / unit, off, scale), -np.inf)
    return Scores(by_way, _for_the_day(row, of_day, level))


def _told(score: Column, off: Column, scale: Scale) -> Column:
    """The scores, nothing above nought for less than the least change."""
    told: Column = np.where(off >= scale.step, score, np.minimum(score, 0.0))
    return np.where(np.isfinite(told), told, -np.inf)


def _sign(way: Way) -> float:
    return 1.0 if way == "up" else -1.0


def _counted(level: Column, size: int) -> Column:
    return sums(np.isfinite(level).astype(np.float64), size)


def _mean(level: Column, size: int) -> Column:
    """Each day that weighs counts the same; NaN where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean: Column = sums(np.nan_to_num(level), size) / _counted(level, size)
    return np.where(np.isfinite(mean), mean, np.nan)


def spread(above: Column) -> float:
    """How far windows go beyond nought on the side looked at, as a standard deviation."""
    known = above[np.isfinite(above)]
    return float(np.sqrt(_HALF_NORMAL * np.mean(np.maximum(known, 0.0) ** 2))) if known.size else 0.0
