"""However an import dies, at most the file in hand is lost."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.store import made_up
from tests.store.made_up import assert_same_columns

from backstride.store.store import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are POSIX")

REPOSITORY = Path(__file__).parents[2]
ROUNDS = 8


def start(path: Path, first: int, what: str) -> subprocess.Popen[str]:
    environ = {**os.environ, "PYTHONPATH": f"{REPOSITORY / 'src'}{os.pathsep}{REPOSITORY}"}
    command = [sys.executable, "-m", "tests.store.importer", str(path), str(first), what]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ, cwd=REPOSITORY)


def told(lines: Sequence[str], word: str) -> set[int]:
    return {int(line.split()[1]) for line in lines if line.startswith(word) and line.endswith("\n")}


def killed(path: Path, first: int, chance: random.Random) -> list[str]:
    """What an import said until it was killed, some lines after its start and within a file."""
    process = start(path, first, "forever")
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(chance.randrange(1, 60))]
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=chance.uniform(0, 0.006))
    process.kill()
    rest, _ = process.communicate()
    return lines + rest.splitlines(keepends=True)


def assert_whole(path: Path) -> set[int]:
    """The numbers of the files stored; fails unless the store is sound and each of them is there in full."""
    with Store.open(path) as store:
        health = store.doctor(thorough=True)
        assert health.sound
        assert health.complete
        names = {line.name for line in store.ledger() if line.outcome == "imported"}
        numbers = {int(name.removeprefix("run-").removesuffix(".fit")) for name in names}
        expected = [made_up.file(number) for number in sorted(numbers)]
        found = store.history().activities
        assert [activity.id for _, activity, _ in expected] == [activity.id for activity in found]
        assert len(expected) == health.rows["original"]
        for (data, activity, _), stored in zip(expected, found, strict=True):
            assert_same_columns(activity.stream, stored.stream)
            assert data == store.original(activity.origin.sha256)
    return numbers


def test_an_import_killed_at_any_moment_loses_at_most_the_file_in_hand(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    chance = random.Random(20_241)
    begun: set[int] = set()
    done: set[int] = set()
    for _ in range(ROUNDS):
        in_hand = max(begun, default=0)  # the next import takes up the file that may have been lost
        lines = killed(path, in_hand, chance)
        begun |= told(lines, "begin")
        done |= told(lines, "done")
        with Store.open(path) as store:
            assert store.doctor().sound
    stored = assert_whole(path)
    assert done <= stored <= begun
    assert len(begun - done) <= 1
    assert len(done) > ROUNDS


def test_an_import_that_dies_before_any_one_of_its_statements_leaves_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    Store.open(path).close()
    process = start(path, 0, "die_everywhere")
    output, _ = process.communicate()
    lines = output.splitlines(keepends=True)
    assert process.returncode == 0
    assert len(told(lines, "died")) > len(made_up.CHANNELS_USED)  # one statement a column, and some more
    assert told(lines, "done") == assert_whole(path)
