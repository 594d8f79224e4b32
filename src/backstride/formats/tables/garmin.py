"""Activities.csv of Garmin Connect: the list of activities with their means, as its web page exports it."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from functools import partial

from backstride.formats.contents import Contents, source_of
from backstride.formats.tables.clock import seconds
from backstride.formats.tables.garmin_columns import names_are_known, places, places_are_known
from backstride.formats.tables.garmin_legs import told_by_legs
from backstride.formats.tables.garmin_units import Units, distance_m, sport_of, units_of
from backstride.formats.tables.grid import grid_of, rows_of_head
from backstride.formats.tables.sheet import Sheet
from backstride.formats.tables.summary import Summary, contents_of, local
from backstride.model.errors import BadFile
from backstride.model.said import Said, said

READER = "garmin_csv"
VERSION = 2
KIND = said("Garmin Connect's list of activities")

UNKNOWN_LANGUAGE = said(
    "the columns are named in a language that is not known here; only kind, date, title, distance and "
    "duration are taken.  Switch Garmin Connect to English and export the list again"
)
KILOMETRES = said("nothing in the list tells kilometres from miles; taken as kilometres")

REPAIR_MINUTES = "repair_minutes_taken_for_hours"
PACE_SLACK = 0.03
"""Pace is rounded to the second and distance to ten metres: together they miss the duration by less."""

_ISO_SECOND = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")


def knows(data: bytes, name: str) -> bool:
    """True where the bytes are Garmin Connect's list of activities."""
    rows = rows_of_head(data, 2)
    return bool(rows) and _is_garmin(rows)


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """Each row as an activity.  Its dates are the watch's own clock without a zone: taken in the runner's.

    Raises: BadFile where it is no such table.
    """
    head = rows_of_head(data, 2)
    if not head or not _is_garmin(head):
        raise BadFile(
            name, said("line {line}", line=1), said("this is not Garmin Connect's list of activities")
        )
    grid = grid_of(data, name)
    sheet = Sheet(grid, places(grid.header))
    units = units_of(sheet)
    reading = partial(_summary, sheet, units, zone)
    source = source_of(data, name, READER, VERSION)
    return contents_of(
        sheet, sheet.dates("date"), reading, source, KIND, _doubts(sheet, units), leave_out=told_by_legs
    )


def _is_garmin(rows: list[tuple[str, ...]]) -> bool:
    if names_are_known(rows[0]):
        return True
    first = rows[1] if len(rows) > 1 else ()
    return places_are_known(rows[0]) and len(first) > 1 and bool(_ISO_SECOND.fullmatch(first[1]))


def _doubts(sheet: Sheet, units: Units) -> tuple[Said, ...]:
    doubts = [] if names_are_known(sheet.grid.header) else [UNKNOWN_LANGUAGE]
    if not units.certain and any(sheet.above_zero(row, "distance") for row in range(len(sheet.grid.rows))):
        doubts.append(KILOMETRES)
    return tuple(doubts)


def _summary(sheet: Sheet, units: Units, zone: tzinfo, row: int, moment: datetime) -> Summary:
    climb, descent = sheet.number(row, "climb"), sheet.number(row, "descent")
    moving_s, elapsed_s = sheet.seconds(row, "time"), sheet.seconds(row, "elapsed")
    mangled = _minutes_as_hours(sheet, row, moving_s)
    if mangled:
        moving_s, elapsed_s = _times(moving_s, 1 / 60), None
    return Summary(
        start=local(moment, zone),
        zone_from="file",
        kind=sheet.text(row, "kind"),
        distance_m=distance_m(sheet, row, units),
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        climb_m=None if climb is None else climb * units.climb_m,
        descent_m=None if descent is None else descent * units.climb_m,
        gear=sheet.text(row, "shoe"),
        title=sheet.text(row, "title"),
        averages=_averages(sheet, units, row),
        repairs=(REPAIR_MINUTES,) if mangled else (),
    )


def _minutes_as_hours(sheet: Sheet, row: int, moving_s: float | None) -> bool:
    """True where a spreadsheet took the minutes and seconds of a duration for hours and minutes.

    "46:46" then reads "46:46:00"; the pace and the distance beside it make the sixtieth of that.
    """
    pace_s, told = seconds(sheet.text(row, "pace") or ""), sheet.above_zero(row, "distance")
    if moving_s is None or pace_s is None or told is None or moving_s % 60:
        return False
    return abs(moving_s / 60 / (pace_s * told) - 1) < PACE_SLACK


def _averages(sheet: Sheet, units: Units, row: int) -> dict[str, float | None]:
    """The means by channel; those of the feet only where feet carried the runner."""
    sport = sport_of(sheet, row)
    told = {
        "heart_rate_bpm": sheet.above_zero(row, "heart_rate"),
        "power_w": sheet.above_zero(row, "power"),
    }
    cadence = sheet.above_zero(row, "cadence")
    if sport == "ride":
        return told | {"cadence_spm": _times(cadence, 2)}  # turns of the pedals
    if sport not in ("run", "walk"):
        return told
    return told | {
        "cadence_spm": cadence,  # both feet, as Garmin Connect shows it
        "step_length_mm": _times(sheet.above_zero(row, "step_length"), 1000),  # of one step, called a stride
        "vertical_oscillation_mm": _times(
            sheet.above_zero(row, "vertical_oscillation"), units.oscillation_mm
        ),
        "vertical_ratio_share": _times(sheet.above_zero(row, "vertical_ratio"), 0.01),
        "contact_ms": sheet.above_zero(row, "contact"),
        "balance_left_share": sheet.left_share(row, "balance"),
    }


def _times(value: float | None, unit: float) -> float | None:
    return None if value is None else round(value * unit, 6)
