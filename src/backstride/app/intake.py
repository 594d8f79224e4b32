"""Files in: walks what was handed in, has every file read and stored, and accounts for each one."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from backstride.app.reading import Done, Job, read_streamed
from backstride.app.workers import read_in_order, workers_for
from backstride.formats.apple import reader as apple
from backstride.formats.archive.unpack import Member, members
from backstride.model.errors import BadFile, BadInput
from backstride.model.ledger import GIVES, OUTCOMES, LedgerLine, Outcome
from backstride.model.said import Said, plainly, said
from backstride.store.store import Store

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

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many files came to what; they add up to the number of lines."""
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in OUTCOMES}


@dataclass(frozen=True, slots=True)
class _Found:
    """One file on disk, and the path it was found under."""

    root: Path
    file: Path
    size: int

    @property
    def name(self) -> str:
        return self.file.name if self.root.is_file() else self.file.relative_to(self.root).as_posix()

    def source(self, member: str) -> str:
        """Where a member came from: what was handed in, or the archive lying in it that the member stood in.

        Zips further down are parts of an archive that somebody unpacked.
        """
        lies_in_it = not self.root.is_file() and "/" not in self.name and member != self.name
        return f"{self.root.name}/{self.name}" if lies_in_it else self.root.name


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
    found = [_Found(root, file, file.stat().st_size) for root in paths for file in _files(root)]
    total = sum(each.size for each in found)
    import_id, lines, walk = store.begin_import(), list[LedgerLine](), _Walk(total, tell)
    jobs = _jobs(store, found, zone, walk)
    try:
        for done in read_in_order(jobs, workers_for(total) if workers is None else workers):
            lines.append(_stored(store, import_id, done))
            walk.files += 1
            walk.went_by(done.line.name)
    except KeyboardInterrupt:
        return ImportReport(tuple(lines), stopped=True)
    tell(Progress(len(lines), total, total, ""))
    return ImportReport(tuple(lines))


def _files(root: Path) -> Iterator[Path]:
    """Every file under a path, nested, by name; links are not followed out of what was handed in."""
    if root.is_file():
        yield root
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def _jobs(store: Store, found: Sequence[_Found], zone: tzinfo, walk: _Walk) -> Iterator[Job | Done]:
    """Each file there is to read, and what became of those that need no reading."""
    before = 0
    for each in found:
        for member, at in _members(each.file, each.name):
            known, source = _nameless(member), each.source(member.name)
            if known.stream is None:
                yield _job(store, known, zone, source)
            else:
                yield _streamed(known, zone, source, _Reader(walk, before, each.size, at, known.name))
            walk.done_bytes = before + round(each.size * member.done_share)
        before += each.size
        walk.done_bytes = before


def _job(store: Store, member: Member, zone: tzinfo, source: str) -> Job | Done:
    if member.data is None:
        return Done(_without_data(member, source))
    known = store.known(hashlib.sha256(member.data).hexdigest())
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


def _stored(store: Store, import_id: int, done: Done) -> LedgerLine:
    """The line as it stands in the ledger."""
    if done.packed is not None and done.line.outcome in GIVES:
        return store.add_packed(import_id, done.packed, done.line)
    store.note_packed(import_id, done.line, done.packed)
    return done.line


def _members(file: Path, name: str) -> Iterator[tuple[Member, Callable[[], int]]]:
    """The files inside a file: itself, or what a zip or gz holds; and how far in its bytes it is."""
    try:
        with file.open("rb") as opened:
            for member in members(opened, name, apple.knows_apple):
                yield member, opened.tell
    except OSError as error:
        fault = BadFile(name, said("opening it"), _refusal(error))
        yield Member(name, "unreadable", fault=fault), lambda: 0


def _refusal(error: OSError) -> Said:
    return plainly(error.strerror) if error.strerror else said("the system refused")


def _nameless(member: Member) -> Member:
    """The member without the e-mail address that some makers put before each file's name."""
    return replace(member, name=_EMAIL.sub("", member.name))


def _without_data(member: Member, source: str) -> LedgerLine:
    if member.fault is not None:
        return LedgerLine(member.name, "unreadable", member.fault.told, source=source)
    return LedgerLine(member.name, "set_aside", said("system file"), source=source)
