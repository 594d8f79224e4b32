"""Whether the recent runs lie off the runner's own usual of one figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from backstride.features.form.compare import Compared, came_new, compared, has_usual, spans, usual_of
from backstride.features.form.devices import main_source, software_began
from backstride.features.form.figures import FormRow
from backstride.features.form.series import Stride, strides
from backstride.features.lookback import Lookback, ids
from backstride.features.measures.table import RUN_MEASURES
from backstride.features.saying import missing, says
from backstride.model.findings import FactValue, Finding
from backstride.model.history import Span
from backstride.model.text import Quantity, Text

SURE = 1.96
"""Standard errors either side that hold 95 of 100."""


def finder(row: FormRow) -> Callable[[Lookback], Finding]:
    """The finder of one figure."""
    return lambda look: form_change(row, look)


def form_change(row: FormRow, look: Lookback) -> Finding:
    """Whether the recent runs lie off the line through the runner's own earlier runs on the same devices.

    Off means by `form_sd` standard errors, and by the row's own least change.  Left out, rather than
    extrapolated to, are runs faster or slower than the earlier ones, on a belt or trail that the earlier
    ones were not on, and by a device that the earlier ones have no three runs of.  While a new device was
    first worn within the compared runs no change is told at all: a new watch is never one.
    """
    recent, earlier = spans(look)
    window = Span(earlier.first, recent.last)
    late = strides(row, look.runs_in(recent), look)
    if not late:
        return _open(row, "form_not_recorded", "help_channel", window, look)
    main = main_source(late)
    if row.needs_device and main.device is None:
        return _open(row, "form_no_device", "help_device", window, look)
    early = strides(row, look.runs_in(earlier)[-int(look.number("form_usual_runs")) :], look)
    case = compared(row, late, early, main, look)
    if not has_usual(case) and any(each.source.hardware != main.hardware for each in early):
        return _open(row, "form_device_changed", "help_device", window, look)
    if len(case.late) < look.number("form_least_runs") or len(case.early) < look.number(
        "form_least_usual_runs"
    ):
        return _open(row, "form_too_few", "help_runs", window, look)
    return _judged(row, case, [*early, *late], window, look)


def _judged(
    row: FormRow, case: Compared, everything: Sequence[Stride], window: Span, look: Lookback
) -> Finding:
    found = usual_of(row, case, look)
    seen_from = look.number("form_sd") * found.change_error
    least = look.number(row.least)
    answer = round(abs(found.change), 9) >= max(seen_from, least)
    if not answer and seen_from > look.number("form_blind") * least:
        return _open(row, "form_too_scattered", "help_runs", window, look)
    if answer and came_new(row, case, everything, look):
        return _open(row, "form_device_changed", "help_device", window, look)
    began = software_began(case.late, case.early) if answer else None
    facts: dict[str, FactValue] = {fact: answer for fact in row.facts if began is None}
    unit = RUN_MEASURES[row.measure].unit
    sure = SURE * found.change_error
    return Finding(
        row.id,
        _statement(row, case.late, found.change, answer, began),
        Quantity(found.change, unit, found.change - sure, found.change + sure),
        window,
        look.seen_share(window),
        ids(each.run for each in case.late),
        facts,
        ("own_rule",),
        notable=answer and row.is_fact and began is None and _off_even(row, case.late, look),
    )


def _off_even(row: FormRow, late: Sequence[Stride], look: Lookback) -> bool:
    """True but for a balance that came out even."""
    if row.off_even is None:
        return True
    now = float(np.mean([each.value for each in late]))
    return abs(now - 0.5) >= look.number(row.off_even)


def _statement(row: FormRow, late: Sequence[Stride], change: float, answer: bool, began: date | None) -> Text:
    by = Quantity(abs(change), RUN_MEASURES[row.measure].unit)
    told: dict[str, Text | Quantity | date] = {
        "what": _what(row),
        "by": by,
        "at": says(f"form_at_{_at(row)}"),
        "first": late[0].run.on,
        "last": late[-1].run.on,
    }
    if not answer:
        return says("form_same", **told)
    if began is not None:
        return says("form_software_changed", **told, began=began)
    return says("form_up" if change > 0 else "form_down", **told)


def _at(row: FormRow) -> str:
    """At what the runs are alike."""
    if row.against == "nothing":
        return "device"
    return "speed" if row.per_step is None else "speed_and_steps"


def _open(row: FormRow, reason: str, help: str, window: Span, look: Lookback) -> Finding:
    statement = says(reason, what=_what(row))
    return Finding(row.id, statement, missing(statement, help), window, look.seen_share(window))


def _what(row: FormRow) -> Text:
    return says(f"name_{row.measure}")
