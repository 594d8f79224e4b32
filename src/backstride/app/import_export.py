"""An export brought back: every file is read anew, by today's readers, and all that was told is told again.

Into an empty store it brings back everything.  Into one that is not empty, only where that is asked for: then
files that are there already are left as they are, entries of the diary that are there already are not put in
twice, and of the profile only what is not told here is taken.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, tzinfo
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias
from zipfile import BadZipFile, ZipFile
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from backstride.app.actions import zone_of
from backstride.app.export import LEDGER, SCHEMA, TOLD, UNKEPT
from backstride.app.intake import ImportReport
from backstride.app.noting import Notes
from backstride.app.reading import Done, Job
from backstride.app.workers import read_in_order, workers_for
from backstride.formats.archive.unpack import MEMBER_BYTES, MEMBERS, TOTAL_BYTES, safe_name
from backstride.model.errors import BadInput
from backstride.model.history import Profile
from backstride.model.ledger import GIVES, OUTCOMES, LedgerLine, Outcome, SkippedRow
from backstride.model.said import Said, plainly, said
from backstride.store.activities import PackedActivity
from backstride.store.diary import KINDS, Entry
from backstride.store.errors import StoreError
from backstride.store.found import Found
from backstride.store.originals import PackedFile
from backstride.store.packing import Packed
from backstride.store.records import said_from_json, to_json
from backstride.store.store import Store
from backstride.store.whole import found_again, packed_again

TOLD_BYTES = 64 << 20
"""Ten years of a diary have about 5 MB."""
LINE_BYTES = 1 << 28
"""One activity with its columns; the longest have about 10 MB."""

Tell = Callable[[int, int], None]
_DAMAGE = (
    BadZipFile, OSError, KeyError, ValueError, TypeError, AttributeError, EOFError, RuntimeError, StoreError
)  # fmt: skip
"""What reading a zip that is no export, or a damaged one, may raise."""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What an export came to here."""

    report: ImportReport
    diary: int
    """Entries that are in the diary now and were not before."""
    diary_known: int
    """Entries that were there already."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What stands in `told.json`, checked."""

    profile: Profile
    entries: tuple[Entry, ...]
    zone: tzinfo


Gave: TypeAlias = tuple[tuple[PackedActivity, ...], tuple[Found, ...]]


def import_export(
    store: Store, zip: Path | BinaryIO, tell: Tell, merge: bool = False, workers: int | None = None
) -> BroughtBack:
    """What came of an export, a file on disk or an open one.

    `tell` is called after each file with how many are done, and of how many.

    Raises: BadInput where it is no export of backstride, or damaged in what was told, or where the store is
    not empty and `merge` is False; then nothing was stored.
    """
    if not merge and not store.is_empty():
        raise BadInput(
            (
                said(
                    "the store is not empty; an import brings back everything only into an empty one. With "
                    "--merge it adds what is not there yet, and changes nothing that is"
                ),
            )
        )
    with _opened(zip) as archive:
        try:
            told, count = _told(archive), _checked(archive)
        except _DAMAGE as error:
            raise _no_export(_name(zip)) from error
        new, known = _tell_again(store, told)
        return BroughtBack(_files(store, archive, told.zone, (count, tell), workers), new, known)


def _opened(zip: Path | BinaryIO) -> ZipFile:
    if isinstance(zip, Path) and not zip.is_file():
        raise BadInput((said("{path}: no such file or folder", path=zip.name),))
    try:
        return ZipFile(zip)
    except _DAMAGE as error:
        raise _no_export(_name(zip)) from error


def _name(zip: Path | BinaryIO) -> str:
    return zip.name if isinstance(zip, Path) else "the file"


def _no_export(name: str) -> BadInput:
    return BadInput(
        (
            said(
                "{name}: not a whole export of backstride; right would be a zip that backstride export "
                "wrote. Archives of watches come in with: backstride add",
                name=safe_name(name),
            ),
        )
    )


