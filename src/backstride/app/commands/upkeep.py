"""Commands that look after the store and the knowledge."""

from __future__ import annotations

import platform
from dataclasses import asdict
from typing import Annotated

import typer

from backstride import __version__
from backstride.app.cases import failing_cases
from backstride.app.commands.common import AsJson, StorePath, echo_json, opened
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadKnowledge

knowledge_app = typer.Typer(no_args_is_help=True, help="The sourced knowledge behind every answer.")


@knowledge_app.command("check")
def check(as_json: AsJson = False) -> None:
    """Load every knowledge file, run every case in them, and name every fault at once."""
    try:
        knowledge = shipped()
        faults = failing_cases(knowledge)
        count = sum(len(getattr(record, "case", ())) for record in knowledge.records())
        summary = (
            f"{len(tuple(knowledge.records()))} records, {count} cases, {len(knowledge.sources)} sources"
        )
    except BadKnowledge as error:
        faults, summary = error.faults, "the knowledge could not be loaded"
    if as_json:
        echo_json({"faults": faults, "summary": summary})
    else:
        for fault in faults:
            typer.echo(fault, err=True)
        typer.echo(f"knowledge: {summary}: " + (f"{len(faults)} FAULTS" if faults else "all hold"))
    if faults:
        raise typer.Exit(1)


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
                typer.echo(f"{name:>22}  {part}")
        else:
            typer.echo(f"{key:>22}  {value}")


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
            typer.confirm(f"Delete everything in {opened_store.path}? It cannot be brought back.", abort=True)
        opened_store.forget_everything()
    typer.echo("Everything is deleted.")
