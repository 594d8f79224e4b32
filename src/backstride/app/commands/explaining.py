"""Any number walked back to the runs, channels and files it came from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from backstride.app import actions
from backstride.app.commands.common import (
    AsJson,
    OnDay,
    StorePath,
    UnitsOption,
    alarm_of,
    day_or_today,
    echo_json,
    opened,
    paper,
    value_json,
    wording,
)
from backstride.app.explain_words import explain_say, files_of, head, measure_called, name_of, rests_on
from backstride.app.record import short
from backstride.app.run_words import device_name
from backstride.features.explain import MEASURES
from backstride.knowledge.loader import shipped
from backstride.model.activity import Activity
from backstride.model.assessment import Triage
from backstride.model.explained import DayPart, Explained, RunPart
from backstride.model.text import Missing, Quantity, Text
from backstride.reports.wording import Wording


def explain(
    measure: Annotated[
        str | None,
        typer.Argument(help="Which number; without it, a list of all there are.", show_default=False),
    ] = None,
    on: OnDay = None,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=3_660, help="Over so many days that end on that day.", show_default=False),
    ] = None,
    units: UnitsOption = "km",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Where a number comes from: its days, runs, channels and files."""
    words = wording(units)
    if measure is None:
        _list_all(words, as_json)
        return
    name = measure_called(measure)
    with opened(store) as opened_store:
        told, safety = actions.explain(opened_store, name, day_or_today(on), days, shipped())
        if as_json:
            echo_json(explained_json(told, words))
            return
        for line in _lines(told, safety, words):
            typer.echo(line)


def _list_all(words: Wording, as_json: bool) -> None:
    if as_json:
        echo_json(
            {"schema": "backstride/measures/1", "measures": [measure_json(name, words) for name in MEASURES]}
        )
        return
    for name, row in MEASURES.items():
        grain = explain_say(words, f"grain_{row.grain}")
        typer.echo(f"{name:<32} {grain}: {words.say(Text(f'features.name_{name}'))}")
    typer.echo(f"\n{explain_say(words, 'how')}")


def measure_json(name: str, words: Wording) -> dict[str, Any]:  # Any: JSON
    """What a measure is, as JSON."""
    row = MEASURES[name]
    return {
        "id": name,
        "name": words.say(Text(f"features.name_{name}")),
        "meaning": words.say(Text(f"features.means_{name}")),
        "unit": row.unit,
        "grain": row.grain,
        "low": row.low,
        "high": row.high,
        "checked": row.checked,
        "sources": list(row.sources),
    }


def _lines(told: Explained, safety: Triage, words: Wording) -> Iterator[str]:
    """The number first, what it means, then every day behind it; a raised red flag before all."""
    width = paper().width
    if (alarm := alarm_of(safety, words)) is not None:
        yield from (*textwrap.wrap(alarm, width), "")
    title = head(told, words)
    yield from textwrap.wrap(f"{title[:1].upper()}{title[1:]}: {_value(told.value, words)}", width)
    yield from textwrap.wrap(words.say(told.meaning), width, initial_indent="  ", subsequent_indent="  ")
    if isinstance(told.value, Missing):
        help = words.say(told.value.what_would_help)
        yield from textwrap.wrap(help, width, initial_indent="  ", subsequent_indent="  ")
    if told.seen_share < 1:
        yield "  " + explain_say(words, "seen", share=Quantity(told.seen_share, "share"))
    yield ""
    for day in told.days:
        yield from _day(day, words)
    yield ""
    yield from textwrap.wrap(rests_on(told, words, shipped()), width)


def _day(day: DayPart, words: Wording) -> Iterator[str]:
    head = f"  {day.on:%Y-%m-%d}  "
    if not day.runs:
        value = "" if isinstance(day.value, Missing) or day.state != "unrecorded" else _held(day.value, words)
        yield f"{head}{words.say(Text(f'report.state_{day.state}'))}{value}"
        return
    for part in day.runs:
        yield f"{head}{_run(part, words)}"
        yield from (f"{'':14}{line}" for line in _behind(part, words))


def _held(value: Quantity, words: Wording) -> str:
    return f" ({explain_say(words, 'held', value=value)})"


def _run(part: RunPart, words: Wording) -> str:
    run = part.run
    distance = "" if run.distance_m is None else f"  {words.quantity(Quantity(run.distance_m, 'm'))}"
    return f"{run.start:%H:%M}{distance}:  {_value(part.value, words)}"


def _behind(part: RunPart, words: Wording) -> Iterator[str]:
    """Channels, the run it was held against, and the files."""
    if part.channels:
        yield explain_say(
            words, "from", names=", ".join(dict.fromkeys(name_of(each, words) for each in part.channels))
        )
    if part.against is not None:
        distance = Quantity(part.against.distance_m or 0.0, "m")
        yield explain_say(words, "against", day=part.against.on, distance=distance, id=short(part.against.id))
    yield explain_say(
        words, "file", id=short(part.run.id), files=", ".join(files_of(part.run)), device=_device(part.run)
    )


def _device(run: Activity) -> str:
    name = device_name(run)
    return "" if name is None else f", {name}"


def _value(value: Quantity | Missing, words: Wording) -> str:
    return words.known(value)


def explained_json(told: Explained, words: Wording) -> dict[str, Any]:
    """One measure as JSON, with all it rests on."""
    return {
        "schema": "backstride/explain/1",
        **measure_json(told.name, words),
        "first": told.window.first.isoformat(),
        "last": told.window.last.isoformat(),
        "seen_share": told.seen_share,
        "value": value_json(told.value, words),
        "days": [_day_json(day, words) for day in told.days],
    }


def _day_json(day: DayPart, words: Wording) -> dict[str, Any]:
    return {
        "on": day.on.isoformat(),
        "state": day.state,
        "value": value_json(day.value, words),
        "runs": [
            {
                "id": part.run.id,
                "start": part.run.start.isoformat(),
                "value": value_json(part.value, words),
                "from": list(part.channels),
                "against": None if part.against is None else part.against.id,
                "files": [
                    {"name": origin.name, "reader": origin.reader, "sha256": origin.sha256}
                    for origin in [copy.origin for copy in part.run.copies] or [part.run.origin]
                ],
            }
            for part in day.runs
        ],
    }
