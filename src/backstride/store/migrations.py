"""How a store's tables came to be, one step a version.  A step is never edited once released.

To add a stored field: a new function at the end, its name in `MIGRATIONS`, and the tables it makes frozen
beside `tests/store/schema_1.sql`.  A step runs inside a transaction, so it uses `execute` only:
`executescript` would commit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from backstride.model.said import Said, pattern
from backstride.store.connection import APPLICATION_ID, transaction
from backstride.store.errors import FailedMigration, NewerStore, in_words

Migration = Callable[[sqlite3.Connection], None]


def _begin(connection: sqlite3.Connection) -> None:
    """Version 1: originals, the import ledger, activities with their columns, the diary."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _TABLES_1:
        connection.execute(statement)


_TABLES_1 = (
    """
    CREATE TABLE import_run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        began_at TEXT NOT NULL              -- ISO 8601, UTC
    )
    """,
    """
    CREATE TABLE original (                 -- every file handed in, by the hash of its bytes
        sha256 TEXT PRIMARY KEY,
        name TEXT NOT NULL,                 -- under which it first came
        size_bytes INTEGER NOT NULL,
        packed BLOB                         -- zstd; NULL: too large to keep, see originals.py
    )
    """,
    """
    CREATE TABLE ledger (                   -- what became of every file, in order
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        import_id INTEGER NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
        sha256 TEXT REFERENCES original (sha256),   -- NULL: the bytes were never had
        name TEXT NOT NULL,
        outcome TEXT NOT NULL,
        why TEXT NOT NULL,
        activities TEXT NOT NULL,           -- JSON: ids
        warnings TEXT NOT NULL              -- JSON: sentences
    )
    """,
    "CREATE INDEX ledger_by_import ON ledger (import_id)",
    "CREATE INDEX ledger_by_bytes ON ledger (sha256)",
    """
    CREATE TABLE activity (
        no INTEGER PRIMARY KEY AUTOINCREMENT,       -- never given twice, see StoredColumns
        id TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL REFERENCES original (sha256),
        file_index INTEGER NOT NULL,
        file_name TEXT NOT NULL,
        reader TEXT NOT NULL,
        reader_version INTEGER NOT NULL,
        start_us INTEGER NOT NULL,          -- microseconds since 1970-01-01 UTC
        zone_name TEXT,                     -- IANA; NULL: only the offset is known
        offset_s REAL NOT NULL,             -- local time minus UTC at the start
        zone_from TEXT NOT NULL,
        sport TEXT NOT NULL,
        surface TEXT,
        distance_m REAL,
        moving_s REAL,
        elapsed_s REAL,
        climb_m REAL,
        descent_m REAL,
        rpe REAL,
        shoe TEXT,
        title TEXT,
        note TEXT,
        averages TEXT NOT NULL,             -- JSON: number by channel
        laps TEXT NOT NULL,                 -- JSON: list of laps
        device TEXT,                        -- JSON
        repairs TEXT NOT NULL,              -- JSON: names
        warnings TEXT NOT NULL              -- JSON: sentences
    )
    """,
    "CREATE INDEX activity_by_start ON activity (start_us)",
    "CREATE INDEX activity_by_bytes ON activity (sha256)",
    """
    CREATE TABLE stream_column (            -- one blob for each channel of each activity, see blobs.py
        activity INTEGER NOT NULL REFERENCES activity (no) ON DELETE CASCADE,
        channel TEXT NOT NULL,
        packed BLOB NOT NULL
    )
    """,
    # Not the primary key of a table WITHOUT ROWID: so the names are listed without touching the blobs.
    "CREATE UNIQUE INDEX stream_column_by_name ON stream_column (activity, channel)",
    """
    CREATE TABLE profile (                  -- one row
        only INTEGER PRIMARY KEY CHECK (only = 1),
        body TEXT NOT NULL                  -- JSON
    )
    """,
    """
    CREATE TABLE diary (                    -- what the runner told, one row an entry
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,                 -- see diary.py
        on_day TEXT NOT NULL,               -- ISO date, '' where the kind has none: what it is ordered by
        body TEXT NOT NULL                  -- JSON
    )
    """,
    "CREATE INDEX diary_by_day ON diary (kind, on_day, id)",
)


def _archives(connection: sqlite3.Connection) -> None:
    """Version 2: what archives say beside activities, and which archive a file came in."""
    for statement in _CHANGES_2:
        connection.execute(statement)


_CHANGES_2 = (
    "ALTER TABLE activity ADD COLUMN service_id TEXT",
    "ALTER TABLE activity ADD COLUMN file TEXT",
    "ALTER TABLE ledger ADD COLUMN source TEXT NOT NULL DEFAULT ''",  # the archive or folder handed in
    "ALTER TABLE ledger ADD COLUMN skipped TEXT NOT NULL DEFAULT '[]'",  # JSON: row number and sentence
    """
    CREATE TABLE found (                    -- shoes and days that a file tells of
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL REFERENCES original (sha256),
        kind TEXT NOT NULL,                 -- see found.py
        body TEXT NOT NULL                  -- JSON
    )
    """,
    "CREATE INDEX found_by_bytes ON found (sha256)",
)


def _measures(connection: sqlite3.Connection) -> None:
    """Version 3: what was worked out of each activity, so that it need not be worked out again."""
    connection.execute(_CHANGE_3)


_CHANGE_3 = """
    CREATE TABLE measured (
        activity TEXT PRIMARY KEY,          -- its id
        key TEXT NOT NULL,                  -- what the values hang on, as one hash
        body TEXT NOT NULL                  -- JSON: value, channels, reason and ends by name
    )
"""

MIGRATIONS: tuple[Migration, ...] = (_begin, _archives, _measures)


def version_of(connection: sqlite3.Connection) -> int:
    """The store's schema version; 0 for a file without tables."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, name: str, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """The store has every table of `migrations`; all missing steps happen in one transaction, or none.

    Raises: NewerStore when the file is beyond the last step; FailedMigration, with the cause, when a step
    fails or leaves a row that points nowhere.
    """
    made = version_of(connection)
    if made > len(migrations):
        raise NewerStore(name, made, len(migrations))
    if made == len(migrations):
        return
    # Off so that a step may rebuild a table others point to; what it left is checked before the commit.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with transaction(connection):
            _run_missing(connection, name, migrations)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _run_missing(connection: sqlite3.Connection, name: str, migrations: Sequence[Migration]) -> None:
    made = version_of(connection)  # again: another program may have migrated while we waited for the lock
    try:
        with in_words():
            for step in migrations[made:]:
                step(connection)
            dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise FailedMigration(Said(_FAILED, {"name": name, "made": made})) from error
    if dangling is not None:
        raise FailedMigration(Said(_FAILED, {"name": name, "made": made}))
    connection.execute(f"PRAGMA user_version = {max(made, len(migrations))}")


_FAILED = pattern(
    "{name}: could not be brought from store version {made} to this program's; it was left as it was"
)
