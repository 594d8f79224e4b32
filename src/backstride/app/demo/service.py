"""The watch's runs once more, as a service's bulk export hands them out: a table of all, and the newer files.

The layout is that of Strava's export: the first 44 columns in their order, of which three stand twice (first
as shown, then in metres and seconds), dates in UTC, and files under a number that is not the activity's.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backstride.app.demo.runner import RunPlan
from backstride.model.history import Shoe

HEADER = (
    *("Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description"),
    *("Elapsed Time", "Distance", "Max Heart Rate", "Relative Effort", "Commute", "Activity Private Note"),
    *("Activity Gear", "Filename", "Athlete Weight", "Bike Weight", "Elapsed Time", "Moving Time"),
    *("Distance", "Max Speed", "Average Speed", "Elevation Gain", "Elevation Loss", "Elevation Low"),
    *("Elevation High", "Max Grade", "Average Grade", "Average Positive Grade", "Average Negative Grade"),
    *("Max Cadence", "Average Cadence", "Max Heart Rate", "Average Heart Rate", "Max Watts"),
    *("Average Watts", "Calories", "Max Temperature", "Average Temperature", "Relative Effort"),
    *("Total Work", "Number of Runs", "Uphill Time", "Downhill Time", "Other Time", "Perceived Exertion"),
)
TABLE, SHOES, FILES = "activities.csv", "shoes.csv", "activities/{}.fit.gz"
RECORDINGS = 40
"""Of the newest runs; the service keeps no files of the older ones."""
_FIRST_ID, _FIRST_FILE = 12_000_000_001, 12_800_000_001
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MORNING_TO, _NOON_TO = 11, 15


@dataclass(frozen=True, slots=True)
class ServiceRun:
    """One run as the service knows it."""

    plan: RunPlan
    start: datetime
    """Aware."""
    elapsed_s: float
    moving_s: float
    distance_m: float
    climb_m: float
    data: bytes
    """The watch's file."""


def export_files(runs: Sequence[ServiceRun], shoes: Sequence[Shoe]) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file of the export; `runs` by start."""
    rows = [_row(nth, run, shoes, len(runs)) for nth, run in enumerate(runs)]
    yield TABLE, _table([HEADER, *rows])
    names = [["Shoe Name", "Shoe Brand", "Shoe Model", "Shoe Default Sport Types"]]
    yield SHOES, _table([*names, *([shoe.model, "Made-up", shoe.model, "Run"] for shoe in shoes)])
    for nth, run in enumerate(runs):
        if nth >= len(runs) - RECORDINGS:
            yield _file_name(nth), gzip.compress(run.data, mtime=0)


def _file_name(nth: int) -> str:
    return FILES.format(_FIRST_FILE + 41 * nth)


def _row(nth: int, run: ServiceRun, shoes: Sequence[Shoe], count: int) -> list[str]:
    told = {
        0: str(_FIRST_ID + 37 * nth),
        1: _date(run.start),
        2: _name(run.start.hour),
        3: "Run",
        5: f"{run.elapsed_s:.0f}",
        6: f"{run.distance_m / 1_000:.2f}",
        11: _shoe(run, shoes),
        12: _file_name(nth) if nth >= count - RECORDINGS else "",
        15: f"{run.elapsed_s:.1f}",
        16: f"{run.moving_s:.1f}",
        17: f"{run.distance_m:.1f}",
        20: f"{run.climb_m:.1f}",
        43: "" if run.plan.rpe is None else f"{run.plan.rpe:.0f}",
    }
    return [told.get(place, "") for place in range(len(HEADER))]


def _date(start: datetime) -> str:
    at = start.astimezone(UTC)
    hour, half = at.hour % 12 or 12, "AM" if at.hour < 12 else "PM"
    return f"{_MONTHS[at.month - 1]} {at.day}, {at.year}, {hour}:{at:%M:%S} {half}"


def _name(hour: int) -> str:
    part = "Morning" if hour < _MORNING_TO else "Lunch" if hour < _NOON_TO else "Evening"
    return f"{part} Run (made up)"


def _shoe(run: ServiceRun, shoes: Sequence[Shoe]) -> str:
    on = run.start.date()
    worn = (shoe for shoe in shoes if shoe.in_use_from is None or shoe.in_use_from <= on)
    return next((shoe.model for shoe in reversed(tuple(worn))), "")


def _table(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
