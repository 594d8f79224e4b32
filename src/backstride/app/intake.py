"""Files in: walks what was handed in, has every file read and stored, and accounts for each one."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from backstride.app.reading import Done, Job
from backstride.app.workers import read_in_order, workers_for
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


@dataclass(slots=True)
class _Walk:
    """How far the walk through the files is."""

    done_bytes: int = 0


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
    import_id, lines, walk = store.begin_import(), list[LedgerLine](), _Walk()
    jobs = _jobs(store, found, zone, walk)
    try:
        for done in read_in_order(jobs, workers_for(total) if workers is None else workers):
            lines.append(_stored(store, import_id, done))
            tell(Progress(len(lines), walk.done_bytes, total, done.line.name))
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
        for member in map(_nameless, _members(each.file, each.name)):
            yield _job(store, member, zone, each.root.name)
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


def _stored(store: Store, import_id: int, done: Done) -> LedgerLine:
    """The line as it stands in the ledger."""
    if done.packed is not None and done.line.outcome in GIVES:
        return store.add_packed(import_id, done.packed, done.line)
    store.note_packed(import_id, done.line, done.packed)
    return done.line


def _members(file: Path, name: str) -> Iterator[Member]:
    """The files inside a file: itself, or what a zip or gz holds."""
    try:
        with file.open("rb") as opened:
            yield from members(opened, name)
    except OSError as error:
        yield Member(name, "unreadable", fault=BadFile(name, said("opening it"), _refusal(error)))


def _refusal(error: OSError) -> Said:
    return plainly(error.strerror) if error.strerror else said("the system refused")


def _nameless(member: Member) -> Member:
    """The member without the e-mail address that some makers put before each file's name."""
    return replace(member, name=_EMAIL.sub("", member.name))


def _without_data(member: Member, source: str) -> LedgerLine:
    if member.fault is not None:
        return LedgerLine(member.name, "unreadable", member.fault.told, source=source)
    return LedgerLine(member.name, "set_aside", said("system file"), source=source)
