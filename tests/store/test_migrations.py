"""An old store is brought forward whole, or left as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.store import made_up

from backstride.store.connection import APPLICATION_ID
from backstride.store.errors import FailedMigration, NewerStore
from backstride.store.migrations import MIGRATIONS, migrate, version_of
from backstride.store.store import Store

HERE = Path(__file__).parent


def at_version(path: Path, version: int) -> sqlite3.Connection:
    """A store as the program of that version made it; version 0 is an empty file."""
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, path.name, MIGRATIONS[:version])
    return connection


def schema(connection: sqlite3.Connection) -> str:
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
    return "\n".join(f"{sql};" for (sql,) in rows if "sqlite_sequence" not in sql) + "\n"


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_released_step_makes_the_tables_it_always_made(tmp_path: Path, version: int) -> None:
    connection = at_version(tmp_path / "old.sqlite", version)
    assert (HERE / f"schema_{version}.sql").read_text("utf-8") == schema(connection)
    connection.close()


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_a_store_of_every_older_version_opens_and_works(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.sqlite"
    at_version(path, version).close()
    data, activity, line = made_up.file(1)
    with Store.open(path) as store:
        store.add_file(store.begin_import(), data, (activity,), line)
        health = store.doctor(thorough=True)
        assert len(MIGRATIONS) == health.schema_version
        assert health.sound
        assert [activity.id] == [one.id for one in store.history().activities]


def test_a_new_step_keeps_what_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    data, activity, line = made_up.file(1)
    with Store.open(path) as store:
        store.add_file(store.begin_import(), data, (activity,), line)

    def rebuild_ledger(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE activity ADD COLUMN weather TEXT")
        connection.execute("DROP INDEX ledger_by_import")

    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, path.name, (*MIGRATIONS, rebuild_ledger))
    assert len(MIGRATIONS) + 1 == version_of(connection)
    assert [(activity.id, None)] == connection.execute("SELECT id, weather FROM activity").fetchall()
    connection.close()
    with pytest.raises(NewerStore):  # what this program says to a file of the next one
        Store.open(path)


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    connection = at_version(path, len(MIGRATIONS))
    before = schema(connection)

    def half_done(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE diary")
        connection.execute("CREATE TABLE activity (clash TEXT)")

    with pytest.raises(FailedMigration):
        migrate(connection, path.name, (*MIGRATIONS, half_done))
    assert before == schema(connection)
    assert len(MIGRATIONS) == version_of(connection)
    assert not connection.in_transaction
    assert connection.execute("PRAGMA foreign_keys").fetchall() == [(1,)]
    connection.close()


def test_a_step_that_leaves_a_row_pointing_nowhere_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    connection = at_version(path, len(MIGRATIONS))

    def dangle(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO stream_column VALUES (99, 'time_s', x'00')")

    with pytest.raises(FailedMigration):
        migrate(connection, path.name, (*MIGRATIONS, dangle))
    assert connection.execute("SELECT count(*) FROM stream_column").fetchall() == [(0,)]
    connection.close()


def test_a_first_step_that_fails_leaves_an_empty_file_that_the_next_opening_takes(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (a)")
        raise sqlite3.OperationalError("made up")

    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(FailedMigration):
        migrate(connection, path.name, (fail,))
    connection.close()
    assert path.stat().st_size == 0
    with Store.open(path) as store:
        assert store.doctor().sound


def test_the_file_says_whose_it_is_in_its_own_header(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    with Store.open(path):
        pass
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
