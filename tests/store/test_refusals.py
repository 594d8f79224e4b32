"""What is no store is left as it is, and every refusal says in words what would help."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.store import made_up

from backstride.model.history import Symptom
from backstride.model.ledger import LedgerLine
from backstride.model.said import plainly
from backstride.store.errors import (
    CannotWrite,
    ClosedStore,
    DamagedStore,
    FullDisk,
    LockedStore,
    NewerStore,
    NotAStore,
    StoreError,
)
from backstride.store.migrations import MIGRATIONS
from backstride.store.store import Store

REPOSITORY = Path(__file__).parents[2]


def foreign_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photo (name TEXT)")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def newer_store(path: Path) -> None:
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.commit()
    connection.close()


NOT_OURS: dict[str, tuple[Callable[[Path], object], type[StoreError]]] = {
    "a text": (lambda path: path.write_text("my training diary\n" * 100), NotAStore),
    "one byte": (lambda path: path.write_bytes(b"x"), NotAStore),
    "the beginning of a SQLite file": (lambda path: path.write_bytes(b"SQLite format 3\0"), NotAStore),
    "another program's SQLite file": (foreign_sqlite, NotAStore),
    "a store of a newer version": (newer_store, NewerStore),
}


@pytest.mark.parametrize("what", NOT_OURS)
def test_a_file_that_is_no_store_of_ours_is_refused_and_left_byte_for_byte(tmp_path: Path, what: str) -> None:
    make, refusal = NOT_OURS[what]
    path = tmp_path / "file"
    make(path)
    path.chmod(0o644)
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
    with pytest.raises(refusal):
        Store.open(path)
    assert before == (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
    assert [path] == list(tmp_path.iterdir())


def test_a_newer_store_says_both_versions(tmp_path: Path) -> None:
    newer_store(tmp_path / "runner.sqlite")
    with pytest.raises(NewerStore) as error:
        Store.open(tmp_path / "runner.sqlite")
    assert (len(MIGRATIONS) + 1, len(MIGRATIONS)) == (error.value.made, error.value.known)


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(NotAStore):
        Store.open(tmp_path)


def test_a_place_below_a_file_cannot_hold_a_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite):
        Store.open(tmp_path / "file" / "runner.sqlite")


OPEN_AS_NOBODY = """
import os, sys
from pathlib import Path
from backstride.store.errors import CannotWrite
from backstride.store.store import Store
if os.geteuid() == 0:
    os.setuid(65534)
try:
    Store.open(Path(sys.argv[1]))
except CannotWrite as error:
    print(error)
    sys.exit(3)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
@pytest.mark.parametrize("with_store", [False, True])
def test_a_folder_that_may_not_be_written_is_told_in_words(with_store: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "runner.sqlite"
        if with_store:
            Store.open(path).close()
            path.chmod(0o444)
        path.parent.chmod(0o555)
        found = subprocess.run(
            [sys.executable, "-c", OPEN_AS_NOBODY, str(path)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        path.parent.chmod(0o755)
        assert found.returncode == 3, found.stderr
        assert name not in found.stdout


def test_a_write_while_another_program_writes_says_so_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    with Store.open(path, busy_s=0.05) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedStore):
            store.add(Symptom(date(2024, 1, 1), 3.0))
        other.close()
        assert store.diary() == ()


def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path) -> None:
    with Store.open(tmp_path / "runner.sqlite") as store:
        run = store.begin_import()
        data, activity, line = made_up.file(1)
        store.add_file(run, data, (activity,), line)
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        large = os.urandom(200_000)
        with pytest.raises(FullDisk):
            store.note(run, LedgerLine("large.bin", "unreadable", plainly("why")), large)
        assert (line,) == store.ledger()
        store._connection.execute("PRAGMA max_page_count = 1000000")
        store.note(run, LedgerLine("large.bin", "unreadable", plainly("why")), large)
        assert len(store.ledger()) == 2
        assert store.doctor(thorough=True).sound


def test_a_stream_asked_after_closing_says_that_the_store_is_closed(tmp_path: Path) -> None:
    with Store.open(tmp_path / "runner.sqlite") as store:
        data, activity, line = made_up.file(1)
        store.add_file(store.begin_import(), data, (activity,), line)
        history = store.history()
    with pytest.raises(ClosedStore):
        history.activities[0].stream["time_s"]
    with pytest.raises(ClosedStore):
        store.history()


def test_damaged_bytes_are_told_and_never_read_as_numbers(tmp_path: Path) -> None:
    with Store.open(tmp_path / "runner.sqlite") as store:
        data, activity, line = made_up.file(1)
        store.add_file(store.begin_import(), data, (activity,), line)
        store._connection.execute("UPDATE stream_column SET packed = x'0102' WHERE channel = 'altitude_m'")
        store._connection.execute("UPDATE original SET packed = (SELECT packed FROM stream_column LIMIT 1)")
        with pytest.raises(DamagedStore):
            store.history().activities[0].stream["altitude_m"]
        with pytest.raises(DamagedStore):
            store.original(activity.origin.sha256)


def test_no_error_holds_the_folders_or_what_the_runner_told(tmp_path: Path) -> None:
    folder = tmp_path / "anna_example"
    folder.mkdir()
    texts = []
    for make, refusal in NOT_OURS.values():
        path = folder / "file"
        path.unlink(missing_ok=True)
        make(path)
        with pytest.raises(refusal) as error:
            Store.open(path)
        texts.append(str(error.value))
    with Store.open(folder / "runner.sqlite", busy_s=0.01) as store:
        other = sqlite3.connect(store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedStore) as locked:
            store.add(Symptom(date(2024, 1, 1), 3.0, note="anna_example told this"))
        texts.append(str(locked.value))
        other.close()
        with pytest.raises(StoreError) as unstorable:
            store.add(Symptom(date(2024, 1, 1), float("nan"), note="anna_example told this"))
        texts.append(str(unstorable.value))
    assert all(texts)
    assert not [text for text in texts if "anna" in text or str(tmp_path) in text]