def _told(archive: ZipFile) -> _Told:
    """Raises: ValueError or KeyError where it is not what an export holds."""
    entries = archive.infolist()
    if len(entries) > MEMBERS or sum(each.file_size for each in entries) > TOTAL_BYTES:
        raise ValueError("larger than any export")
    whole = json.loads(_bytes(archive, TOLD, TOLD_BYTES))
    if whole["schema"] != SCHEMA:
        raise ValueError("another schema")
    try:
        profile = TypeAdapter(Profile).validate_python(whole["profile"])
        diary = tuple(_entry(row) for row in whole["diary"])
    except ValidationError as error:
        raise ValueError("a field is not what it should be") from error
    named = None if profile.zone is None else zone_of(profile)
    return _Told(profile, diary, named or ZoneInfo(str(whole["zone"])))


def _checked(archive: ZipFile) -> int:
    """How many lines the ledger has; each of them, and what was read from files not kept, is sound."""
    for _ in _unkept(archive):
        pass
    count = 0
    for row in _lines(archive, LEDGER):
        _line(row)
        _run(row)
        count += 1
    return count


def _entry(row: Mapping[str, Any]) -> Entry:
    entry: Entry = TypeAdapter(KINDS[row["kind"]]).validate_python(row["entry"])
    return entry


def _bytes(archive: ZipFile, name: str, most: int) -> bytes:
    """A member of the zip.  Raises: KeyError where there is none; ValueError where it is larger."""
    with archive.open(name) as member:
        data = member.read(most + 1)
    if len(data) > most:
        raise ValueError("a member larger than it may be")
    return data


def _lines(archive: ZipFile, name: str) -> Iterator[dict[str, Any]]:  # Any: JSON
    with archive.open(name) as member, TextIOWrapper(member, "utf-8") as text:
        while line := text.readline(LINE_BYTES):
            value = json.loads(line)
            if not isinstance(value, dict):
                raise ValueError("a line that is no object")
            yield value


def _tell_again(store: Store, told: _Told) -> tuple[int, int]:
    """How many entries are new in the diary, and how many were there."""
    before = {to_json([row.kind, row.entry]) for row in store.diary()}
    kinds = {made: kind for kind, made in KINDS.items()}
    new = [each for each in told.entries if to_json([kinds[type(each)], each]) not in before]
    store.change_profile(lambda here: _filled(here, told.profile))
    store.add(*new)
    return len(new), len(told.entries) - len(new)


def _filled(here: Profile, told: Profile) -> Profile:
    """What is told here stays; what is not is taken from the export."""
    open_fields = [each.name for each in fields(Profile) if getattr(here, each.name) in (None, False)]
    return replace(here, **{name: getattr(told, name) for name in open_fields})


@dataclass(slots=True)
class _Reading:
    """The ledger of the export on its way into this store."""

    store: Store
    archive: ZipFile
    zone: tzinfo
    unkept: Iterator[tuple[str, Gave]]
    """In the order in which the files stand in the ledger."""
    notes: Notes
    of: deque[Notes] = field(default_factory=deque)
    """To which import each job that is under way belongs."""
    seen: set[str] = field(default_factory=set)
    run: int | None = None

    def jobs(self) -> Iterator[Job | Done]:
        """Each file to be read, and each line that only says what became of one."""
        for row in _lines(self.archive, LEDGER):
            job = self._job(row)
            if job is not None:
                self._begin(row)
                self.of.append(self.notes)
                yield job

    def _begin(self, row: Mapping[str, Any]) -> None:
        run, began_at = _run(row)
        if self.run != run:
            self.run = run
            self.notes = Notes(self.store, self.store.begin_import(began_at))

    def _job(self, row: Mapping[str, Any]) -> Job | Done | None:
        line, sha256 = _line(row), row["sha256"]
        if sha256 is None:
            return Done(line)
        if sha256 in self.seen:
            return None if line.outcome in GIVES else Done(line)
        self.seen.add(sha256)
        known = self.store.known(sha256)
        if known is not None and known.outcome != "unreadable":
            why = said("the same as {name}", name=known.name)
            return Done(LedgerLine(line.name, "duplicate", why, known.activities, source=line.source))
        if row["file"] is None:
            return self._without_bytes(line, str(sha256), int(row["size_bytes"] or 0))
        try:
            data = _bytes(self.archive, row["file"], MEMBER_BYTES)
        except _DAMAGE:
            data = b""
        if hashlib.sha256(data).hexdigest() != sha256:
            return Done(replace(line, outcome="unreadable", why=said("the export is damaged here")))
        return Job(line.name, data, self.zone, line.source)

    def _without_bytes(self, line: LedgerLine, sha256: str, size: int) -> Done:
        activities, found = next((gave for of, gave in self.unkept if of == sha256), ((), ()))
        packed = Packed(PackedFile(sha256, size, None), activities, found)
        if line.outcome in GIVES and not (activities or found):
            return Done(
                replace(line, outcome="unreadable", why=said("the export does not hold what it gave"))
            )
        return Done(line, packed)


