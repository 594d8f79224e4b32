"""Any number taken apart: from a measure on a day down to the runs and channels it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

import numpy as np

from backstride.features.certain import quantity
from backstride.features.lookback import Lookback, back_from
from backstride.features.measures.of_record import RECORD_MEASURES, RecordMeasure
from backstride.features.measures.row import RunMeasure
from backstride.features.measures.table import RUN_MEASURES
from backstride.features.recorded import days_of
from backstride.features.saying import missing, says
from backstride.features.windows.columns import DAY_COLUMNS, DayColumns, day_columns
from backstride.features.windows.row import WindowMeasure
from backstride.features.windows.table import WINDOW_MEASURES
from backstride.features.windows.unseen import EDGES, ends, filled
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity, Column
from backstride.model.explained import DayPart, Explained, RunPart
from backstride.model.findings import DayState, Interval, Measure
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity, Unit

MeasureRow: TypeAlias = RunMeasure | RecordMeasure | WindowMeasure

MEASURES: dict[str, MeasureRow] = {**RUN_MEASURES, **RECORD_MEASURES, **WINDOW_MEASURES}
"""Everything that is measured, by name."""


def explain(name: str, look: Lookback, days: int | None = None) -> Explained:
    """One measure over the `days` that end on the day looked from, with all it rests on.

    Without `days` it is that day for a measure of a run, and the usual window for one of a window.

    Raises: KeyError for a name that is not in `MEASURES`.
    """
    row = MEASURES[name]
    length = days or (row.days if isinstance(row, WindowMeasure) else 1)
    window = back_from(look.on, length)
    value, parts = (
        _of_days(row, window, look) if isinstance(row, WindowMeasure) else _of_runs(row, window, look)
    )
    return Explained(
        name,
        says(f"name_{name}"),
        says(f"means_{name}"),
        value,
        window,
        look.seen_share(window),
        parts,
        row.checked,
        row.sources,
    )


def _of_runs(
    row: RunMeasure | RecordMeasure, window: Span, look: Lookback
) -> tuple[Quantity | Missing, tuple[DayPart, ...]]:
    """Each run's own value; together, where such values come together."""
    parts = {run.id: _run_part(row, run, look) for run in look.runs_in(window)}
    days = tuple(_day_of_runs(on, parts, look) for on in days_of(window))
    return _together(row, tuple(parts.values()), look), days


def _run_part(row: RunMeasure | RecordMeasure, run: Activity, look: Lookback) -> RunPart:
    if isinstance(row, RecordMeasure):
        return RunPart(run, row.work_out(run, look), row.fields, row.against(run, look))
    found = look.measured.measure(run, row.name)
    if isinstance(found, Measure):
        return RunPart(run, found.quantity, found.channels)
    return RunPart(run, found)


def _day_of_runs(on: date, parts: dict[str, RunPart], look: Lookback) -> DayPart:
    load = look.book.load(on)
    runs = tuple(parts[run.id] for run in look.runs_in(Span(on, on)))
    nothing = missing(
        says("day_not_recorded" if load.state == "unrecorded" else "day_without_run"), "help_none"
    )
    return DayPart(on, load.state, runs[0].value if len(runs) == 1 else nothing, runs)


def _together(
    row: RunMeasure | RecordMeasure, parts: tuple[RunPart, ...], look: Lookback
) -> Quantity | Missing:
    if not parts:
        return missing(says("no_runs_to_measure"), "help_none")
    if len(parts) == 1:
        return parts[0].value
    if isinstance(row, RecordMeasure) or row.adds_up is None:
        return missing(says("each_run_by_itself"), "help_none")
    values = [part.value for part in parts if isinstance(part.value, Quantity)]
    running_s = [look.measured.value(part.run, "running_s") or part.run.moving_s for part in parts]
    if len(values) < len(parts) or None in running_s:
        return missing(says("not_recorded_in_window", what=says(f"name_{row.name}")), "help_channel")
    weights = np.array([seconds or 0.0 for seconds in running_s])
    if not weights.any():
        return missing(says("each_run_by_itself"), "help_none")
    low = [value.value if value.low is None else value.low for value in values]
    high = [value.value if value.high is None else value.high for value in values]
    ends = Interval(row.adds_up(np.array(low), weights), row.adds_up(np.array(high), weights))
    return quantity(ends, row.unit) or Quantity(ends.low, row.unit)


def _of_days(
    row: WindowMeasure, window: Span, look: Lookback
) -> tuple[Quantity | Missing, tuple[DayPart, ...]]:
    """Each day's part, in the column that the measure is made of, the last where there are several."""
    columns = day_columns(look, window, row.columns)
    return row.of(columns, window, look.knowledge), tuple(
        replace(part, runs=tuple(RunPart(run, part.value, row.columns) for run in look.runs_in(Span(on, on))))
        for on, part in zip(days_of(window), _day_parts(row, window, columns, look), strict=True)
    )


def _day_parts(row: WindowMeasure, window: Span, columns: DayColumns, look: Lookback) -> list[DayPart]:
    names = row.columns if row.is_ends else row.columns[-1:]
    unit = next(each.unit for each in DAY_COLUMNS if each.name == names[0])
    grids = filled(columns, window, look.knowledge)
    parts = []
    for place, on in enumerate(days_of(window)):
        known = [float(columns.columns[name][columns.at(on)]) for name in names]
        state = look.book.load(on).state
        if np.isfinite(known).all():
            parts.append(
                DayPart(on, state, quantity(Interval(min(known), max(known)), unit) or _unknown(state))
            )
        else:
            held = [] if grids is None else [grids[name][:-EDGES, place] for name in names]
            parts.append(DayPart(on, state, _held(held, state, unit, look.knowledge)))
    return parts


def _held(values: Sequence[Column], state: DayState, unit: Unit, knowledge: Knowledge) -> Quantity | Missing:
    """What an unknown day may have held: the ends of most of what stood in for it."""
    if not values or not np.isfinite(values).any():
        return _unknown(state)
    low, middle, high = ends(np.array(values), knowledge)
    return Quantity(middle, unit, low, high)


def _unknown(state: DayState) -> Missing:
    return missing(
        says("day_not_recorded" if state == "unrecorded" else "not_recorded_that_day"), "help_cover"
    )
