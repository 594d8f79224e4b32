"""Files in: walks what was handed in, reads every file, stores it, and accounts for each one."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path

from backstride.formats.archive.unpack import Member, members
from backstride.formats.readers import Contents, read
from backstride.model.activity import Activity
from backstride.model.errors import BadFile, BadInput
from backstride.model.ledger import OUTCOMES, LedgerLine, Outcome
from backstride.model.said import Said, listed, plainly, said
from backstride.store.store import Store

_EMAIL = re.compile(r"[^/\\\s@]+@[^/\\\s@_]+_")
"""As in Garmin's account export: runner@mail.example_7001.fit."""
_SPORT_WORDS = {
    "walk": said("a walk"),
    "ride": said("a ride"),
    "swim": said("a swim"),
    "strength": said("strength training"),
}


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

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many files came to what; they add up to the number of lines."""
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in OUTCOMES}


def import_paths(store: Store, paths: Sequence[Path], zone: tzinfo, tell: Tell) -> ImportReport:
    """Everything under the paths is in the store, each file with one ledger line.

    One bad file never stops the rest.

    Raises: BadInput when a path does not exist; then nothing was imported.
    """
    if absent := [str(path) for path in paths if not path.exists()]:
        raise BadInput(tuple(said("{path}: no such file or folder", path=path) for path in absent))
    found = [(root, file) for root in paths for file in _files(root)]
    total = sum(file.stat().st_size for _, file in found)
    import_id, lines, done = store.begin_import(), [], 0
    for root, file in found:
        for member in map(_nameless, _members(file, _name(root, file))):
            lines.append(_take(store, import_id, member, zone))
            tell(Progress(len(lines), done, total, member.name))
        done += file.stat().st_size
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


def _name(root: Path, file: Path) -> str:
    return file.name if root.is_file() else file.relative_to(root).as_posix()


def _members(file: Path, name: str) -> Iterator[Member]:
    """The files inside a file: itself, or what a zip or gz holds."""
    try:
        with file.open("rb") as opened:
            yield from members(opened, name)
    except OSError as error:
        yield Member(
            name,
            "unreadable",
            fault=BadFile(
                name,
                said("opening it"),
                _refusal(error),
            ),
        )


def _refusal(error: OSError) -> Said:
    return plainly(error.strerror) if error.strerror else said("the system refused")


def _nameless(member: Member) -> Member:
    """The member without the e-mail address that some makers put before each file's name."""
    return replace(member, name=_EMAIL.sub("", member.name))


def _take(store: Store, import_id: int, member: Member, zone: tzinfo) -> LedgerLine:
    """The ledger line of one file, which is stored if it holds anything."""
    if member.data is None:
        line = _without_data(member)
        store.note(import_id, line)
        return line
    known = store.known(hashlib.sha256(member.data).hexdigest())
    if known is not None and known.outcome != "unreadable":
        line = LedgerLine(
            member.name, "duplicate", said("the same as {name}", name=known.name), known.activities
        )
        store.note(import_id, line)
        return line
    try:
        contents = read(member.data, member.name, zone)
    except BadFile as fault:
        line = LedgerLine(member.name, "unreadable", fault.told)
        store.note(import_id, line, member.data)
        return line
    line = _line(member.name, contents)
    if not contents.activities:
        store.note(import_id, line, member.data)
        return line
    return store.add_file(import_id, member.data, contents.activities, line)


def _without_data(member: Member) -> LedgerLine:
    if member.fault is not None:
        return LedgerLine(member.name, "unreadable", member.fault.told)
    return LedgerLine(member.name, "set_aside", said("system file"))


def _line(name: str, contents: Contents) -> LedgerLine:
    ids = tuple(activity.id for activity in contents.activities)
    if not ids:
        return LedgerLine(name, "set_aside", contents.kind, warnings=contents.warnings)
    warnings = tuple(
        dict.fromkeys((*contents.warnings, *(each for one in contents.activities for each in one.warnings)))
    )
    ran = any(activity.sport == "run" for activity in contents.activities)
    return LedgerLine(name, "imported" if ran else "kept", _what(contents.activities), ids, warnings)


def _what(activities: tuple[Activity, ...]) -> Said:
    """What the file holds, in words: "a run", "a ride", "a run and a swim"."""
    what = [
        said("a run") if each.sport == "run" else _SPORT_WORDS.get(each.sport, said("another activity"))
        for each in activities
    ]
    if len(what) == 1:
        return what[0]
    return said("{first} and {last}", first=listed(what[:-1]), last=what[-1])
