"""`UserExercises_*.csv` of the newer Takeout: activities, with units in the names of its columns.

exercise_id,exercise_start,exercise_end,utc_offset,...,activity_name,...,tracker_total_distance_mm,...
1000000000000000001,2026-10-04T12:54:29Z,2026-10-04T14:03:06Z,+02:00,...,Outdoor Run,...,9120000,...
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo

from backstride.formats.account.values import above_zero, clock, text
from backstride.formats.contents import Contents, Source
from backstride.formats.sports import sport_named, surface_named
from backstride.formats.zones import local_start
from backstride.model.activity import Activity
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadFile
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, plainly, said

BEGINS = b"exercise_id,exercise_start,exercise_end,"
KIND = said("a table of activities")
_MM = 0.001
_NO_START = said("it names no time at which it began")
_DELETED = said("it was deleted by the runner")
_AGAIN = said("the same activity stands in an earlier row")
_SHORT = said("it has fewer columns than the header")

Row = Mapping[str | None, str | list[str] | None]


def begins(data: bytes) -> bool:
    """True where the bytes begin with the header of the table."""
    return data.removeprefix(b"\xef\xbb\xbf").startswith(BEGINS)


def read(data: bytes, source: Source, zone: tzinfo) -> Contents:
    """Every activity of the table, and every row that is none.

    Raises: BadFile where it is no such table.
    """
    lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline=""))
    activities: dict[str, Activity] = {}
    skipped: list[SkippedRow] = []
    warnings: tuple[Said, ...] = ()
    row = 0
    try:
        if "exercise_start" not in (lines.fieldnames or ()):
            raise BadFile(source.name, said("line {line}", line=1), said("the table names no exercise_start"))
        for row, line in enumerate(lines, 1):
            told = _row(line, source, row, zone)
            if isinstance(told, Activity) and told.service_id in activities:
                told = _AGAIN
            if isinstance(told, Activity):
                activities[told.service_id or f"row {row}"] = told
            else:
                skipped.append(SkippedRow(row, told))
    except csv.Error as error:
        why = plainly(str(error))
        warnings = (said("damaged after row {row} ({why}); the rest is lost", row=row, why=why),)
    in_order = tuple(sorted(activities.values(), key=lambda each: each.start))
    return Contents(in_order, KIND, warnings, skipped=tuple(skipped))


def _row(line: Row, source: Source, row: int, zone: tzinfo) -> Activity | Said:
    """The activity of one row, or why there is none."""
    if None in line.values():
        return _SHORT
    begun, ended = _moment(line.get("exercise_start")), _moment(line.get("exercise_end"))
    if begun is None:
        return _NO_START
    if text(line.get("deletion_reason")) is not None:
        return _DELETED
    start, zone_from = local_start(begun, _offset(line.get("utc_offset")), None, zone)
    own, word = text(line.get("exercise_id")), text(line.get("activity_name"))
    sport = sport_named(word) or "other"
    distance_mm = above_zero(line.get("tracker_total_distance_mm"))
    distance_mm = distance_mm or above_zero(line.get("manually_logged_total_distance_mm"))
    elapsed_s = None if ended is None else (ended - begun).total_seconds()
    return Activity(
        start=start,
        zone_from=zone_from,
        sport=sport,
        origin=source.origin(row - 1),
        distance_m=None if distance_mm is None else distance_mm * _MM,
        elapsed_s=None if elapsed_s is None or elapsed_s <= 0 else elapsed_s,
        climb_m=above_zero(line.get("tracker_total_altitude_mm"), _MM),
        surface=surface_named(word, sport),
        title=word,
        averages=_averages(line),
        service_id=None if own is None else f"fitbit:{own}",
    )


def _moment(value: object) -> datetime | None:
    """A moment of the table, which is UTC where it says nothing else."""
    at = clock(value)
    return at if at is None or at.tzinfo is not None else at.replace(tzinfo=UTC)


def _offset(value: object) -> timedelta | None:
    told = clock(f"2000-01-01T00:00:00{text(value) or 'x'}")
    return None if told is None else told.utcoffset()


def _averages(line: Row) -> dict[str, float]:
    found = {
        "heart_rate_bpm": above_zero(line.get("tracker_avg_heart_rate")),
        "speed_mps": above_zero(line.get("tracker_avg_speed_mm_per_second"), _MM),
    }
    return {
        name: value
        for name, value in found.items()
        if value is not None and CHANNELS[name].low <= value <= CHANNELS[name].high
    }
