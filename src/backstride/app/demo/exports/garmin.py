"""Garmin's account export ("Export Your Data"), made up to the layout that public readers of it describe.

Numbers are arithmetic, no person's: even runs due north in Berlin.  The FIT files are written by the
project's own encoder, and the rows of the table tell of the same runs, in cm, ms and tenths of a m/s.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from backstride.app.demo.zipping import zipped
from backstride.formats.fit.encode import Field, Layout, encode, fit_seconds, messages, semicircles

Json = dict[str, Any]
EMAIL = "made.up@mail.example"
ACCOUNT = "98765432"
START = datetime(2026, 4, 6, 5, 30, tzinfo=UTC)
OFFSET_S = 7200
"""Berlin's summer time: the first run begins at 7:30."""
METRES_PER_DEGREE = 111_195.08
FOLDER = "DI_CONNECT/"
FITNESS = f"{FOLDER}DI-Connect-Fitness/{EMAIL}_"
WELLNESS = f"{FOLDER}DI-Connect-Wellness/"
METRICS = f"{FOLDER}DI-Connect-Metrics/"

_TIME = Field("timestamp", "uint32")
_FILE_ID = Layout(
    "file_id",
    (Field("type", "enum"), Field("manufacturer", "uint16"), Field("time_created", "uint32")),
)
_PLACE = (Field("position_lat", "sint32"), Field("position_long", "sint32"))
_RECORD = Layout("record", (_TIME, *_PLACE, Field("distance", "uint32"), Field("heart_rate", "uint8")))
_SUMS = ("total_elapsed_time", "total_timer_time", "total_distance")
_SESSION = Layout(
    "session",
    (
        _TIME,
        Field("start_time", "uint32"),
        *(Field(name, "uint32") for name in _SUMS),
        Field("sport", "enum"),
    ),
)
_ACTIVITY = Layout("activity", (_TIME, Field("local_timestamp", "uint32"), Field("num_sessions", "uint16")))
_MONITORING = Layout("monitoring", (_TIME, Field("heart_rate", "uint8")))


def summary(
    activity_id: int = 1,
    start: datetime = START,
    seconds: float = 600.0,
    speed_mps: float = 3.0,
    **more: Any,
) -> Json:
    """One row of the table, in the export's own units; None in `more` writes null."""
    gmt_ms = start.timestamp() * 1000
    return {
        "activityId": activity_id,
        "uuidMsb": 1,
        "name": "Berlin Running",
        "activityType": "running",
        "sportType": "RUNNING",
        "userProfileId": int(ACCOUNT),
        "timeZoneId": 124,
        "beginTimestamp": gmt_ms,
        "startTimeGmt": gmt_ms,
        "startTimeLocal": gmt_ms + OFFSET_S * 1000,
        "duration": seconds * 1000,
        "elapsedDuration": (seconds + 20) * 1000,
        "movingDuration": (seconds - 5) * 1000,
        "distance": seconds * speed_mps * 100,
        "avgSpeed": speed_mps / 10,
        "avgHr": 148.0,
        "elevationGain": 1200.0,
        "elevationLoss": 900.0,
        "calories": 2543.34,
        "avgDoubleCadence": 166.5,
        "avgGroundContactTime": 251.3,
        "avgGroundContactBalance": 49.6,
        "avgStrideLength": 108.1,
        "avgVerticalOscillation": 8.9,
        "avgVerticalRatio": 8.2,
        "startLatitude": 52.5,
        "startLongitude": 13.4,
        "workoutRpe": 40,
        "workoutFeel": 75,
        "deviceId": 3_600_000_000,
        "manufacturer": "GARMIN",
        "parent": False,
        "splits": [{"startTimeGMT": gmt_ms, "measurements": [{"fieldEnum": "SUM_DISTANCE", "value": 1.0}]}],
        **more,
    }


def summaries(*rows: object) -> bytes:
    """A file of the table, wrapped as the export wraps it."""
    return to_bytes([{"summarizedActivitiesExport": list(rows)}])


def gear() -> bytes:
    """Two pairs of shoes, one of them retired, and a bicycle."""
    shoes = {"gearTypeName": "Shoes", "gearStatusName": "active", "maximumMeters": 643_737.6}
    pairs = [
        {**shoes, "gearPk": 7, "displayName": "blue", "customMakeModel": "Made-up Road 3",
         "dateBegin": "2025-07-25T00:00:00.0", "dateEnd": None},
        {**shoes, "gearPk": 8, "displayName": None, "customMakeModel": "Made-up Trail",
         "dateBegin": "2024-01-02", "dateEnd": "2025-12-31"},
        {"gearPk": 9, "gearTypeName": "Bike", "customMakeModel": "Made-up Bike"},
    ]  # fmt: skip
    worn = {
        "7": [{"activityId": 1, "gearPk": 7}, {"activityId": 2, "gearPk": 7}, {"activityId": 1}],
        "8": [{"activityId": 4, "gearPk": 8}],
        "9": [{"activityId": 3, "gearPk": 9}],
    }
    return gear_of(pairs, worn)


