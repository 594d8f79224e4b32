"""Measures of the seconds of a run: how long, how fast, how steady, with which stride and heart rate."""

from __future__ import annotations

import numpy as np

from backstride.features.measures.reading import Reading
from backstride.features.measures.row import RunMeasure, average, by_running_time, highest, summed
from backstride.features.runs import Mask, Samples
from backstride.model.activity import Column

_PACE = ("speed_mps", "distance_m", "cadence_spm")
_SPEED = ("speed_mps", "distance_m")
Columns = tuple[Column, ...]


def _enough(reading: Reading) -> Samples | None:
    """The run's samples, where enough of its time is known to be moving at all."""
    run = reading.samples
    return None if run is None or run.moving_s < reading.number("least_running_s") else run


def _running_s(reading: Reading, columns: Columns) -> float | None:
    run = _enough(reading)
    return None if run is None else run.running_s


def _running_share(reading: Reading, columns: Columns) -> float | None:
    """Running as a share of moving time: a whole walk is 0, and that is a real 0."""
    run = _enough(reading)
    return None if run is None else run.running_s / run.moving_s


def _standing_s(reading: Reading, columns: Columns) -> float | None:
    """Recorded seconds in which the runner stood; pauses of the watch are not recorded and not in it."""
    run = _enough(reading)
    if run is None:
        return None
    return float(run.seconds[~run.moving & np.isfinite(run.speed_mps)].sum())


def mean_running(reading: Reading, columns: Columns) -> float | None:
    """The first column's mean while running."""
    run = reading.samples
    return None if run is None else run.mean_running(columns[0], reading.number("least_running_s"))


def _mean_speed(reading: Reading, columns: Columns) -> float | None:
    run = reading.samples
    return None if run is None else run.mean_running(run.speed_mps, reading.number("least_running_s"))


def _mean_moving(reading: Reading, columns: Columns) -> float | None:
    """The first column's mean while moving, running or not."""
    run = _enough(reading)
    if run is None:
        return None
    moving = Samples(run.seconds, run.moving, run.moving, run.speed_mps)
    return moving.mean_running(columns[0], reading.number("least_running_s"))


def _highest(reading: Reading, columns: Columns) -> float | None:
    """What the first column reached or passed for `highest_held_s` in all: one odd reading is no record."""
    run = _enough(reading)
    if run is None:
        return None
    known = np.isfinite(columns[0]) & (run.seconds > 0)
    order = np.argsort(columns[0][known])[::-1]
    held = np.cumsum(run.seconds[known][order])
    at = int(np.searchsorted(held, reading.number("highest_held_s")))
    return float(columns[0][known][order][at]) if at < held.size else None


def _fade(reading: Reading, columns: Columns) -> float | None:
    """Mean speed of the last quarter of running time over that of the first; ground and wind are in it."""
    run = reading.samples
    if run is None:
        return None
    least_s = reading.number("least_running_s")
    at = np.cumsum(np.where(run.running, run.seconds, 0.0))
    early = _part(run, run.running & (at <= run.running_s / 4))
    late = _part(run, run.running & (at > run.running_s * 3 / 4))
    first, last = early.mean_running(run.speed_mps, least_s), late.mean_running(run.speed_mps, least_s)
    return None if first is None or last is None else last / first


def _part(run: Samples, running: Mask) -> Samples:
    return Samples(run.seconds, run.moving, running, run.speed_mps)


def _walking_breaks(reading: Reading, columns: Columns) -> float | None:
    """How often the runner changed from running to walking for `walking_break_s` or longer and ran on."""
    run = _enough(reading)
    if run is None:
        return None
    return float(sum(seconds >= reading.number("walking_break_s") for seconds in _walks(run)[:-1]))


def _walked_at_end_s(reading: Reading, columns: Columns) -> float | None:
    """Seconds walked after the last running: a cool-down, or the way home of a run that was given up."""
    run = _enough(reading)
    return None if run is None or not run.running.any() else _walks(run)[-1]


def _walks(run: Samples) -> list[float]:
    """Seconds walked after each stretch of running, in order; the last follows the last running."""
    walked_s = np.cumsum(np.where(run.moving & ~run.running, run.seconds, 0.0))
    at = np.flatnonzero(run.running)
    if at.size == 0:
        return [0.0]
    between = np.diff(walked_s[at])
    return [*between[between > 0].tolist(), float(walked_s[-1] - walked_s[at[-1]])]


def _mean_row(
    name: str, unit: str, channels: tuple[str, ...], low: float, high: float, source: str, checked: str
) -> RunMeasure:
    """The mean of one channel while running; the mean that the file states stands in without a stream."""
    return RunMeasure(
        name,
        unit,  # type: ignore[arg-type]  # checked by the contract over the table
        by_running_time,
        low,
        high,
        checked,  # type: ignore[arg-type]
        (source,),
        (channels, _PACE),
        mean_running,
        (channels[0],),
        average(channels[0]),
    )


OF_STREAMS = (
    RunMeasure("running_s", "s", summed, 0, 172_800, "P", ("own_rule",), (_PACE,), _running_s),
    RunMeasure("running_share", "share", by_running_time, 0, 1, "P", ("own_rule",), (_PACE,), _running_share),
    RunMeasure("walking_breaks", "count", summed, 0, 10_000, "P", ("own_rule",), (_PACE,), _walking_breaks),
    RunMeasure("walked_at_end_s", "s", summed, 0, 172_800, "P", ("own_rule",), (_PACE,), _walked_at_end_s),
    RunMeasure("standing_s", "s", summed, 0, 172_800, "P", ("own_rule",), (_SPEED,), _standing_s),
    RunMeasure(
        "running_speed_mps",
        "mps",
        by_running_time,
        0.5,
        9,
        "P",
        ("own_rule",),
        (_SPEED,),
        _mean_speed,
        ("speed_mps",),
        average("speed_mps"),
    ),
    _mean_row(
        "running_cadence_spm",
        "spm",
        ("cadence_spm", "stryd_cadence_spm"),
        100,
        260,
        "heiderscheit2011",
        "V",
    ),
    _mean_row("running_contact_ms", "ms", ("contact_ms", "stryd_contact_ms"), 120, 500, "own_rule", "P"),
    _mean_row(
        "running_vertical_oscillation_mm",
        "mm",
        ("vertical_oscillation_mm", "stryd_vertical_oscillation_mm"),
        20,
        200,
        "own_rule",
        "P",
    ),
    _mean_row(
        "running_vertical_ratio_share", "share", ("vertical_ratio_share",), 0.02, 0.25, "own_rule", "P"
    ),
    _mean_row("running_step_length_mm", "mm", ("step_length_mm",), 300, 2_500, "own_rule", "P"),
    _mean_row("running_balance_left_share", "share", ("balance_left_share",), 0.35, 0.65, "joubert2020", "U"),
    _mean_row("running_heart_rate_bpm", "bpm", ("heart_rate_bpm",), 60, 230, "own_rule", "P"),
    RunMeasure(
        "highest_heart_rate_bpm",
        "bpm",
        highest,
        80,
        230,
        "P",
        ("own_rule",),
        (("heart_rate_bpm",), _PACE),
        _highest,
    ),
    RunMeasure(
        "temperature_c",
        "celsius",
        by_running_time,
        -40,
        55,
        "P",
        ("own_rule",),
        (("temperature_c",), _PACE),
        _mean_moving,
        ("temperature_c",),
        average("temperature_c"),
    ),
    RunMeasure("speed_fade", "ratio", by_running_time, 0.3, 2, "P", ("own_rule",), (_SPEED,), _fade),
)
