"""Commands that look after the store."""

from __future__ import annotations

import platform
from dataclasses import asdict
from typing import Annotated

import typer

from backstride import __version__
from backstride.app.api_token import forget_token
from backstride.app.commands.common import AsJson, StorePath, door, echo_json, opened
from backstride.knowledge.loader import shipped


def doctor(
    store: StorePath = None,
    thorough: Annotated[
        bool, typer.Option(help="Also look at every page of the store and every original.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Is everything sound: program, knowledge, store?"""
    with opened(store) as opened_store:
        health = asdict(opened_store.doctor(thorough))
    facts = {
        "backstride": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "knowledge": shipped().version,
        "store": health,
    }
    if as_json:
        echo_json(_plain(facts))
        return
    for key, value in facts.items():
        if isinstance(value, dict):
            for name, part in value.items():
                typer.echo(f"{name:>22}  {_words(part)}")
        else:
            typer.echo(f"{key:>22}  {value}")


def _words(value: object) -> str:
    """A value as a person reads it."""
    match value:
        case dict():
            return ", ".join(f"{name} {part}" for name, part in value.items()) or "none"
        case list() | tuple():
            return ", ".join(str(part) for part in value) or "none"
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)


def _plain(value: object) -> object:
    match value:
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case None | bool() | int() | float() | str():
            return value
    return str(value)


def forget(
    store: StorePath = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete the whole store: every file, activity and note."""
    with opened(store) as opened_store:
        if not yes:
            typer.confirm(door("forget", file=str(opened_store.path)), abort=True)
        opened_store.forget_everything()
        forget_token(opened_store.path)
    typer.echo(door("forgotten"))
