"""FIT files of the made-up watch that are no runs: a ride, a swim, and the plan of a workout."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from backstride.app.demo.physiology import heart_rate_bpm
from backstride.app.demo.watch_layouts import ACTIVITY, file_head
from backstride.formats.fit.encode import Field, Layout, encode, fit_seconds, messages
from backstride.formats.fit.encode_values import Values

_CYCLING, _SWIMMING, _LAP_SWIMMING, _RUNNING = 2, 5, 17, 1
_WORKOUT_FILE = 5
_RIDE_S, _RIDE_MPS, _RIDE_EVERY_S = 3_600, 6.4, 5
_SWIM_LENGTHS, _LENGTH_S, _POOL_M = 40, 36, 25.0

_TIME = Field("timestamp", "uint32")
# fmt: off
_SESSION = Layout(
    "session",
    (
        _TIME, Field("start_time", "uint32"), Field("total_elapsed_time", "uint32"),
        Field("total_timer_time", "uint32"), Field("total_distance", "uint32"), Field("sport", "enum"),
        Field("sub_sport", "enum"), Field("avg_heart_rate", "uint8"), Field("pool_length", "uint16"),
    ),
    local=3,
)
_RIDE_RECORD = Layout(
    "record",
    (
        _TIME, Field("distance", "uint32"), Field("enhanced_speed", "uint32"), Field("heart_rate", "uint8"),
        Field("cadence", "uint8"),
    ),
)
_LENGTH = Layout(
    "length",
    (
        _TIME, Field("message_index", "uint16"), Field("start_time", "uint32"),
        Field("total_elapsed_time", "uint32"), Field("total_timer_time", "uint32"),
        Field("total_strokes", "uint16"), Field("swim_stroke", "enum"), Field("length_type", "enum"),
    ),
    local=5,
)
_WORKOUT = Layout(
    "workout",
    (Field("sport", "enum"), Field("num_valid_steps", "uint16"), Field("wkt_name", "string", 32)),
)
_STEP = Layout(
    "workout_step",
    (
        Field("message_index", "uint16"), Field("wkt_step_name", "string", 16),
        Field("duration_type", "enum"), Field("duration_value", "uint32"),
        Field("target_type", "enum"), Field("target_value", "uint32"), Field("intensity", "enum"),
    ),
    local=1,
)
# fmt: on


def ride_file(start: datetime, chance: np.random.Generator) -> bytes:
    """An hour by bicycle, indoors or without a fix: no place."""
    begun = fit_seconds(start)
    second = np.arange(0, _RIDE_S + 1, _RIDE_EVERY_S, dtype=np.float64)
    speed_mps = _RIDE_MPS + 0.4 * chance.standard_normal(second.size)
    distance_m = np.concatenate(([0.0], np.cumsum(speed_mps[:-1] * _RIDE_EVERY_S)))
    heart_bpm = heart_rate_bpm(speed_mps / 2.4, np.zeros(second.size), _RIDE_EVERY_S)
    records: dict[str, Values] = {
        "timestamp": begun + second,
        "distance": distance_m,
        "enhanced_speed": speed_mps,
        "heart_rate": heart_bpm,
        "cadence": 82 + 2 * chance.standard_normal(second.size),
    }
    totals: dict[str, Values] = {
        "total_distance": float(distance_m[-1]),
        "sport": _CYCLING,
        "avg_heart_rate": float(heart_bpm.mean()),
    }
    return encode((file_head(begun), messages(_RIDE_RECORD, records), *_summed(start, _RIDE_S, totals)))


def swim_file(start: datetime, chance: np.random.Generator) -> bytes:
    """A kilometre in a pool, length by length."""
    begun = fit_seconds(start)
    took_s = np.rint(_LENGTH_S + chance.normal(0, 1.5, _SWIM_LENGTHS))
    ended = begun + np.cumsum(took_s)
    lengths: dict[str, Values] = {
        "timestamp": ended,
        "message_index": np.arange(_SWIM_LENGTHS),
        "start_time": ended - took_s,
        "total_elapsed_time": took_s,
        "total_timer_time": took_s,
        "total_strokes": chance.integers(15, 20, _SWIM_LENGTHS),
        "swim_stroke": 0,
        "length_type": 1,
    }
    totals: dict[str, Values] = {
        "total_distance": _SWIM_LENGTHS * _POOL_M,
        "sport": _SWIMMING,
        "sub_sport": _LAP_SWIMMING,
        "pool_length": _POOL_M,
    }
    return encode(
        (file_head(begun), messages(_LENGTH, lengths), *_summed(start, float(took_s.sum()), totals))
    )


def workout_plan_file(made: datetime) -> bytes:
    """A plan of six times 400 m, as the watch would lead through it: sound, and no activity."""
    steps: dict[str, Values] = {
        "message_index": [0, 1, 2, 3],
        "wkt_step_name": ["Warm up", "Run", "Walk", "Again"],
        # 0 is a time in ms, 1 a distance in cm, 6 goes back to a step as often as the target says.
        "duration_type": [0, 1, 0, 6],
        "duration_value": [600_000, 40_000, 90_000, 1],
        "target_type": 2,
        "target_value": [None, None, None, 6],
        "intensity": [2, 0, 1, None],
    }
    workout: dict[str, Values] = {"sport": _RUNNING, "num_valid_steps": 4, "wkt_name": "Made-up 400s"}
    return encode(
        (file_head(fit_seconds(made), _WORKOUT_FILE), messages(_WORKOUT, workout), messages(_STEP, steps))
    )


def _summed(start: datetime, took_s: float, totals: dict[str, Values]) -> tuple[bytes, bytes]:
    """The session and the activity that close a file."""
    begun = fit_seconds(start)
    ended = begun + took_s
    offset = start.utcoffset() or timedelta()
    session: dict[str, Values] = {
        "timestamp": ended,
        "start_time": begun,
        "total_elapsed_time": took_s,
        "total_timer_time": took_s,
    }
    activity: dict[str, Values] = {
        "timestamp": ended,
        "local_timestamp": ended + offset.total_seconds(),
        "total_timer_time": took_s,
        "num_sessions": 1,
    }
    return messages(_SESSION, {**session, **totals}), messages(ACTIVITY, activity)
