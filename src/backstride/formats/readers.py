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
from backstride.formats.xml import gpx, tcx
from backstride.formats.xml.root import root_element
from backstride.model.errors import BadFile

__all__ = ["KNOWN_BUT_NOT_READ", "READERS", "Contents", "Reader", "read", "reader_of"]

Read = Callable[[bytes, str, tzinfo], Contents]


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format."""

    name: str
    version: int
    """Goes up when the same bytes would be read differently, so that a store can read them anew."""
    endings: tuple[str, ...]
    read: Read
    about: str


READERS: tuple[Reader, ...] = (
    Reader("fit", fit.VERSION, (".fit",), fit.read, "what watches record: every second with all sensors"),
    Reader("gpx", gpx.VERSION, (".gpx",), gpx.read, "a track of positions, with some sensors"),
    Reader("tcx", tcx.VERSION, (".tcx",), tcx.read, "Garmin's older training file: laps and a track"),
)
_ROOTS = {"gpx": "gpx", "trainingcenterdatabase": "tcx"}
"""XML root element in lower case -> reader."""

_BACK_TO_THE_SERVICE = "export the activity as FIT, TCX or GPX from the service it came from"
KNOWN_BUT_NOT_READ: dict[str, str] = {
    ".kml": f"a map overlay without times; {_BACK_TO_THE_SERVICE}",
    ".kmz": f"a packed map overlay without times; {_BACK_TO_THE_SERVICE}",
    ".sml": f"a Suunto Movescount log; {_BACK_TO_THE_SERVICE}",
    ".pwx": "a TrainingPeaks workout file; export the activity as FIT from TrainingPeaks",
    ".hrm": "a Polar HRM file; export the session as TCX from Polar Flow",
    ".omh": f"a health record in Open mHealth form; {_BACK_TO_THE_SERVICE}",
    ".json": f"a JSON file; {_BACK_TO_THE_SERVICE}",
    ".csv": f"a table; {_BACK_TO_THE_SERVICE}",
    ".tsv": f"a table; {_BACK_TO_THE_SERVICE}",
    ".xlsx": f"a spreadsheet; {_BACK_TO_THE_SERVICE}",
    ".html": "a web page, not an activity; download the file itself again, signed in",
    ".crs": "a Garmin course; courses hold no activity",
    ".fitlog": "a SportTracks log; export the activities as FIT or TCX from SportTracks",
    ".hst": "an old Garmin history file; export the activities as TCX from Garmin Training Center",
    ".srm": "an SRM power meter file; export the ride as FIT",
    ".wko": "a WKO+ file; export the activity as FIT",
    ".pdf": "a PDF document; it holds no recording",
    ".png": "a picture; it holds no recording",
    ".jpg": "a picture; it holds no recording",
    ".jpeg": "a picture; it holds no recording",
    ".mp4": "a film; it holds no recording",
    ".txt": "a text; it holds no recording",
}
"""File ending -> what the file is and what to do instead."""

_XML_NOT_READ: dict[str, str] = {
    "kml": KNOWN_BUT_NOT_READ[".kml"],
    "html": KNOWN_BUT_NOT_READ[".html"],
    "sml": KNOWN_BUT_NOT_READ[".sml"],
    "pwx": KNOWN_BUT_NOT_READ[".pwx"],
    "fitnessworkbook": KNOWN_BUT_NOT_READ[".fitlog"],
    "healthdata": "an Apple Health export; it is not read yet",
}
"""XML root element in lower case -> what the file is and what to do instead."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive inside another; unpack it first"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"%PDF", KNOWN_BUT_NOT_READ[".pdf"]),
    (b"\x89PNG", KNOWN_BUT_NOT_READ[".png"]),
    (b"\xff\xd8\xff", KNOWN_BUT_NOT_READ[".jpg"]),
    (b"SQLite format 3\0", "a database; export the activities as FIT, TCX or GPX instead"),
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
        raise BadFile(name, "byte 0", "the file is empty; download it or copy it from the watch again")
    if looks_like_fit(data):
        return _named("fit")
    root = root_element(data)
    if root is not None and root in _ROOTS:
        return _named(_ROOTS[root])
    raise BadFile(name, "byte 0", _why_not(data, name, root))


def _named(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)


def _why_not(data: bytes, name: str, root: str | None) -> str:
    """What the file is, and what would mend it."""
    expected = _expected(name)
    for signature, advice in _SIGNATURES:
        if data.startswith(signature):
            return f"this is {advice}"
    if root is not None:
        return f"this is {_XML_NOT_READ.get(root, f'an XML file of another kind (<{root[:40]}>)')}{expected}"
    begin = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin[:1] in (b"{", b"["):
        return f"this is {KNOWN_BUT_NOT_READ['.json']}{expected}"
    if not any(data):
        return f"the file holds nothing but zeros; copy it again{expected}"
    ending = _ending(name)
    if ending in KNOWN_BUT_NOT_READ:
        return f"this is {KNOWN_BUT_NOT_READ[ending]}"
    return f"this is no FIT, TCX or GPX file, nor any other that is known here{expected}"


def _expected(name: str) -> str:
    """What the name promised, where it names a format that is read."""
    ending = _ending(name)
    if any(ending in reader.endings for reader in READERS):
        return f", though its name ends in {ending}"
    return ""


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""
