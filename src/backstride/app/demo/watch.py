"""One run as the FIT file of a made-up watch with a chest strap: records, laps, totals, and its clock.

The message and field types are those that running watches write; the maker's number 255 is the one FIT keeps
for development, and the product's name says that it is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from backstride.app.demo.runner import RunPlan
from backstride.app.demo.traces import Trace
from backstride.app.demo.watch_layouts import (
    ACTIVITY,
    EVENT,
    LAP,
    SESSION,
    devices,
    file_head,
    record_layout,
    sport_of,
)
from backstride.formats.fit.encode import definition, encode, fit_seconds, messages, rows, semicircles
from backstride.formats.fit.encode_values import Values
from backstride.model.activity import Column

LAP_M = 1_000.0
_RUNNING, _STREET, _TREADMILL = 1, 2, 1
"""Numbers of the sport and of its two kinds here."""
_TIMER, _START, _STOP, _STOP_ALL = 0, 0, 1, 4
_SMART_S = (3, 6)
"""A watch that saves room keeps one sample each three to five seconds."""

Rows = NDArray[np.int64]


def run_file(plan: RunPlan, trace: Trace, start: datetime, chance: np.random.Generator) -> bytes:
    """The whole FIT file; `start` is aware, in the zone of the place.

    A run planned with `every_second` has a record for each second that was not paused, another has fewer.
    """
    begun, laps = fit_seconds(start), _lap_ends(trace)
    ended = begun + _elapsed_s(trace)
    kept = np.arange(trace.clock_s.size) if plan.every_second else _kept(trace.clock_s.size, laps, chance)
    return encode(
        (
            file_head(begun),
            devices(begun),
            sport_of(_RUNNING, _sub_sport(plan), "Run"),
            _event(begun, _START),
            *_samples(plan, trace, kept, begun),
            _event(ended, _STOP_ALL),
            messages(LAP, _laps(trace, laps, begun)),
            messages(SESSION, _session(plan, trace, begun, laps.size)),
            messages(ACTIVITY, _activity(trace, start, ended)),
        )
    )


def _samples(plan: RunPlan, trace: Trace, kept: Rows, begun: int) -> Iterator[bytes]:
    """The records, with the timer's stop and start between those before and after the pause."""
    layout = record_layout(with_place=not plan.treadmill)
    names = {field.name for field in layout.fields}
    columns = {name: column[kept] for name, column in _records(trace, begun).items() if name in names}
    yield definition(layout)
    if trace.pause_at_s is None:
        yield rows(layout, columns)
        return
    cut = int(np.searchsorted(trace.clock_s[kept], trace.pause_at_s, "right"))
    yield rows(layout, {name: column[:cut] for name, column in columns.items()})
    yield _event(begun + trace.pause_at_s, _STOP)
    yield _event(begun + trace.pause_at_s + trace.pause_s, _START)
    yield rows(layout, {name: column[cut:] for name, column in columns.items()})


def _records(trace: Trace, begun: int) -> dict[str, Column]:
    """Every second of the run, by the names of FIT's record fields."""
    cadence, rest = _strides(trace.cadence_spm)
    stride_ms = 120_000 / trace.cadence_spm
    return {
        "timestamp": begun + trace.clock_s,
        "position_lat": semicircles(trace.latitude_deg),
        "position_long": semicircles(trace.longitude_deg),
        "enhanced_altitude": trace.altitude_m,
        "distance": trace.distance_m,
        "enhanced_speed": trace.speed_mps,
        "heart_rate": trace.heart_rate_bpm,
        "cadence": cadence,
        "fractional_cadence": rest,
        "vertical_oscillation": trace.oscillation_mm,
        "stance_time": trace.contact_ms,
        "stance_time_percent": 100 * trace.contact_ms / stride_ms,
        "vertical_ratio": 100 * trace.oscillation_mm / trace.step_length_mm,
        "stance_time_balance": 100 * trace.balance_left_share,
        "step_length": trace.step_length_mm,
    }


def _strides(cadence_spm: Column) -> tuple[Column, Column]:
    """Steps of both feet as FIT has them: whole strides a minute, and the rest in parts of 128."""
    parts = np.rint(cadence_spm / 2 * 128)
    return parts // 128, (parts % 128) / 128


