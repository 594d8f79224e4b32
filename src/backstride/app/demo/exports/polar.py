"""Polar Flow's account export in both generations, made up to the layout that public descriptions give.

Numbers are arithmetic, no person's: an even run due north in Berlin.  As the real files, these hold bare NaN.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import nan
from typing import Any

METRES_PER_DEGREE = 111_195.08
START = datetime(2026, 4, 6, 7, 30)  # noqa: DTZ001 (the local clock, as the files have it)
OFFSET_MINUTES = 120
UUID = "11111111-2222-4333-8444-555555555555"

Json = dict[str, Any]


def newer_session(
    seconds: int = 600,
    speed_mps: float = 3.0,
    sport: str = "1",
    indoor: bool = False,
    altitude: list[float] | None = None,
    pause: tuple[int, int] | None = None,
    route_after_ms: int = 2000,
    **more: Any,
) -> Json:
    """One session of the newer export; `pause` is from and to in seconds, and its samples leave it out."""
    lost = 0 if pause is None else pause[1] - pause[0]
    return session(
        START,
        START + timedelta(seconds=seconds + lost),
        seconds,
        _channels(seconds, speed_mps, altitude, indoor),
        {} if indoor else _routes(seconds, speed_mps, route_after_ms),
        sport=sport,
        laps=_laps(seconds, speed_mps),
        pause=pause,
        distance_m=None if indoor else seconds * speed_mps,
        **more,
    )


def session(
    start: datetime,
    stop: datetime,
    seconds: float,
    channels: Mapping[str, Sequence[float]],
    routes: Json,
    sport: str = "1",
    laps: Sequence[Json] = (),
    pause: tuple[float, float] | None = None,
    distance_m: float | None = None,
    heart: tuple[int, int, int] = (90, 148, 171),
    offset_minutes: int = OFFSET_MINUTES,
    **more: Any,
) -> Json:
    """A session of the newer export by its local clock, a value of each channel every second.

    `seconds` leave the pause out, which is from and to since the start; `heart` is least, mean and most.
    """
    least, mean, most = heart
    exercise: Json = {
        "startTime": start.isoformat(),
        "stopTime": stop.isoformat(),
        "timezoneOffsetMinutes": offset_minutes,
        "durationMillis": round(seconds * 1000),
        "sport": {"id": sport},
        "samples": {
            "samples": [
                {"type": name, "intervalMillis": 1000, "values": values} for name, values in channels.items()
            ]
        },
        "routes": routes,
        "laps": {"laps": [], "autoLaps": laps},
        "statistics": {
            "statistics": [{"type": "STATISTICS_TYPE_HEART_RATE", "min": least, "avg": mean, "max": most}]
        },
        "pauseTimes": [] if pause is None else [_pause(start, pause)],
    }
    if distance_m is not None:
        exercise["distanceMeters"] = distance_m
    return {
        "identifier": {"id": "7766215556"},
        "startTime": start.isoformat(),
        "stopTime": stop.isoformat(),
        "name": "",
        "note": "made-up: easy, legs heavy",
        "feeling": 0.75,
        "timezoneOffsetMinutes": offset_minutes,
        "durationMillis": round(seconds * 1000),
        "hrAvg": mean,
        "sport": {"id": sport},
        "product": {"modelName": "Polar Vantage M"},
        "exercises": [exercise],
        **more,
    }


def older_session(seconds: int = 600, speed_mps: float = 3.0, sport: str = "RUNNING") -> Json:
    """One session of the older export."""
    stop = START + timedelta(seconds=seconds)
    samples = {
        "heartRate": [{"dateTime": _at(second), "value": 140 + second % 20} for second in range(seconds + 1)],
        "speed": [{"dateTime": _at(second), "value": 3.6 * speed_mps} for second in range(seconds + 1)],
        "distance": [{"dateTime": _at(second), "value": speed_mps * second} for second in range(seconds + 1)],
        "recordedRoute": [
            {
                "dateTime": _at(second),
                "longitude": 13.4,
                "latitude": 52.5 + speed_mps * second / METRES_PER_DEGREE,
                "altitude": 34.0,
            }
            for second in range(1, seconds + 1)
        ],
    }
    exercise = {
        "startTime": _at(0),
        "stopTime": _at(seconds),
        "timezoneOffset": OFFSET_MINUTES,
        "duration": f"PT{seconds}S",
        "distance": seconds * speed_mps,
        "sport": sport,
        "ascent": 12.0,
        "descent": 9.0,
        "heartRate": {"min": 140, "avg": 149, "max": 159},
        "autoLaps": [{"splitTime": "PT300S", "duration": "PT300S", "distance": 300 * speed_mps}],
        "samples": samples,
    }
    return {
        "exportVersion": "1.6",
        "name": "Running",
        "startTime": _at(0),
        "stopTime": stop.isoformat(timespec="milliseconds"),
        "timeZoneOffset": OFFSET_MINUTES,
        "distance": seconds * speed_mps,
        "duration": f"PT{seconds}S",
        "averageHeartRate": 149,
        "exercises": [exercise],
    }


def to_bytes(value: object) -> bytes:
    """As the export writes it: NaN without quotes."""
    return json.dumps(value, allow_nan=True).encode()


def archive() -> dict[str, bytes]:
    """A whole export: sessions of both generations, nights, and what is set aside."""
    sleep = [{"night": "2026-04-06", "evaluation": {"asleepDuration": "PT7H30M"}, "sleepResult": {}}]
    recovery = [{"night": "2026-04-06", "meanNightlyRecoveryRmssd": 42, "meanNightlyRecoveryRri": 900}]
    return {
        f"training-session_2026-04-06T07-30-00_7766215556-{UUID}.json": to_bytes(newer_session()),
        f"training-session-2019-01-18-3142858899-{UUID}.json": to_bytes(older_session()),
        f"training-session_2026-04-07T07-30-00_{UUID}-{UUID}.json": to_bytes(
            newer_session(sport="17", indoor=True, identifier={"id": UUID})
        ),
        f"sleep_result_42-{UUID}.json": to_bytes(sleep),
        f"sleep_score_42-{UUID}.json": to_bytes(
            [{"night": "2026-04-06", "sleepScoreResult": {"sleepScore": 82}}]
        ),
        f"nightly_recovery_42-{UUID}.json": to_bytes(recovery),
        f"nightly_recovery_blob_42-{UUID}.json": to_bytes([{"hrvData": {"samples": [37, 41]}}]),
        f"activity-2026-04-06-{UUID}.json": to_bytes({"date": "2026-04-06", "summary": {"stepCount": 3100}}),
        f"247ohr_2026_04-{UUID}.json": to_bytes({"deviceDays": []}),
        f"calendar-items-42-{UUID}.json": to_bytes({"exportVersion": "2.6", "notes": [], "feelings": []}),
        f"account-data-42-{UUID}.json": to_bytes({"exportVersion": "2.6", "username": "made-up"}),
        f"sport-profiles-42-{UUID}.json": to_bytes([]),
        f"products-devices-42-{UUID}.json": to_bytes({"devices": []}),
        f"ppi_samples_42_04_1-{UUID}.json": to_bytes([]),
        f"training-target-2026-04-08-42-{UUID}.json": to_bytes({"name": "made-up", "exercises": []}),
    }


def _channels(
    seconds: int, speed_mps: float, altitude: list[float] | None, indoor: bool
) -> dict[str, list[float]]:
    heart = [nan if second < 3 else 140.0 + second % 20 for second in range(seconds + 1)]
    found = {
        "HEART_RATE": heart,
        "SPEED": [nan, *[3.6 * speed_mps] * seconds],
        "DISTANCE": [0.0 if indoor else speed_mps * second for second in range(seconds + 1)],
        "CADENCE": [84.0] * (seconds + 1),
        "TEMPERATURE": [18.0] * (seconds + 1),
    }
    if indoor:
        found["SPEED"] = [0.0] * (seconds + 1)
    if altitude is not None:
        found["ALTITUDE"] = altitude
    return found


def _routes(seconds: int, speed_mps: float, after_ms: int) -> Json:
    """The way begins some time after the exercise, when the receiver had a fix."""
    points = [
        (1000 * second + 2, 52.5 + speed_mps * (second + after_ms / 1000) / METRES_PER_DEGREE, 13.4, 34.0)
        for second in range(seconds - after_ms // 1000)
    ]
    return way(START + timedelta(milliseconds=after_ms), points)


def way(begun: datetime, points: Iterable[tuple[int, float, float, float]]) -> Json:
    """A way by milliseconds since it began itself, latitude, longitude and altitude."""
    return {
        "route": {
            "startTime": begun.isoformat(),
            "wayPoints": [
                {"longitude": east, "latitude": north, "altitude": high, "elapsedMillis": at_ms}
                for at_ms, north, east, high in points
            ],
        }
    }


def _laps(seconds: int, speed_mps: float) -> list[Json]:
    half = seconds // 2
    return [
        {
            "splitTimeMillis": half * 1000 * part,
            "durationMillis": half * 1000,
            "distanceMeters": half * speed_mps,
        }
        for part in (1, 2)
    ]


def _pause(start: datetime, pause: tuple[float, float]) -> Json:
    begin, end = (start + timedelta(seconds=each) for each in pause)
    return {"startTime": begin.isoformat(), "endTime": end.isoformat()}


def _at(second: float) -> str:
    return (START + timedelta(seconds=second)).isoformat(timespec="milliseconds")
