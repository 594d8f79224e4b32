"""The database of a Health Connect backup, opened read-only and asked within bounds.

No document of its tables exists: their names and columns are those of AOSP, packages/modules/HealthFitness
(service/java/com/android/server/healthconnect/storage/datatypehelpers), and of exports people describe.

    exercise_session_record_table   row_id, uuid (16 bytes), start_time (ms), start_zone_offset (s), ...
    exercise_route_table            parent_key, timestamp_millis, latitude, longitude, altitude
    heart_rate_record_table         the records, and with the samples of each in
    heart_rate_record_series_table  parent_key, beats_per_minute, epoch_millis
    SpeedRecordTable                the same with speed_record_table; so StepsCadence... and Power...
    steps_record_table              start_time, end_time, local_date (days since 1970), count
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

MAGIC = b"SQLite format 3\0"
MARK = b"exercise_session_record_table"
"""Stands in the list of tables, which a database keeps in its first pages as text."""
MARK_WITHIN_BYTES = 4 << 20
MOST_ROWS = 20_000_000
"""Of one table; the pulse every 10 s over six years."""
MOST_STEPS = 2_000_000_000
"""Of the database's own machine for one question, so that a made-up index cannot keep it busy."""
_STEPS_AT_ONCE = 1_000_000
LONGEST_BYTES = 1 << 30
LONGEST_VALUE_BYTES = 16 << 20
"""Of one cell; notes are texts that people type."""


class Database:
    """The tables there are; what is damaged gives fewer rows, and is counted."""

    def __init__(self, connection: sqlite3.Connection, cut_short: bool) -> None:
        self.cut_short = cut_short
        self.damaged = 0
        """How many tables could not be read to their end."""
        self._connection = connection
        self._columns: dict[str, frozenset[str]] = {}

    def has(self, table: str, *columns: str) -> bool:
        """True where there is such a table with such columns."""
        if table not in self._columns:
            # The names are the constants of this room: none comes from the file.
            rows = self._rows(f"PRAGMA table_info({table})")
            found = frozenset(str(row[1]) for row in rows)
            made = self._rows(f"SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '{table}'")
            # A view of the name, or a table that is worked out, can be made to have rows without end.
            real = any(str(row[0]).upper().startswith("CREATE TABLE") for row in made)
            self.damaged += bool(found) and not real
            self._columns[table] = found if real else frozenset()
        return bool(self._columns[table]) and self._columns[table] >= {*columns}

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """The rows of a table; a column that it lacks is None in each."""
        self.has(table)
        known = [name if name in self._columns[table] else "NULL" for name in columns]
        return self._rows(f"SELECT {', '.join(known)} FROM {table} LIMIT {MOST_ROWS}")

    def numbers(self, table: str, columns: Sequence[str]) -> NDArray[np.float64]:
        """The rows of a table as numbers, one column each; NaN where it holds none."""
        if not self.has(table, *columns):
            return np.empty((0, len(columns)))
        # typeof() and CAST in the database, so that no object is made of a text or a blob.
        asked = ", ".join(
            f"CASE WHEN typeof({name}) IN ('integer', 'real') THEN CAST({name} AS REAL) END"
            for name in columns
        )
        found = self._rows(f"SELECT {asked} FROM {table} LIMIT {MOST_ROWS}")
        flat = np.fromiter((np.nan if value is None else value for row in found for value in row), np.float64)
        return flat.reshape(-1, len(columns))

    def _rows(self, question: str) -> Iterator[tuple[object, ...]]:
        left = MOST_STEPS // _STEPS_AT_ONCE

        def enough() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        self._connection.set_progress_handler(enough, _STEPS_AT_ONCE)
        try:
            yield from self._connection.execute(question)
        except (sqlite3.Error, OverflowError, UnicodeError):
            self.damaged += 1


def is_health_connect(data: bytes) -> bool:
    """True where the first pages are of a database with Health Connect's table of exercises."""
    return data.startswith(MAGIC) and data.find(MARK, 0, MARK_WITHIN_BYTES) >= 0


def repair_length(path: Path, data: bytes) -> bool:
    """True for a file that was cut short; it gets the length its header tells, or SQLite reads none of it.

    What is missing is zeros, at which it stops as at any damage.  The header: www.sqlite.org/fileformat.html
    """
    page_bytes = int.from_bytes(data[16:18], "big")
    told_bytes = int.from_bytes(data[28:32], "big") * (65_536 if page_bytes == 1 else page_bytes)
    if not len(data) < told_bytes <= LONGEST_BYTES:
        return False
    with path.open("r+b") as file:
        file.truncate(told_bytes)
    return True


@contextmanager
def opened(data: bytes) -> Iterator[Database]:
    """The database, out of a file that is gone afterwards; nothing of it is trusted or written."""
    with TemporaryDirectory(prefix="backstride-") as folder:
        path = Path(folder) / "export.db"
        path.write_bytes(data)
        cut_short = repair_length(path, data)
        address = f"{path.as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE_BYTES)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            yield Database(connection, cut_short)
