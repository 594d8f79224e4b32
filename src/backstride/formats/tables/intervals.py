"""activities.csv of intervals.icu, as its page and its API hand it out: SI units, English names.

`feel` (1 is best) tells how the runner was, not how hard it was: it is no perceived exertion, and not read.

The API: https://intervals.icu/api/v1/docs/swagger-ui/index.html ; the columns are the fields of Activity.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from functools import partial

from backstride.formats.contents import Contents, source_of
from backstride.formats.tables.dates import Dates
from backstride.formats.tables.grid import grid_of, head_of
from backstride.formats.tables.sheet import Sheet, folded, places_of
from backstride.formats.tables.sport_names import kind_named
from backstride.formats.tables.summary import Summary, contents_of, local
from backstride.formats.zones import local_start
from backstride.model.activity import ZoneFrom
from backstride.model.errors import BadFile
from backstride.model.said import said

READER = "intervals_csv"
VERSION = 1
KIND = said("intervals.icu's list of activities")

_NAMES = {
    "id": ("id",),
    "date": ("start_date_local",),
    "utc": ("start_date",),
    "kind": ("type",),
    "title": ("name",),
    "description": ("description",),
    "moving": ("moving_time",),
    "elapsed": ("elapsed_time",),
    "distance": ("distance", "icu_distance"),
    "climb": ("total_elevation_gain",),
    "descent": ("total_elevation_loss",),
    "heart_rate": ("average_heartrate",),
    "cadence": ("average_cadence",),
    "power": ("icu_average_watts", "average_watts"),
    "rpe": ("icu_rpe", "perceived_exertion"),
    "gear": ("gear_name", "gear"),
}
_ID = re.compile(r"[A-Za-z]{0,2}\d{1,20}")
_OWN = "icu_"
"""Begins the names of what intervals.icu works out itself; lists of Strava's API lack them."""

BOTH_FEET_SPM = 125.0
"""intervals.icu keeps the cadence of the recording, which counts one foot; no run has so many strides."""


def knows(data: bytes, name: str) -> bool:
    """True where the bytes are intervals.icu's list of activities."""
    header = head_of(data)
    return header is not None and _is_intervals(header)


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """Each row as an activity, by its local clock; in UTC too where the table tells it.

    Raises: BadFile where it is no such table.
    """
    header = head_of(data)
    if header is None or not _is_intervals(header):
        raise BadFile(
            name, said("line {line}", line=1), said("this is not intervals.icu's list of activities")
        )
    grid = grid_of(data, name)
    sheet = Sheet(grid, _places(grid.header))
    reading = partial(_summary, sheet, sheet.dates("utc"), zone)
    return contents_of(sheet, sheet.dates("date"), reading, source_of(data, name, READER, VERSION), KIND)


def _is_intervals(header: tuple[str, ...]) -> bool:
    names = set(map(folded, header))
    return {"id", "start_date_local", "type"} <= names and any(each.startswith(_OWN) for each in names)


def _places(header: tuple[str, ...]) -> dict[str, int]:
    found = {
        field: [at for name in names for at in places_of(header, {name})] for field, names in _NAMES.items()
    }
    return {field: at[0] for field, at in found.items() if at}


def _summary(sheet: Sheet, utc: Dates, zone: tzinfo, row: int, moment: datetime) -> Summary:
    start, zone_from = _start(moment, utc.moments[row], zone)
    identity = sheet.text(row, "id")
    return Summary(
        start=start,
        zone_from=zone_from,
        kind=sheet.text(row, "kind"),
        distance_m=sheet.above_zero(row, "distance"),
        moving_s=sheet.seconds(row, "moving"),
        elapsed_s=sheet.seconds(row, "elapsed"),
        climb_m=sheet.number(row, "climb"),
        descent_m=sheet.number(row, "descent"),
        rpe=sheet.number(row, "rpe"),
        gear=sheet.text(row, "gear"),
        title=sheet.text(row, "title"),
        note=sheet.text(row, "description"),
        averages={
            "heart_rate_bpm": sheet.above_zero(row, "heart_rate"),
            "cadence_spm": _both_feet(sheet, row),
            "power_w": sheet.above_zero(row, "power"),
        },
        service_id=f"intervals:{identity}" if identity and _ID.fullmatch(identity) else None,
    )


def _start(moment: datetime, utc: datetime | None, zone: tzinfo) -> tuple[datetime, ZoneFrom]:
    """The start by its local clock, in the zone that this and the start in UTC make; else in the runner's."""
    if utc is None or utc.tzinfo is None or moment.tzinfo is not None:
        return local(moment, zone), "file"
    return local_start(utc, moment - utc.replace(tzinfo=None), None, zone)


def _both_feet(sheet: Sheet, row: int) -> float | None:
    cadence = sheet.above_zero(row, "cadence")
    known = kind_named(sheet.text(row, "kind") or "")
    if cadence is None or known is None or known[0] not in ("run", "walk", "ride"):
        return None
    return cadence if cadence >= BOTH_FEET_SPM and known[0] != "ride" else 2 * cadence
