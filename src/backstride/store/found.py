"""What files tell of beside activities: the runner's shoes, and what a watch noted of each day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Literal, TypeAlias, TypeVar

from backstride.model.history import DayRecord, Shoe
from backstride.store.records import from_json, to_json

FoundKind = Literal["shoe", "day"]
Found: TypeAlias = Shoe | DayRecord
F = TypeVar("F", Shoe, DayRecord)

KIND_OF: dict[type[Found], FoundKind] = {Shoe: "shoe", DayRecord: "day"}


def replace_found(connection: sqlite3.Connection, sha256: str, found: Sequence[Found]) -> None:
    """The file tells of exactly these: what an older reading of the same bytes gave is gone."""
    connection.execute("DELETE FROM found WHERE sha256 = ?", (sha256,))
    connection.executemany(
        "INSERT INTO found (sha256, kind, body) VALUES (?, ?, ?)",
        ((sha256, KIND_OF[type(each)], to_json(each)) for each in found),
    )


def shoes(connection: sqlite3.Connection) -> tuple[Shoe, ...]:
    """Each pair as the file that came last tells of it, in the order the pairs first came."""
    return tuple({shoe.id: shoe for shoe in _all(connection, Shoe)}.values())


def days(connection: sqlite3.Connection) -> tuple[DayRecord, ...]:
    """By day, then by maker: what several files of one maker note of a day put together, the last first."""
    put: dict[tuple[str, str], DayRecord] = {}
    for each in _all(connection, DayRecord):
        key = (each.on.isoformat(), each.maker)
        put[key] = each if key not in put else _together(each, put[key])
    return tuple(put[key] for key in sorted(put))


def _together(later: DayRecord, earlier: DayRecord) -> DayRecord:
    names = (each.name for each in fields(DayRecord))
    return replace(earlier, **{name: value for name in names if (value := getattr(later, name)) is not None})


def _all(connection: sqlite3.Connection, kind: type[F]) -> Iterable[F]:
    rows = connection.execute("SELECT body FROM found WHERE kind = ? ORDER BY id", (KIND_OF[kind],))
    return (from_json(kind, body) for (body,) in rows)
