"""A made-up backup of Health Connect: the tables that are read, as AOSP makes them, and one more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
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


def _ms(start: datetime, at_s: float) -> int:
    return int(start.timestamp() * 1000) + int(at_s * 1000)


def _between(
    begin_s: float, end_s: float, start: datetime = START, offset_s: int = OFFSET_S
) -> dict[str, object]:
    local = start.astimezone(UTC).replace(tzinfo=None) + timedelta(seconds=offset_s)
    return {
        "start_time": _ms(start, begin_s),
        "end_time": _ms(start, end_s),
        "start_zone_offset": offset_s,
        "end_zone_offset": offset_s,
        "local_date": (local.date() - date(1970, 1, 1)).days,
    }


def insert(connection: sqlite3.Connection, table: str, **cells: object) -> int:
    """The id of a new row."""
    names, marks = ", ".join(cells), ", ".join("?" * len(cells))
    found = connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(cells.values()))
    return found.lastrowid or 0


Point = tuple[float, float]
"""Seconds since the session began, and a value."""


@dataclass(frozen=True)
class Session:
    """What one app wrote of one exercise; all seconds are since its start."""

    lasting_s: float
    heart_rate_bpm: Sequence[Point] = ()
    speed_mps: Sequence[Point] = ()
    cadence_spm: Sequence[Point] = ()
    stretches: Sequence[tuple[float, float, float, int]] = ()
    """From, to, metres and steps."""
    route: Sequence[tuple[float, float, float, float]] = ()
    """When, latitude, longitude and altitude."""
    cells: Mapping[str, object] = field(default_factory=dict)
    """Of the session's own row."""
    start: datetime = START
    offset_s: int = OFFSET_S
    app: int = WATCH

    def between(self, begin_s: float, end_s: float) -> dict[str, object]:
        """The times of a record, as every table has them."""
        return _between(begin_s, end_s, self.start, self.offset_s)


def run(seconds: int = 600, app: int = WATCH, **other: object) -> Fill:
    """A run of the platform's number for it, with pulse, speed, cadence, distance and a route."""
    every_5, every_10 = range(0, seconds, 5), range(0, seconds, 10)
    return filled(
        Session(
            seconds,
            [(at, 150) for at in every_5],
            [(at, 3.0) for at in every_5],
            [(at, 168.0) for at in every_10],
            [(at, at + 10, 30.0, 28) for at in every_10],
            [(at, 38.7 + at * 3 / 111_195, -9.14, 40.0) for at in every_10],
            {"uuid": UUID, "exercise_type": 33, **other},
            app=app,
        )
    )


def filled(session: Session) -> Fill:
    """What puts a session with its samples into the database."""

    def fill(connection: sqlite3.Connection) -> None:
        own: dict[str, object] = {"app_info_id": session.app}
        cells = own | session.between(0, session.lasting_s) | dict(session.cells)
        row = insert(connection, "exercise_session_record_table", **cells)
        for names, points in zip(
            _SERIES, (session.heart_rate_bpm, session.speed_mps, session.cadence_spm), strict=True
        ):
            if points:
                samples(connection, names, points, session)
        for begin_s, end_s, metres, steps in session.stretches:
            moment = own | session.between(begin_s, end_s)
            insert(connection, "distance_record_table", distance=metres, **moment)
            insert(connection, "steps_record_table", count=steps, **moment)
        for at_s, north, east, high in session.route:
            place = {"latitude": north, "longitude": east, "altitude": high}
            when = _ms(session.start, at_s)
            insert(connection, "exercise_route_table", parent_key=row, timestamp_millis=when, **place)

    return fill


_SERIES = (
    ("heart_rate_record_table", "heart_rate_record_series_table", "beats_per_minute"),
    ("SpeedRecordTable", "speed_record_table", "speed"),
    ("StepsCadenceRecordTable", "steps_cadence_record_table", "rate"),
)
"""The records of a channel, the samples in them, and the column of their value."""


def series(
    connection: sqlite3.Connection,
    records: str,
    samples_in: str,
    column: str,
    value: float,
    every_s: int,
    seconds: int,
    app: int,
) -> None:
    """One record and its samples, all of one value."""
    points = [(at, value) for at in range(0, seconds, every_s)]
    samples(connection, (records, samples_in, column), points, Session(seconds, app=app))


def samples(
    connection: sqlite3.Connection, names: tuple[str, str, str], points: Sequence[Point], session: Session
) -> None:
    """One record over the session's time, and its samples."""
    records, samples_in, column = names
    whole = session.between(0, session.lasting_s)
    parent = insert(connection, records, app_info_id=session.app, **whole)
    for at_s, value in points:
        cells = {"parent_key": parent, column: value, "epoch_millis": _ms(session.start, at_s)}
        insert(connection, samples_in, **cells)


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
