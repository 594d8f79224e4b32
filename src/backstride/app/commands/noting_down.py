"""What was told, entry by entry, and taking any of it back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, get_args

import typer

from backstride.app.commands.common import AsJson, StorePath, door, echo_json, opened, wording
from backstride.app.diary_lines import kinds, rows_of
from backstride.app.diary_words import day_of, entry_words, kind_words
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput
from backstride.model.said import said
from backstride.store.diary import DiaryRow, Kind
from backstride.store.records import to_plain

LAST = 30


def diary(
    day: Annotated[
        datetime | None,
        typer.Option("--day", formats=["%Y-%m-%d"], help="Only this day.", show_default=False),
    ] = None,
    kind: Annotated[str | None, typer.Option(help=" | ".join(get_args(Kind)), show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="From the first one on.")] = False,
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """What you told, each entry with its number: the last ones, one day, or one kind."""
    with opened(store) as opened_store:
        rows = rows_of(
            opened_store, None if kind is None else kinds(kind), None if day is None else day.date()
        )
    shown = rows if every or day is not None else rows[-LAST:]
    if as_json:
        echo_json({"schema": "backstride/diary/1", "entries": [_json(row) for row in shown]})
        return
    for row in shown:
        on = day_of(row.entry)
        told = door("not_told") if on is None else on.isoformat()
        what = entry_words(row.entry, wording("km"), shipped())
        typer.echo(door("diary_row", id=f"{row.id:>5}", day=told, kind=f"{row.kind:<9}", what=what))
    typer.echo(door("diary_how" if shown else "diary_none"))


def _json(row: DiaryRow) -> dict[str, Any]:  # Any: JSON
    on = day_of(row.entry)
    day = None if on is None else on.isoformat()
    return {"id": row.id, "kind": row.kind, "on": day, "entry": to_plain(row.entry)}


def undo(
    what: Annotated[
        str,
        typer.Argument(help="A number of the diary, or of one kind the last: " + " | ".join(get_args(Kind))),
    ],
    store: StorePath = None,
) -> None:
    """Take back an entry by its number in the diary, or the last one of a kind."""
    if what.isdecimal():
        with opened(store) as opened_store:
            row = next((each for each in opened_store.diary() if each.id == int(what)), None)
            if row is None or not opened_store.forget(row.id):
                raise BadInput((said("{id}: no such entry; backstride diary lists them", id=what),))
        typer.echo(door("taken_back_row", kind=kind_words(row.kind, wording("km")), id=str(row.id)))
        return
    kind = kinds(what)
    with opened(store) as opened_store:
        last = opened_store.forget_last(kind)
    told = kind_words(kind, wording("km"))
    typer.echo(door("nothing_back" if last is None else "taken_back", kind=told))
