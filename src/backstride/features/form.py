"""Stride before the onset against the runner's own usual: same speeds, same device, the runner's own scatter.

A change is described, never blamed: no figure of a watch is known to cause back pain.  Contact time and
balance of two devices, or of two runners, cannot be compared at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import numpy as np

from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.measures.table import RUN_MEASURES
from backstride.features.saying import missing, says
from backstride.model.activity import Activity, Column
from backstride.model.findings import FactValue, Finding
from backstride.model.history import Span
from backstride.model.text import Quantity, Text


@dataclass(frozen=True, slots=True)
class FormRow:
    """One figure of the stride that is followed."""

    fact: str
    measure: str
    against: Literal["speed", "slowness", "nothing"]
    """What its usual is a straight line of: metres per second, seconds per metre, or nothing at all."""
    least: str
    """Threshold: a change below this is not called one, however steady the runner."""
    needs_device: bool
    """True where two devices measure it so differently that an unknown one tells nothing."""


FORM = (
    FormRow("cadence_changed", "running_cadence_spm", "speed", "cadence_least_spm", False),
    FormRow("contact_changed", "running_contact_ms", "slowness", "contact_least_ms", True),
    FormRow("balance_changed", "running_balance_left_share", "nothing", "balance_least_share", True),
)


@dataclass(frozen=True, slots=True)
class _Stride:
    """One run's figure, the speed it was run at, and what measured it."""

    run: Activity
    value: float
    speed_mps: float
    channels: tuple[str, ...]


def finder(row: FormRow) -> Callable[[Lookback], Finding]:
    """The finder of one figure."""
    return lambda look: form_change(row, look)


def form_change(row: FormRow, look: Lookback) -> Finding:
    """Whether the recent runs lie off the line through the runner's own earlier runs on the same device.

    Off means by `form_sd` residual standard deviations of the earlier runs, and by the row's own least
    change.  Runs faster or slower than the earlier ones are left out, not extrapolated to.
    """
    recent = back_from(look.until, int(look.number("form_recent_days")))
    earlier = back_from(recent.first - timedelta(days=1), int(look.number("form_usual_days")))
    window = Span(earlier.first, recent.last)
    late = _strides(row, look.runs_in(recent), look)
    if not late:
        return _open(row, "form_not_recorded", "help_channel", window, look)
    device, channels = Counter((_device(each.run), each.channels) for each in late).most_common(1)[0][0]
    if row.needs_device and device is None:
        return _open(row, "form_no_device", "help_device", window, look)
    on_it = [run for run in look.runs_in(earlier) if _device(run) == device]
    if not on_it and look.runs_in(earlier):
        return _open(row, "form_device_changed", "help_device", window, look)
    early = _alike(_strides(row, on_it[-int(look.number("form_usual_runs")) :], look), device, channels)
    late = _within(_alike(late, device, channels), early, row, look)
    if len(late) < look.number("form_least_runs") or len(early) < look.number("form_least_usual_runs"):
        return _open(row, "form_too_few", "help_runs", window, look)
    return _judged(row, late, early, window, look)


def _device(run: Activity) -> tuple[str | None, str | None] | None:
    """What recorded a run; None where nobody knows."""
    if run.device is None or (run.device.maker is None and run.device.product is None):
        return None
    return run.device.maker, run.device.product


def _strides(row: FormRow, runs: Sequence[Activity], look: Lookback) -> list[_Stride]:
    """The figure of each run that has it, and its speed."""
    strides = []
    for run in runs:
        worked = look.measured(run)
        figure, speed = worked[row.measure], worked["running_speed_mps"].value
        mps = _whole_speed(run) if speed is None else speed
        if figure.value is not None and (mps is not None or row.against == "nothing"):
            strides.append(_Stride(run, figure.value, mps or np.nan, figure.channels))
    return strides


def _whole_speed(run: Activity) -> float | None:
    """Distance over moving time, for runs without a stream."""
    return run.distance_m / run.moving_s if run.distance_m and run.moving_s else None


def _alike(strides: Sequence[_Stride], device: object, channels: tuple[str, ...]) -> list[_Stride]:
    return [each for each in strides if _device(each.run) == device and each.channels == channels]


def _within(late: list[_Stride], early: list[_Stride], row: FormRow, look: Lookback) -> list[_Stride]:
    """The recent runs at speeds that the earlier ones cover, but for a small margin."""
    if row.against == "nothing" or not early:
        return late
    margin = look.number("form_speed_margin_mps")
    low = min(each.speed_mps for each in early) - margin
    high = max(each.speed_mps for each in early) + margin
    return [each for each in late if low <= each.speed_mps <= high]


def _judged(row: FormRow, late: list[_Stride], early: list[_Stride], window: Span, look: Lookback) -> Finding:
    off, scatter = _off_usual(row, late, early)
    answer = round(abs(off), 9) >= max(look.number("form_sd") * scatter, look.number(row.least))
    key = "form_same" if not answer else ("form_up" if off > 0 else "form_down")
    unit = RUN_MEASURES[row.measure].unit
    facts: dict[str, FactValue] = {row.fact: answer}
    return Finding(
        row.fact,
        says(key, what=_what(row), by=Quantity(abs(off), unit), first=late[0].run.on, last=late[-1].run.on),
        Quantity(off, unit),
        window,
        look.seen_share(window),
        ids(each.run for each in late),
        facts,
        ("own_rule",),
        notable=answer,
    )


def _off_usual(row: FormRow, late: list[_Stride], early: list[_Stride]) -> tuple[float, float]:
    """How far the recent mean lies off the line through the earlier runs, and their scatter about it."""
    at, value = _axis(row, early), np.array([each.value for each in early])
    slope = float(np.cov(at, value, bias=True)[0, 1] / at.var()) if at.std() > 0 else 0.0
    usual = value.mean() - slope * at.mean()
    scatter = float(np.sqrt(np.sum((value - usual - slope * at) ** 2) / (value.size - 2)))
    now = np.array([each.value for each in late])
    return float(np.mean(now - usual - slope * _axis(row, late))), scatter


def _axis(row: FormRow, strides: Sequence[_Stride]) -> Column:
    speeds = np.array([each.speed_mps for each in strides], dtype=np.float64)
    match row.against:
        case "speed":
            return speeds
        case "slowness":
            return 1 / speeds
        case _:
            return np.zeros(speeds.size)


def _open(row: FormRow, reason: str, help: str, window: Span, look: Lookback) -> Finding:
    statement = says(reason, what=_what(row))
    return Finding(row.fact, statement, missing(statement, help), window, look.seen_share(window))


def _what(row: FormRow) -> Text:
    return says(f"name_{row.measure}")
