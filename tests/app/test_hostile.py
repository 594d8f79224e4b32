"""Hostile archives are turned away in words, soon, with nothing written elsewhere, and the rest is read."""

from __future__ import annotations

import io
import os
import re
import shutil
import tempfile
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path
from time import process_time

import pytest
from tests.app.hostile import CASES, GOOD, MIB, OTHER, RUN
from tests.formats.test_unpack import zipped

from backstride.app.intake import ImportReport, Progress, Tell, import_paths
from backstride.model.activity import Activity
from backstride.store.store import Store

LONGEST_S = 10.0
"""Of this process, however busy the machine is."""
MOST_BYTES = 500 * MIB
"""The cell of 100 MB, its file and its text are held at one time."""


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to be handed in; home and the place for passing files are watched ones."""
    for name in ("home", "passing", "store", "given"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "passing"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path / "home")
    yield tmp_path / "given"
    top, below = tmp_path / "given" / "d", tmp_path / "given" / "below"
    while top.exists():  # 1,500 folders in one another are more than pytest can clear away
        if (top / "d").exists():
            (top / "d").rename(below)
        shutil.rmtree(top)
        if below.exists():
            below.rename(top)


def beside_the_store(folder: Path) -> dict[str, int]:
    """Every path there is with its size, without the store's own folder."""
    found: dict[str, int] = {}
    waiting = [str(folder)]  # not os.walk, which calls itself once for each of 1,500 folders
    while waiting:
        for entry in os.scandir(waiting.pop()):
            inside = entry.is_dir(follow_symlinks=False) and entry.path != str(folder / "store")
            waiting += [entry.path] * inside
            found[entry.path] = 0 if entry.is_dir() else entry.stat(follow_symlinks=False).st_size
    return found


def taken(
    root: Path, paths: Sequence[Path], tell: Tell = lambda progress: None
) -> tuple[ImportReport, tuple[Activity, ...]]:
    """The report and what the store holds after it, in bounded time, with nothing written elsewhere."""
    before, begun = beside_the_store(root), process_time()
    with Store.open(root / "store" / "store.sqlite") as store:
        report = import_paths(store, paths, UTC, tell, workers=0)
        took_s, activities = process_time() - begun, store.history().activities
    assert took_s < LONGEST_S
    assert before == beside_the_store(root)
    for line in report.lines:
        line.name.encode()
        assert line.why
        assert "a mistake in backstride" not in line.why
    return report, activities


@pytest.mark.parametrize("trap", CASES)
def test_a_trap_is_turned_away_in_words_and_the_run_beside_it_is_read(trap: str, given: Path) -> None:
    CASES[trap].lay(given)
    tracemalloc.start()
    try:
        report, activities = taken(given.parent, [given])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < MOST_BYTES
    by_name = {line.name: line for line in report.lines}
    assert by_name[RUN].outcome == "imported"
    for name, words in CASES[trap].words.items():
        assert by_name[name].outcome in ("unreadable", "set_aside")
        assert re.search(words, by_name[name].why), by_name[name].why
    assert len([each for each in activities if each.distance_m and each.distance_m > 4_000]) >= 1


def test_thousands_of_tiny_members_each_have_their_line(given: Path) -> None:
    whole = given / "export.zip"
    whole.write_bytes(zipped({**{f"{nth}.txt": b"%d" % nth for nth in range(5_000)}, RUN: GOOD}))
    report, activities = taken(given.parent, [whole])

    assert len(report.lines) == 5_001
    assert len(activities) == 1


