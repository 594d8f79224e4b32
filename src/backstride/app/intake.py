"""Files in: walks what was handed in, has every file read and stored, and accounts for each one."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from backstride.app.noting import Notes
from backstride.app.reading import Done, Job, read_streamed
from backstride.app.workers import read_in_order, workers_for
from backstride.formats.apple import reader as apple
from backstride.formats.archive.unpack import Kind, Member, members, safe_name
from backstride.model.errors import BadFile, BadInput
from backstride.model.ledger import GIVES, OUTCOMES, LedgerLine, Outcome
from backstride.model.said import Said, plainly, said
from backstride.store.store import Store

_NOT_READ: dict[Kind, Said] = {
    "system file": said("system file"),
    "link": said("a link to another place; links are not followed"),
    "no file": said("a pipe, a socket or a device; only files are read"),
    "empty folder": said("the folder holds no file"),
}
_EMAIL = re.compile(r"[^/\\\s@]+@[^/\\\s@_]+_")
"""As in Garmin's account export: runner@mail.example_7001.fit."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is, by the bytes on disk that were gone through."""

    files: int
    done_bytes: int
    total_bytes: int
    name: str


Tell = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every file of one import."""

    lines: tuple[LedgerLine, ...]
    stopped: bool = False
    """True where it was broken off by Ctrl-C: what is in stays, and the next import goes on from there."""
    import_id: int | None = None
    """As the ledger has it; None where nothing was imported."""

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many files came to what; they add up to the number of lines."""
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in OUTCOMES}


@dataclass(frozen=True, slots=True)
class _Found:
    """One file on disk, or what stands there instead of one."""

    file: Path
    name: str
    """Its path inside what was handed in."""
    source: str
    """Name of what was handed in."""
    size: int = 0
    instead: Member | None = None
    """What cannot be opened, or is not to be."""

    def source_of(self, member: str) -> str:
        """Where a member came from: what was handed in, or the archive lying in it that the member stood in.

        Zips further down are parts of an archive that somebody unpacked.
        """
        lies_in_it = self.name not in (self.source, member) and "/" not in self.name
        return f"{self.source}/{self.name}" if lies_in_it else self.source


@dataclass(slots=True)
class _Walk:
    """How far the walk through the files is, and whom it tells."""

    total_bytes: int
    tell: Tell
    done_bytes: int = 0
    files: int = 0

    def went_by(self, name: str) -> None:
        """Tells how far it is."""
        self.tell(Progress(self.files, min(self.done_bytes, self.total_bytes), self.total_bytes, name))


def import_paths(
    store: Store, paths: Sequence[Path], zone: tzinfo, tell: Tell, workers: int | None = None
) -> ImportReport:
    """Everything under the paths is in the store, each file with one ledger line.

    One bad file never stops the rest.  `workers` is how many processes read; None: as the size asks for.

    Raises: BadInput when a path does not exist; then nothing was imported.
    """
    if absent := [str(path) for path in paths if not path.exists()]:
        raise BadInput(tuple(said("{path}: no such file or folder", path=path) for path in absent))
    found = [each for root in paths for each in _files(root)]
    total = sum(each.size for each in found)
    notes = Notes(store, store.begin_import())
    lines, walk = list[LedgerLine](), _Walk(total, tell)
    jobs = _jobs(notes, found, zone, walk)
    try:
        for done in read_in_order(jobs, workers_for(total) if workers is None else workers):
            lines.append(_stored(notes, done))
            walk.files += 1
            walk.went_by(done.line.name)
        notes.write()
    except KeyboardInterrupt:
        notes.write()
        return ImportReport(tuple(lines), stopped=True, import_id=notes.import_id)
    tell(Progress(len(lines), total, total, ""))
    return ImportReport(tuple(lines), import_id=notes.import_id)


def _files(root: Path) -> list[_Found]:
    """Everything under a path that is no folder, nested, by name; only what was handed in may be a link."""
    source = root.name or root.resolve().name
    if not root.is_dir():
        return [_found(root, root.name, source, root.stat)]
    inside = list(_inside(root, source))
    if not inside:
        return [_Found(root, source, source, instead=Member(safe_name(source), "empty folder"))]
    return sorted(inside, key=lambda found: found.file)


