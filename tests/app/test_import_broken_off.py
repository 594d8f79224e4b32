"""An import that is broken off leaves a sound store, and the next one goes on from there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from backstride.app import reading, workers
from backstride.app.intake import import_paths
from backstride.app.reading import Done, Job
from backstride.app.workers import read_in_order
from backstride.store.store import Store

PROGRAM = Path(__file__).with_name("importing.py")
FILES = 60
KILLS = 20
START = datetime(2024, 1, 1, 6, tzinfo=UTC)


def gpx(number: int) -> bytes:
    """A made-up run of five minutes; each number is another day."""
    begun = START + timedelta(days=number)
    points = (
        f'<trkpt lat="{48 + 0.0001 * second:.6f}" lon="9"><ele>300</ele>'
        f"<time>{begun + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for second in range(0, 300, 3)
    )
    head = '<gpx version="1.1" creator="made-up"><trk><type>running</type><trkseg>'
    return f"{head}{''.join(points)}</trkseg></trk></gpx>".encode()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A zip of zips with sound runs, one twice, one cut short and one that is none."""
    path = tmp_path_factory.mktemp("given") / "made-up-export.zip"
    parts = [gpx(number) for number in range(FILES)]
    given = [*parts, parts[3], parts[5][:2_000], b"<html>sign in</html>"]
    with ZipFile(path, "w") as whole:
        for first in range(0, len(given), 20):
            inner = BytesIO()
            with ZipFile(inner, "w", ZIP_DEFLATED) as packed:
                for number, data in enumerate(given[first : first + 20], first):
                    packed.writestr(f"run-{number}.gpx", data)
            whole.writestr(f"part-{first}.zip", inner.getvalue())
    return path


def begin(store: Path, archive: Path, mark: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), str(store), str(archive)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "BACKSTRIDE_TEST_MARK": mark},
    )


def marked(mark: str) -> list[int]:
    """Processes that carry a mark in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"BACKSTRIDE_TEST_MARK={mark}".encode() in place.read_bytes():
                found.append(int(place.parent.name))
        except OSError:
            continue
    return found


def told_files(program: subprocess.Popen[str], count: int) -> str:
    """The last line once so many files are in, or the program has ended."""
    assert program.stdout is not None
    line = ""
    for line in program.stdout:
        if not line[0].isdigit() or int(line) >= count:
            break
    return line.strip()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux's /proc")
def test_twenty_times_killed_nothing_is_lost_doubled_or_left_running(archive: Path, tmp_path: Path) -> None:
    store, whole = tmp_path / "killed.sqlite", tmp_path / "whole.sqlite"
    chance, mark = random.Random(4), uuid4().hex
    for _ in range(KILLS):
        with begin(store, archive, mark) as program:
            told_files(program, chance.randint(1, 70))
            time.sleep(chance.random() * 0.03)
            program.send_signal(signal.SIGKILL)
        if store.exists():
            with Store.open(store) as opened:
                assert opened.doctor(thorough=True).sound
    with begin(store, archive, mark) as program:
        assert told_files(program, 1_000) == "whole"
    with Store.open(whole) as opened:
        import_paths(opened, (archive,), UTC, lambda progress: None, workers=0)

    with Store.open(store) as killed, Store.open(whole) as once:
        assert len(once.history().activities) == FILES + 1
        assert [one.id for one in once.history().activities] == [
            one.id for one in killed.history().activities
        ]
        for ours, theirs in zip(once.history().activities, killed.history().activities, strict=True):
            assert ours.stream["latitude_deg"].tolist() == theirs.stream["latitude_deg"].tolist()
        last = killed.ledger(killed.imports()[-1].id)
        assert len(last) == FILES + 3
        assert killed.doctor(thorough=True).sound

    deadline = time.monotonic() + 10
    while marked(mark) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not marked(mark), "workers outlived the import that began them"


def test_ctrl_c_keeps_what_is_in_and_the_next_import_goes_on(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "stopped.sqlite"
    with begin(store, archive, "") as program:
        told_files(program, 10)
        program.send_signal(signal.SIGINT)
        assert program.stdout is not None
        rest = program.stdout.read().split()
    assert (program.returncode, rest[-1]) == (0, "stopped")

    with Store.open(store) as opened:
        kept = len(opened.history().activities)
        report = import_paths(opened, (archive,), UTC, lambda progress: None)
        assert 10 <= kept < FILES
        assert kept <= Counter(line.outcome for line in report.lines)["duplicate"] <= kept + 2
        assert len(opened.history().activities) == FILES + 1


def test_with_workers_the_ledger_is_what_it_is_without(archive: Path, tmp_path: Path) -> None:
    ledgers = []
    for count in (0, 2):
        with Store.open(tmp_path / f"{count}.sqlite") as store:
            ledgers.append(import_paths(store, (archive,), UTC, lambda progress: None, workers=count).lines)
    assert ledgers[0] == ledgers[1]


def _dies_on_cue(job: Job) -> Done:
    if job.data == b"deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return reading.read_and_pack(job)


def test_a_file_that_ends_its_reader_is_given_up_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "read_and_pack", _dies_on_cue)
    jobs = [Job(f"{n}.gpx", b"deadly" if n == 4 else gpx(n), UTC, "made-up") for n in range(9)]
    done = list(read_in_order(jobs, 2))

    assert [job.name for job in jobs] == [each.line.name for each in done]
    assert [each.line.outcome for each in done] == ["imported"] * 4 + ["unreadable"] + ["imported"] * 4
    assert "memory or time" in done[4].line.why


def test_a_mistake_of_ours_costs_one_file_and_tells_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def trips(*_: object) -> None:
        raise LookupError("latitude 48.1234 of somebody")

    monkeypatch.setattr(reading, "read", trips)
    line = reading.read_and_pack(Job("run.gpx", gpx(1), UTC, "made-up")).line

    assert line.outcome == "unreadable"
    assert "LookupError" in line.why
    assert "48.1234" not in line.why
