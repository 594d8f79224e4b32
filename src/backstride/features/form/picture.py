"""The residuals of one figure, run by run, with what measured them: what a picture of form is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backstride.features.form.change import SURE
from backstride.features.form.compare import Compared, compared, spans
from backstride.features.form.devices import Offset, breaks, main_source, one_each
from backstride.features.form.figures import DRIFT, FORM
from backstride.features.form.series import Source, Stride, strides
from backstride.features.form.usual import Usual, usual
from backstride.features.lookback import Lookback
from backstride.features.measures.table import RUN_MEASURES
from backstride.features.runs import Mask
from backstride.features.saying import says
from backstride.model.findings import FormPoint, FormSegment, FormSeries
from backstride.model.history import Span

FIGURES = {row.id: row for row in (*FORM, *DRIFT)}


def pictures(span: Span, look: Lookback) -> tuple[FormSeries, ...]:
    """The figures of stride up to the last day of a span, whatever the pain: only those there are."""
    if span.last > look.on:
        return ()
    now = replace(look, onset=None)
    found = (residuals(now, row.id) for row in FORM)
    return tuple(series for series in found if any(point.on in span for point in series.points))


def residuals(look: Lookback, figure: str) -> FormSeries:
    """Half a year of one figure up to the last weeks: each run less the runner's own usual at its speed.

    Each device's runs lie about a line of their own, so that a new device makes a break and no step.
    Where the last weeks can be told apart from the device, zero is the usual of the runs before them.
    No points where there are too few runs for a line.  `figure` is the id of a row of FORM or DRIFT.
    """
    row = FIGURES[figure]
    recent, earlier = spans(look)
    late, early = strides(row, look.runs_in(recent), look), strides(row, look.runs_in(earlier), look)
    everything = [*early, *late]
    name, unit = says(f"name_{row.measure}"), RUN_MEASURES[row.measure].unit
    if len(everything) < look.number("form_least_usual_runs"):
        return FormSeries(figure, name, unit, (), (), breaks(everything))
    case = compared(row, late, early, main_source(late or early), look)
    shown = one_each(everything, case.main)
    found = usual(row, shown, _told_apart(case, shown, look), case.main, case.offsets, look)
    segments = list(dict.fromkeys(each.source for each in shown))
    return FormSeries(
        figure,
        name,
        unit,
        tuple(
            _point(each, off, segments, found)
            for each, off in zip(shown, found.residuals.tolist(), strict=True)
            if _placed(each.source, found, look)
        ),
        tuple(_segment(source, found, shown) for source in segments),
        breaks(everything),
    )


def _told_apart(case: Compared, shown: Sequence[Stride], look: Lookback) -> Mask:
    """The last weeks' runs by what was worn before too, where there are enough; else none."""
    recent, _ = spans(look)
    enough = len(case.late) >= look.number("form_least_runs") and len(case.early) >= look.number(
        "form_least_usual_runs"
    )
    sources = {each.source for each in case.late} if enough else set()
    return np.array([each.run.on in recent and each.source in sources for each in shown], dtype=np.bool_)


def _placed(source: Source, found: Usual, look: Lookback) -> bool:
    """Whether a device can be held against the others: else nobody knows where its runs lie."""
    return _added(source, found).error <= look.number("form_placed_sd") * found.scatter


def _added(source: Source, found: Usual) -> Offset:
    return found.added.get(source, Offset(0.0, 0.0, 0))


def _point(stride: Stride, off: float, segments: Sequence[Source], found: Usual) -> FormPoint:
    sure = SURE * float(np.hypot(found.scatter, _added(stride.source, found).error))
    return FormPoint(stride.run.on, stride.run.id, off, sure, segments.index(stride.source))


def _segment(source: Source, found: Usual, shown: Sequence[Stride]) -> FormSegment:
    added = _added(source, found)
    sure = SURE * added.error
    days = [each.run.on for each in shown if each.source == source]
    return FormSegment(
        None if source.device is None else " ".join(part for part in source.device if part),
        source.channel,
        min(days),
        max(days),
        added.value,
        added.value - sure,
        added.value + sure,
    )
