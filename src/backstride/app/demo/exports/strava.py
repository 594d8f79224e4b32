"""A made-up Strava bulk export, to the layout that real ones have: tables, recordings and empty lists.

Nobody ran any of this.  The order of the columns is that of a real export of 2025, header only.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping, Sequence

_ENGLISH = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,"
    "Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,"
    "Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,"
    "Max Speed,Average Speed,Elevation Gain,Elevation Loss,Elevation Low,Elevation High,"
    "Max Grade,Average Grade,Average Positive Grade,Average Negative Grade,Max Cadence,"
    "Average Cadence,Max Heart Rate,Average Heart Rate,Max Watts,Average Watts,Calories,"
    "Max Temperature,Average Temperature,Relative Effort,Total Work,Number of Runs,"
    "Uphill Time,Downhill Time,Other Time,Perceived Exertion,Type,Start Time,"
    "Weighted Average Power,Power Count,Prefer Perceived Exertion,Perceived Relative Effort,"
    "Commute,Total Weight Lifted,From Upload,Grade Adjusted Distance,"
    "Weather Observation Time,Weather Condition,Weather Temperature,Apparent Temperature,"
    "Dewpoint,Humidity,Weather Pressure,Wind Speed,Wind Gust,Wind Bearing,"
    "Precipitation Intensity,Sunrise Time,Sunset Time,Moon Phase,Bike,Gear,"
    "Precipitation Probability,Precipitation Type,Cloud Cover,Weather Visibility,UV Index,"
    "Weather Ozone,Jump Count,Total Grit,Average Flow,Flagged,Average Elapsed Speed,"
    "Dirt Distance,Newly Explored Distance,Newly Explored Dirt Distance,Activity Count,"
    "Total Steps,Carbon Saved,Pool Length,Training Load,Intensity,"
    "Average Grade Adjusted Pace,Timer Time,Total Cycles,Media"
)
ENGLISH = tuple(next(csv.reader([_ENGLISH])))
"""The 94 columns of 2025."""

_OF_2020 = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,"
    "Elapsed Time,Distance,Relative Effort,Commute,Activity Gear,Filename,Athlete Weight,"
    "Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,"
    "Elevation Loss"
)
OF_2020 = tuple(next(csv.reader([_OF_2020])))
OF_2018 = (
    "id",
    "date",
    "name",
    "type",
    "description",
    "elapsed_time",
    "distance",
    "commute",
    "gear",
    "filename",
)

GERMAN_FIRST = (
    *("Aktivitäts-ID", "Aktivitätsdatum", "Name der Aktivität", "Aktivitätsart", "Aktivitätsbeschreibung"),
    *("Verstrichene Zeit", "Distanz", "Max. Herzfrequenz", "Relative Leistung", "Pendelfahrt"),
    *("Private Notiz", "Aktivitätsausrüstung", "Dateiname", "Gewicht des Athleten", "Gewicht des Fahrrads"),
    *("Verstrichene Zeit", "Bewegungszeit", "Distanz"),
)


def in_german(header: Sequence[str] = ENGLISH) -> tuple[str, ...]:
    """The header in German for as many columns as are known; the others by made-up names, doubled alike."""
    names = dict(zip(header, GERMAN_FIRST, strict=False))
    return tuple(names.get(name, f"Spalte {name[::-1]}") for name in header)


def in_no_known_language(header: Sequence[str] = ENGLISH) -> tuple[str, ...]:
    """The header with every letter of it changed, so that only the doubled names remain doubled."""
    return tuple("".join(chr(0x0531 + ord(sign) % 38) for sign in name) for name in header)


RUN: Mapping[str, str] = {
    "Activity ID": "90000000001",
    "Activity Date": "May 29, 2022, 3:53:35 PM",
    "Activity Name": "Made-up run, first",
    "Activity Type": "Run",
    "Activity Description": 'Made up.\nSecond line, with "quotes"',
    "Elapsed Time": "1428",
    "Distance": "3.32",
    "Activity Private Note": "back was stiff",
    "Activity Gear": "Blue ones",
    "Filename": "activities/80000000001.gpx.gz",
    "Elapsed Time 2": "1428.0",
    "Moving Time": "1411.0",
    "Distance 2": "3322.949951171875",
    "Elevation Gain": "61.878849029541016",
    "Elevation Loss": "86.0",
    "Average Cadence": "71.25904846191406",
    "Average Heart Rate": "143.5",
    "Average Watts": "241.0",
    "Perceived Exertion": "6.0",
}
"""One row by column name; "Distance 2" is the second column of that name."""
MANUAL = {
    **RUN,
    "Activity ID": "90000000002",
    "Activity Date": "Jun 13, 2022, 5:00:00 AM",
    "Activity Name": "Typed in",
    "Filename": "",
    "Activity Description": "",
    "Activity Private Note": "",
}


def row(told: Mapping[str, str], header: Sequence[str] = ENGLISH) -> list[str]:
    """The cells of a row, under an English header."""
    cells, seen = [], set()
    for name in header:
        cells.append(told.get(f"{name} 2" if name in seen else name, ""))
        seen.add(name)
    return cells


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table as Strava writes it."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode()


def activities(*told: Mapping[str, str], header: Sequence[str] | None = None) -> bytes:
    """activities.csv; `header` replaces the English one column by column."""
    return table(header or ENGLISH, [row(each) for each in told or (RUN, MANUAL)])


def shoes(*rows: Sequence[str]) -> bytes:
    """shoes.csv."""
    header = ("Shoe Name", "Shoe Brand", "Shoe Model", "Shoe Default Sport Types")
    return table(header, rows or (("Blue ones", "Made-up", "Model 1", "Run"), ("", "Made-up", "Model 2", "")))


def archive(recording: bytes) -> dict[str, bytes]:
    """An export of two rows, one of them with its recording, a GPX file: path inside it -> bytes."""
    empty = {
        "comments.csv": ("Comment Date", "Comment"),
        "bikes.csv": ("Bike Name", "Bike Brand", "Bike Model", "Bike Default Sport Types"),
        "logins.csv": ("IP Address", "Login Source", "Login Date & Time"),
        "routes.csv": ("Route Name", "Route Filename"),
    }
    return {
        "activities.csv": activities(),
        "shoes.csv": shoes(),
        **{path: table(header, ()) for path, header in empty.items()},
        "activities/80000000001.gpx.gz": gzip.compress(recording, mtime=0),
    }
