"""The made-up runner's runs as Strava's bulk export hands them out: a table of all, and the newer files.

Three of the columns stand twice, first as shown, then in metres and seconds; dates are in UTC, and the files
have a number that is not the activity's.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backstride.app.demo.exports.strava import ENGLISH, shoes, table
from backstride.app.demo.gear import shoes_of
from backstride.app.demo.made_run import MadeRun, shoe_worn
from backstride.app.demo.runner import RunPlan
from backstride.app.demo.story import Story
from backstride.model.history import Shoe

HEADER = ENGLISH[:44]
"""What exports had of old; those behind are empty for the made-up runner."""
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


def service_run(run: MadeRun) -> ServiceRun:
    """The run without its samples, of which two years would fill the memory."""
    return ServiceRun(
        plan=run.plan,
        start=run.start,
        elapsed_s=run.elapsed_s,
        moving_s=run.moving_s,
        distance_m=run.distance_m,
        climb_m=run.trace.climb_m,
        data=run.data,
    )


def of_runs(runs: Sequence[MadeRun], story: Story) -> dict[str, bytes]:
    """The whole export with the recordings of all runs: path inside it -> bytes."""
    return dict(export_files([service_run(run) for run in runs], shoes_of(story), len(runs)))


def export_files(
    runs: Sequence[ServiceRun], pairs: Sequence[Shoe], recordings: int
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file of the export; `runs` by start, the last of them with their recordings."""
    first = len(runs) - recordings
    yield TABLE, table(HEADER, [_row(nth, run, pairs, nth >= first) for nth, run in enumerate(runs)])
    yield SHOES, shoes(*((pair.model, "Made-up", pair.model, "Run") for pair in pairs))
    for nth, run in enumerate(runs):
        if nth >= first:
            yield _file_name(nth), gzip.compress(run.data, mtime=0)


def _file_name(nth: int) -> str:
    return FILES.format(_FIRST_FILE + 41 * nth)


def _row(nth: int, run: ServiceRun, pairs: Sequence[Shoe], recorded: bool) -> list[str]:
    told = {
        0: str(_FIRST_ID + 37 * nth),
        1: _date(run.start),
        2: _name(run.start.hour),
        3: "Run",
        5: f"{run.elapsed_s:.0f}",
        6: f"{run.distance_m / 1_000:.2f}",
        11: _shoe(run, pairs),
        12: _file_name(nth) if recorded else "",
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


def _shoe(run: ServiceRun, pairs: Sequence[Shoe]) -> str:
    worn = shoe_worn(run.start.date(), pairs)
    return "" if worn is None else worn.model
