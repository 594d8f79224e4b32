"""Whether a store is sound: facts for `backstride doctor`."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backstride.store.blobs import unpack
from backstride.store.connection import COMPANIONS
from backstride.store.errors import DamagedStore
from backstride.store.migrations import MIGRATIONS, version_of
from backstride.store.originals import MIB, sha256_of, unpack_file

LOOK_AT_BYTES = 256 * MIB
"""How much of the originals, and of the columns, is read when not told otherwise: about a second or two."""

_MAX_FAULTS = 20
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_TABLES = ("import_run", "original", "ledger", "activity", "stream_column", "found", "diary", "measured")


@dataclass(frozen=True, slots=True)
class Health:
    """What stands in a store and whether it is what was written there.  Holds no person's data but `path`."""

    path: Path
    size_bytes: int
    """The file with what SQLite keeps beside it."""
    schema_version: int
    known_version: int
    rows: Mapping[str, int]
    """By table; empty where the store is too damaged to count."""
    faults: tuple[str, ...]
    """What SQLite's own check found, at most 20; empty when sound."""
    originals_checked: int
    damaged_originals: tuple[str, ...]
    """Hashes of files whose bytes are no longer those that were stored."""
    columns_checked: int
    damaged_columns: tuple[str, ...]
    """`activity id: channel` of columns that no longer decode."""
    complete: bool
    """True when every original and every column was looked at."""

    @property
    def sound(self) -> bool:
        """True when nothing that was looked at is damaged."""
        return not (self.faults or self.damaged_originals or self.damaged_columns)


@dataclass(frozen=True, slots=True)
class _Looked:
    """How far a look through the rows of one table came."""

    checked: int
    damaged: tuple[str, ...]
    complete: bool


_NOT_LOOKED = _Looked(0, (), False)


def check(connection: sqlite3.Connection, path: Path, thorough: bool, look_at_bytes: int) -> Health:
    """The store's health; a damaged one gives faults, not an error.

    `thorough` compares every index with its table (`integrity_check`), else only the pages are walked
    (`quick_check`).  Originals and columns are read newest first until `look_at_bytes` of each were read.
    """
    try:
        rows = {table: _count(connection, table) for table in _TABLES}
        faults = _faults(connection, thorough)
        originals = _look_at_originals(connection, look_at_bytes)
        columns = _look_at_columns(connection, look_at_bytes)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        rows, faults, originals, columns = {}, (str(error),), _NOT_LOOKED, _NOT_LOOKED
    return Health(
        path=path,
        size_bytes=_size(path),
        schema_version=version_of(connection),
        known_version=len(MIGRATIONS),
        rows=rows,
        faults=faults,
        originals_checked=originals.checked,
        damaged_originals=originals.damaged,
        columns_checked=columns.checked,
        damaged_columns=columns.damaged,
        complete=originals.complete and columns.complete,
    )


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _faults(connection: sqlite3.Connection, thorough: bool) -> tuple[str, ...]:
    pragma = "integrity_check" if thorough else "quick_check"
    found = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma} ({_MAX_FAULTS})")]
    dangling = {str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")}
    found += [f"rows of {table} that point nowhere" for table in sorted(dangling)]
    return tuple(fault for fault in found if fault != "ok")[:_MAX_FAULTS]


def _look_at_originals(connection: sqlite3.Connection, look_at_bytes: int) -> _Looked:
    rows = connection.execute(
        "SELECT sha256, packed FROM original WHERE packed IS NOT NULL ORDER BY rowid DESC"
    )
    left, checked = look_at_bytes, 0
    damaged: list[str] = []
    for sha256, packed in rows:
        if left <= 0:
            return _Looked(checked, tuple(damaged), False)
        data = unpack_file(packed)
        if data is None or sha256_of(data) != sha256:
            damaged.append(sha256)
        left -= len(packed)
        checked += 1
    return _Looked(checked, tuple(damaged), True)


def _look_at_columns(connection: sqlite3.Connection, look_at_bytes: int) -> _Looked:
    rows = connection.execute(
        "SELECT activity.id, channel, packed FROM stream_column "
        "JOIN activity ON activity.no = stream_column.activity ORDER BY stream_column.rowid DESC"
    )
    left, checked = look_at_bytes, 0
    damaged: list[str] = []
    for name, channel, packed in rows:
        if left <= 0:
            return _Looked(checked, tuple(damaged), False)
        try:
            unpack(packed)
        except DamagedStore:
            damaged.append(f"{name}: {channel}")
        left -= len(packed)
        checked += 1
    return _Looked(checked, tuple(damaged), True)


def _size(path: Path) -> int:
    files = (path, *(Path(f"{path}{ending}") for ending in COMPANIONS))
    return sum(file.stat().st_size for file in files if file.exists())
