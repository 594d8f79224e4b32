"""activities.csv of a Strava export: every activity of the runner, with the path of its recording."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import partial
from statistics import median

from backstride.formats.contents import Contents, source_of
from backstride.formats.tables.grid import grid_of, rows_of_head
from backstride.formats.tables.sheet import Sheet
from backstride.formats.tables.sport_names import kind_named
from backstride.formats.tables.strava_columns import is_strava, places
from backstride.formats.tables.summary import Summary, contents_of
from backstride.model.errors import BadFile
from backstride.model.said import said

READER = "strava_csv"
VERSION = 1
KIND = said("Strava's list of activities")

FASTEST_MPS = 40.0
"""Whatever is faster was not metres: exports of 2018 and before give metres, those after it kilometres."""


def knows(data: bytes, name: str) -> bool:
    """True where the bytes are an activities.csv of Strava, in whatever language."""
    rows = rows_of_head(data, 2)
    return bool(rows) and is_strava(rows)


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """Each row as an activity; those typed in by hand too, which name no file.

    Its dates are in UTC: a run that the table dates 15:53:35 has a FIT file that begins at 15:53:35Z.

    Raises: BadFile where it is no such table.
    """
    head = rows_of_head(data, 2)
    if not head or not is_strava(head):
        raise BadFile(name, said("line {line}", line=1), said("this is not Strava's list of activities"))
    grid = grid_of(data, name)
    sheet = Sheet(grid, places(grid.header, grid.rows[:50]))
    reading = partial(_summary, sheet, zone, _display_m(sheet))
    return contents_of(sheet, sheet.dates("date"), reading, source_of(data, name, READER, VERSION), KIND)


def _summary(sheet: Sheet, zone: tzinfo, display_m: float, row: int, moment: datetime) -> Summary:
    utc = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    kind = sheet.text(row, "kind")
    distance_m = sheet.above_zero(row, "distance_si")
    if distance_m is None:
        shown = sheet.above_zero(row, "distance")
        distance_m = None if shown is None else shown * display_m
    notes = (sheet.text(row, "description"), sheet.text(row, "private_note"))
    return Summary(
        start=utc.astimezone(zone),
        zone_from="profile",
        kind=kind,
        distance_m=distance_m,
        moving_s=sheet.seconds(row, "moving"),
        elapsed_s=sheet.seconds(row, "elapsed_si") or sheet.seconds(row, "elapsed"),
        climb_m=sheet.number(row, "gain"),
        descent_m=sheet.number(row, "loss"),
        rpe=sheet.number(row, "rpe"),
        gear=sheet.text(row, "gear"),
        title=sheet.text(row, "title"),
        note="\n".join(note for note in notes if note is not None) or None,
        averages={
            "heart_rate_bpm": sheet.above_zero(row, "heart_rate"),
            "cadence_spm": _both_feet(sheet.above_zero(row, "cadence"), kind),
            "power_w": sheet.above_zero(row, "power"),
        },
        service_id=_service_id(sheet.text(row, "id")),
        file=sheet.text(row, "file"),
    )


def _both_feet(cadence: float | None, kind: str | None) -> float | None:
    """Strava counts one foot, and one turn of the pedals; None where no feet are counted."""
    known = None if kind is None else kind_named(kind)
    return 2 * cadence if cadence is not None and known and known[0] in ("run", "walk", "ride") else None


def _service_id(told: str | None) -> str | None:
    """The same id for every copy of the activity; None where a spreadsheet has rounded it."""
    digits = (told or "").removesuffix(".0")
    return f"strava:{digits}" if digits.isascii() and digits.isdigit() and int(digits) > 0 else None


def _display_m(sheet: Sheet) -> float:
    """How many metres one of the distance that Strava shows is: a kilometre, in very old exports a metre."""
    speeds = [
        distance / duration
        for row in range(len(sheet.grid.rows))
        if (distance := sheet.above_zero(row, "distance")) and (duration := sheet.seconds(row, "elapsed"))
    ]
    return 1.0 if speeds and 0.3 < median(speeds) < FASTEST_MPS else 1000.0