def test_files_that_change_or_vanish_while_others_are_read_cost_only_themselves(given: Path) -> None:
    for name in ("a.gpx", "z.gpx"):
        (given / name).write_bytes(GOOD if name == "z.gpx" else OTHER)
    (given / "gone.gpx").write_bytes(GOOD)
    (given / "shrinks.gpx").write_bytes(GOOD + b"<!-- -->")
    (given / "grows.zip").write_bytes(zipped({"one.gpx": GOOD + b"<!-- 1 -->"}))
    done: list[str] = []

    def tell(progress: Progress) -> None:
        if not done:
            (given / "gone.gpx").unlink()
            with (given / "shrinks.gpx").open("r+b") as file:
                file.truncate(10)
            with (given / "grows.zip").open("ab") as file:
                file.write(os.urandom(100_000))
        done.append(progress.name)

    with Store.open(given.parent / "store" / "store.sqlite") as store:
        report = import_paths(store, [given], UTC, tell, workers=0)

    outcomes = {line.name: line.outcome for line in report.lines}
    assert (outcomes["a.gpx"], outcomes["z.gpx"]) == ("imported", "imported")
    assert (outcomes["gone.gpx"], outcomes["shrinks.gpx"]) == ("unreadable", "unreadable")


def test_a_zip_that_is_cut_while_it_is_read_gives_what_came_before(given: Path) -> None:
    noise = {f"{nth}.txt": os.urandom(200_000) for nth in range(5)}
    whole = given / "export.zip"
    whole.write_bytes(zipped({"first.gpx": OTHER, **noise}))
    (given / RUN).write_bytes(GOOD)
    done: list[str] = []

    def tell(progress: Progress) -> None:
        if not done:
            os.truncate(whole, 300_000)
        done.append(progress.name)

    with Store.open(given.parent / "store" / "store.sqlite") as store:
        report = import_paths(store, [given], UTC, tell, workers=0)

    outcomes = {line.name: line.outcome for line in report.lines}
    assert (outcomes["first.gpx"], outcomes[RUN]) == ("imported", "imported")
    assert outcomes["4.txt"] == "unreadable"
    assert len(report.lines) == 7


@pytest.mark.parametrize("what", ["file", "folder"])
@pytest.mark.skipif(os.geteuid() == 0, reason="SKIPPED: root may read everything; nothing was checked")
def test_what_may_not_be_read_is_said_and_the_rest_is_read(given: Path, what: str) -> None:
    closed = given / "closed"
    closed.write_bytes(OTHER) if what == "file" else closed.mkdir()
    (given / RUN).write_bytes(GOOD)
    closed.chmod(0)
    try:
        report, activities = taken(given.parent, [given])
    finally:
        closed.chmod(0o700)

    assert {line.name: line.outcome for line in report.lines} == {"closed": "unreadable", RUN: "imported"}
    assert len(activities) == 1


def test_a_file_that_the_system_refuses_is_said_and_the_rest_is_read(
    given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (given / os.fsdecode(b"closed\xff")).write_bytes(OTHER)
    (given / RUN).write_bytes(GOOD)
    whole = Path.open

    def refused(path: Path, mode: str = "r") -> io.BufferedReader:
        if path.name.startswith("closed"):
            raise PermissionError(13, "Permission denied")
        return whole(path, "rb")

    monkeypatch.setattr(Path, "open", refused)
    report, activities = taken(given.parent, [given])

    (line,) = (line for line in report.lines if line.name == "closed?")
    assert (line.outcome, line.why) == ("unreadable", "at opening it: Permission denied")
    assert len(activities) == 1


def test_an_empty_folder_says_so(given: Path) -> None:
    (given / "nothing" / "here").mkdir(parents=True)
    report, _ = taken(given.parent, [given])

    assert [(line.name, line.outcome, line.why) for line in report.lines] == [
        ("given", "set_aside", "the folder holds no file")
    ]


def test_a_pipe_handed_in_by_itself_is_not_waited_for(given: Path) -> None:
    os.mkfifo(given / "pipe")
    report, _ = taken(given.parent, [given / "pipe"])

    assert [line.outcome for line in report.lines] == ["set_aside"]


def test_a_folder_given_twice_and_its_zip_beside_it_hold_each_run_once(given: Path) -> None:
    (given / "export").mkdir()
    (given / "export" / RUN).write_bytes(GOOD)
    (given / "export.zip").write_bytes(zipped({RUN: GOOD}))
    paths = [given / "export", given / "export", given / "export.zip", given]
    report, activities = taken(given.parent, paths)

    assert ["imported", *["duplicate"] * 4] == [line.outcome for line in report.lines]
    assert len(activities) == 1
