"""What a FIT file states of each activity and lap as a whole: one row of its session and lap messages."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan

import numpy as np

from backstride.formats.fit.columns import Table
from backstride.formats.fit.file import Part
from backstride.formats.fit.names import sport_of, surface_of
from backstride.formats.fit.records import unix_s
from backstride.model.activity import Column, Lap, Sport, Surface
from backstride.model.channels import CHANNELS

RPE_SCALE = 10
"""`workout_rpe` is ten times what the runner chose."""


@dataclass(frozen=True, slots=True)
class Mean:
    """Which field of a session or lap holds the mean of a channel."""

    field: str
    factor: float = 1.0
    zero_is_missing: bool = False


MEANS: dict[str, Mean] = {
    "speed_mps": Mean("enhanced_avg_speed"),
    "heart_rate_bpm": Mean("avg_heart_rate", zero_is_missing=True),
    "power_w": Mean("avg_power"),
    "contact_ms": Mean("avg_stance_time", zero_is_missing=True),
    "contact_share": Mean("avg_stance_time_percent", 0.01, zero_is_missing=True),
    "balance_left_share": Mean("avg_stance_time_balance", 0.01, zero_is_missing=True),
    "vertical_oscillation_mm": Mean("avg_vertical_oscillation", zero_is_missing=True),
    "vertical_ratio_share": Mean("avg_vertical_ratio", 0.01, zero_is_missing=True),
    "step_length_mm": Mean("avg_step_length", zero_is_missing=True),
    "temperature_c": Mean("avg_temperature"),
    "altitude_m": Mean("enhanced_avg_altitude"),
}


@dataclass(frozen=True, slots=True)
class Session:
    """One session message.  Times are seconds since 1970; None is not recorded."""

    start_s: float | None
    end_s: float | None
    sport: Sport
    surface: Surface | None
    elapsed_s: float | None
    moving_s: float | None
    distance_m: float | None
    climb_m: float | None
    descent_m: float | None
    rpe: float | None
    averages: dict[str, float]

    @property
    def is_empty(self) -> bool:
        """True when it says nothing that an activity could be made of."""
        return self.start_s is None and self.elapsed_s is None and self.distance_m is None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One lap message; times are seconds since 1970."""

    start_s: float | None
    end_s: float | None
    sport: int | None
    sub_sport: int | None
    moving_s: float | None
    distance_m: float | None
    averages: dict[str, float]


def sessions_of(part: Part) -> list[Session]:
    """The sessions in order of their start; those that say nothing are left out."""
    table = part.table("session")
    row = _Rows(table)
    found = [_session(row, nth) for nth in range(table.rows)]
    kept = [session for session in found if not session.is_empty]
    return sorted(kept, key=lambda session: nan if session.start_s is None else session.start_s)


def stretches_of(part: Part) -> list[Stretch]:
    """The laps in file order."""
    table = part.table("lap")
    row = _Rows(table)
    return [
        Stretch(
            _start(row, nth),
            row.moment("timestamp", nth),
            row.whole("sport", nth),
            row.whole("sub_sport", nth),
            row.value("total_timer_time", nth),
            row.value("total_distance", nth),
            _averages(row, nth, sport_of(row.whole("sport", nth), row.whole("sub_sport", nth))),
        )
        for nth in range(table.rows)
    ]


def laps_within(stretches: list[Stretch], start_s: float, end_s: float) -> tuple[Lap, ...]:
    """The laps that begin between two moments, in order; `start_s` counts from the first moment."""
    inside = [each for each in stretches if each.start_s is not None and start_s - 1 <= each.start_s <= end_s]
    inside.sort(key=lambda each: each.start_s or 0.0)
    return tuple(
        Lap(max(0.0, (each.start_s or 0.0) - start_s), each.moving_s, each.distance_m, each.averages)
        for each in inside
    )


class _Rows:
    """The table's numbers by field and row, each column made once."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._columns: dict[str, Column | None] = {}

    def _column(self, name: str) -> Column | None:
        if name not in self._columns:
            self._columns[name] = self._table.number(name)
        return self._columns[name]

    def value(self, name: str, row: int) -> float | None:
        """The number, None where it is not recorded."""
        column = self._column(name)
        return None if column is None or isnan(column[row]) else float(column[row])

    def whole(self, name: str, row: int) -> int | None:
        """The same as a whole number."""
        value = self.value(name, row)
        return None if value is None else int(value)

    def moment(self, name: str, row: int) -> float | None:
        """Seconds since 1970, None where it is not recorded or cannot be right."""
        value = self.value(name, row)
        moment = nan if value is None else float(unix_s(np.array([value]))[0])
        return None if isnan(moment) else moment


def _session(row: _Rows, nth: int) -> Session:
    sport = sport_of(row.whole("sport", nth), row.whole("sub_sport", nth))
    rpe = row.value("workout_rpe", nth)
    return Session(
        _start(row, nth),
        row.moment("timestamp", nth),
        sport,
        surface_of(sport, row.whole("sub_sport", nth)),
        row.value("total_elapsed_time", nth),
        _first_known(row.value("total_timer_time", nth), row.value("total_moving_time", nth)),
        row.value("total_distance", nth),
        row.value("total_ascent", nth),
        row.value("total_descent", nth),
        # The scale that is shown begins at 1: zero is a rating that was not given.
        None if rpe is None or not 0 < rpe <= 100 else rpe / RPE_SCALE,
        _averages(row, nth, sport),
    )


def _start(row: _Rows, nth: int) -> float | None:
    """Its start; else its end less what elapsed."""
    start = row.moment("start_time", nth)
    if start is not None:
        return start
    end, elapsed = row.moment("timestamp", nth), row.value("total_elapsed_time", nth)
    return None if end is None or elapsed is None else end - elapsed


def _first_known(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _averages(row: _Rows, nth: int, sport: Sport) -> dict[str, float]:
    """Means by channel, where recorded and in the channel's range."""
    averages: dict[str, float] = {}
    for channel, mean in MEANS.items():
        value = row.value(mean.field, nth)
        if value is not None and not (mean.zero_is_missing and value == 0):
            averages[channel] = value * mean.factor
    cadence = row.value("avg_cadence", nth)
    if cadence is not None and sport != "swim":
        averages["cadence_spm"] = 2 * (cadence + (row.value("avg_fractional_cadence", nth) or 0.0))
    rows = CHANNELS
    return {name: value for name, value in averages.items() if rows[name].low <= value <= rows[name].high}
