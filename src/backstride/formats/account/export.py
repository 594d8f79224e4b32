"""An account export: which of its files are read and how, and what the others are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from backstride.formats.account.days import Told, days_of
from backstride.formats.account.json_text import begins_as_json, entries
from backstride.formats.contents import Contents, Source
from backstride.model.errors import BadFile
from backstride.model.said import Said, said

Read = Callable[[bytes, Source, tzinfo], Contents]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of file that is read."""

    named: str
    """What stands in its name."""
    marked: bytes
    """What stands in its first bytes, where the name tells nothing."""
    read: Read


@dataclass(frozen=True, slots=True)
class Export:
    """The files of one maker's export."""

    parts: tuple[Part, ...]
    set_aside: tuple[tuple[str, Said], ...]
    """What stands in the name of a file that is not read -> what the file is."""
    head_bytes: int = 8192
    """How far into a file its mark may lie."""

    def knows(self, data: bytes, name: str) -> bool:
        """True where the bytes begin as JSON, and they or the name are of a file of the export."""
        return begins_as_json(data) and (self.part(data, name) is not None or self.kind(name) is not None)

    def read(self, data: bytes, name: str, source: Source, zone: tzinfo) -> Contents:
        """What the file holds, or of one that is not read only what it is.

        Raises: BadFile where it is no file of the export, or damaged beyond reading.
        """
        part = self.part(data, name)
        if part is not None:
            return part.read(data, source, zone)
        kind = self.kind(name)
        if kind is None:
            why = said("this is no file of the account export that it was taken for")
            raise BadFile(source.name, said("byte {at}", at=0), why)
        return Contents((), kind)

    def part(self, data: bytes, name: str) -> Part | None:
        """Which kind of file it is: by its name, or by its first bytes where the name is of none."""
        for part in self.parts:
            if re.search(part.named, name, re.IGNORECASE):
                return part
        if self.kind(name) is not None:
            return None
        head = data[: self.head_bytes]
        return next((part for part in self.parts if re.search(part.marked, head)), None)

    def kind(self, name: str) -> Said | None:
        """What a file is that is not read; None where the name tells of none."""
        found = (kind for pattern, kind in self.set_aside if re.search(pattern, name, re.IGNORECASE))
        return next(found, None)

    def word(self, name: str) -> re.Match[str] | None:
        """The part of a name that tells the kind of the file; None where nothing does."""
        patterns = (*(part.named for part in self.parts), *(pattern for pattern, _ in self.set_aside))
        found = (re.search(pattern, name, re.IGNORECASE) for pattern in patterns)
        return next((word for word in found if word is not None), None)


def days_read(kind: Said, told: Told) -> Read:
    """The reading of a file of days, each entry as `told` understands it."""

    def read(data: bytes, source: Source, _: tzinfo) -> Contents:
        found = entries(data, source.name)
        days, skipped = days_of(found.entries, told)
        return Contents((), kind, found.warnings, days=days, skipped=skipped)

    return read
