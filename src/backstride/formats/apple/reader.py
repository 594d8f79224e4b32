"""Apple Health's export.xml: every workout with the samples taken during it, and what is told of each day.

The file comes in export.zip, under apple_health_export/, with a name in the phone's language.  It may have
4 GB, so that it is read from a stream in one go and its samples are kept as small arrays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo
from io import BytesIO
from typing import BinaryIO

from backstride.formats.apple.activities import Around, Part, activity_from, parts_of
from backstride.formats.apple.days import days_of
from backstride.formats.apple.scan import MOST_UNSOUND_TAGS, Scanned, is_export, scan
from backstride.formats.contents import Contents, Source
from backstride.formats.xml.root import root_element
from backstride.model.errors import BadFile
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, said

READER = "apple"
VERSION = 2
EXPORT = said("an Apple Health export")
CLINICAL_COPY = said("the copy of an Apple Health export for clinics; what it holds stands in export.xml too")
ELECTROCARDIOGRAM = said("an electrocardiogram of an Apple Watch; it holds no run")

_CUT_SHORT = said("the file is cut short; what stands before was read; export it again")
_ECG_NAME = re.compile(r"(?:^|/)ecg_\d{4}-\d\d-\d\d(?:_\d+)?\.csv$", re.IGNORECASE)


def knows_apple(head: bytes, name: str) -> bool:
    """True where a file that begins so is an Apple Health export, whatever its name is."""
    return is_export(head)


def knows(data: bytes, name: str) -> bool:
    """True for the export and for what stands beside it in its archive."""
    return is_export(data) or _beside(data, name) is not None


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """What `read_stream` gives of a file at hand; its clinical copy and electrocardiograms hold no activity.

    Raises: BadFile as `read_stream`.
    """
    kind = _beside(data, name)
    return Contents((), kind) if kind is not None else read_stream(BytesIO(data), name, zone)


def read_stream(file: BinaryIO, name: str, zone: tzinfo) -> Contents:
    """Every workout as an activity, and every day of which something is told.

    `file` is read forward only, to its end.  `zone` is for workouts that do not tell theirs.  What stands in
    `skipped` counts workouts.  The activities' streams are made when asked for, out of the samples of all.

    Raises: BadFile where it is no such export, or declares entities.
    """
    scanned = scan(file)
    _refuse(scanned, name)
    warnings = _warnings(scanned)
    found = _sorted_out(scanned)
    around = Around(scanned.records.sorted(), scanned.records.source_named, _folder(name), zone, warnings)
    bare = name.replace("\\", "/").rpartition("/")[2]
    source = Source(scanned.sha256, bare, READER, VERSION)
    activities = tuple(
        activity_from(part, around, source.origin(index)) for index, part in enumerate(found.parts)
    )
    return Contents(activities, EXPORT, warnings, (), days_of(around.samples), found.skipped)


@dataclass(frozen=True, slots=True)
class _SortedOut:
    parts: list[Part]
    skipped: tuple[SkippedRow, ...]


def _sorted_out(scanned: Scanned) -> _SortedOut:
    parts: list[Part] = []
    skipped: list[SkippedRow] = []
    for row, workout in enumerate(scanned.workouts, 1):
        of_this = parts_of(workout)
        parts.extend(of_this)
        if not of_this:
            skipped.append(SkippedRow(row, said("a workout without a date")))
    return _SortedOut(sorted(parts, key=lambda part: part.start_s), tuple(skipped))


def _refuse(scanned: Scanned, name: str) -> None:
    bare = name.replace("\\", "/").rpartition("/")[2]
    if not scanned.rooted:
        raise BadFile(
            bare,
            said("byte {at}", at=0),
            said("this is no Apple Health export: it does not begin with <HealthData>"),
        )
    if scanned.declares_entities:
        raise BadFile(
            bare,
            said("its first lines"),
            said("it declares XML entities, which no Apple Health export does; export it again"),
        )


def _warnings(scanned: Scanned) -> tuple[Said, ...]:
    found: list[Said] = []
    if not scanned.whole:
        found.append(_CUT_SHORT)
    if scanned.records.unsound:
        found.append(
            said("{n} samples have no date or no value that can be right", n=scanned.records.unsound)
        )
    if scanned.broken_tags >= MOST_UNSOUND_TAGS:
        found.append(said("over {n} samples are cut off in their tag", n=MOST_UNSOUND_TAGS))
    return tuple(found)


def _folder(name: str) -> str:
    folder, slash, _ = name.replace("\\", "/").rpartition("/")
    return folder + slash


def _beside(data: bytes, name: str) -> Said | None:
    if _ECG_NAME.search(name.replace("\\", "/")) and data[:1] not in (b"<", b"{", b"["):
        return ELECTROCARDIOGRAM
    if name.lower().endswith("export_cda.xml") and root_element(data) == "clinicaldocument":
        return CLINICAL_COPY
    return None
