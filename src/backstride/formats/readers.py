"""The file formats that are read, and what to do with those that are not.

What a file is is told by its bytes; its ending counts only where they tell nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from backstride.formats.contents import Contents
from backstride.formats.fit import reader as fit
from backstride.formats.fit.file import looks_like_fit
from backstride.formats.tables import garmin, intervals, strava, strava_lists
from backstride.formats.tables.unknown import what_table
from backstride.formats.xml import gpx, tcx
from backstride.formats.xml.root import root_element
from backstride.model.errors import BadFile
from backstride.model.said import Said, plainly, said

__all__ = ["KNOWN_BUT_NOT_READ", "READERS", "Contents", "Reader", "read", "reader_of"]

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
        garmin.READER,
        garmin.VERSION,
        (".csv",),
        garmin.knows,
        garmin.read,
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
)
"""Asked in this order: the first that knows the bytes reads them."""

_BACK_TO_THE_SERVICE = said("export the activity as FIT, TCX or GPX from the service it came from")
KNOWN_BUT_NOT_READ: dict[str, Said] = {
    ".kml": said("a map overlay without times; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".kmz": said("a packed map overlay without times; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".sml": said("a Suunto Movescount log; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".pwx": said("a TrainingPeaks workout file; export the activity as FIT from TrainingPeaks"),
    ".hrm": said("a Polar HRM file; export the session as TCX from Polar Flow"),
    ".omh": said("a health record in Open mHealth form; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".json": said("a JSON file; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".tsv": said("a table; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".xlsx": said("a spreadsheet; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".html": said("a web page, not an activity; download the file itself again, signed in"),
    ".crs": said("a Garmin course; courses hold no activity"),
    ".fitlog": said("a SportTracks log; export the activities as FIT or TCX from SportTracks"),
    ".hst": said("an old Garmin history file; export the activities as TCX from Garmin Training Center"),
    ".srm": said("an SRM power meter file; export the ride as FIT"),
    ".wko": said("a WKO+ file; export the activity as FIT"),
    ".pdf": said("a PDF document; it holds no recording"),
    ".png": said("a picture; it holds no recording"),
    ".jpg": said("a picture; it holds no recording"),
    ".jpeg": said("a picture; it holds no recording"),
    ".mp4": said("a film; it holds no recording"),
    ".txt": said("a text; it holds no recording"),
}
"""File ending -> what the file is and what to do instead."""

_XML_NOT_READ: dict[str, Said] = {
    "kml": KNOWN_BUT_NOT_READ[".kml"],
    "html": KNOWN_BUT_NOT_READ[".html"],
    "sml": KNOWN_BUT_NOT_READ[".sml"],
    "pwx": KNOWN_BUT_NOT_READ[".pwx"],
    "fitnessworkbook": KNOWN_BUT_NOT_READ[".fitlog"],
    "healthdata": said("an Apple Health export; it is not read yet"),
}
"""XML root element in lower case -> what the file is and what to do instead."""

_SIGNATURES: tuple[tuple[bytes, Said], ...] = (
    (b"PK\x03\x04", said("a zip archive inside another; unpack it first")),
    (b"\x1f\x8b", said("packed with gzip; unpack it first")),
    (b"%PDF", KNOWN_BUT_NOT_READ[".pdf"]),
    (b"\x89PNG", KNOWN_BUT_NOT_READ[".png"]),
    (b"\xff\xd8\xff", KNOWN_BUT_NOT_READ[".jpg"]),
    (b"SQLite format 3\0", said("a database; export the activities as FIT, TCX or GPX instead")),
)
"""First bytes -> what the file is and what to do instead."""


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """What the file holds, by whichever reader its bytes ask for, whatever its name ends in.

    `zone` is the runner's own, for files that tell neither their local time nor a place.

    Raises: BadFile where it is of no kind that is read, or damaged beyond reading; `why` says the mend.
    """
    bare = name.replace("\\", "/").rpartition("/")[2]
    return reader_of(data, bare).read(data, bare, zone)


def reader_of(data: bytes, name: str) -> Reader:
    """The reader that the bytes ask for.

    Raises: BadFile where there is none.
    """
    if not data:
        raise BadFile(
            name,
            said("byte {at}", at=0),
            said("the file is empty; download it or copy it from the watch again"),
        )
    for reader in READERS:
        if reader.knows(data, name):
            return reader
    raise BadFile(name, said("byte {at}", at=0), _why_not(data, name))


def _why_not(data: bytes, name: str) -> Said:
    """What the file is, and what would mend it."""
    expected = _expected(name)
    for signature, advice in _SIGNATURES:
        if data.startswith(signature):
            return said("this is {what}{expected}", what=advice, expected="")
    root = root_element(data)
    if root is not None:
        return said(
            "this is {what}{expected}",
            what=_XML_NOT_READ.get(root, said("an XML file of another kind (<{root}>)", root=root[:40])),
            expected=expected,
        )
    begin = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin[:1] in (b"{", b"["):
        return said("this is {what}{expected}", what=KNOWN_BUT_NOT_READ[".json"], expected=expected)
    if not any(data):
        return said("the file holds nothing but zeros; copy it again{expected}", expected=expected)
    ending = _ending(name)
    table = what_table(data, ending)
    if table is not None:
        return said("this is {what}{expected}", what=table, expected="")
    if ending in KNOWN_BUT_NOT_READ:
        return said("this is {what}{expected}", what=KNOWN_BUT_NOT_READ[ending], expected="")
    return said(
        "this is no FIT, TCX or GPX file, nor any other that is known here{expected}", expected=expected
    )


def _expected(name: str) -> Said:
    """What the name promised, where it names a format that is read."""
    ending = _ending(name)
    if any(ending in reader.endings for reader in READERS):
        return said(", though its name ends in {ending}", ending=ending)
    return plainly("")


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""
