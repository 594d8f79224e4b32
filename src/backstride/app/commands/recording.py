"""The record week by week, and as pictures."""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from backstride.app import actions, recorded
from backstride.app.commands.common import (
    AsJson,
    OnDay,
    StorePath,
    UnitsOption,
    alarm_of,
    day_or_today,
    door,
    echo_json,
    opened,
    paper,
    value_json,
    wording,
)
from backstride.app.commands.files import measure
from backstride.knowledge.loader import shipped
from backstride.model.gear import Gear, GroundWeek
from backstride.model.history import Span
from backstride.model.season import Season, WeekTold
from backstride.model.text import Text, Value
from backstride.reports.record.page import html_page, record_lead, record_page, week_heads, week_row
from backstride.reports.wording import Wording


def record(
    on: OnDay = None,
    weeks: Annotated[int, typer.Option(min=2, max=520, help="So many weeks.")] = 26,
    html: Annotated[
        Path | None, typer.Option("--html", help="Also write it as one page of pictures.", show_default=False)
    ] = None,
    units: UnitsOption = "km",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """Your running week by week: distance, days, longest run and pain; with --html as pictures."""
    words, day = wording(units), day_or_today(on)
    with opened(store) as opened_store:
        measure(opened_store, quiet=as_json)
        told = recorded.record(opened_store, day, spans(weeks, day), shipped())
        alarm = alarm_of(actions.safety_of(opened_store, day, shipped()), words)
    if html is not None:
        page = record_page(
            told.year,
            told.season,
            told.form,
            told.gear,
            alarm,
            record_lead(told.first_on, told.last_on, told.runs, told.season, words),
            words,
        )
        html.write_bytes(html_page(page, words))
        typer.echo(door("wrote", file=str(html)), err=True)
    if as_json:
        echo_json(record_json(told.season, told.gear, words))
        return
    for line in _lines(told, alarm, words):
        typer.echo(line)
    if html is None and told.first_on is not None:
        typer.echo(f"\n{_say(words, 'how_page')}")


def spans(weeks: int, on: date) -> tuple[Span, Span]:
    """The year, and the weeks asked for, whole weeks from Monday on."""
    monday = on - timedelta(days=on.weekday())
    return Span(on - timedelta(days=recorded.YEAR_DAYS - 1), on), Span(
        monday - timedelta(weeks=weeks - 1), on
    )


def _say(words: Wording, key: str, **values: Value) -> str:
    return words.say(Text(f"record.{key}", values))


def _lines(told: recorded.Record, alarm: str | None, words: Wording) -> list[str]:
    width = paper().width
    lines = [*textwrap.wrap(alarm, width), ""] if alarm else []
    for line in record_lead(told.first_on, told.last_on, told.runs, told.season, words):
        lines += textwrap.wrap(line, width)
    if told.first_on is None:
        return lines
    rows = [week_heads(words), *(week_row(week, words) for week in told.season.weeks)]
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    table = (
        "  ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip() for row in rows
    )
    return [*lines, "", *table]


def record_json(season: Season, gear: Gear, words: Wording) -> dict[str, Any]:  # Any: JSON
    """The season as JSON: weeks, days, jumps, pain and ground."""
    return {
        "schema": "backstride/record/1",
        "first": season.span.first.isoformat(),
        "last": season.span.last.isoformat(),
        "weeks": [_week_json(week, words) for week in season.weeks],
        "days": [
            {
                "on": day.on.isoformat(),
                "state": day.state,
                "distance_m": [day.distance_m.low, day.distance_m.high],
                "longest_run_m": [day.longest_run_m.low, day.longest_run_m.high],
                "activities": list(day.activities),
            }
            for day in season.days
        ],
        "jumps": [{"on": mark.on.isoformat(), "bin": mark.bin} for mark in season.spikes],
        "pain": [{"on": mark.on.isoformat(), "score": mark.score} for mark in season.pain],
        "ground": [_ground_json(week) for week in gear.ground],
    }


def _ground_json(week: GroundWeek) -> dict[str, Any]:
    ends = {"open_m": week.open_m, "judged_m": week.judged_m, "downhill_m": week.downhill_m}
    return {
        "first": week.span.first.isoformat(),
        "last": week.span.last.isoformat(),
        "distance_m": {name: [metres.low, metres.high] for name, metres in week.distance_m.items()},
        **{name: [metres.low, metres.high] for name, metres in ends.items()},
        "unseen_days": week.unseen_days,
    }


def _week_json(week: WeekTold, words: Wording) -> dict[str, Any]:
    return {
        "first": week.span.first.isoformat(),
        "last": week.span.last.isoformat(),
        "distance_m": value_json(week.distance, words),
        "running_days": value_json(week.running_days, words),
        "longest_run_m": week.longest_m,
        "seen_days": week.seen_days,
        "worst_pain": week.pain,
    }
