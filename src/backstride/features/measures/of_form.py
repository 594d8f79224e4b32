"""Stride on flat, steady running alone, so that hills, stops and sprints are no change of form.

Where no altitude was recorded all steady running is measured, and the channels of the measure show it:
`altitude_m` is not among them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backstride.features.measures.reading import Reading
from backstride.features.measures.row import RunMeasure, average, by_running_time
from backstride.features.runs import Mask
from backstride.model.activity import Column
from backstride.model.findings import Checked, Worked
from backstride.model.text import Unit

_SPEED = ("speed_mps", "distance_m")
_ALTITUDE = "altitude_m"
Columns = tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class FlatMeasure(RunMeasure):
    """A measure of flat ground where altitude is recorded, of all steady running where it is not."""

    def of(self, reading: Reading) -> Worked:
        """As of any measure; with an altitude, too little of it flat makes it not known."""
        channels = self._present(reading.activity)
        if (
            self.work_out is None
            or channels is None
            or reading.samples is None
            or _ALTITUDE not in reading.activity.stream
        ):
            # The bare super() cannot be used in a dataclass with slots.
            return RunMeasure.of(self, reading)
        used = (*channels, _ALTITUDE)
        value = self.work_out(reading, tuple(reading.activity.stream[channel] for channel in used))
        if value is None:
            ran = reading.samples.running_s >= reading.number("least_running_s")
            return Worked(None, (), "too_little_flat" if ran else "too_little_running")
        return self._within(value, used)


def _mean_flat(reading: Reading, columns: Columns) -> float | None:
    """The first column's mean over the flat, steady seconds."""
    run = reading.flat
    return None if run is None else run.mean_running(columns[0], reading.number("least_running_s"))


def _mean_flat_speed(reading: Reading, columns: Columns) -> float | None:
    run = reading.flat
    return None if run is None else run.mean_running(run.speed_mps, reading.number("least_running_s"))


@dataclass(frozen=True, slots=True)
class _Drift:
    """Change of one figure from the first to the last third of a run, at equal speed."""

    slope: str | None
    """Threshold: how the figure goes with speed where the run itself does not tell; None is not at all."""
    slowness: bool = False
    """True where it is a line of seconds per metre, False where of metres per second."""

    def __call__(self, reading: Reading, columns: Columns) -> float | None:
        run = reading.flat
        if run is None:
            return None
        known = run.running & np.isfinite(columns[0])
        seconds = np.where(known, run.seconds, 0.0)
        if seconds.sum() < reading.number("form_drift_least_s"):
            return None
        thirds = _thirds(reading, known)
        if any(seconds[third].sum() < reading.number("least_running_s") for third in thirds):
            return None
        axis = _slowness(run.speed_mps) if self.slowness else run.speed_mps
        slope = self._slope(reading, axis, columns[0], thirds)
        first, last = (
            np.average(columns[0][third] - slope * axis[third], weights=seconds[third]) for third in thirds
        )
        return float(last - first)

    def _slope(self, reading: Reading, axis: Column, figure: Column, thirds: tuple[Mask, Mask]) -> float:
        """Within the thirds, so that slowing down over the run is not in it; drawn to the known one."""
        if self.slope is None:
            return 0.0
        x = np.concatenate([axis[third] - axis[third].mean() for third in thirds])
        y = np.concatenate([figure[third] - figure[third].mean() for third in thirds])
        weight = reading.number("form_drift_speed_mps") ** 2
        if self.slowness:
            weight *= float(np.mean(np.concatenate([axis[third] for third in thirds]))) ** 4
        known = reading.number(self.slope)
        return float((np.mean(x * y) + weight * known) / (np.mean(x * x) + weight))


def _slowness(speed_mps: Column) -> Column:
    nothing = np.full(speed_mps.size, np.nan)
    slowness: Column = np.divide(1.0, speed_mps, out=nothing, where=speed_mps > 0)
    return slowness


def _thirds(reading: Reading, known: Mask) -> tuple[Mask, Mask]:
    """The known seconds of the first and of the last third of all running time."""
    run = reading.samples
    assert run is not None
    at = np.cumsum(np.where(run.running, run.seconds, 0.0))
    return known & (at <= run.running_s / 3), known & (at > run.running_s * 2 / 3)


def _flat(
    name: str,
    unit: Unit,
    channels: tuple[str, ...],
    low: float,
    high: float,
    source: str = "own_rule",
    checked: Checked = "P",
) -> FlatMeasure:
    """The mean of one channel on the flat; the mean that the file states stands in without a stream."""
    return FlatMeasure(
        name,
        unit,
        by_running_time,
        low,
        high,
        checked,
        (source,),
        (channels, _SPEED),
        _mean_flat,
        (channels[0],),
        average(channels[0]),
    )


def _drift(name: str, unit: Unit, channels: tuple[str, ...], most: float, drift: _Drift) -> FlatMeasure:
    return FlatMeasure(
        name, unit, by_running_time, -most, most, "P", ("own_rule",), (channels, _SPEED), drift
    )


_CADENCE = ("cadence_spm", "stryd_cadence_spm")
_CONTACT = ("contact_ms", "stryd_contact_ms")
_OSCILLATION = ("vertical_oscillation_mm", "stryd_vertical_oscillation_mm")

OF_FORM = (
    FlatMeasure(
        "flat_speed_mps",
        "mps",
        by_running_time,
        0.5,
        9,
        "P",
        ("own_rule",),
        (_SPEED,),
        _mean_flat_speed,
        ("speed_mps",),
        average("speed_mps"),
    ),
    _flat("flat_cadence_spm", "spm", _CADENCE, 100, 260, "heiderscheit2011", "V"),
    _flat("flat_contact_ms", "ms", _CONTACT, 120, 500),
    _flat("flat_vertical_oscillation_mm", "mm", _OSCILLATION, 20, 200),
    _flat("flat_vertical_ratio_share", "share", ("vertical_ratio_share",), 0.02, 0.25),
    _flat("flat_step_length_mm", "mm", ("step_length_mm",), 300, 2_500),
    _flat("flat_balance_left_share", "share", ("balance_left_share",), 0.35, 0.65, "joubert2020", "U"),
    # Of a pod that ran beside the watch's own sensor, so that the offset between the two is seen.
    _flat("flat_stryd_cadence_spm", "spm", _CADENCE[1:], 100, 260),
    _flat("flat_stryd_contact_ms", "ms", _CONTACT[1:], 120, 500),
    _flat("flat_stryd_vertical_oscillation_mm", "mm", _OSCILLATION[1:], 20, 200),
    _drift("drift_cadence_spm", "spm", _CADENCE, 40, _Drift("cadence_slope")),
    _drift("drift_contact_ms", "ms", _CONTACT, 100, _Drift("contact_slope", slowness=True)),
    _drift("drift_vertical_oscillation_mm", "mm", _OSCILLATION, 50, _Drift("vertical_oscillation_slope")),
    _drift("drift_balance_left_share", "share", ("balance_left_share",), 0.1, _Drift(None)),
)
