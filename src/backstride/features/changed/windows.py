"""What each exposure came to in every window of one length, and in the weeks before that window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backstride.features.exposures.columns import Columns
from backstride.features.exposures.row import Exposure
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column


@dataclass(frozen=True)
class Rolling:
    """One exposure over every window of one length, by the window's last day.

        base: changed_base_days        window: lag days
    |------------------------------|-------------------|
                                                  last day
    """

    value: Column
    """In the window, in the exposure's unit; NaN where too little is known, or nothing weighs."""
    base: Column
    """In the weeks before it."""
    seen: Column
    """Share of the window's days that say."""
    base_seen: Column
    """Share of the days before that say."""


def rolling(row: Exposure, days: Columns, lag: int, knowledge: Knowledge) -> Rolling:
    """The windows of `lag` days of one exposure, and the `changed_base_days` before each."""
    value, seen = _windows(row, days, lag, knowledge)
    before, before_seen = _windows(row, days, int(knowledge.number("changed_base_days")), knowledge)
    return Rolling(value, later(before, lag), seen, later(before_seen, lag))


def _windows(row: Exposure, days: Columns, size: int, knowledge: Knowledge) -> tuple[Column, Column]:
    """Values and shares of days that say; a mean needs `changed_least_runs` days that weigh."""
    amount, weight = days.amounts[row.id], days.weights[row.id]
    known = np.isfinite(amount)
    seen = sums(known.astype(np.float64), size) / size
    enough = seen >= knowledge.number("changed_least_seen") - 1e-9
    total, weights = sums(np.where(known, amount, 0.0), size), sums(np.where(known, weight, 0.0), size)
    value = np.divide(total, weights, out=np.full(total.size, np.nan), where=weights > 1e-9)
    if row.kind == "on average":
        weighing = sums((known & (weight > 0)).astype(np.float64), size)
        enough &= weighing >= knowledge.number("changed_least_runs")
    return np.where(enough & np.isfinite(value), value, np.nan), seen


def sums(column: Column, size: int) -> Column:
    """The sum of each stretch of so many days, by its last day; NaN where the days do not reach back."""
    summed = np.concatenate([[0.0], np.cumsum(column)])
    found = np.full(column.size, np.nan)
    if column.size >= size:
        found[size - 1 :] = summed[size:] - summed[:-size]
    return found


def later(column: Column, days: int) -> Column:
    """The column moved so that each day holds the value of so many days before."""
    moved = np.full(column.size, np.nan)
    moved[days:] = column[:-days]
    return moved
