"""The table of what is measured over a window of days."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from backstride.features.windows.row import WindowMeasure
from backstride.features.windows.unseen import Grid
from backstride.model.activity import Column

Grids = Mapping[str, Grid]
WorkOut = Callable[[Grids], Column]


def _per_week(name: str) -> WorkOut:
    """The sum over the days, for seven of them."""
    return lambda grids: grids[name].sum(axis=1) * 7 / grids[name].shape[1]


def _easy_per_week(grids: Grids) -> Column:
    """The least and the most, for seven days."""
    both: Column = np.stack([_per_week("easy_low_m")(grids), _per_week("easy_high_m")(grids)])
    return both


def _longest_run(grids: Grids) -> Column:
    longest: Column = grids["longest_m"].max(axis=1)
    return longest


def _long_run_share(grids: Grids) -> Column:
    return _ratio(grids["longest_m"].max(axis=1), grids["distance_m"].sum(axis=1))


def _back_to_back(grids: Grids) -> Column:
    """Days with a run whose day before had one too, for seven days."""
    ran = grids["ran"] > 0
    both: Column = (ran[:, 1:] & ran[:, :-1]).sum(axis=1) * 7 / ran.shape[1]
    return both


def _days_in_a_row(grids: Grids) -> Column:
    """The longest row of days with a run."""
    longest = np.zeros(grids["ran"].shape[0])
    row = np.zeros_like(longest)
    for day in grids["ran"].T:
        row = (row + 1) * (day > 0)
        longest = np.maximum(longest, row)
    return longest


def _monotony(name: str) -> WorkOut:
    """Mean over standard deviation of a day's load, rest days counted as 0; none where all are equal.

    Source: foster1998.  It does not say which standard deviation: this is the sample's.
    """
    return lambda grids: _even(grids[name])


def _even(load: Grid) -> Column:
    if load.shape[1] < 2:
        return np.full(load.shape[0], np.nan)
    scatter = load.std(axis=1, ddof=1)
    return _ratio(load.mean(axis=1), np.where(scatter > 1e-9, scatter, 0.0))


def _strain(grids: Grids) -> Column:
    """The week's load times its monotony.  Source: foster1998."""
    load = grids["srpe_au"]
    strain: Column = load.sum(axis=1) * 7 / load.shape[1] * _even(load)
    return strain


def _ratio(part: Column, whole: Column) -> Column:
    ratio: Column = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return ratio


_OWN = ("own_rule",)

_ROWS = (
    WindowMeasure(
        "distance_per_week_m", "m", 7, ("distance_m",), 0, 700_000, "P", _OWN, _per_week("distance_m")
    ),
    WindowMeasure("time_per_week_s", "s", 7, ("moving_s",), 0, 604_800, "P", _OWN, _per_week("moving_s")),
    WindowMeasure("climb_per_week_m", "m", 7, ("climb_m",), 0, 50_000, "P", _OWN, _per_week("climb_m")),
    WindowMeasure("descent_per_week_m", "m", 7, ("descent_m",), 0, 50_000, "P", _OWN, _per_week("descent_m")),
    WindowMeasure(
        "srpe_per_week_au", "au", 7, ("srpe_au",), 0, 100_000, "M", ("foster1998",), _per_week("srpe_au")
    ),
    WindowMeasure(
        "heart_load_per_week_au",
        "au",
        7,
        ("heart_load_au",),
        0,
        50_000,
        "M",
        ("banister1991",),
        _per_week("heart_load_au"),
    ),
    WindowMeasure(
        "easy_per_week_m",
        "m",
        7,
        ("easy_low_m", "easy_high_m"),
        0,
        1_500_000,
        "P",
        _OWN,
        _easy_per_week,
        is_ends=True,
    ),
    WindowMeasure("running_days_per_week", "day", 7, ("ran",), 0, 7, "P", _OWN, _per_week("ran")),
    WindowMeasure("hard_days_per_week", "day", 28, ("hard",), 0, 7, "P", _OWN, _per_week("hard")),
    WindowMeasure("back_to_back_per_week", "day", 28, ("ran",), 0, 7, "P", _OWN, _back_to_back),
    WindowMeasure("days_in_a_row", "day", 14, ("ran",), 0, 4_000, "P", _OWN, _days_in_a_row),
    WindowMeasure("longest_run_m", "m", 30, ("longest_m",), 0, 250_000, "V", ("frandsen2025",), _longest_run),
    WindowMeasure(
        "long_run_share", "share", 7, ("longest_m", "distance_m"), 0, 1, "P", _OWN, _long_run_share
    ),
    WindowMeasure(
        "monotony", "number", 7, ("srpe_au",), 0, 1_000, "M", ("foster1998",), _monotony("srpe_au")
    ),
    WindowMeasure("time_monotony", "number", 7, ("moving_s",), 0, 1_000, "P", _OWN, _monotony("moving_s")),
    WindowMeasure("strain_au", "au", 7, ("srpe_au",), 0, 1e8, "M", ("foster1998",), _strain),
)

WINDOW_MEASURES: dict[str, WindowMeasure] = {row.name: row for row in _ROWS}
"""Over a window of days, by name.  Monotony and strain are described, never judged."""


def columns_of(*names: str) -> frozenset[str]:
    """The columns of days that these measures are made of."""
    return frozenset(column for name in names for column in WINDOW_MEASURES[name].columns)
