"""Everything in a store, piece by piece: to be handed over whole, and to be put into another."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard
from pydantic import TypeAdapter

from backstride.model.activity import Stream
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadInput
from backstride.model.history import Profile
from backstride.model.ledger import LedgerLine
from backstride.model.said import said
from backstride.store import diary, ledger
from backstride.store.activities import COLUMNS, PackedActivity, as_activity
from backstride.store.blobs import unpack
from backstride.store.found import KIND_OF, Found

PART_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file handed in, as the store knows it."""

    sha256: str
    name: str
    """Under which it first came."""
    size_bytes: int
    kept: bool
    """Whether its bytes are in the store."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger, with the import and the bytes it is about."""

    import_id: int
    sha256: str | None
    """None where the bytes were never had."""
    line: LedgerLine


def files(connection: sqlite3.Connection) -> tuple[FileRow, ...]:
    """Every file, in the order they first came."""
    found = connection.execute(
        "SELECT sha256, name, size_bytes, packed IS NOT NULL FROM original ORDER BY rowid"
    )
    return tuple(FileRow(sha256, name, size, bool(kept)) for sha256, name, size, kept in found)


def is_sound(connection: sqlite3.Connection, sha256: str) -> bool:
    """Whether the bytes kept under that hash are still those that were handed in."""
    digest = hashlib.sha256()
    try:
        for part in parts(connection, sha256):
            digest.update(part)
    except zstandard.ZstdError:
        return False
    return digest.hexdigest() == sha256


def parts(connection: sqlite3.Connection, sha256: str) -> Iterator[bytes]:
    """The file as it was handed in, in parts of at most a megabyte.

    Raises: KeyError where its bytes are not kept; ZstdError where they are damaged.
    """
    found = connection.execute("SELECT packed FROM original WHERE sha256 = ?", (sha256,)).fetchone()
    if found is None or found[0] is None:
        raise KeyError(sha256)
    yield from zstandard.ZstdDecompressor().read_to_iter(found[0], write_size=PART_BYTES)


def ledger_rows(connection: sqlite3.Connection) -> Iterator[LedgerRow]:
    """Every line of every import, in the order they were written."""
    numbers = connection.execute("SELECT id, import_id, sha256 FROM ledger ORDER BY id").fetchall()
    lines = ledger.ledger(connection, None)
    for (_, import_id, sha256), line in zip(numbers, lines, strict=True):
        yield LedgerRow(import_id, sha256, line)


def gave(connection: sqlite3.Connection, sha256: str) -> Iterator[dict[str, Any]]:  # Any: JSON
    """What a file gave, as JSON holds it: activities with packed columns in hex, shoes and days."""
    query = f"SELECT no, {', '.join(COLUMNS)} FROM activity WHERE sha256 = ? ORDER BY file_index"
    for number, *values in connection.execute(query, (sha256,)).fetchall():
        columns = connection.execute(
            "SELECT channel, packed FROM stream_column WHERE activity = ? ORDER BY rowid", (number,)
        )
        yield {
            "activity": dict(zip(COLUMNS, values, strict=True)),
            "columns": [[channel, packed.hex()] for channel, packed in columns],
        }
    bodies = connection.execute("SELECT kind, body FROM found WHERE sha256 = ? ORDER BY id", (sha256,))
    for kind, body in bodies:
        yield {"found": kind, "body": json.loads(body)}


def packed_again(sha256: str, given: Mapping[str, Any]) -> PackedActivity:
    """An activity of `gave`, ready to be stored again.

    Raises: ValueError, KeyError or TypeError where it is not what `gave` gives; DamagedStore for its columns.
    """
    values = given["activity"]
    if values["sha256"] != sha256:
        raise ValueError("an activity of other bytes")
    row = tuple(values[name] for name in COLUMNS)
    stream = tuple((str(channel), bytes.fromhex(packed)) for channel, packed in given["columns"])
    for channel, packed in stream:
        if channel not in CHANNELS:
            raise ValueError("an unknown channel")
        unpack(packed)
    made = as_activity(row, Stream())
    list(made.laps)
    return PackedActivity(made.id, made.origin.reader, made.origin.reader_version, row, stream)


def found_again(given: Mapping[str, Any]) -> Found:
    """A shoe or a day of `gave`.  Raises: ValueError, KeyError or TypeError where it is none."""
    kinds: dict[str, type[Found]] = {kind: made for made, kind in KIND_OF.items()}
    checked: Found = TypeAdapter(kinds[given["found"]]).validate_python(given["body"])
    return checked


def is_empty(connection: sqlite3.Connection) -> bool:
    """True where no file came in and nothing was told."""
    told = connection.execute(
        "SELECT (SELECT count(*) FROM ledger) + (SELECT count(*) FROM diary)"
    ).fetchone()
    return told[0] == 0 and diary.profile(connection) == Profile()


def backup(connection: sqlite3.Connection, to: Path) -> None:
    """The store as it stands is in a file of its own, for its owner only.

    SQLite's own online backup: others may read and write meanwhile.  It is written beside its place and
    moved there once it is whole, so that a broken-off one never looks like a backup.

    Raises: BadInput where a file is there already.
    """
    if to.exists():
        raise BadInput((said("{name}: there is such a file already; name another", name=to.name),))
    made = to.with_name(f"{to.name}.part")
    made.unlink(missing_ok=True)
    os.close(os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        target = sqlite3.connect(made)
        try:
            connection.backup(target, pages=4096)
            target.execute("PRAGMA journal_mode = DELETE")
        finally:
            target.close()
        made.replace(to)
    finally:
        made.unlink(missing_ok=True)
