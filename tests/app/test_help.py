"""The help of the commands: in the language asked for, and whole."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import typer

from backstride.app import cli
from backstride.app.cli import app, main
from backstride.app.help_words import everything, help_sentences, in_full, speak
from backstride.knowledge.loader import shipped


@pytest.fixture
def root() -> Any:
    return typer.main.get_command(app)


def test_every_command_says_what_it_does(root: Any) -> None:
    silent = [name for name, command in root.commands.items() if not command.help]

    assert silent == []
    assert len(set(help_sentences(root).values())) == len(help_sentences(root)), "each text stands once"
    assert everything(root).keys() > shipped().sentences.keys()


def test_help_is_put_into_a_language_everywhere_it_stands(root: Any) -> None:
    speak(root, "de")

    for name in ("why", "plan", "assess"):
        said = {each.name: each.help for each in root.commands[name].params}
        assert said["as_json"] == "JSON ausgeben."
    assert root.commands["knowledge"].commands["check"].help.startswith("Alle Wissensdateien laden")


def test_a_list_of_commands_is_not_cut_short(root: Any) -> None:
    in_full(root)

    assert all(command.short_help == command.help for command in root.commands.values())


@pytest.mark.parametrize(
    ("words", "variable", "told"),
    [
        (["--language", "de"], "en", "de"),
        (["--language=de"], "en", "de"),
        ([], "de", "de"),
        ([], "xx", "en"),
        (["--language"], "en", "en"),
    ],
)
def test_the_language_of_the_help_is_known_before_the_command_runs(
    monkeypatch: pytest.MonkeyPatch, words: list[str], variable: str, told: str
) -> None:
    monkeypatch.setenv("BACKSTRIDE_LANGUAGE", variable)

    assert cli._asked_for(words) == told


def test_help_typed_in_german_is_german(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["backstride", "--language", "de", "why", "--help"])
    with pytest.raises(SystemExit) as left:
        main()

    assert left.value.code == 0
    assert "Diese zuerst einlesen." in capsys.readouterr().out
