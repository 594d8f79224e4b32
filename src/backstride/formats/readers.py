"""The file formats that are read, and what to do with those that are not.

What a file is is told by its bytes; its ending counts only where they tell nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from backstride.formats.apple import reader as apple
from backstride.formats.contents import Contents
from backstride.formats.fit import reader as fit
from backstride.formats.fit.file import looks_like_fit
from backstride.formats.fitbit import reader as fitbit
from backstride.formats.garmin import reader as garmin
from backstride.formats.health_connect import reader as health_connect
from backstride.formats.not_read import set_aside, why_not
from backstride.formats.polar import reader as polar
from backstride.formats.samsung import reader as samsung
from backstride.formats.tables import garmin as garmin_list
from backstride.formats.tables import intervals, strava, strava_lists
from backstride.formats.xml import gpx, tcx
from backstride.formats.xml.root import root_element
from backstride.model.errors import BadFile
from backstride.model.said import Said, said

__all__ = ["READERS", "Contents", "Reader", "read", "reader_of"]

Knows = Callable[[bytes, str], bool]
"""True where the bytes, or the file's own name with them, are of the format; cheap, and never raises."""
Read = Callable[[bytes, str, tzinfo], Contents]


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format."""

    name: str
    version: int
    """Goes up when the same bytes would be read differently, so that a store can read them anew."""
    endings: tuple[str, ...]
    knows: Knows
    read: Read
    about: Said


READERS: tuple[Reader, ...] = (
    Reader(
        "fit",
        fit.VERSION,
        (".fit",),
        lambda data, _: looks_like_fit(data),
        fit.read,
        said("what watches record: every second with all sensors"),
    ),
    Reader(
        "gpx",
        gpx.VERSION,
        (".gpx",),
        lambda data, _: root_element(data) == "gpx",
        gpx.read,
        said("a track of positions, with some sensors"),
    ),
    Reader(
        "tcx",
        tcx.VERSION,
        (".tcx",),
        lambda data, _: root_element(data) == "trainingcenterdatabase",
        tcx.read,
        said("Garmin's older training file: laps and a track"),
    ),
    Reader(
        strava.READER,
        strava.VERSION,
        (".csv",),
        strava.knows,
        strava.read,
        said("activities.csv of a Strava export: every activity in a row"),
    ),
    Reader(
        strava_lists.READER,
        strava_lists.VERSION,
        (".csv",),
        strava_lists.knows,
        strava_lists.read,
        said("the other tables of a Strava export: shoes, and lists that hold no activity"),
    ),
    Reader(
        garmin_list.READER,
        garmin_list.VERSION,
        (".csv",),
        garmin_list.knows,
        garmin_list.read,
        said("Activities.csv of Garmin Connect: every activity in a row, with its means"),
    ),
    Reader(
        intervals.READER,
        intervals.VERSION,
        (".csv",),
        intervals.knows,
        intervals.read,
        said("activities.csv of intervals.icu: every activity in a row"),
    ),
    Reader(
        garmin.READER,
        garmin.VERSION,
        (),
        garmin.knows,
        garmin.read,
        said("Garmin's account export: a row for each activity, the shoes, nights and days"),
    ),
    Reader(
        polar.READER,
        polar.VERSION,
        (),
        polar.knows,
        polar.read,
        said("Polar Flow's account export: sessions with every second, and nights"),
    ),
    Reader(
        fitbit.READER,
        fitbit.VERSION,
        (),
        fitbit.knows,
        fitbit.read,
        said("Fitbit's account export: a row for each activity, nights and days"),
    ),
    Reader(
        apple.READER,
        apple.VERSION,
        (),
        apple.knows,
        apple.read,
        said("Apple Health's export.xml: every workout with what the watch measured during it"),
    ),
    Reader(
        samsung.READER,
        samsung.VERSION,
        (),
        samsung.knows,
        samsung.read,
        said("Samsung Health's table of exercises, the recordings beside it, and its tables of days"),
    ),
    Reader(
        health_connect.READER,
        health_connect.VERSION,
        (),
        health_connect.knows,
        health_connect.read,
        said("the database of Android's Health Connect: sessions with the samples of their time"),
    ),
)
"""Asked in this order: the first that knows the bytes reads them."""

_ENDINGS = frozenset(ending for reader in READERS for ending in reader.endings)


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """What the file holds, by whichever reader its bytes ask for, whatever its name ends in.

    `name` is its path inside what was handed in, `zone` the runner's own, for files that tell neither their
    local time nor a place.

    Raises: BadFile where it is of no kind that is read, or damaged beyond reading; `why` says the mend.
    """
    path = name.replace("\\", "/")
    bare = path.rpartition("/")[2]
    reader = _knowing(data, bare)
    if reader is not None:
        return reader.read(data, bare, zone)
    contents = set_aside(data, path)
    if contents is not None:
        return contents
    return reader_of(data, bare).read(data, bare, zone)


def reader_of(data: bytes, name: str) -> Reader:
    """The reader that the bytes ask for.

    Raises: BadFile where there is none.
    """
    reader = _knowing(data, name)
    if reader is not None:
        return reader
    empty = said("the file is empty; download it or copy it from the watch again")
    raise BadFile(name, said("byte {at}", at=0), why_not(data, name, _ENDINGS) if data else empty)


def _knowing(data: bytes, name: str) -> Reader | None:
    return next((reader for reader in READERS if data and reader.knows(data, name)), None)
