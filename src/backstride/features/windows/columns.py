"""The days of a record side by side: one column a quantity, NaN where it is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from backstride.features.certain import any_of
from backstride.features.day_sums import OfRun, largest, summed
from backstride.features.hard import was_hard
from backstride.features.heart import heart_load_au
from backstride.features.load.easy import easy_m
from backstride.features.lookback import Lookback
from backstride.features.measures.of_fields import srpe_au
from backstride.features.runs import Mask
from backstride.model.activity import Activity, Column
from backstride.model.history import Span
from backstride.model.text import Unit

DayValue = Callable[[Sequence[Activity], Lookback], float | None]
"""What the runs of one day come to; None where one of them does not say."""


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One quantity of a day."""

    name: str
    unit: Unit
    of: DayValue
    per: str | None
    """The column that it grows with: where only this quantity of a run is missing, other days' share of
    that column stands in."""


def _sum(of: OfRun) -> DayValue:
    return lambda runs, look: summed(runs, of)


def _longest(runs: Sequence[Activity], look: Lookback) -> float | None:
    return largest(runs, lambda run: run.distance_m)


def _heart(runs: Sequence[Activity], look: Lookback) -> float | None:
    return summed(runs, lambda run: heart_load_au(run, look))


def _easy(end: Literal["low", "high"]) -> DayValue:
    def of(run: Activity, look: Lookback) -> float | None:
        found = easy_m(run, look)
        return None if found is None else float(getattr(found, end))

    return lambda runs, look: summed(runs, lambda run: of(run, look))


def _hard(runs: Sequence[Activity], look: Lookback) -> float | None:
    """1 where a run was hard, 0 where none was."""
    hard = any_of(was_hard(run, look) for run in runs)
    return None if hard is None else float(hard)


DAY_COLUMNS = (
    DayColumn("ran", "day", lambda runs, look: 1.0, None),
    DayColumn("moving_s", "s", _sum(lambda run: run.moving_s), "distance_m"),
    DayColumn("distance_m", "m", _sum(lambda run: run.distance_m), "moving_s"),
    DayColumn("longest_m", "m", _longest, "distance_m"),
    DayColumn("climb_m", "m", _sum(lambda run: run.climb_m), "distance_m"),
    DayColumn("descent_m", "m", _sum(lambda run: run.descent_m), "distance_m"),
    DayColumn("srpe_au", "au", _sum(srpe_au), "moving_s"),
    DayColumn("heart_load_au", "au", _heart, "moving_s"),
    DayColumn("easy_low_m", "m", _easy("low"), "distance_m"),
    DayColumn("easy_high_m", "m", _easy("high"), "distance_m"),
    DayColumn("hard", "day", _hard, None),
)
"""In the order in which what is missing is filled in."""


FILLED_BY = ("ran", "distance_m")
"""Columns that tell which days can stand for which."""


@dataclass(frozen=True)
class DayColumns:
    """Every day from `first` on; a recorded day without a run is 0 in each column."""

    first: date
    recorded: Mask
    """Shape (days,): whether the record covers the day."""
    columns: Mapping[str, Column]
    """Each of shape (days,); NaN on unrecorded days, and where a run does not say."""

    def at(self, on: date) -> int:
        """The place of a day."""
        return (on - self.first).days

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.recorded.size - 1)


def day_columns(look: Lookback, span: Span | None = None, names: Collection[str] | None = None) -> DayColumns:
    """The days from the first run, or the first of `span`, to the day looked from, or the last of `span`.

    With `names` only those columns are made, and what filling them needs: over ten years each takes its time.
    """
    by_day: defaultdict[date, list[Activity]] = defaultdict(list)
    for run in look.runs:
        by_day[run.on].append(run)
    ends = [look.on, *by_day, *(() if span is None else (span.first, span.last))]
    first, last = min(ends), max(ends)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    recorded = np.array([look.book.is_recorded(on) for on in days])
    columns = {}
    for row in _needed(names):
        column = np.where(recorded, 0.0, np.nan)
        for on, runs in by_day.items():
            value = row.of(runs, look)
            column[(on - first).days] = np.nan if value is None else value
        columns[row.name] = column
    return DayColumns(first, recorded, columns)


def _needed(names: Collection[str] | None) -> list[DayColumn]:
    """Every row, or those named, with the columns they are told per, and by which days are filled."""
    if names is None:
        return list(DAY_COLUMNS)
    per = {row.per for row in DAY_COLUMNS if row.name in names}
    return [row for row in DAY_COLUMNS if row.name in {*names, *per, *FILLED_BY}]
