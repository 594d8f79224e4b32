"""What Health Connect tells of each day: sleep, pulse at rest, variability, steps, body mass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from backstride.formats.health_connect.database import Database
from backstride.model.history import DayRecord

MAKER = "health_connect"
_ASLEEP = (2, 4, 5, 6)
"""stage_type: sleeping, light, deep, REM; the others are awake, out of bed, and not known."""

_RANGES: dict[str, tuple[float, float]] = {
    "sleep_s": (600, 20 * 3600),
    "resting_heart_rate_bpm": (20, 150),
    "hrv_rmssd_ms": (1, 500),
    "steps": (1, 200_000),
    "mass_kg": (20, 400),
}
"""What a day can have; what is outside is not recorded."""


def days_of(database: Database) -> tuple[DayRecord, ...]:
    """One for each local day of which anything is told, by day."""
    days: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for name, told in (
        ("sleep_s", _sleep(database)),
        ("steps", _steps(database)),
        ("resting_heart_rate_bpm", _last(database, "resting_heart_rate_record_table", "beats_per_minute")),
        ("hrv_rmssd_ms", _mean(database)),
        # Grams, whatever the phone shows.
        ("mass_kg", ((day, grams / 1000) for day, grams in _last(database, "weight_record_table", "weight"))),
    ):
        low, high = _RANGES[name]
        for day, value in told:
            if low <= value <= high:
                days[day][name] = round(value, 3)
    return tuple(_record(day, days[day]) for day in sorted(days) if 7_000 < day < 48_000)


def _record(day: int, told: dict[str, float]) -> DayRecord:
    return DayRecord(date(1970, 1, 1) + timedelta(days=day), MAKER, **told)


def _steps(database: Database) -> Iterator[tuple[int, float]]:
    """The sum of the app that has most of each day: phone and watch count the same steps."""
    rows = database.numbers("steps_record_table", ("local_date", "app_info_id", "count"))
    sums: defaultdict[tuple[int, float], float] = defaultdict(float)
    for day, app, count in rows[np.isfinite(rows).all(axis=1)].tolist():
        sums[int(day), app] += count
    best: dict[int, float] = {}
    for (day, _), steps in sums.items():
        best[day] = max(steps, best.get(day, 0.0))
    yield from best.items()


def _last(database: Database, table: str, column: str) -> Iterator[tuple[int, float]]:
    rows = database.numbers(table, ("local_date", "time", column))
    rows = rows[np.isfinite(rows).all(axis=1)]
    yield from {int(day): value for day, _, value in sorted(rows.tolist())}.items()


def _mean(database: Database) -> Iterator[tuple[int, float]]:
    columns = ("local_date", "heart_rate_variability_millis")
    rows = database.numbers("heart_rate_variability_rmssd_record_table", columns)
    values: defaultdict[int, list[float]] = defaultdict(list)
    for day, value in rows[np.isfinite(rows).all(axis=1)].tolist():
        values[int(day)].append(value)
    for on, each in values.items():
        yield on, sum(each) / len(each)


def _sleep(database: Database) -> Iterator[tuple[int, float]]:
    """Seconds asleep by the local day of waking up; of several apps the one that noticed most.

    A night without stages counts from its begin to its end.
    """
    stages = database.numbers(
        "sleep_stages_table", ("parent_key", "stage_start_time", "stage_end_time", "stage_type")
    )
    stages = stages[np.isfinite(stages).all(axis=1) & (stages[:, 2] >= stages[:, 1])]
    asleep: defaultdict[float, float] = defaultdict(float)
    for key, begin, end, kind in stages.tolist():
        asleep[key] += (end - begin) / 1000 if kind in _ASLEEP else 0.0
    columns = ("row_id", "app_info_id", "start_time", "end_time", "end_zone_offset")
    nights = database.numbers("sleep_session_record_table", columns)
    sums: defaultdict[tuple[int, float], float] = defaultdict(float)
    for row_id, app, begin, end, offset_s in nights[np.isfinite(nights).all(axis=1)].tolist():
        woke = int((end / 1000 + offset_s) // 86_400)
        sums[woke, app] += asleep[row_id] if row_id in asleep else (end - begin) / 1000
    best: dict[int, float] = {}
    for (day, _), seconds in sums.items():
        best[day] = max(seconds, best.get(day, 0.0))
    yield from best.items()
