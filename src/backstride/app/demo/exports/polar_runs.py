"""The made-up runner's runs as Polar Flow's account export: one file for each session."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backstride.app.demo.exports.polar import Json, session, to_bytes, way
from backstride.app.demo.made_run import MadeRun, mean_of
from backstride.app.demo.story import Story
from backstride.model.activity import Column

_FIRST_ID = 7_800_000_001
_RUNNING, _TREADMILL = "1", "17"


def of_runs(runs: Sequence[MadeRun], story: Story) -> dict[str, bytes]:
    """The whole export: path inside it -> bytes."""
    account = to_bytes({"exportVersion": "2.6", "username": "made-up"})
    return {f"account-data-42-{_uuid(0)}.json": account} | {
        f"training-session_{run.start:%Y-%m-%dT%H-%M-%S}_{_FIRST_ID + nth}-{_uuid(nth)}.json": to_bytes(
            _session(_FIRST_ID + nth, run)
        )
        for nth, run in enumerate(runs, 1)
    }


def _uuid(nth: int) -> str:
    return f"22222222-3333-4444-8555-{nth:012}"


def _session(id: int, run: MadeRun) -> Json:
    heart = run.trace.heart_rate_bpm
    return session(
        run.start.replace(tzinfo=None),
        run.end.replace(tzinfo=None),
        run.moving_s,
        _channels(run),
        {} if run.plan.treadmill else _way(run),
        sport=_TREADMILL if run.plan.treadmill else _RUNNING,
        pause=run.pause_s,
        distance_m=round(run.distance_m, 2),
        heart=(round(float(heart.min())), round(mean_of(heart)), round(float(heart.max()))),
        offset_minutes=run.offset_s // 60,
        identifier={"id": str(id)},
        name="Run (made up)",
        note="",
        feeling=None,
        product={"modelName": "made-up watch"},
    )


def _channels(run: MadeRun) -> dict[str, list[float]]:
    """A value each second that was not paused; cadence counts one foot."""
    trace = run.trace
    told: dict[str, Column] = {
        "HEART_RATE": np.round(trace.heart_rate_bpm),
        "SPEED": np.round(3.6 * trace.speed_mps, 3),
        "DISTANCE": np.round(trace.distance_m, 2),
        "CADENCE": np.round(trace.cadence_spm / 2),
    }
    if not run.plan.treadmill:
        told["ALTITUDE"] = np.round(trace.altitude_m, 1)
    return {name: column.tolist() for name, column in told.items()}


def _way(run: MadeRun) -> Json:
    """Milliseconds leave the pause out, as the channels do."""
    trace = run.trace
    at_ms = (1000 * np.arange(trace.clock_s.size)).tolist()
    columns = (
        np.round(trace.latitude_deg, 7),
        np.round(trace.longitude_deg, 7),
        np.round(trace.altitude_m, 1),
    )
    return way(
        run.start.replace(tzinfo=None),
        zip(at_ms, *(column.tolist() for column in columns), strict=True),
    )
