"""A command line that cannot be taken is refused in our own words, with what would be right."""

from __future__ import annotations

import subprocess
import sys

import pytest


def run(*words: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "backstride", *words], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr.splitlines()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("plna",), "plna: no such command (did you mean plan?)"),
        (("knowledge", "shwo"), "shwo: no such command (did you mean show?)"),
        (("why", "--unit", "km"), "--unit: no such option (did you mean --units?)"),
        (("why", "--units", "m"), "--units: right would be one of 'km', 'miles'"),
        (("why", "--on", "today"), "--on: must be a day as YYYY-MM-DD"),
        (("add",), "paths is missing"),
        (("plan", "a", "b"), "too much: a b"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(words: tuple[str, ...], told: str) -> None:
    code, lines = run(*words)

    assert (2, told) == (code, lines[0])
    assert lines[1].endswith(" -h")
    assert len(lines) == 2


def test_it_is_said_in_the_language_asked_for() -> None:
    assert run("--language", "de", "plna")[1][0] == "plna: diesen Befehl gibt es nicht (meintest du plan?)"


def test_a_group_without_a_command_shows_its_help() -> None:
    code, lines = run("knowledge")

    assert code == 2
    assert any("check" in line for line in lines)
    assert not [line for line in lines if "Traceback" in line]
