"""Options that several commands share, and how they print."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from backstride.knowledge.loader import shipped
from backstride.languages.catalog import ENGLISH, translated
from backstride.model.assessment import Assessment, Tier, Triage
from backstride.model.errors import BadInput
from backstride.model.said import said
from backstride.model.text import Missing, Quantity, Text, Value
from backstride.reports.terminal import Paper, print_on, print_sections
from backstride.reports.tracing import traced
from backstride.reports.wording import Units, Wording
from backstride.store.store import Store
from backstride.store.where import default_path

StorePath = Annotated[
    Path | None, typer.Option("--store", help="Which store; also BACKSTRIDE_STORE.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
OnDay = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="As things stood on this day.", show_default="today"),
]
UnitsOption = Annotated[
    Literal["km", "miles"],
    typer.Option("--units", envvar="BACKSTRIDE_UNITS", help="Distances in km or miles."),
]
Detail = Annotated[bool, typer.Option("--detail", help="Also how to do each step and why.")]


@contextmanager
def opened(path: Path | None) -> Iterator[Store]:
    """The store at a path, or the usual one; closed at the end."""
    with Store.open(path or default_path()) as store:
        yield store


def day_or_today(on: datetime | None) -> date:
    """The day named, or today."""
    return on.date() if on is not None else datetime.now().astimezone().date()


def day_told(on: datetime | None) -> date:
    """The day that something is told of: today, or the day named.

    Raises: BadInput for a day that has not come yet: nobody can tell of it.
    """
    day, today = day_or_today(on), day_or_today(None)
    if day > today:
        raise BadInput(
            (
                said(
                    "--on {day}: that day has not come yet; right would be {today} or before",
                    day=day.isoformat(),
                    today=today.isoformat(),
                ),
            )
        )
    return day


def wording(units: Units) -> Wording:
    """The language asked for, in the runner's units."""
    language = spoken.get()
    return Wording(translated(shipped().sentences, language), units, language)


def door(key: str, **values: Value) -> str:
    """One of the doors' own sentences, in the language asked for."""
    return wording("km").say(Text(f"door.{key}", values))


def alarm_of(safety: Triage, words: Wording) -> str | None:
    """What must stand first on a page that is no answer itself; None where no red flag is raised."""
    return words.say(safety.headline) if safety.tier > Tier.T0 else None


def value_json(value: Quantity | Missing, words: Wording) -> dict[str, Any]:  # Any: JSON
    """A number with its ends and unit, or why there is none and what would supply it."""
    if isinstance(value, Missing):
        return {
            "value": None,
            "why": words.say(value.reason),
            "what_would_help": words.say(value.what_would_help),
        }
    return {"value": value.value, "low": value.low, "high": value.high, "unit": value.unit}


spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)
"""The language of this run of the program, as asked for before the command or in BACKSTRIDE_LANGUAGE."""


def paper(detail: bool = False) -> Paper:
    """This terminal: its width up to 100, colour only where somebody looks at it."""
    width = min(100, max(40, shutil.get_terminal_size((80, 24)).columns))
    return Paper(width, sys.stdout.isatty() and "NO_COLOR" not in os.environ, detail)


def echo_json(value: object) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def show(
    assessment: Assessment, units: Units, detail: bool = False, only: frozenset[str] | None = None
) -> None:
    """An answer on this terminal."""
    typer.echo(print_on(paper(detail), assessment, wording(units), only), nl=False)


def show_traced(assessment: Assessment, units: Units) -> None:
    """What must be seen first, then every sentence with what it rests on."""
    show(assessment, units, only=frozenset())
    words = wording(units)
    section = traced(assessment, words)
    typer.echo(print_sections(paper(detail=False), (section,), assessment.sources, words), nl=False)
