"""What was worked out of activities, kept so that it need not be worked out again.  It can all be lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from backstride.model.findings import MeasuredRun, Worked


class StoredMeasures(Mapping[str, MeasuredRun]):
    """By activity id; each made from its JSON when it is looked at, for most are looked at seldom."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Mapping[str, tuple[str, str]]) -> None:
        self._rows = rows

    def __getitem__(self, activity: str) -> MeasuredRun:
        key, body = self._rows[activity]
        values = json.loads(body)
        return key, {
            name: Worked(value, tuple(channels), *rest) for name, (value, channels, *rest) in values.items()
        }

    def __contains__(self, activity: object) -> bool:
        return activity in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def measured(connection: sqlite3.Connection) -> StoredMeasures:
    """Everything that was kept."""
    rows = connection.execute("SELECT activity, key, body FROM measured")
    return StoredMeasures({activity: (key, body) for activity, key, body in rows})


def keep(connection: sqlite3.Connection, new: Mapping[str, MeasuredRun]) -> None:
    """These take the place of what was kept of the same activities; what is no activity any more goes."""
    connection.executemany(
        "INSERT OR REPLACE INTO measured (activity, key, body) VALUES (?, ?, ?)",
        ((activity, key, _body(values)) for activity, (key, values) in new.items()),
    )
    connection.execute("DELETE FROM measured WHERE activity NOT IN (SELECT id FROM activity)")


def _body(values: Mapping[str, Worked]) -> str:
    plain = {
        name: (each.value, each.channels, each.reason, each.low, each.high) for name, each in values.items()
    }
    return json.dumps(plain, allow_nan=False, separators=(",", ":"))


@contextmanager
def without_waiting(connection: sqlite3.Connection) -> Iterator[None]:
    """In this block a write does not wait for another program's."""
    usual = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(usual)}")