def _kept(count: int, laps: Rows, chance: np.random.Generator) -> Rows:
    """Which seconds a saving watch keeps: the first, the last, each lap's end, and some between."""
    steps = chance.integers(*_SMART_S, size=count // _SMART_S[0] + 1)
    places = np.concatenate(([0, count - 1], laps, np.cumsum(steps)))
    return np.unique(places[places < count])


def _lap_ends(trace: Trace) -> Rows:
    """The last second of each kilometre, and of the rest if there is one."""
    whole = np.arange(LAP_M, trace.distance_m[-1], LAP_M)
    ends = np.append(np.searchsorted(trace.distance_m, whole), trace.distance_m.size - 1)
    return np.unique(ends)


def _laps(trace: Trace, ends: Rows, begun: int) -> dict[str, Values]:
    starts = np.concatenate(([0], ends[:-1]))
    clock, far = trace.clock_s, trace.distance_m
    elapsed_s = clock[ends] - clock[starts]
    moving_s = (ends - starts).astype(np.float64)
    return {
        "message_index": np.arange(ends.size),
        "timestamp": begun + clock[ends],
        "start_time": begun + clock[starts],
        "total_elapsed_time": elapsed_s,
        "total_timer_time": moving_s,
        "total_distance": far[ends] - far[starts],
        "enhanced_avg_speed": (far[ends] - far[starts]) / np.maximum(moving_s, 1),
        "avg_heart_rate": _means(trace.heart_rate_bpm, starts, ends),
        "avg_cadence": _strides(_means(trace.cadence_spm, starts, ends))[0],
        "avg_fractional_cadence": _strides(_means(trace.cadence_spm, starts, ends))[1],
        "avg_vertical_oscillation": _means(trace.oscillation_mm, starts, ends),
        "avg_stance_time": _means(trace.contact_ms, starts, ends),
        "avg_stance_time_balance": 100 * _means(trace.balance_left_share, starts, ends),
        "avg_step_length": _means(trace.step_length_mm, starts, ends),
        "sport": _RUNNING,
    }


def _means(column: Column, starts: Rows, ends: Rows) -> Column:
    """Of each stretch what is known of it; NaN where nothing is."""
    known = ~np.isnan(column)
    sums = np.concatenate(([0.0], np.cumsum(np.where(known, column, 0.0))))
    counts = np.concatenate(([0], np.cumsum(known)))
    count = counts[ends + 1] - counts[starts]
    return np.where(count > 0, (sums[ends + 1] - sums[starts]) / np.maximum(count, 1), np.nan)


def _mean(column: Column) -> float:
    """Of the whole run what is known of it."""
    return float(_means(column, np.array([0]), np.array([column.size - 1]))[0])


def _elapsed_s(trace: Trace) -> float:
    return trace.moving_s + trace.pause_s


def _session(plan: RunPlan, trace: Trace, begun: int, laps: int) -> dict[str, Values]:
    cadence, rest = _strides(np.array([_mean(trace.cadence_spm)]))
    place: dict[str, Values] = {}
    if not plan.treadmill:
        place = {
            "start_position_lat": semicircles(trace.latitude_deg[:1]),
            "start_position_long": semicircles(trace.longitude_deg[:1]),
            "total_ascent": trace.climb_m,
            "total_descent": trace.descent_m,
        }
    return {
        **place,
        "timestamp": begun + _elapsed_s(trace),
        "start_time": begun,
        "total_elapsed_time": _elapsed_s(trace),
        "total_timer_time": trace.moving_s,
        "total_distance": plan.distance_m,
        "total_cycles": trace.moving_s * _mean(trace.cadence_spm) / 120,
        "enhanced_avg_speed": plan.distance_m / trace.moving_s,
        "avg_heart_rate": _mean(trace.heart_rate_bpm),
        "max_heart_rate": float(trace.heart_rate_bpm.max()),
        "avg_cadence": cadence,
        "avg_fractional_cadence": rest,
        "avg_vertical_oscillation": _mean(trace.oscillation_mm),
        "avg_stance_time": _mean(trace.contact_ms),
        "avg_vertical_ratio": 100 * _mean(trace.oscillation_mm / trace.step_length_mm),
        "avg_stance_time_balance": 100 * _mean(trace.balance_left_share),
        "avg_step_length": _mean(trace.step_length_mm),
        "sport": _RUNNING,
        "sub_sport": _sub_sport(plan),
        "num_laps": laps,
        "workout_rpe": None if plan.rpe is None else 10 * plan.rpe,
    }


def _sub_sport(plan: RunPlan) -> int:
    return _TREADMILL if plan.treadmill else _STREET


def _activity(trace: Trace, start: datetime, ended: float) -> dict[str, Values]:
    offset = start.utcoffset() or timedelta()
    return {
        "timestamp": ended,
        "local_timestamp": ended + offset.total_seconds(),
        "total_timer_time": trace.moving_s,
        "num_sessions": 1,
        "type": 0,
        "event": 26,
        "event_type": _STOP,
    }


def _event(at: float, what: int) -> bytes:
    return messages(EVENT, {"timestamp": at, "event": _TIMER, "event_type": what})
