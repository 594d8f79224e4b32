"""The one door to the SQLite file: made for its owner only, never another program's, one writer at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

from backstride.model.said import said
from backstride.store.errors import NewerStore, NotAStore

APPLICATION_ID = int.from_bytes(b"bstr", "big")
"""In the file's header, so that no other program's SQLite file is ever taken for a store."""

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite may keep beside the file."""
BESIDE = ("-calendar.ics", "-calendar.json")
"""What the app may keep beside it: the calendar that was given out last, and how it is wanted."""

Durability = Literal["power_loss", "process_death"]


def connect(path: Path, known_version: int, busy_s: float) -> sqlite3.Connection:
    """An open connection to the store at `path`; the file and its folder are made if they are not there.

    A new folder is 0700 and the file 0600 whatever the umask; SQLite gives its companions the file's mode.

    Raises: NotAStore, NewerStore: found without writing a byte.
    """
    refuse_other(path, known_version)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _own(path)
    connection = sqlite3.connect(path, timeout=busy_s, isolation_level=None)
    try:
        _set_up(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def refuse_other(path: Path, known_version: int) -> None:
    """Raises unless `path` is a store this program knows, an empty file, or not there."""
    if path.is_dir():
        raise NotAStore(said("{name}: a folder, not a backstride store; name a file", name=path.name))
    if not path.exists():
        return
    # Nobody's yet: empty, being made, or died while being made (SQLite then takes the rest back by its
    # journal).  Asked before the marks are read: another program may finish making it in between.
    if path.stat().st_size == 0 or Path(f"{path}-journal").exists():
        return
    application, version = _marks(path)
    if application != APPLICATION_ID:
        raise NotAStore(
            said("{name}: not a backstride store; it was left as it is, name another file", name=path.name)
        )
    if version > known_version:
        raise NewerStore(path.name, version, known_version)


def _marks(path: Path) -> tuple[int | None, int]:
    """The application id and schema version in the file's header; None and 0 where it is not SQLite's.

    Asked through SQLite, not by opening the file ourselves: closing our own descriptor would drop the locks
    this process holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2).  `immutable` makes it look at
    the file alone: it takes no lock, and makes no companion.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        return int(application), int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            return None, 0
        raise
    finally:
        connection.close()


def _own(path: Path) -> None:
    """The file is there, and its owner alone may read or write it."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA secure_delete = ON")  # what was deleted is overwritten: this is health data
    connection.execute("PRAGMA journal_size_limit = 67108864")


def use_wal(connection: sqlite3.Connection, busy_s: float) -> None:
    """Readers and one writer do not wait for each other from now on.  Kept in the file.

    Called once the tables are there: so the file's own header, not only its log, says whose file it is.
    """
    until = monotonic() + busy_s
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except (
            sqlite3.OperationalError
        ) as error:  # SQLite does not wait here, where others are opening it too
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= until:
                raise
            sleep(0.01)
    # The first read takes the lock that says "open here", by which `forget_everything` knows of others.
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


@contextmanager
def transaction(connection: sqlite3.Connection, survives: Durability = "power_loss") -> Iterator[None]:
    """Everything written in this block is there together or not at all.

    A commit survives the death of the process either way: the kernel has its pages.  With `power_loss`
    (synchronous=FULL) it is also on the disk when the block ends; with `process_death` (NORMAL) a power cut
    may take the last commits, whole ones and never halves.  What a person typed exists nowhere else and gets
    the first; imported files can be imported again, and a wait for the disk after each would be most of the
    import's time.
    """
    connection.execute(f"PRAGMA synchronous = {'FULL' if survives == 'power_loss' else 'NORMAL'}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything read in this block is of one moment, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")
