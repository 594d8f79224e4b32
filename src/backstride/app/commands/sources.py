"""How to get an archive: the clicks for each maker."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from backstride.app.commands.common import AsJson, door, echo_json, paper, wording
from backstride.app.makers import MAKERS, WRITTEN, Maker
from backstride.model.errors import BadInput
from backstride.model.faults import did_you_mean
from backstride.model.said import said
from backstride.reports.wording import Wording


def sources(
    maker: Annotated[
        str | None,
        typer.Argument(help="Only this maker or service, as in the list.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """How to get your runs from each maker: where to click, how long it takes, what comes."""
    wanted = MAKERS if maker is None else (_called(maker),)
    words = wording("km")
    if as_json:
        rows = [_json(each) for each in wanted]
        echo_json({"schema": "backstride/makers/1", "written": WRITTEN, "makers": rows})
        return
    for each in wanted:
        for line in _lines(each, words, paper().width):
            typer.echo(line)
    typer.echo(door("makers_written", when=WRITTEN))


def _called(name: str) -> Maker:
    wanted = name.strip().lower()
    found = next((each for each in MAKERS if wanted in (each.id, each.name.lower())), None)
    if found is None:
        meant = did_you_mean(wanted, [each.id for each in MAKERS])
        fault = said(
            "{name}: no such maker{meant}; list them with: backstride sources", name=name, meant=meant
        )
        raise BadInput((fault,))
    return found


def _lines(maker: Maker, words: Wording, width: int) -> list[str]:
    steps = [f"{number}. {words.told(step)}" for number, step in enumerate(maker.steps, 1)]
    ends = [words.told(maker.waits), words.told(maker.gives)]
    told = [f"{maker.name}  [{maker.id}]"]
    for step in steps:
        told += textwrap.wrap(step, width, initial_indent="  ", subsequent_indent="     ")
    for end in ends:
        told += textwrap.wrap(end, width, initial_indent="     ", subsequent_indent="     ")
    return [*told, ""]


def _json(maker: Maker) -> dict[str, object]:
    return {
        "id": maker.id,
        "name": maker.name,
        "steps": list(maker.steps),
        "waits": maker.waits,
        "gives": maker.gives,
    }
