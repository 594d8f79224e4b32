"""Several programs use one store at once, and nobody but its owner can read it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from tests.store import made_up
from tests.store.made_up import assert_same_columns

from backstride.model.history import Symptom
from backstride.store.connection import COMPANIONS
from backstride.store.store import Store

posix_only = pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")


def test_two_readers_read_on_while_a_writer_is_in_the_middle_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    data, activity, line = made_up.file(1)
    with Store.open(path) as writer, Store.open(path, 0.0) as one, Store.open(path, 0.0) as two:
        writer.add_file(writer.begin_import(), data, (activity,), line)
        writer._connection.execute("BEGIN IMMEDIATE")
        writer._connection.execute("DELETE FROM activity")
        for reader in (one, two):
            (found,) = reader.history().activities
            assert_same_columns(activity.stream, found.stream)
        writer._connection.execute("COMMIT")
        for reader in (one, two):
            assert reader.history().activities == ()


def test_a_history_is_of_one_moment_though_others_write_while_it_is_read(tmp_path: Path) -> None:
    """Each writing adds a file and a note together; no History ever holds one without the other."""
    path = tmp_path / "runner.sqlite"
    Store.open(path).close()
    writings = 40

    def write() -> None:
        with Store.open(path) as store:
            run = store.begin_import()
            for number in range(writings):
                data, activity, line = made_up.file(number, rows=10)
                store.add_file(run, data, (activity,), line)
                store.add(Symptom(date(2024, 1, 1), 0.0))

    writer = threading.Thread(target=write)
    with Store.open(path) as reader:
        writer.start()
        counts = []
        while writer.is_alive():
            history = reader.history()
            counts.append((len(history.activities), len(history.symptoms)))
        writer.join()
        assert writings == len(reader.history().activities) == len(reader.history().symptoms)
    assert counts
    assert all(activities - symptoms in (0, 1) for activities, symptoms in counts)
    assert counts == sorted(counts)


def test_programs_that_write_at_once_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    failures: list[BaseException] = []

    def write(first: int) -> None:
        try:
            with Store.open(path) as store:  # the first of them makes the file
                run = store.begin_import()
                for number in range(first, first + 10):
                    data, activity, line = made_up.file(number, rows=10)
                    store.add_file(run, data, (activity,), line)
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(first,)) for first in (0, 10, 5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    with Store.open(path) as store:
        assert len(store.history().activities) == 20
        assert len(store.ledger()) == 30
        assert sum(line.outcome == "duplicate" for line in store.ledger()) == 10
        assert store.doctor(thorough=True).sound


TAKE_FOR_ONESELF = """
import sqlite3, sys
try:
    print(sqlite3.connect(sys.argv[1], timeout=0.0).execute("PRAGMA journal_mode = DELETE").fetchone()[0])
except sqlite3.OperationalError as error:
    print(error)
"""


@posix_only
def test_opening_a_store_again_drops_no_lock_of_this_process(tmp_path: Path) -> None:
    """POSIX drops a process's locks on a file when the process closes any descriptor of it."""
    path = tmp_path / "runner.sqlite"
    command = [sys.executable, "-c", TAKE_FOR_ONESELF, str(path)]
    with Store.open(path):
        Store.open(path).close()
        found = subprocess.run(command, capture_output=True, text=True, check=True)
        assert found.stdout.strip() == "database is locked"
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "delete"


@posix_only
def test_the_store_and_what_lies_beside_it_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "runner.sqlite"
    before = os.umask(0)
    try:
        with Store.open(path) as store:
            store.add(Symptom(date(2024, 1, 1), 0.0))
            files = [path, *(Path(f"{path}{ending}") for ending in COMPANIONS)]
            modes = {file.name: file.stat().st_mode & 0o777 for file in files if file.exists()}
    finally:
        os.umask(before)
    assert modes == {"runner.sqlite": 0o600, "runner.sqlite-wal": 0o600, "runner.sqlite-shm": 0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


@posix_only
def test_a_store_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    Store.open(path).close()
    path.chmod(0o644)
    Store.open(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_programs_that_make_the_store_at_once_all_open_it(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def begin(path: Path, together: threading.Barrier) -> None:
        together.wait()
        try:
            Store.open(path).close()
        except BaseException as error:
            failures.append(error)

    for number in range(60):
        together = threading.Barrier(4)
        path = tmp_path / f"{number}.sqlite"
        openers = [threading.Thread(target=begin, args=(path, together)) for _ in range(4)]
        for opener in openers:
            opener.start()
        for opener in openers:
            opener.join()
    assert failures == []
