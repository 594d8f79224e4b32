"""The made-up archive as the tests see it: its files, and what our readers make of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.app.demo.story import ZONE, Story
from backstride.formats.archive.unpack import Member, members
from backstride.formats.readers import read
from backstride.model.activity import Activity
from backstride.model.errors import BadFile
from backstride.model.ledger import Outcome

STORY = Story(date(2026, 3, 22))


@dataclass(frozen=True)
class Archive:
    """The files on disk and what was promised of them."""

    folder: Path
    expected: dict[str, Outcome]


@dataclass(frozen=True)
class Decoded:
    """What became of each file, by its own name, and every activity once."""

    outcomes: dict[str, Outcome]
    activities: tuple[Activity, ...]

    @property
    def runs(self) -> list[Activity]:
        """By start."""
        return sorted((each for each in self.activities if each.sport == "run"), key=lambda run: run.start)


def decode(folder: Path) -> Decoded:
    """Read straight by the readers, without a store."""
    outcomes: dict[str, Outcome] = {}
    found: list[Activity] = []
    seen: set[str] = set()
    for member in unpacked(folder):
        outcomes[own_name(member)] = _outcome(member, seen, found)
    return Decoded(outcomes, tuple(found))


def unpacked(folder: Path) -> Iterator[Member]:
    """Every file under a folder, zips and gz unpacked, in a fixed order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as opened:
                yield from members(opened, path.relative_to(folder).as_posix())


def own_name(member: Member) -> str:
    return member.name.rpartition("/")[2]


def _outcome(member: Member, seen: set[str], found: list[Activity]) -> Outcome:
    if member.data is None:
        return "unreadable"
    digest = hashlib.sha256(member.data).hexdigest()
    if digest in seen:
        return "duplicate"
    seen.add(digest)
    try:
        contents = read(member.data, member.name, ZoneInfo(ZONE))
    except BadFile:
        return "unreadable"
    found += (each for each in contents.activities if each.origin.reader != "strava_csv")
    if not contents.activities:
        return "besides" if contents.shoes else "set_aside"
    return "imported" if any(each.sport == "run" for each in contents.activities) else "kept"