def gear_of(pairs: Sequence[Json], worn: Mapping[str, Sequence[Json]]) -> bytes:
    """A list of gear, and under the number of each the activities it was used in."""
    return to_bytes([{"gearDTOS": pairs, "gearActivityDTOs": worn, "gearActivityTypeDTOS": []}])


def nights() -> bytes:
    """A night, a watch that was not worn, and the same night told again and shorter."""
    worn = {
        "sleepWindowConfirmationType": "ENHANCED_CONFIRMED_FINAL",
        "sleepStartTimestampGMT": "2026-04-05T21:10:00.0",
    }
    return to_bytes(
        [
            {**worn, "calendarDate": "2026-04-06", "deepSleepSeconds": 5400, "lightSleepSeconds": 16200,
             "remSleepSeconds": 5400, "awakeSleepSeconds": 900, "unmeasurableSeconds": 60},
            {"calendarDate": "2026-04-07", "sleepWindowConfirmationType": "OFF_WRIST", "deepSleepSeconds": 0,
             "retro": True},
            {**worn, "calendarDate": "2026-04-06", "lightSleepSeconds": 1800},
        ]
    )  # fmt: skip


def daily_totals() -> bytes:
    """A day, and one on which the watch was not worn."""
    return to_bytes(
        [
            {"userProfilePK": int(ACCOUNT), "calendarDate": "2026-04-06", "includesWellnessData": True,
             "totalSteps": 11_240, "restingHeartRate": 51, "currentDayRestingHeartRate": 49},
            {"calendarDate": "2026-04-07", "includesWellnessData": False, "totalSteps": 0,
             "restingHeartRate": 0},
        ]
    )  # fmt: skip


def health_status() -> bytes:
    """A night's HRV, and one that was not measured."""
    return to_bytes(
        [
            {"calendarDate": "2026-04-06", "createTimestampUTC": "2026-04-06T05:00:00.0",
             "metrics": [{"type": "HR", "value": 48, "status": "IN_RANGE"},
                         {"type": "HRV", "value": 62, "status": "IN_RANGE"}]},
            {"calendarDate": "2026-04-07", "createTimestampUTC": "2026-04-07T05:00:00.0",
             "metrics": [{"type": "HRV", "value": 0, "status": "UNKNOWN"}]},
        ]
    )  # fmt: skip


def weights() -> bytes:
    """A weight, and an entry that tells of something else."""
    return to_bytes(
        [
            {"version": 1, "metaData": {"calendarDate": "2026-04-06T00:00:00.0"},
             "weight": {"weight": 68_400.0, "sourceType": "MANUAL", "timestampGMT": "2026-04-06T05:01:00.0"}},
            {"version": 2, "metaData": {"calendarDate": "2026-04-07"}, "lactateThresholdHeartRate": 168},
        ]
    )  # fmt: skip


def activity_fit(start: datetime = START, seconds: int = 600, speed_mps: float = 3.0) -> bytes:
    """The recording of a run."""
    begun, second = fit_seconds(start), np.arange(seconds + 1, dtype=np.float64)
    records = {
        "timestamp": begun + second,
        "position_lat": semicircles(52.5 + speed_mps * second / METRES_PER_DEGREE),
        "position_long": semicircles(np.full(second.size, 13.4)),
        "distance": speed_mps * second,
        "heart_rate": 140 + second % 20,
    }
    ended = {"timestamp": begun + seconds}
    sums = {
        "total_elapsed_time": seconds + 20,
        "total_timer_time": seconds,
        "total_distance": seconds * speed_mps,
    }
    return encode(
        (
            messages(_FILE_ID, {"type": 4, "manufacturer": 1, "time_created": begun}),
            messages(_RECORD, records),
            messages(_SESSION, {**ended, **sums, "start_time": begun, "sport": 1}),
            messages(_ACTIVITY, {**ended, "local_timestamp": begun + seconds + OFFSET_S, "num_sessions": 1}),
        )
    )


def monitoring_fit(day: datetime = START) -> bytes:
    """A day's monitoring: no activity."""
    begun = fit_seconds(day)
    minutes = np.arange(0, 3600, 60, dtype=np.float64)
    return encode(
        (
            messages(_FILE_ID, {"type": 32, "manufacturer": 1, "time_created": begun}),
            messages(_MONITORING, {"timestamp": begun + minutes, "heart_rate": 55 + minutes % 7}),
        )
    )


