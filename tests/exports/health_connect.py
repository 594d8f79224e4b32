"""A made-up backup of Health Connect: the tables that are read, as AOSP makes them, and one more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

START = datetime(2024, 5, 1, 6, 30, tzinfo=UTC)
START_MS = int(START.timestamp() * 1000)
UUID = bytes(range(16))
WATCH, PHONE = 1, 2
DAY = (START - datetime(1970, 1, 1, tzinfo=UTC)).days
OFFSET_S = 3600

_INTERVAL = (
    "row_id INTEGER PRIMARY KEY, uuid BLOB, app_info_id INTEGER, start_time INTEGER, "
    "start_zone_offset INTEGER, end_time INTEGER, end_zone_offset INTEGER, local_date INTEGER"
)
_INSTANT = (
    "row_id INTEGER PRIMARY KEY, uuid BLOB, app_info_id INTEGER, time INTEGER, zone_offset INTEGER, "
    "local_date INTEGER"
)
TABLES = {
    "application_info_table": "row_id INTEGER PRIMARY KEY, package_name TEXT",
    "exercise_session_record_table": (
        f"{_INTERVAL}, exercise_type INTEGER, title TEXT, notes TEXT, has_route INTEGER, "
        "session_rate_of_perceived_exertion REAL"
    ),
    "exercise_route_table": (
        "parent_key INTEGER, timestamp_millis INTEGER, latitude REAL, longitude REAL, altitude REAL"
    ),
    "heart_rate_record_table": _INTERVAL,
    "heart_rate_record_series_table": ("parent_key INTEGER, beats_per_minute INTEGER, epoch_millis INTEGER"),
    "SpeedRecordTable": _INTERVAL,
    "speed_record_table": "parent_key INTEGER, speed REAL, epoch_millis INTEGER",
    "StepsCadenceRecordTable": _INTERVAL,
    "steps_cadence_record_table": "parent_key INTEGER, rate REAL, epoch_millis INTEGER",
    "steps_record_table": f"{_INTERVAL}, count INTEGER",
    "distance_record_table": f"{_INTERVAL}, distance REAL",
    "sleep_session_record_table": f"{_INTERVAL}, title TEXT",
    "sleep_stages_table": (
        "parent_key INTEGER, stage_start_time INTEGER, stage_end_time INTEGER, stage_type INTEGER"
    ),
    "resting_heart_rate_record_table": f"{_INSTANT}, beats_per_minute INTEGER",
    "heart_rate_variability_rmssd_record_table": f"{_INSTANT}, heart_rate_variability_millis REAL",
    "weight_record_table": f"{_INSTANT}, weight REAL",
    "android_metadata": "locale TEXT",
}

Fill = Callable[[sqlite3.Connection], None]


def database(*fill: Fill, without: tuple[str, ...] = ()) -> bytes:
    """The database with what is filled in."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        with closing(sqlite3.connect(path)) as connection:
            for name, columns in TABLES.items():
                if name not in without:
                    connection.execute(f"CREATE TABLE {name} ({columns})")
            for each in fill:
                each(connection)
            connection.commit()
        return path.read_bytes()


def _between(begin_s: float, end_s: float) -> dict[str, object]:
    return {
        "start_time": START_MS + int(begin_s * 1000),
        "end_time": START_MS + int(end_s * 1000),
        "start_zone_offset": OFFSET_S,
        "end_zone_offset": OFFSET_S,
        "local_date": DAY,
    }


def insert(connection: sqlite3.Connection, table: str, **cells: object) -> int:
    """The id of a new row."""
    names, marks = ", ".join(cells), ", ".join("?" * len(cells))
    found = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(cells.values()))
    return found.lastrowid or 0


def run(seconds: int = 600, app: int = WATCH, **other: object) -> Fill:
    """A run of the platform's number for it, with pulse, speed, cadence, distance and a route."""

    def fill(connection: sqlite3.Connection) -> None:
        whole = _between(0, seconds)
        cells = {"uuid": UUID, "app_info_id": app, "exercise_type": 33} | whole | other
        session = insert(connection, "exercise_session_record_table", **cells)
        series(
            connection,
            "heart_rate_record_table",
            "heart_rate_record_series_table",
            "beats_per_minute",
            150,
            5,
            seconds,
            app,
        )
        series(connection, "SpeedRecordTable", "speed_record_table", "speed", 3.0, 5, seconds, app)
        series(
            connection,
            "StepsCadenceRecordTable",
            "steps_cadence_record_table",
            "rate",
            168.0,
            10,
            seconds,
            app,
        )
        for at in range(0, seconds, 10):
            moment = _between(at, at + 10)
            insert(connection, "distance_record_table", app_info_id=app, distance=30.0, **moment)
            insert(connection, "steps_record_table", app_info_id=app, count=28, **moment)
            insert(
                connection,
                "exercise_route_table",
                parent_key=session,
                timestamp_millis=START_MS + at * 1000,
                latitude=38.7 + at * 3 / 111_195,
                longitude=-9.14,
                altitude=40.0,
            )

    return fill  # fmt: skip


def series(
    connection: sqlite3.Connection,
    records: str,
    samples: str,
    column: str,
    value: float,
    every_s: int,
    seconds: int,
    app: int,
) -> None:
    """One record and its samples."""
    parent = insert(connection, records, app_info_id=app, **_between(0, seconds))
    for at in range(0, seconds, every_s):
        cells = {"parent_key": parent, column: value, "epoch_millis": START_MS + at * 1000}
        insert(connection, samples, **cells)


def day(connection: sqlite3.Connection) -> None:
    """A night with stages, and what is measured in the morning."""
    night = int(timedelta(hours=8).total_seconds())
    parent = insert(connection, "sleep_session_record_table", app_info_id=WATCH, **_between(-night, 0))
    for begin_s, end_s, kind in ((-night, -7000, 4), (-7000, -6000, 1), (-6000, 0, 6)):
        insert(
            connection,
            "sleep_stages_table",
            parent_key=parent,
            stage_start_time=START_MS + begin_s * 1000,
            stage_end_time=START_MS + end_s * 1000,
            stage_type=kind,
        )
    now = {"time": START_MS, "zone_offset": OFFSET_S, "local_date": DAY, "app_info_id": WATCH}
    insert(connection, "resting_heart_rate_record_table", beats_per_minute=52, **now)
    insert(connection, "weight_record_table", weight=70_500.0, **now)
    for value in (40.0, 60.0):
        cells = now | {"heart_rate_variability_millis": value}
        insert(connection, "heart_rate_variability_rmssd_record_table", **cells)


def archive() -> bytes:
    """The zip of the backup."""
    out = BytesIO()
    with ZipFile(out, "w") as zipped:
        zipped.writestr("health_connect_export.db", database(run(), day))
    return out.getvalue()
