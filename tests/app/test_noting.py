"""Lines of files that gave nothing are written many at a time, and nothing else changes by that."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from datetime import UTC
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from tests.app.test_import_broken_off import begin, gpx, told_files

from backstride.app import noting
from backstride.app.intake import Progress, import_paths
from backstride.app.noting import Notes
from backstride.model.ledger import LedgerLine
from backstride.model.said import said
from backstride.store.store import Store

RUNS, LETTERS, KILLS = 4, 1_200, 6
NO_WORDS = lambda progress: None  # noqa: E731  # nobody watches


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Letters by the hundred, some of them twice, with a run here and there."""
    path = tmp_path_factory.mktemp("given") / "made-up-export.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as whole:
        for number in range(LETTERS):
            # Every fiftieth is the one before it once more.
            whole.writestr(f"letter-{number}.txt", f"made up {number - (number % 50 == 49)}")
            if number % (LETTERS // RUNS) == 100:
                whole.writestr(f"run-{number}.gpx", gpx(number))
    return path


def taken_in(store: Path, given: Path) -> tuple[LedgerLine, ...]:
    with Store.open(store) as opened:
        report = import_paths(opened, (given,), UTC, NO_WORDS, workers=0)
        assert opened.ledger() == report.lines
        return report.lines


def test_the_ledger_is_what_it_is_when_each_line_is_written_by_itself(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = taken_in(tmp_path / "many.sqlite", archive)
    monkeypatch.setattr(noting, "MOST_LINES", 1)
    single = taken_in(tmp_path / "single.sqlite", archive)

    assert many == single
    assert Counter(line.outcome for line in many) == {
        "set_aside": LETTERS - LETTERS // 50,
        "duplicate": LETTERS // 50,
        "imported": RUNS,
    }


def test_a_letter_that_comes_twice_in_a_row_is_known_while_its_line_waits(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("made up")
    first, second = taken_in(tmp_path / "store.sqlite", tmp_path)[:2]

    assert (first.outcome, second.outcome, second.why) == ("set_aside", "duplicate", "the same as a.txt")


@pytest.mark.parametrize(("limit", "value"), [("MOST_LINES", 3), ("LONGEST_S", 0.0), ("MOST_BYTES", 0)])
def test_lines_wait_no_longer_than_they_may(
    limit: str, value: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "LONGEST_S", 1e9)
    with Store.open(tmp_path / "store.sqlite") as store:
        notes = Notes(store, store.begin_import())
        lines = [LedgerLine(f"{number}.txt", "set_aside", said("a text")) for number in range(3)]
        for line in lines[:2]:
            notes.take(line, None)
        assert store.ledger() == ()
        monkeypatch.setattr(noting, limit, value)
        notes.take(lines[2], None)
        assert store.ledger() == tuple(lines)


def test_while_lines_wait_another_program_may_write(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store.open(path) as store, Store.open(path, busy_s=0.1) as other:
        notes = Notes(store, store.begin_import())
        notes.take(LedgerLine("a.txt", "set_aside", said("a text")), None)
        other.begin_import()
        notes.write()
        assert len(other.ledger()) == 1


def test_ctrl_c_writes_the_lines_that_wait(archive: Path, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.files == 777:
            raise KeyboardInterrupt

    with Store.open(tmp_path / "store.sqlite") as store:
        report = import_paths(store, (archive,), UTC, stop, workers=0)
        assert report.stopped
        assert len(report.lines) == 777
        assert store.ledger() == report.lines


def test_killed_at_any_moment_nothing_is_lost_or_doubled(archive: Path, tmp_path: Path) -> None:
    store, chance = tmp_path / "killed.sqlite", random.Random(7)
    for _ in range(KILLS):
        with begin(store, archive, "") as program:
            told_files(program, chance.randint(1, LETTERS))
            time.sleep(chance.random() * 0.03)
            program.send_signal(signal.SIGKILL)
        with Store.open(store) as opened:
            assert opened.doctor(thorough=True).sound
            lines = opened.ledger(opened.imports()[-1].id)
            assert len({line.name for line in lines}) == len(lines)
    with begin(store, archive, "") as program:
        assert told_files(program, 10 * LETTERS) == "whole"

    with Store.open(store) as opened:
        assert len(opened.history().activities) == RUNS
        assert len(opened.ledger(opened.imports()[-1].id)) == LETTERS + RUNS
        aside = Counter(line.name for line in opened.ledger() if line.outcome == "set_aside")
        assert set(aside.values()) == {1}
        assert opened.doctor(thorough=True).sound
