"""What else is known of one run: its stride against the runner's own usual, and every number of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from backstride.copies import each_once
from backstride.features.explain import MEASURES
from backstride.features.form import pictures
from backstride.features.lookback import Lookback
from backstride.features.measures.memory import Measured
from backstride.features.measures.of_record import RecordMeasure
from backstride.features.measures.row import RunMeasure
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Assessment
from backstride.model.findings import FormPoint, FormSeries, Measure
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity, Text
from backstride.store.store import Store


@dataclass(frozen=True, slots=True)
class RunForm:
    """One figure of stride of one run, less the runner's own usual."""

    series: FormSeries
    point: FormPoint

    @property
    def measured_by(self) -> str | None:
        """The device; None where nobody knows."""
        return self.series.segments[self.point.segment].device


@dataclass(frozen=True, slots=True)
class RunNumbers:
    """Stride against the usual as of the run's own day, and every measure of the run."""

    form: tuple[RunForm, ...]
    measures: tuple[tuple[str, Quantity | Missing], ...]
    """By name, in the order of the tables."""


def numbers_of(store: Store, id: str, on: date, knowledge: Knowledge) -> RunNumbers:
    """What runs up to that day say of one run; nothing that came later counts."""
    measured = Measured(knowledge, store.measured())
    look = Lookback(each_once(store.history()), on, None, knowledge, measured)
    run = next((each for each in look.runs if each.id == id), None)
    if run is None:
        return RunNumbers((), ())
    form = tuple(
        RunForm(series, point)
        for series in pictures(Span(on, on), replace(look))
        for point in series.points
        if point.activity == id
    )
    found: list[tuple[str, Quantity | Missing]] = []
    for name, row in MEASURES.items():
        if isinstance(row, RecordMeasure):
            found.append((name, row.work_out(run, look)))
        elif isinstance(row, RunMeasure):
            told = measured.measure(run, name)
            found.append((name, told.quantity if isinstance(told, Measure) else told))
    if measured.new:
        store.keep_measured(measured.new)
    return RunNumbers(form, tuple(found))


def part_in(answer: Assessment, id: str) -> tuple[Text, ...]:
    """The statements of the answer that this run is behind."""
    return tuple(change.statement for change in answer.changes if id in change.activities)