def _inside(root: Path, source: str) -> Iterator[_Found]:
    """What is in a folder; no recursion, since folders may stand thousands deep in one another."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as scanned:
                entries = list(scanned)
        except OSError as error:
            name = folder.relative_to(root).as_posix()
            yield _Found(folder, name, source, instead=_refused(name, error))
            continue
        for entry in entries:
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                yield _found(path, path.relative_to(root).as_posix(), source, path.lstat)


def _found(path: Path, name: str, source: str, look: Callable[[], os.stat_result]) -> _Found:
    """What stands at the path; it may be gone by now."""
    try:
        status = look()
    except OSError as error:
        return _Found(path, name, source, instead=_refused(name, error))
    if stat.S_ISREG(status.st_mode):
        return _Found(path, name, source, status.st_size)
    kind: Kind = "link" if stat.S_ISLNK(status.st_mode) else "no file"
    return _Found(path, name, source, instead=Member(safe_name(name), kind))


def _jobs(notes: Notes, found: Sequence[_Found], zone: tzinfo, walk: _Walk) -> Iterator[Job | Done]:
    """Each file there is to read, and what became of those that need no reading."""
    before = 0
    for each in found:
        for member, at in _members(each):
            known, source = _nameless(member), each.source_of(member.name)
            if known.stream is None:
                yield _job(notes, known, zone, source)
            else:
                yield _streamed(known, zone, source, _Reader(walk, before, each.size, at, known.name))
            walk.done_bytes = before + round(each.size * member.done_share)
        before += each.size
        walk.done_bytes = before


def _job(notes: Notes, member: Member, zone: tzinfo, source: str) -> Job | Done:
    if member.data is None:
        return Done(_without_data(member, source))
    known = notes.known(hashlib.sha256(member.data).hexdigest())
    if known is not None and known.outcome != "unreadable":
        why = said("the same as {name}", name=known.name)
        return Done(LedgerLine(member.name, "duplicate", why, known.activities, source=source))
    return Job(member.name, member.data, zone, source, member.warning)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One large file on its way through, which tells how far it is."""

    walk: _Walk
    before: int
    size: int
    at: Callable[[], int]
    name: str

    def __call__(self) -> None:
        self.walk.done_bytes = self.before + min(self.size, self.at())
        self.walk.went_by(self.name)


def _streamed(member: Member, zone: tzinfo, source: str, on_the_way: Callable[[], None]) -> Done:
    """What became of a file too large to be handed on: read here, before the next is asked for."""
    if member.stream is None:
        raise ValueError("a member without a stream is read elsewhere")
    return read_streamed(member.stream, Job(member.name, b"", zone, source, member.warning), on_the_way)


def _stored(notes: Notes, done: Done) -> LedgerLine:
    """The line as it stands in the ledger; of a file that gave nothing, as it will."""
    if done.packed is not None and done.line.outcome in GIVES:
        notes.write()
        return notes.store.add_packed(notes.import_id, done.packed, done.line)
    notes.take(done.line, done.packed)
    return done.line


def _members(found: _Found) -> Iterator[tuple[Member, Callable[[], int]]]:
    """The files inside a file: itself, or what a zip or gz holds; and how far in its bytes it is."""
    if found.instead is not None:
        yield found.instead, lambda: 0
        return
    try:
        with found.file.open("rb") as opened:
            for member in members(opened, found.name, apple.knows_apple):
                yield member, opened.tell
    except OSError as error:
        yield _refused(found.name, error), lambda: 0


def _refused(name: str, error: OSError) -> Member:
    path = safe_name(name)
    return Member(path, "unreadable", fault=BadFile(path, said("opening it"), _refusal(error)))


def _refusal(error: OSError) -> Said:
    return plainly(error.strerror) if error.strerror else said("the system refused")


def _nameless(member: Member) -> Member:
    """The member without the e-mail address that some makers put before each file's name."""
    return replace(member, name=_EMAIL.sub("", member.name))


def _without_data(member: Member, source: str) -> LedgerLine:
    if member.fault is not None:
        return LedgerLine(member.name, "unreadable", member.fault.told, source=source)
    return LedgerLine(member.name, "set_aside", _NOT_READ[member.kind], source=source)
