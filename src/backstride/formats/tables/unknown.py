"""What a table is that no reader knows, and what would be right instead."""

from __future__ import annotations

from backstride.formats.tables.garmin_columns import COLUMNS
from backstride.formats.tables.grid import rows_of_head
from backstride.formats.tables.sheet import folded, places_of
from backstride.model.said import Said, said

OTHER = said(
    "a table whose columns are not known here; the lists of activities that are read are activities.csv of a "
    "Strava export, Activities.csv of Garmin Connect and activities.csv of intervals.icu, as they come; "
    "else export the activities themselves as FIT, TCX or GPX"
)
ARRANGED = said(
    "a table of activities, but not as a service exports it, so that nobody can tell what its columns count "
    "and whose runs they are; export the list again from the service, and leave it as it comes"
)
LAPS = said(
    "the laps of one activity from Garmin Connect; export the activity itself there, with Export Original, "
    "which gives every second of it as FIT"
)

_LAPS = frozenset(
    {
        *("laps", "lap", "intervals", "interval", "split", "splits", "runden", "runde", "intervall", "varv"),
        *("intervalle", "circuits", "tours", "vueltas", "intervalo", "intervallo", "voltas", "ronden"),
        *("omgang", "omgange", "okrążenia", "okrążenie", "ラップ", "ラップ数", "计圈"),
    }
)
_TABLES = (".csv", ".tsv")
_ROWS = 3
"""How many lines of one width make a table of a file whose name does not say that it is one."""


def what_table(data: bytes, ending: str) -> Said | None:
    """What the table is and what would be right; None where the bytes are no table.  Never raises."""
    rows = rows_of_head(data, 20)
    if not rows or len(rows[0]) < 2:
        return OTHER if rows and ending in _TABLES else None
    if ending not in _TABLES and not (len(rows) >= _ROWS and len({len(row) for row in rows[:-1]}) == 1):
        return None
    header = rows[0]
    there = {field for field, names in COLUMNS.items() if places_of(header, names)}
    if {"time", "distance"} <= there:
        if "date" in there:
            return ARRANGED
        if any(folded(name) in _LAPS for name in header[:3]):
            return LAPS
    return OTHER
