"""What one file turned out to hold: the answer every reader gives."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from backstride.model.activity import Activity, Origin
from backstride.model.history import DayRecord, Shoe
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said


@dataclass(frozen=True, slots=True)
class Contents:
    """What one sound file holds, which may be no activity at all."""

    activities: tuple[Activity, ...]
    """In order of their start; empty where the file is sound but holds none."""
    kind: Said
    """What the file is, in plain words with its article: "an activity", "a workout plan", "a route"."""
    warnings: tuple[Said, ...] = ()
    """What was wrong with the file as a whole; each activity also carries those that concern it."""
    shoes: tuple[Shoe, ...] = ()
    days: tuple[DayRecord, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    """Rows of a table that gave nothing: with what it gave they are all its rows."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file that activities are being read from, and by which reader."""

    sha256: str
    name: str
    """Without folders."""
    reader: str
    reader_version: int

    def origin(self, index: int) -> Origin:
        """Where the activity at one place of the file came from."""
        return Origin(self.sha256, self.name, self.reader, self.reader_version, index)


def source_of(data: bytes, name: str, reader: str, reader_version: int) -> Source:
    """The file by its hash and its bare name, whatever folders `name` was given with."""
    bare = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return Source(hashlib.sha256(data).hexdigest(), bare, reader, reader_version)
