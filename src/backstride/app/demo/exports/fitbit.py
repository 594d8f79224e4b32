"""Fitbit's account export as Google Takeout hands it out, made up to public descriptions of its layout."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from backstride.app.demo.made_run import MadeRun, mean_of
from backstride.app.demo.story import Story

Json = dict[str, Any]
UTC_START = datetime(2024, 2, 8, 2, 22, 8)  # noqa: DTZ001 (the files name no zone)
GOOGLE = "Takeout/Fitbit/Health Fitness Data_GoogleData/"
DATA = "Takeout/Fitbit/Global Export Data/"


def exercise(
    log_id: int = 1,
    start: datetime = UTC_START,
    hours_east: float | None = -5,
    seconds: int = 1080,
    name: str = "Run",
    **more: Any,
) -> Json:
    """A run of 2.1 miles in 18 minutes; with `hours_east` its links name the local clock."""
    links: Json = {}
    if hours_east is not None:
        local = start + timedelta(hours=hours_east)
        span = f"{local:%H:%M:%S}/{local + timedelta(seconds=seconds):%H:%M:%S}"
        links["heartRateLink"] = (
            f"https://api.fitbit.com/1/user/-/activities/heart/date/{local:%Y-%m-%d}/{local:%Y-%m-%d}/1sec/time/{span}.json"
        )
    return {
        "logId": log_id,
        "activityName": name,
        "activityTypeId": 90009,
        "averageHeartRate": 155,
        "calories": 299,
        "distance": 2.1,
        "distanceUnit": "Mile",
        "duration": seconds * 1000,
        "activeDuration": seconds * 1000 - 1000,
        "steps": 2900,
        "logType": "tracker",
        "startTime": f"{start:%m/%d/%y %H:%M:%S}",
        "originalStartTime": f"{start:%m/%d/%y %H:%M:%S}",
        "elevationGain": 42.001312,
        "speed": 7.0,
        "hasGps": True,
        **links,
        **more,
    }


def night(on: str = "2024-02-08", minutes: int = 431, log_id: int = 1, main: bool = True) -> Json:
    """A night's sleep log."""
    return {
        "logId": log_id,
        "dateOfSleep": on,
        "startTime": f"{on}T00:10:00.000",
        "endTime": f"{on}T07:40:00.000",
        "minutesAsleep": minutes,
        "minutesAwake": 40,
        "mainSleep": main,
    }


def to_bytes(value: object) -> bytes:
    """As the export writes it."""
    return json.dumps(value, indent=2).encode()


TABLE_HEADER = (
    "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,log_type,tracker_total_steps,"
    "tracker_total_distance_mm,tracker_total_altitude_mm,tracker_avg_heart_rate,"
    "tracker_avg_speed_mm_per_second,manually_logged_total_distance_mm,events,deletion_reason"
)


def table(*rows: str) -> bytes:
    """`UserExercises_*.csv`, with some of its 46 columns."""
    return "\n".join((TABLE_HEADER, *rows, "")).encode()


def table_row(
    exercise_id: str = "1000000000000000001", start: str = "2026-10-04T12:54:29Z", **more: str
) -> str:
    """A run of 9.12 km in 50 minutes, two hours east of UTC."""
    told = {
        "exercise_id": exercise_id, "exercise_start": start, "exercise_end": "2026-10-04T13:44:29Z",
        "utc_offset": "+02:00", "activity_name": "Outdoor Run", "log_type": "TRACKER",
        "tracker_total_steps": "8200", "tracker_total_distance_mm": "9120000",
        "tracker_total_altitude_mm": "64000", "tracker_avg_heart_rate": "151",
        "tracker_avg_speed_mm_per_second": "3040", "events": '"a, b"',
    } | more  # fmt: skip
    return ",".join(told.get(name, "") for name in TABLE_HEADER.split(","))


def archive() -> dict[str, bytes]:
    """A whole export: activities, nights, days, and what is set aside."""
    resting = [
        {"dateTime": "02/08/24 00:00:00", "value": {"date": "02/08/24", "value": 56.4, "error": 6.8}},
        {"dateTime": "02/09/24 00:00:00", "value": {"date": None, "value": 0.0, "error": 0.0}},
    ]
    weights = [
        {"logId": 1, "weight": 154.3, "bmi": 22.9, "date": "02/08/24", "time": "07:59:59", "source": "API"}
    ]
    minutes = [{"dateTime": "02/08/24 00:00:00", "value": "12"}]
    heart = [{"dateTime": "02/08/24 05:00:00", "value": {"bpm": 61, "confidence": 3}}]
    return {
        f"{DATA}exercise-0.json": to_bytes([exercise(1), exercise(2, UTC_START + timedelta(days=2))]),
        f"{DATA}exercise-100.json": to_bytes([exercise(3, UTC_START + timedelta(days=4), name="Walk")]),
        f"{DATA}sleep-2024-02-08.json": to_bytes([night(), night(minutes=25, log_id=2, main=False)]),
        f"{DATA}resting_heart_rate-2024-02-08.json": to_bytes(resting),
        f"{DATA}weight-2024-02-08.json": to_bytes(weights),
        f"{DATA}steps-2024-02-08.json": to_bytes(minutes),
        f"{DATA}distance-2024-02-08.json": to_bytes(minutes),
        f"{DATA}very_active_minutes-2024-02-08.json": to_bytes(minutes),
        f"{DATA}heart_rate-2024-02-08.json": to_bytes(heart),
        f"{GOOGLE}UserExercises_2026-10-01.csv": table(table_row()),
        f"{GOOGLE}ground_contact_time_2026-10-04.csv": b"timestamp,ground contact time (ms)\n",
        f"{GOOGLE}UserSleeps_2026-10-01.csv": b"sleep_id,sleep_type\n",
        f"{DATA}time_in_heart_rate_zones-2024-02-08.json": to_bytes(minutes),
    }


ROWS_A_FILE = 100


def of_runs(runs: Sequence[MadeRun], story: Story) -> dict[str, bytes]:
    """The made-up runner's runs in kilometres; Fitbit hands out no recording in these files."""
    rows = [_row(nth, run) for nth, run in enumerate(runs)]
    return {
        f"{DATA}exercise-{first}.json": to_bytes(rows[first : first + ROWS_A_FILE])
        for first in range(0, len(rows), ROWS_A_FILE)
    }


def _row(nth: int, run: MadeRun) -> Json:
    return exercise(
        50_000_000_001 + nth,
        run.start.astimezone(UTC).replace(tzinfo=None),
        run.offset_s / 3600,
        round(run.elapsed_s),
        "Treadmill" if run.plan.treadmill else "Run",
        activeDuration=round(run.moving_s * 1000),
        averageHeartRate=round(mean_of(run.trace.heart_rate_bpm)),
        distance=round(run.distance_m / 1000, 6),
        distanceUnit="Kilometer",
        speed=round(3.6 * run.distance_m / run.moving_s, 6),
        steps=run.steps,
        elevationGain=round(run.trace.climb_m, 3),
        hasGps=not run.plan.treadmill,
        source={"type": "tracker", "name": "made-up tracker"},
    )