def _files(
    store: Store, archive: ZipFile, zone: tzinfo, progress: tuple[int, Tell], workers: int | None
) -> ImportReport:
    count, tell = progress
    size = sum(each.file_size for each in archive.infolist())
    reading = _Reading(store, archive, zone, _unkept(archive), Notes(store, 0))
    lines: list[LedgerLine] = []
    try:
        for done in read_in_order(reading.jobs(), workers_for(size) if workers is None else workers):
            notes = reading.of.popleft()
            lines.append(_stored(notes, done))
            if not reading.of or reading.of[0] is not notes:
                notes.write()
            tell(len(lines), count)
        reading.notes.write()
    except KeyboardInterrupt:
        reading.notes.write()
        return ImportReport(tuple(lines), stopped=True)
    return ImportReport(tuple(lines))


def _stored(notes: Notes, done: Done) -> LedgerLine:
    if done.packed is not None and done.line.outcome in GIVES:
        notes.write()
        return notes.store.add_packed(notes.import_id, done.packed, done.line)
    notes.take(done.line, done.packed)
    return done.line


def _line(row: Mapping[str, Any]) -> LedgerLine:
    """Raises: ValueError where it is no line of a ledger."""
    if row["outcome"] not in OUTCOMES or not all(isinstance(each, str) for each in row["activities"]):
        raise ValueError("no line of a ledger")
    if not isinstance(row["sha256"], str | None) or not isinstance(row["file"], str | None):
        raise ValueError("no line of a ledger")
    if not isinstance(row["size_bytes"], int | None):
        raise ValueError("no line of a ledger")
    outcome: Outcome = row["outcome"]
    skipped = tuple(SkippedRow(int(number), _said(why)) for number, why in row["skipped"])
    warnings = tuple(_said(each) for each in row["warnings"])
    ids = tuple(row["activities"])
    return LedgerLine(
        safe_name(str(row["name"])), outcome, _said(row["why"]), ids, warnings, skipped, str(row["source"])
    )


def _run(row: Mapping[str, Any]) -> tuple[int, datetime]:
    """Which import a line is of, and when that began.  Raises: ValueError where it does not say so."""
    began_at = datetime.fromisoformat(row["began_at"])
    if began_at.tzinfo is None:
        raise ValueError("a time of no zone")
    return int(row["import"]), began_at


def _said(sentence: object) -> Said:
    try:
        return said_from_json(json.dumps([sentence]))[0]
    except (KeyError, IndexError, AttributeError, TypeError):
        return plainly("")


def _unkept(archive: ZipFile) -> Iterator[tuple[str, Gave]]:
    """What each file gave whose bytes the export does not hold, with its hash."""
    if UNKEPT not in archive.namelist():
        return
    for sha256, rows in groupby(_lines(archive, UNKEPT), lambda row: str(row["sha256"])):
        activities: list[PackedActivity] = []
        found: list[Found] = []
        for row in rows:
            if "found" in row:
                found.append(found_again(row))
            else:
                activities.append(packed_again(sha256, row))
        yield sha256, (tuple(activities), tuple(found))
