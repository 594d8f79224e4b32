"""The days side by side: for each exposure its amounts and weights, NaN where they are not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from backstride.features.exposures.day import days_in
from backstride.features.exposures.row import Exposure
from backstride.features.exposures.scatter import above_floor, plane, usual_some
from backstride.features.exposures.table import EXPOSURES, ROWS
from backstride.features.lookback import Lookback
from backstride.features.runs import Mask
from backstride.model.activity import Column
from backstride.model.history import Span


@dataclass(frozen=True)
class Columns:
    """Every day of a span, one column an exposure."""

    span: Span
    recorded: Mask
    """Shape (days,): whether the record covers the day."""
    amounts: Mapping[str, Column]
    """By exposure, shape (days,); NaN on days that do not say."""
    weights: Mapping[str, Column]
    """As `amounts`; 0 on a day without a run, where only runs weigh."""

    def at(self, on: date) -> int:
        """The place of a day."""
        return (on - self.span.first).days


def columns(span: Span, look: Lookback) -> Columns:
    """The days of a span, each recorded day asked once for each exposure."""
    days = days_in(span, look)
    places: NDArray[np.int64] = np.array([(day.on - span.first).days for day in days], dtype=np.int64)
    recorded = np.zeros(span.days, dtype=bool)
    recorded[places] = True
    amounts, weights = {}, {}
    for row in EXPOSURES:
        parts = [(np.nan, np.nan) if (part := row.of_day(day)) is None else part for day in days]
        column = np.full((span.days, 2), np.nan)
        if parts:
            column[places] = parts
        amounts[row.id], weights[row.id] = column[:, 0], column[:, 1]
    at_same = {row.id: _at_same(row, amounts, weights, look) for row in EXPOSURES if row.at_same}
    return Columns(span, recorded, amounts | at_same, weights)


def _at_same(
    row: Exposure, amounts: Mapping[str, Column], weights: Mapping[str, Column], look: Lookback
) -> Column:
    """The amounts as they would be at the runner's usual of `row.at_same`, by a plane through all days.

    An other that a day does not tell is taken as usual, and one that no day tells is left out.  Of fewer
    than `changed_least_line_days` days no plane is made.
    """
    weight = weights[row.id]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = amounts[row.id] / weight
        asked = [_side_by_side(other, amounts[other] / weights[other]) for other in row.at_same]
    there = np.isfinite(value)
    told = [other for other in asked if np.isfinite(other[there]).any()]
    if there.sum() < look.number("changed_least_line_days") or not told:
        return amounts[row.id]
    beside = np.array([np.nan_to_num(other - np.nanmean(other[there])) for other in told])
    slopes = plane(value[there], beside[:, there], look.number("changed_far_scatters"))
    return np.where(there, (value - slopes @ beside) * weight, amounts[row.id])


def _side_by_side(id: str, value: Column) -> Column:
    """The values a line is drawn over: ratios of what is judged as a ratio, so that one hill is no lever."""
    if not ROWS[id].is_ratio:
        return value
    floor = usual_some(value)
    return value if floor is None else above_floor(value, floor)
