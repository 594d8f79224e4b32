"""What became of every file handed in, in order, by import."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backstride.model.ledger import LedgerLine, SkippedRow
from backstride.store.records import (
    names_from_json,
    names_to_json,
    plain_text,
    said_from_json,
    said_to_json,
)


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One time that files were handed in."""

    id: int
    began_at: datetime
    """Aware, UTC."""
    files: int
    """Lines in its ledger so far."""


def begin_import(connection: sqlite3.Connection, at: datetime) -> int:
    """The id of a new import, without lines yet."""
    cursor = connection.execute(
        "INSERT INTO import_run (began_at) VALUES (?)", (at.astimezone(UTC).isoformat(),)
    )
    if cursor.lastrowid is None:
        raise AssertionError("an insert has a row id")
    return cursor.lastrowid


def imports(connection: sqlite3.Connection) -> tuple[ImportRun, ...]:
    """Every import, oldest first."""
    rows = connection.execute(
        "SELECT run.id, run.began_at, count(line.id) FROM import_run AS run "
        "LEFT JOIN ledger AS line ON line.import_id = run.id GROUP BY run.id ORDER BY run.id"
    )
    return tuple(ImportRun(number, datetime.fromisoformat(at), files) for number, at, files in rows)


def version(connection: sqlite3.Connection) -> str:
    """Another one after any line was written: every file that gives something has one."""
    count, last = connection.execute("SELECT count(*), coalesce(max(id), 0) FROM ledger").fetchone()
    return f"{count}-{last}"


def add_line(connection: sqlite3.Connection, import_id: int, line: LedgerLine, sha256: str | None) -> None:
    """The line stands last in the ledger of its import."""
    connection.execute(
        "INSERT INTO ledger (import_id, sha256, name, outcome, why, activities, warnings, skipped, source) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            import_id,
            sha256,
            plain_text(line.name),
            line.outcome,
            said_to_json((line.why,)),
            names_to_json(line.activities),
            said_to_json(line.warnings),
            _skipped_to_json(line.skipped),
            plain_text(line.source),
        ),
    )


def ledger(connection: sqlite3.Connection, import_id: int | None) -> tuple[LedgerLine, ...]:
    """The lines of one import, or of all, in the order they were written."""
    query = f"SELECT {_LINE} FROM ledger WHERE ? IS NULL OR import_id = ? ORDER BY id"
    return tuple(_lines(connection.execute(query, (import_id, import_id))))


def known(connection: sqlite3.Connection, sha256: str) -> LedgerLine | None:
    """What these bytes came to when they were last read; None where they never came.

    Never the line of a duplicate, which only says that they came again, unless there is no other: then
    another file held the same activity.
    """
    query = f"SELECT {_LINE} FROM ledger WHERE sha256 = ? ORDER BY outcome = 'duplicate', id DESC LIMIT 1"
    return next(iter(_lines(connection.execute(query, (sha256,)))), None)


_LINE = "name, outcome, why, activities, warnings, skipped, source"


def _lines(rows: Iterable[tuple[str, ...]]) -> Iterable[LedgerLine]:
    for name, outcome, why, activities, warnings, skipped, source in rows:
        yield LedgerLine(
            name,
            outcome,  # type: ignore[arg-type]  # written from LedgerLine.outcome only
            said_from_json(why)[0],
            names_from_json(activities),
            said_from_json(warnings),
            _skipped_from_json(skipped),
            source,
        )


def _skipped_to_json(skipped: Sequence[SkippedRow]) -> str:
    return json.dumps([[each.row, said_to_json((each.why,))] for each in skipped], separators=(",", ":"))


def _skipped_from_json(text: str) -> tuple[SkippedRow, ...]:
    return tuple(SkippedRow(row, said_from_json(why)[0]) for row, why in json.loads(text))
