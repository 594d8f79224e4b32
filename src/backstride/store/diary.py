"""What the runner told: the profile, and one row for every entry, so that each can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, TypeAlias, TypeVar

from backstride.model.history import (
    Answer,
    CheckIn,
    InstrumentResult,
    Profile,
    Removed,
    Sameness,
    Seen,
    Shoe,
    Span,
    Symptom,
    TestResult,
)
from backstride.model.wishes import ExerciseWish, Goal, Pause, Restart
from backstride.store.records import from_json, to_json

Kind = Literal[
    "answer",
    "symptom",
    "shoe",
    "test",
    "score",
    "check_in",
    "recorded",
    "sameness",
    "removed",
    "seen",
    "goal",
    "wish",
    "pause",
    "restart",
]
Entry: TypeAlias = (
    Answer
    | Symptom
    | Shoe
    | TestResult
    | InstrumentResult
    | CheckIn
    | Span
    | Sameness
    | Removed
    | Seen
    | Goal
    | ExerciseWish
    | Pause
    | Restart
)
E = TypeVar(
    "E",
    Answer,
    Symptom,
    Shoe,
    TestResult,
    InstrumentResult,
    CheckIn,
    Span,
    Sameness,
    Removed,
    Seen,
    Goal,
    ExerciseWish,
    Pause,
    Restart,
)

KINDS: dict[Kind, type[Entry]] = {
    "answer": Answer,
    "symptom": Symptom,
    "shoe": Shoe,
    "test": TestResult,
    "score": InstrumentResult,
    "check_in": CheckIn,
    "recorded": Span,
    "sameness": Sameness,
    "removed": Removed,
    "seen": Seen,
    "goal": Goal,
    "wish": ExerciseWish,
    "pause": Pause,
    "restart": Restart,
}
_KIND_OF: dict[type[Entry], Kind] = {entry: kind for kind, entry in KINDS.items()}


@dataclass(frozen=True, slots=True)
class DiaryRow:
    """One entry and the id by which it can be deleted; an id is never given twice."""

    id: int
    kind: Kind
    entry: Entry


def profile(connection: sqlite3.Connection) -> Profile:
    """What the runner told of themself; nothing told gives a Profile of Nones."""
    row = connection.execute("SELECT body FROM profile").fetchone()
    return Profile() if row is None else from_json(Profile, row[0])


def change_profile(connection: sqlite3.Connection, change: Callable[[Profile], Profile]) -> Profile:
    """The profile after `change`, which is given the one stored; call inside a transaction."""
    changed = change(profile(connection))
    connection.execute(
        "INSERT INTO profile (only, body) VALUES (1, ?) "
        "ON CONFLICT (only) DO UPDATE SET body = excluded.body",
        (to_json(changed),),
    )
    return changed


def version(connection: sqlite3.Connection) -> str:
    """Another one after anything the runner told came, changed or went: ids are never given twice."""
    count, last = connection.execute("SELECT count(*), coalesce(max(id), 0) FROM diary").fetchone()
    row = connection.execute("SELECT body FROM profile").fetchone()
    about = "" if row is None else sha256(row[0].encode()).hexdigest()[:16]
    return f"{count}-{last}-{about}"


def add_entry(connection: sqlite3.Connection, entry: Entry) -> int:
    """The id of the new row."""
    cursor = connection.execute(
        "INSERT INTO diary (kind, on_day, body) VALUES (?, ?, ?)",
        (_KIND_OF[type(entry)], _day(entry), to_json(entry)),
    )
    if cursor.lastrowid is None:
        raise AssertionError("an insert has a row id")
    return cursor.lastrowid


def _day(entry: Entry) -> str:
    """What entries of its kind are ordered by: their day; shoes and copies only by when they were entered."""
    if isinstance(entry, Shoe | Sameness):
        return ""
    return (entry.first if isinstance(entry, Span) else entry.on).isoformat()


def rows(connection: sqlite3.Connection, kind: Kind | None) -> tuple[DiaryRow, ...]:
    """Every row of one kind, or of all, in the order they were entered."""
    found = connection.execute(
        "SELECT id, kind, body FROM diary WHERE ? IS NULL OR kind = ? ORDER BY id", (kind, kind)
    )
    return tuple(DiaryRow(number, name, from_json(KINDS[name], body)) for number, name, body in found)


def entries(connection: sqlite3.Connection, entry_type: type[E]) -> tuple[E, ...]:
    """Every entry of one type by its day, latest last; of one day in the order they were entered."""
    found = connection.execute(
        "SELECT body FROM diary WHERE kind = ? ORDER BY on_day, id", (_KIND_OF[entry_type],)
    )
    return tuple(from_json(entry_type, body) for (body,) in found)


def forget(connection: sqlite3.Connection, row_id: int) -> bool:
    """True when there was such a row; it is gone now."""
    return connection.execute("DELETE FROM diary WHERE id = ?", (row_id,)).rowcount > 0


def forget_last(connection: sqlite3.Connection, kind: Kind) -> DiaryRow | None:
    """The row of that kind entered last, which is gone now; None where there was none."""
    found = connection.execute(
        "SELECT id, body FROM diary WHERE kind = ? ORDER BY id DESC LIMIT 1", (kind,)
    ).fetchone()
    if found is None:
        return None
    forget(connection, found[0])
    return DiaryRow(found[0], kind, from_json(KINDS[kind], found[1]))
