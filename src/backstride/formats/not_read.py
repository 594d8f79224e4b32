"""What a file is that no reader knows: one that holds no activity, or one to export otherwise."""

from __future__ import annotations

import re

from backstride.formats.apple.reader import CLINICAL_COPY
from backstride.formats.contents import Contents
from backstride.formats.tables.unknown import what_table
from backstride.formats.xml.root import root_element
from backstride.model.said import Said, plainly, said

_BACK_TO_THE_SERVICE = said(
    "export the activity as FIT, TCX or GPX from the service it came from; how to get a whole archive tells: "
    "backstride sources"
)
_WEB_PAGE = said("a web page, not an activity; download the file itself again, signed in")
_SUUNTO = said("a Suunto Movescount log; {mend}", mend=_BACK_TO_THE_SERVICE)
_MAP = said("a map overlay without times; {mend}", mend=_BACK_TO_THE_SERVICE)
_WORKOUT = said("a TrainingPeaks workout file; export the activity as FIT from TrainingPeaks")
_LOG = said("a SportTracks log; export the activities as FIT or TCX from SportTracks")
KNOWN_BUT_NOT_READ: dict[str, Said] = {
    ".kml": _MAP,
    ".kmz": said("a packed map overlay without times; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".sml": _SUUNTO,
    ".pwx": _WORKOUT,
    ".hrm": said("a Polar HRM file; export the session as TCX from Polar Flow"),
    ".omh": said("a health record in Open mHealth form; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".json": said("a JSON file; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".tsv": said("a table; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".xlsx": said("a spreadsheet; {mend}", mend=_BACK_TO_THE_SERVICE),
    ".html": _WEB_PAGE,
    ".crs": said("a Garmin course; courses hold no activity"),
    ".fitlog": _LOG,
    ".hst": said("an old Garmin history file; export the activities as TCX from Garmin Training Center"),
    ".srm": said("an SRM power meter file; export the ride as FIT"),
    ".wko": said("a WKO+ file; export the activity as FIT"),
}
"""File ending -> what it is and what to do instead.  How to get a whole archive: `backstride sources`."""

_PICTURE, _FILM, _TEXT = said("a picture"), said("a film"), said("a text")
_SOUND, _DOCUMENT = said("a sound recording"), said("a document")
HOLDS_NOTHING: dict[str, Said] = {
    ".pdf": _DOCUMENT,
    ".png": _PICTURE,
    ".jpg": _PICTURE,
    ".jpeg": _PICTURE,
    ".gif": _PICTURE,
    ".heic": _PICTURE,
    ".webp": _PICTURE,
    ".svg": _PICTURE,
    ".mp4": _FILM,
    ".mov": _FILM,
    ".mp3": _SOUND,
    ".txt": _TEXT,
    ".md": _TEXT,
    ".docx": _DOCUMENT,
}
"""File ending -> what the file is: sound, and nobody's recording."""

_HOLDS_NOTHING_BY_BYTES: tuple[tuple[bytes, Said], ...] = (
    (b"%PDF", _DOCUMENT),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
)
_HOLDS_NOTHING_BY_FOLDER: tuple[tuple[re.Pattern[str], Said], ...] = (
    (re.compile(r"(^|/)DI[-_][A-Z].*\.json$"), said("a file of Garmin's account that holds no activity")),
    (
        re.compile(r"(^|/)Takeout/.*\.(json|csv|html)$"),
        said("a file of Google's archive that holds no activity"),
    ),
    (
        re.compile(r"(^|/)backstride/(told|ledger|unkept|answer)\.(json|ndjson|html)$"),
        said("part of an export of backstride: bring all of it back with: backstride import"),
    ),
)
"""A maker adds lists from year to year: what stands in its folders and is none of those read holds no run."""

_XML_NOT_READ: dict[str, Said] = {
    "kml": _MAP,
    "html": _WEB_PAGE,
    "sml": _SUUNTO,
    "pwx": _WORKOUT,
    "fitnessworkbook": _LOG,
}
"""XML root element in lower case -> what the file is and what to do instead."""

_SIGNATURES: tuple[tuple[bytes, Said], ...] = (
    (b"PK\x03\x04", said("a zip archive inside another; unpack it first")),
    (b"\x1f\x8b", said("packed with gzip; unpack it first")),
    (b"SQLite format 3\0", said("a database; export the activities as FIT, TCX or GPX instead")),
)
"""First bytes -> what the file is and what to do instead."""


def set_aside(data: bytes, name: str) -> Contents | None:
    """What a sound file that holds no activity is; None where it may be one that could not be read.

    `name` is its path inside what was handed in.
    """
    for signature, kind in _HOLDS_NOTHING_BY_BYTES:
        if data.startswith(signature):
            return Contents((), kind)
    for pattern, kind in _HOLDS_NOTHING_BY_FOLDER:
        if pattern.search(name) and not _only_zeros(data):
            return Contents((), kind)
    if root_element(data) == "clinicaldocument":
        return Contents((), CLINICAL_COPY)
    ending = ending_of(name)
    if ending in HOLDS_NOTHING and data[:1] not in (b"<", b"{") and not _only_zeros(data):
        return Contents((), HOLDS_NOTHING[ending])
    return None


def why_not(data: bytes, name: str, endings: frozenset[str]) -> Said:
    """What the file is, and what would mend it; `endings` are those of the formats that are read."""
    promised = _promised(name, endings)
    for signature, advice in _SIGNATURES:
        if data.startswith(signature):
            return said("this is {what}{promised}", what=advice, promised="")
    root = root_element(data)
    if root is not None:
        other = said("an XML file of another kind (<{root}>)", root=root[:40])
        return said("this is {what}{promised}", what=_XML_NOT_READ.get(root, other), promised=promised)
    begin = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin[:1] in (b"{", b"["):
        return said("this is {what}{promised}", what=KNOWN_BUT_NOT_READ[".json"], promised=promised)
    if _only_zeros(data):
        return said("the file holds nothing but zeros; copy it again{promised}", promised=promised)
    ending = ending_of(name)
    table = what_table(data, ending)
    if table is not None:
        return said("this is {what}{promised}", what=table, promised="")
    if ending in KNOWN_BUT_NOT_READ:
        return said("this is {what}{promised}", what=KNOWN_BUT_NOT_READ[ending], promised="")
    return said("this is no file of a kind that is known here{promised}", promised=promised)


def _only_zeros(data: bytes) -> bool:
    # any() takes a second for 50 MB of zeros, and there are archives of such files
    return not data.lstrip(b"\0")


def _promised(name: str, endings: frozenset[str]) -> Said:
    """What the name promised, where it names a format that is read."""
    ending = ending_of(name)
    return said(", though its name ends in {ending}", ending=ending) if ending in endings else plainly("")


def ending_of(name: str) -> str:
    """Of the file's own name, in lower case and with its dot; empty where there is none."""
    bare = name.rpartition("/")[2]
    return f".{bare.rpartition('.')[2].lower()}" if "." in bare else ""
