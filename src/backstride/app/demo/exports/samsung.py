"""A made-up export of Samsung Health, laid out as its app of 2024 writes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

START = datetime(2024, 5, 1, 6, 30, tzinfo=UTC)
UUID = "a0000000-0000-0000-0000-000000000001"
STAMP = "20240601120000"
_PREFIX = "com.samsung.health.exercise."
_PREFIXED = (
    *("datauuid", "exercise_type", "start_time", "end_time", "time_offset", "duration", "distance"),
    *("mean_heart_rate", "mean_cadence", "mean_speed", "altitude_gain", "live_data", "location_data"),
    "comment",
)


def table(name: str, columns: list[str], rows: list[dict[str, object]]) -> bytes:
    """Any table: a first line, a header, and rows with one comma too many."""
    lines = [f"{name},7005009,17", ",".join(columns)]
    lines += [",".join(str(row.get(column, "")) for column in columns) + "," for row in rows]
    return ("\ufeff" + "\n".join(lines) + "\n").encode()


def exercise(uuid: str = UUID, **other: object) -> dict[str, object]:
    """A row of a run of 10 minutes."""
    return {
        "datauuid": uuid,
        "exercise_type": 1002,
        "start_time": f"{START:%Y-%m-%d %H:%M:%S}.000",
        "end_time": f"{START + timedelta(seconds=620):%Y-%m-%d %H:%M:%S}.000",
        "time_offset": "UTC+0200",
        "duration": 600_000,
        "distance": 1800.5,
        "mean_heart_rate": 150.0,
        "mean_cadence": 168.0,
        "mean_speed": 3.0,
        "altitude_gain": 12.5,
        "live_data": f"{uuid}.com.samsung.health.exercise.live_data.json",
        "location_data": f"{uuid}.com.samsung.health.exercise.location_data.json",
    } | other


def exercises(*rows: dict[str, object]) -> bytes:
    """The table of exercises."""
    columns = ["source_type", *(_PREFIX + name for name in _PREFIXED), "title"]
    prefixed = [
        {_PREFIX + name if name in _PREFIXED else name: cell for name, cell in row.items()} for row in rows
    ]
    return table("com.samsung.shealth.exercise", columns, prefixed)


def live(seconds: int = 600) -> bytes:
    """Pulse every 5 s, pace and cadence every 10 s, and rows that hold nothing."""
    every_5, every_10 = range(0, seconds, 5), range(0, seconds, 10)
    return live_of(START, [(at, 150.0) for at in every_5], [(at, 168.0, 3.0, 30.0) for at in every_10])


def live_of(
    start: datetime, pulse: Iterable[tuple[float, float]], steps: Iterable[tuple[float, float, float, float]]
) -> bytes:
    """A recording by seconds since the start: pulse; and steps a minute, metres a second, and metres.

    The metres are those since the moment that told them before.
    """
    begin = int(start.timestamp() * 1000)
    told: list[tuple[float, dict[str, object]]] = []
    for at_s, heart_rate in pulse:
        told.append((at_s, {"heart_rate": heart_rate}))
        told.append((at_s, {"elapsed_time": int(at_s * 1000), "segment": 1, "interval": 1}))
    for at_s, cadence, speed, distance in steps:
        told.append((at_s, {"cadence": cadence, "speed": speed, "distance": distance, "calorie": 1.5}))
    told.sort(key=lambda each: each[0])
    return json.dumps([{"start_time": begin + int(at_s * 1000), **cells} for at_s, cells in told]).encode()


def locations(seconds: int = 600) -> bytes:
    """A straight run in Lisbon, a position a second."""
    return locations_of(START, [(at, 38.7 + at * 3 / 111_195, -9.14, 40.0) for at in range(seconds)])


def locations_of(start: datetime, rows: Iterable[tuple[float, float, float, float]]) -> bytes:
    """A way by seconds since the start, latitude, longitude and altitude."""
    begin = int(start.timestamp() * 1000)
    points = [
        {"start_time": begin + int(at_s * 1000), "latitude": north, "longitude": east, "altitude": high}
        for at_s, north, east, high in rows
    ]
    return json.dumps(points).encode()


def steps() -> bytes:
    """Two days, counted by the phone, by the watch, and by both as one."""
    columns = ["day_time", "step_count", "source_type", "deviceuuid", "time_offset"]
    day = int(START.replace(hour=0, minute=0).timestamp() * 1000)
    rows: list[dict[str, object]] = [
        {"day_time": day, "step_count": 8000, "source_type": 0},
        {"day_time": day, "step_count": 9000, "source_type": -2},
        {"day_time": day, "step_count": 9500, "source_type": 2},
        {"day_time": day + 86_400_000, "step_count": 4000, "source_type": 0},
        {"day_time": "", "step_count": 4000, "source_type": 0},
    ]
    return table("com.samsung.shealth.tracker.pedometer_day_summary", columns, rows)


def archive() -> dict[str, bytes]:
    """Path -> bytes of an export with one run."""
    folder = "samsunghealth_madeup_20240601120000"
    jsons = f"{folder}/jsons/com.samsung.shealth.exercise/{UUID[0]}"
    return {
        f"{folder}/com.samsung.shealth.exercise.{STAMP}.csv": exercises(exercise()),
        f"{folder}/com.samsung.shealth.exercise.weather.{STAMP}.csv": table(
            "com.samsung.shealth.exercise.weather", ["humidity"], [{"humidity": 60}]
        ),
        f"{folder}/com.samsung.shealth.tracker.pedometer_day_summary.{STAMP}.csv": steps(),
        f"{jsons}/{UUID}.com.samsung.health.exercise.live_data.json": live(),
        f"{jsons}/{UUID}.com.samsung.health.exercise.location_data.json": locations(),
        f"{jsons}/{UUID}.sensing_status.json": b'{"max_hr": 190}',
    }