def archive(uploads: str = "DI-Connect-Uploaded-Files") -> dict[str, bytes]:
    """A whole export: two runs with their recordings, one typed in, a triathlon, shoes, days, and all else.

    Recordings are named by their upload, not by their activity.  `uploads` is the folder's name, which in
    older exports is "DI-Connect-Fitness-Uploaded-Files".
    """
    second = START + timedelta(days=2)
    rows = [
        summary(1),
        summary(2, second, seconds=1200, speed_mps=2.8),
        summary(
            10, START + timedelta(days=3), activityType="multi_sport", sportType="MULTI_SPORT", parent=True
        ),
        summary(11, START + timedelta(days=3), activityType="running", parentId=10),
    ]
    older = [summary(4, START - timedelta(days=400), deviceId=0, manualActivity=True, avgHr=None)]
    recordings = {
        f"{EMAIL}_500001.fit": activity_fit(),
        f"{EMAIL}_500002.fit": activity_fit(second, 1200, 2.8),
        f"{EMAIL}_500003.fit": monitoring_fit(),
        f"{EMAIL}_500004.txt": b"made-up",
    }
    return {
        f"{FITNESS}0_summarizedActivities.json": summaries(*rows),
        f"{FITNESS}1001_summarizedActivities.json": b"\xef\xbb\xbf" + summaries(*older),
        f"{FITNESS}gear.json": gear(),
        f"{FOLDER}{uploads}/UploadedFiles_0-_Part1.zip": zipped(recordings.items()),
        f"{WELLNESS}2026-01-01_2026-04-10_{ACCOUNT}_sleepData.json": nights(),
        f"{WELLNESS}2026-01-01_2026-04-10_{ACCOUNT}_healthStatusData.json": health_status(),
        f"{WELLNESS}{ACCOUNT}_userBioMetrics.json": weights(),
        f"{FOLDER}DI-Connect-Aggregator/UDSFile_2026-01-01_2026-04-10.json": daily_totals(),
        **{path: to_bytes([{"calendarDate": "2026-04-06", "value": 1}]) for path in SET_ASIDE},
    }


SET_ASIDE = (
    f"{FITNESS}personalRecord.json",
    f"{FITNESS}workout.json",
    f"{FITNESS}trainingPlan.json",
    f"{FITNESS}weekly_training_report.json",
    f"{FOLDER}DI-Connect-Aggregator/HydrationLogFile_2026-01-01_2026-04-10.json",
    f"{WELLNESS}{ACCOUNT}_bioMetrics_latest.json",
    f"{WELLNESS}{ACCOUNT}_userBioMetricProfileData.json",
    f"{WELLNESS}{ACCOUNT}_heartRateZones.json",
    f"{WELLNESS}{ACCOUNT}_powerZones.json",
    f"{WELLNESS}{ACCOUNT}_fitnessAgeData.json",
    f"{WELLNESS}{ACCOUNT}_wellnessActivities.json",
    f"{WELLNESS}BloodPressureFile_{ACCOUNT}.json",
    f"{WELLNESS}{ACCOUNT}_AbnormalHrEvents.json",
    f"{WELLNESS}{ACCOUNT}_nutritionLogs.json",
    f"{METRICS}MetricsAcuteTrainingLoad_20260101_20260410_{ACCOUNT}.json",
    f"{METRICS}TrainingReadinessDTO_20260101_20260410_{ACCOUNT}.json",
    f"{METRICS}TrainingHistory_20260101_20260410_{ACCOUNT}.json",
    f"{METRICS}ActivityVo2Max_20260101_20260410_{ACCOUNT}.json",
    f"{METRICS}MetricsMaxMetData_20260101_20260410_{ACCOUNT}.json",
    f"{METRICS}MetricsHeatAltitudeAcclimation_20260101_20260410_{ACCOUNT}.json",
    f"{METRICS}RunRacePredictions_20260101_20260410_{ACCOUNT}.json",
    f"{METRICS}EnduranceScore_20260101_20260410_{ACCOUNT}.json",
    f"{METRICS}HillScore_20260101_20260410_{ACCOUNT}.json",
    f"{FOLDER}DI-Connect-User/user_profile.json",
    f"{FOLDER}DI-Connect-User/user_settings.json",
    f"{FOLDER}DI-Connect-User/{EMAIL}-social-profile.json",
    f"{FOLDER}DI-Connect-User/CalendarItems.json",
    f"{FOLDER}DI-Connect-User/GoalsFile.json",
    f"{FOLDER}DI-Connect-Routing/{EMAIL}_courses_1790751506315.json",
    f"{FOLDER}DI-ATP/Garmin_Coach_Pause_History.json",
    f"{FOLDER}DI-GOLF/Golf-CLUB.json",
)
"""Files that hold no run, shoe or day."""


def to_bytes(value: object) -> bytes:
    """As the export writes it."""
    return json.dumps(value).encode()
