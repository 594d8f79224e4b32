"""Every file handed in, by the hash of its bytes: so that a better reader can read it anew."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

import zstandard

from backstride.model.ledger import Outcome
from backstride.model.said import said
from backstride.store.errors import DamagedStore
from backstride.store.records import plain_text

MIB = 1 << 20
KEEP_UP_TO_BYTES: dict[Outcome, int | None] = {
    "imported": None,
    "kept": None,
    "besides": None,
    "duplicate": 64 * MIB,
    "set_aside": 4 * MIB,
    "unreadable": 64 * MIB,
}
"""How large a file may be for its bytes to be kept; None: whatever its size.

What gave an activity is kept always.  A duplicate's other bytes may hold channels the first lacks, and an
unreadable file may be read by a later version; beyond 64 MiB they are rather films or disk images.  A file
set aside has nothing to give today: settings, workouts and weights are small, so those stay.  Of a file not
kept, name, size and hash stay, so that it is known when it comes again.
"""

MAX_PACKED_BYTES = 1_000_000_000
"""SQLite holds no larger value (https://www.sqlite.org/limits.html, 1): such a file's bytes are not kept."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file ready to be stored: the slow part, done before the store is locked."""

    sha256: str
    size_bytes: int
    packed: bytes | None


def sha256_of(data: bytes) -> str:
    """The hash by which a file is known, in hex."""
    return hashlib.sha256(data).hexdigest()


def pack_file(data: bytes, outcome: Outcome) -> PackedFile:
    """The file's hash and size, and its bytes compressed where they are to be kept."""
    limit = KEEP_UP_TO_BYTES[outcome]
    keep = limit is None or len(data) <= limit
    packed = zstandard.ZstdCompressor(level=3).compress(data) if keep else None
    if packed is not None and len(packed) > MAX_PACKED_BYTES:
        packed = None
    return PackedFile(sha256_of(data), len(data), packed)


def add_original(connection: sqlite3.Connection, name: str, file: PackedFile) -> None:
    """The file is there once, under the name it first came by; bytes left out before are filled in."""
    connection.execute(
        "INSERT INTO original (sha256, name, size_bytes, packed) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (sha256) DO UPDATE SET packed = excluded.packed WHERE packed IS NULL",
        (file.sha256, plain_text(name), file.size_bytes, file.packed),
    )


def first_name(connection: sqlite3.Connection, sha256: str) -> str | None:
    """The name these bytes first came by; None where they never came."""
    row = connection.execute("SELECT name FROM original WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else str(row[0])


def original(connection: sqlite3.Connection, sha256: str) -> bytes | None:
    """The file as it was handed in; None where it never was, or its bytes were not kept.

    Raises: DamagedStore when the bytes are no longer those that were stored.
    """
    row = connection.execute("SELECT packed FROM original WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None or row[0] is None:
        return None
    data = unpack_file(row[0])
    if data is None or sha256_of(data) != sha256:
        raise DamagedStore(said("a stored file is damaged; import it again from where it came"))
    return data


def unpack_file(packed: bytes) -> bytes | None:
    """The bytes that were compressed; None where they cannot be had back."""
    try:
        return zstandard.ZstdDecompressor().decompress(packed)
    except zstandard.ZstdError:
        return None


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose bytes are in the store, and what the last reading of it came to."""

    sha256: str
    name: str
    outcome: Outcome
    source: str


def kept(connection: sqlite3.Connection, readers: Mapping[str, int]) -> tuple[Kept, ...]:
    """Files that today's readers may read otherwise, in the order they first came.

    `readers` is each one's version by name.  They are those of which an older version gave an activity, and
    those that gave nothing when they were last read.
    """
    versions = connection.execute("SELECT DISTINCT sha256, reader, reader_version FROM activity")
    older = {sha256 for sha256, reader, version in versions if version < readers.get(reader, version)}
    last = connection.execute(
        "SELECT line.sha256, original.name, line.outcome, line.source FROM ledger AS line "
        "JOIN original ON original.sha256 = line.sha256 "
        "WHERE original.packed IS NOT NULL AND line.id IN "
        "(SELECT max(id) FROM ledger WHERE outcome != 'duplicate' GROUP BY sha256) ORDER BY original.rowid"
    )
    return tuple(
        Kept(sha256, name, outcome, source)
        for sha256, name, outcome, source in last
        if sha256 in older or outcome in ("set_aside", "unreadable")
    )
