"""Commands on the list of activities: look, take out, join, part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from backstride.app.commands.common import (
    AsJson,
    StorePath,
    UnitsOption,
    day_or_today,
    echo_json,
    opened,
    wording,
)
from backstride.app.record import activities_of, found, hold, remove, short
from backstride.app.run_words import channel_names, device_name, repairs_told, runs_say
from backstride.model.activity import Activity, Copy
from backstride.model.text import Quantity, Text, Unit
from backstride.reports.wording import Wording

LAST = 20

runs_app = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    help="The list of activities; and each one: show, remove, join, part.",
)
Id = Annotated[str, typer.Argument(help="The id as the list has it, or how it begins.")]


@runs_app.callback()
def runs(
    context: typer.Context,
    store: StorePath = None,
    every: Annotated[bool, typer.Option("--all", help="From the first one on.")] = False,
    sports: Annotated[bool, typer.Option("--sports", help="Other sports too.")] = False,
    units: UnitsOption = "km",
    as_json: AsJson = False,
) -> None:
    if context.invoked_subcommand is not None:
        return
    words = wording(units)
    with opened(store) as opened_store:
        wanted = [each for each in activities_of(opened_store) if sports or each.sport == "run"]
        shown = wanted if every else wanted[-LAST:]
        if as_json:
            echo_json({"schema": "backstride/runs/1", "runs": [run_json(each) for each in shown]})
            return
        before = None
        for each in shown:
            device = device_name(each)
            if device is not None and before not in (None, device):
                typer.echo(f"{'':14}{runs_say(words, 'device_from_here', device=device)}")
            before = device or before
            typer.echo(_line(each, words))
    if not wanted:
        typer.echo(runs_say(words, "none"))
    elif len(shown) < len(wanted):
        typer.echo(runs_say(words, "more", n=Quantity(len(wanted) - len(shown), "count")))


@runs_app.command("show")
def show(id: Id, store: StorePath = None, units: UnitsOption = "km", as_json: AsJson = False) -> None:
    """One activity: its numbers, and which record gave what."""
    with opened(store) as opened_store:
        one = found(activities_of(opened_store), id)
        if as_json:
            echo_json(run_json(one))
            return
        for line in _shown(one, wording(units)):
            typer.echo(line)


@runs_app.command("remove")
def remove_one(id: Id, store: StorePath = None, units: UnitsOption = "km") -> None:
    """Take an activity out, with every copy of it; it stays out when the same comes in again."""
    with opened(store) as opened_store:
        gone = remove(opened_store, id, day_or_today(None))
    words = wording(units)
    typer.echo(
        runs_say(words, "removed", day=gone.on, sport=_sport(gone), distance=_known(words, gone.distance_m))
    )


@runs_app.command("join")
def join(first: Id, second: Id, store: StorePath = None) -> None:
    """Hold two records to be one activity, whatever the rules say."""
    with opened(store) as opened_store:
        hold(opened_store, first, second, same=True)
    typer.echo(runs_say(wording("km"), "joined"))


@runs_app.command("part")
def part(first: Id, second: Id, store: StorePath = None) -> None:
    """Hold two records to be different activities, whatever the rules say."""
    with opened(store) as opened_store:
        hold(opened_store, first, second, same=False)
    typer.echo(runs_say(wording("km"), "parted"))


def _sport(activity: Activity) -> Text:
    return Text(f"runs.sport_{activity.sport}")


def _known(words: Wording, value: float | None, unit: Unit = "m") -> str:
    return runs_say(words, "not_known") if value is None else words.quantity(Quantity(value, unit))


def _line(each: Activity, words: Wording) -> str:
    line = runs_say(
        words,
        "line",
        day=f"{each.start:%Y-%m-%d %H:%M}",
        sport=_sport(each),
        distance=_known(words, each.distance_m),
        time=_known(words, each.moving_s or each.elapsed_s, "s"),
        title=each.title or "",
    )
    copies = f"  ({runs_say(words, 'copies', n=str(len(each.copies)))})" if each.copies else ""
    return f"{short(each.id):<13} {line.rstrip()}{copies}"


def _shown(one: Activity, words: Wording) -> Iterator[str]:
    yield runs_say(words, "shown", day=one.on, at=f"{one.start:%H:%M}", sport=_sport(one))
    if one.title:
        yield runs_say(words, "title", title=one.title)
    yield runs_say(words, "distance", distance=_known(words, one.distance_m))
    yield runs_say(words, "moving", time=_known(words, one.moving_s, "s"))
    yield runs_say(words, "elapsed", time=_known(words, one.elapsed_s, "s"))
    if device := device_name(one):
        yield runs_say(words, "device", device=device)
    if one.shoe:
        yield runs_say(words, "shoe", shoe=one.shoe)
    if one.note:
        yield runs_say(words, "note", note=one.note)
    yield runs_say(words, "zone", zone=Text(f"runs.zone_{one.zone_from}"))
    if one.stream:
        yield runs_say(words, "channels", names=channel_names(one.stream, words))
    else:
        yield runs_say(words, "no_channels")
    if one.repairs:
        yield runs_say(words, "repairs", names=repairs_told(one.repairs, words))
    yield from (words.told(each) for each in one.warnings)
    yield from _records(one, words)


def _records(one: Activity, words: Wording) -> Iterator[str]:
    if not one.copies:
        yield runs_say(words, "alone", name=one.origin.name, reader=one.origin.reader)
        return
    yield runs_say(words, "made_of", n=str(len(one.copies)))
    for copy in one.copies:
        told = {"name": copy.origin.name, "reader": copy.origin.reader, "id": short(copy.id)}
        yield f"  - {words.say(Text('runs.from', told))}"
        names = channel_names(copy.gave, words)
        yield f"      {runs_say(words, 'gave', names=names) if names else runs_say(words, 'gave_nothing')}"


def run_json(one: Activity) -> dict[str, Any]:  # Any: JSON
    """One activity as JSON, with the records it was made of."""
    return {
        "id": one.id,
        "start": one.start.isoformat(),
        "zone_from": one.zone_from,
        "sport": one.sport,
        "distance_m": one.distance_m,
        "moving_s": one.moving_s,
        "elapsed_s": one.elapsed_s,
        "climb_m": one.climb_m,
        "descent_m": one.descent_m,
        "surface": one.surface,
        "rpe": one.rpe,
        "shoe": one.shoe,
        "device": device_name(one),
        "title": one.title,
        "note": one.note,
        "averages": dict(one.averages),
        "channels": list(one.stream),
        "repairs": list(one.repairs),
        "warnings": list(one.warnings),
        "records": [_record_json(copy) for copy in one.copies or (Copy(one.id, one.origin, one.service_id),)],
    }


def _record_json(copy: Copy) -> dict[str, Any]:
    return {
        "id": copy.id,
        "file": copy.origin.name,
        "sha256": copy.origin.sha256,
        "reader": copy.origin.reader,
        "service_id": copy.service_id,
        "gave": list(copy.gave),
    }
