"""The samples and the way of one Polar exercise as columns over one clock.

The newer export has for each channel a list of values and one interval, and for the way the milliseconds
since the *way's* own start; the older has for each channel a list of moments with a value each:

    {"samples": {"samples": [{"type": "SPEED", "intervalMillis": 1000, "values": [NaN, 10.8, ...]}]}}
    {"samples": {"speed": [{"dateTime": "2019-01-18T17:22:35.000", "value": 10.8}, ...]}}

In both SPEED is in km/h, and distance in metres since the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from backstride.formats.account.values import above_zero, member, members, number, text
from backstride.model.activity import Column

Clock = Callable[[object], float | None]
"""A text of the local clock -> seconds since 1970."""

KMH_MPS = 1 / 3.6
CHANNEL_OF: dict[str, tuple[str, float]] = {
    "HEART_RATE": ("heart_rate_bpm", 1.0),
    "SPEED": ("speed_mps", KMH_MPS),
    "DISTANCE": ("distance_m", 1.0),
    "ALTITUDE": ("altitude_m", 1.0),
    "CADENCE": ("cadence_spm", 1.0),
    "TEMPERATURE": ("temperature_c", 1.0),
    "POWER": ("power_w", 1.0),
}
"""Polar's word -> the channel, and the factor to its unit.  Cadence is settled later: some count one foot."""
OLDER = {
    "heartRate": "HEART_RATE",
    "speed": "SPEED",
    "distance": "DISTANCE",
    "altitude": "ALTITUDE",
    "cadence": "CADENCE",
    "temperature": "TEMPERATURE",
}
WAY = {"latitude": "latitude_deg", "longitude": "longitude_deg", "altitude": "altitude_m"}
"""The altitude counts only where the samples have none."""
_ZERO_IS_MISSING = frozenset({"heart_rate_bpm", "cadence_spm"})
"""Here a zero is a sensor that was silent."""
_MOST = 40 * 86_400


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one channel and when each was, in seconds since 1970."""

    channel: str
    time_s: Column
    values: Column


def series_of(exercise: object, start_s: float, clock: Clock) -> list[Series]:
    """Every channel that an exercise has, as it lies in the file; no way."""
    held = member(exercise, "samples")
    newer = members(member(held, "samples")) or members(held)
    found = [each for part in newer if (each := _newer(part, start_s)) is not None]
    for name, word in OLDER.items():
        points = members(member(held, name))
        if points:
            times = _column(points, lambda point: clock(member(point, "dateTime")))
            found.append(_series(word, times, _column(points, lambda point: number(member(point, "value")))))
    return [each for each in found if not np.isnan(each.values).all()]


def way_of(exercise: object, start_s: float, clock: Clock) -> list[Series]:
    """Where the exercise went, and how high; nothing where it has no way, as indoors."""
    route = member(exercise, "routes", "route")
    begun_s = clock(member(route, "startTime"))
    begun_s = start_s if begun_s is None else begun_s
    points = members(member(route, "wayPoints"))
    times = _column(points, lambda point: _after(begun_s, number(member(point, "elapsedMillis"))))
    if not points:
        points = members(member(exercise, "samples", "recordedRoute"))
        times = _column(points, lambda point: clock(member(point, "dateTime")))
    if not points:
        return []
    return [
        Series(channel, times, _column(points, lambda point, name=name: number(member(point, name))))  # type: ignore[misc]
        for name, channel in WAY.items()
    ]


def columns_of(series: list[Series], way: list[Series]) -> dict[str, Column]:
    """All channels over one clock: the samples' own moments, to which the nearest point of the way is put.

    Points of the way with no sample near them keep their own moment.
    """
    clock = _moments(series)
    if way:
        apart = way[0].time_s[~_near(clock, way[0].time_s)]
        clock = np.union1d(clock, np.round(apart[~np.isnan(apart)], 3))
    sampled = {each.channel for each in series}
    columns: dict[str, Column] = {"time_s": clock}
    for each in (*series, *(part for part in way if part.channel not in sampled)):
        _put(columns.setdefault(each.channel, np.full(clock.size, nan)), clock, each)
    return columns


def _moments(series: list[Series]) -> Column:
    """Every moment at which a sample was taken, once."""
    times = [each.time_s[~np.isnan(each.time_s)] for each in series]
    return np.unique(np.round(np.concatenate(times), 3)) if times else np.empty(0)


def _near(clock: Column, times: Column) -> NDArray[np.bool_]:
    """By time: true where a moment of the clock is within half of the clock's usual step."""
    if not clock.size:
        return np.zeros(times.size, bool)
    step = float(np.median(np.diff(clock))) if clock.size > 1 else 1.0
    return np.asarray(np.abs(clock[_nearest(clock, times)] - times) <= max(step / 2, 0.001))


def _newer(part: object, start_s: float) -> Series | None:
    word, interval_s = text(member(part, "type")), above_zero(member(part, "intervalMillis"), 0.001)
    values = members(member(part, "values"))
    if word not in CHANNEL_OF or interval_s is None or not values or len(values) * interval_s > _MOST:
        return None
    times: Column = start_s + np.arange(len(values), dtype=np.float64) * interval_s
    return _series(word, times, _column(values, number))


def _series(word: str, times: Column, values: Column) -> Series:
    channel, factor = CHANNEL_OF[word]
    values = np.where(values == 0, nan, values) if channel in _ZERO_IS_MISSING else values
    return Series(channel, times, values * factor)


def _column(points: list[object], value: Callable[[object], float | None]) -> Column:
    told: Iterator[float | None] = map(value, points)
    return np.array([nan if each is None else each for each in told], np.float64)


def _after(begun_s: float, elapsed_ms: float | None) -> float | None:
    return None if elapsed_ms is None else begun_s + elapsed_ms / 1000


def _put(column: Column, clock: Column, series: Series) -> None:
    """Each value at the nearest moment of the clock, where one is near."""
    known = ~np.isnan(series.time_s) & ~np.isnan(series.values)
    times, values = series.time_s[known], series.values[known]
    near = _near(clock, times)
    column[_nearest(clock, times[near])[::-1]] = values[near][::-1]  # of two the earlier counts


def _nearest(clock: Column, times: Column) -> NDArray[np.intp]:
    if not times.size:
        return np.empty(0, np.intp)
    after = np.clip(np.searchsorted(clock, times), 1, max(clock.size - 1, 1))
    after = np.minimum(after, clock.size - 1)
    before = np.maximum(after - 1, 0)
    return np.where(times - clock[before] <= clock[after] - times, before, after)
