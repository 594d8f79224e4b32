"""The made-up runner's runs as Samsung Health's own archive: the table, and two recordings of each run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from backstride.app.demo.exports.samsung import STAMP, exercise, exercises, live_of, locations_of
from backstride.app.demo.made_run import MadeRun, mean_of
from backstride.app.demo.story import Story
from backstride.model.activity import Column

PULSE_S, STEPS_S = 5, 10
_FOLDER = "samsunghealth_madeup_20260401120000"
_RUN, _TREADMILL = 1002, 15005
_ENDING = "com.samsung.health.exercise.{}_data.json"


def of_runs(runs: Sequence[MadeRun], story: Story) -> dict[str, bytes]:
    """The whole archive: path inside it -> bytes."""
    named = [(f"b0000000-0000-4000-8000-{nth:012}", run) for nth, run in enumerate(runs)]
    table = exercises(*(_row(uuid, run) for uuid, run in named))
    files = {f"{_FOLDER}/com.samsung.shealth.exercise.{STAMP}.csv": table}
    for uuid, run in named:
        beginning = f"{_FOLDER}/jsons/com.samsung.shealth.exercise/{uuid[0]}/{uuid}."
        files[beginning + _ENDING.format("live")] = _live(run)
        if not run.plan.treadmill:
            files[beginning + _ENDING.format("location")] = _locations(run)
    return files


def _row(uuid: str, run: MadeRun) -> dict[str, object]:
    way = "" if run.plan.treadmill else f"{uuid}.{_ENDING.format('location')}"
    return exercise(
        uuid,
        exercise_type=_TREADMILL if run.plan.treadmill else _RUN,
        start_time=_utc(run.start),
        end_time=_utc(run.end),
        time_offset=f"UTC+{run.offset_s // 3600:02}00",
        duration=round(run.moving_s * 1000),
        distance=round(run.distance_m, 2),
        mean_heart_rate=round(mean_of(run.trace.heart_rate_bpm), 1),
        mean_cadence=round(mean_of(run.trace.cadence_spm), 1),
        mean_speed=round(run.distance_m / run.moving_s, 4),
        altitude_gain=round(run.trace.climb_m, 1),
        location_data=way,
        title="Run (made up)",
    )


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.000")


def _live(run: MadeRun) -> bytes:
    trace, last = run.trace, run.trace.clock_s.size - 1
    pulse = np.arange(0, last + 1, PULSE_S)
    steps = np.unique(np.append(np.arange(0, last, STEPS_S), last))
    since_m = np.diff(trace.distance_m[steps], prepend=0.0)
    return live_of(
        run.start,
        _rows(trace.clock_s[pulse], np.round(trace.heart_rate_bpm[pulse])),
        _rows(
            trace.clock_s[steps],
            np.round(trace.cadence_spm[steps], 1),
            np.round(trace.speed_mps[steps], 4),
            np.round(since_m, 3),
        ),
    )


def _locations(run: MadeRun) -> bytes:
    trace = run.trace
    way = _rows(
        trace.clock_s,
        np.round(trace.latitude_deg, 7),
        np.round(trace.longitude_deg, 7),
        np.round(trace.altitude_m, 1),
    )
    return locations_of(run.start, way)


def _rows(*columns: Column) -> Iterator[Any]:  # Any: a tuple of as many numbers as there are columns
    return zip(*(column.tolist() for column in columns), strict=True)
