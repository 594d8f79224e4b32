"""The table of what is measured in one run.  A channel that is not there makes a measure Missing, never 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from backstride.features.runs import Mask, Samples, samples
from backstride.features.saying import missing, says
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity, Column
from backstride.model.findings import Checked, Measure
from backstride.model.text import Missing, Quantity, Text, Unit

AddUp: TypeAlias = Callable[[Column, Column], float]
"""One value and the running time of each run of a week -> the week's value."""


def summed(values: Column, running_s: Column) -> float:
    """The week's value is the sum over its runs."""
    return float(values.sum())


def by_running_time(values: Column, running_s: Column) -> float:
    """The week's value is the mean over its runs, each as heavy as its running time."""
    return float(np.average(values, weights=running_s))


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of a run."""

    name: str
    unit: Unit
    grain: Literal["run"]
    needs: tuple[tuple[str, ...], ...]
    """Stream channels: at least one of each group, the first that is there."""
    average: str | None
    """The channel whose mean, as the file states it, stands in where there is no stream."""
    adds_up: AddUp
    checked: Checked
    sources: tuple[str, ...]
    work_out: Callable[[Samples, tuple[Column, ...], Knowledge], float | None]
    """From samples and the columns of `needs`; None with less than `least_running_s` to go by."""

    def __call__(self, activity: Activity, knowledge: Knowledge) -> Measure | Missing:
        """The measure of one run, with the channels it came from; Missing says why not."""
        run = samples(activity, knowledge)
        channels = _present(activity, self.needs)
        if run is None or channels is None:
            return self._stated(activity)
        columns = tuple(activity.stream[channel] for channel in channels)
        value = self.work_out(run, columns, knowledge)
        if value is None:
            least = Quantity(knowledge.number("least_running_s"), "count")
            return missing(says("too_little_running", what=self._what, least=least), "help_channel")
        return self._made(activity, value, channels)

    def _stated(self, activity: Activity) -> Measure | Missing:
        if self.average is None or self.average not in activity.averages:
            return missing(says("not_recorded", what=self._what), "help_channel")
        return self._made(activity, activity.averages[self.average], (self.average,))

    def _made(self, activity: Activity, value: float, channels: tuple[str, ...]) -> Measure:
        return Measure(self.name, activity.id, activity.on, Quantity(value, self.unit), channels)

    @property
    def _what(self) -> Text:
        return says(f"name_{self.name}")


def _present(activity: Activity, needs: tuple[tuple[str, ...], ...]) -> tuple[str, ...] | None:
    """The first channel there of each group; None where a group has none."""
    found = [next((each for each in group if each in activity.stream), None) for group in needs]
    present = tuple(channel for channel in found if channel is not None)
    return present if len(present) == len(found) else None


def _running_s(run: Samples, columns: tuple[Column, ...], knowledge: Knowledge) -> float | None:
    """Seconds of running; None where too little of the time is known to be moving at all."""
    return run.running_s if run.moving_s >= knowledge.number("least_running_s") else None


def _running_share(run: Samples, columns: tuple[Column, ...], knowledge: Knowledge) -> float | None:
    """Running as a share of moving time: a whole walk is 0, and that is a real 0."""
    return run.running_s / run.moving_s if run.moving_s >= knowledge.number("least_running_s") else None


def _mean_running(run: Samples, columns: tuple[Column, ...], knowledge: Knowledge) -> float | None:
    """The first column's mean while running."""
    return run.mean_running(columns[0], knowledge.number("least_running_s"))


def _mean_speed(run: Samples, columns: tuple[Column, ...], knowledge: Knowledge) -> float | None:
    return run.mean_running(run.speed_mps, knowledge.number("least_running_s"))


def _fade(run: Samples, columns: tuple[Column, ...], knowledge: Knowledge) -> float | None:
    """Mean speed of the last quarter of running time over that of the first; ground and wind are in it."""
    least_s = knowledge.number("least_running_s")
    at = np.cumsum(np.where(run.running, run.seconds, 0.0))
    early = _part(run, run.running & (at <= run.running_s / 4))
    late = _part(run, run.running & (at > run.running_s * 3 / 4))
    first, last = early.mean_running(run.speed_mps, least_s), late.mean_running(run.speed_mps, least_s)
    return None if first is None or last is None else last / first


def _part(run: Samples, running: Mask) -> Samples:
    return Samples(run.seconds, run.moving, running, run.speed_mps)


_PACE = ("speed_mps", "distance_m", "cadence_spm")

_ROWS = (
    MeasureRow("running_s", "s", "run", (_PACE,), None, summed, "P", ("own_rule",), _running_s),
    MeasureRow(
        "running_share", "share", "run", (_PACE,), None, by_running_time, "P", ("own_rule",), _running_share
    ),
    MeasureRow(
        "running_speed_mps",
        "mps",
        "run",
        (("speed_mps", "distance_m"),),
        "speed_mps",
        by_running_time,
        "P",
        ("own_rule",),
        _mean_speed,
    ),
    MeasureRow(
        "running_cadence_spm",
        "spm",
        "run",
        (("cadence_spm", "stryd_cadence_spm"), _PACE),
        "cadence_spm",
        by_running_time,
        "V",
        ("heiderscheit2011",),
        _mean_running,
    ),
    MeasureRow(
        "running_contact_ms",
        "ms",
        "run",
        (("contact_ms", "stryd_contact_ms"), _PACE),
        "contact_ms",
        by_running_time,
        "P",
        ("own_rule",),
        _mean_running,
    ),
    MeasureRow(
        "running_vertical_oscillation_mm",
        "mm",
        "run",
        (("vertical_oscillation_mm", "stryd_vertical_oscillation_mm"), _PACE),
        "vertical_oscillation_mm",
        by_running_time,
        "P",
        ("own_rule",),
        _mean_running,
    ),
    MeasureRow(
        "running_balance_left_share",
        "share",
        "run",
        (("balance_left_share",), _PACE),
        "balance_left_share",
        by_running_time,
        "U",
        ("joubert2020",),
        _mean_running,
    ),
    MeasureRow(
        "speed_fade",
        "ratio",
        "run",
        (("speed_mps", "distance_m"),),
        None,
        by_running_time,
        "P",
        ("own_rule",),
        _fade,
    ),
)

MEASURES: dict[str, MeasureRow] = {row.name: row for row in _ROWS}
