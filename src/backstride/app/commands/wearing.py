"""The rack of shoes: how far each pair has gone, and how pairs were worn in the last weeks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from math import isfinite
from typing import Any

import typer

from backstride.app import recorded
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
    wording,
)
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Triage
from backstride.model.findings import Interval
from backstride.model.gear import ShoeRack, ShoeUse
from backstride.model.text import Text
from backstride.reports.record.shoes import open_row, rack_lines, shoe_heads, shoe_rows, state
from backstride.reports.wording import Wording


def shoes(
    on: OnDay = None, units: UnitsOption = "km", store: StorePath = None, as_json: AsJson = False
) -> None:
    """Your pairs of shoes: how far each has gone, since when, new or old. Enter one with: backstride shoe."""
    words = wording(units)
    with opened(store) as opened_store:
        rack, safety = recorded.shoes(opened_store, day_or_today(on), shipped())
    if as_json:
        echo_json(shoes_json(rack, safety, words))
        return
    for line in _lines(rack, safety, words):
        typer.echo(line)


def _lines(rack: ShoeRack, safety: Triage, words: Wording) -> Iterator[str]:
    """A raised red flag first, then a row a pair, then what the rows come to."""
    width, alarm = paper().width, alarm_of(safety, words)
    if alarm is not None:
        yield from (*textwrap.wrap(alarm, width), "")
    if not rack.pairs:
        yield from textwrap.wrap(words.say(Text("shoes.none")), width)
        return
    rows = [shoe_heads(words), *shoe_rows(rack.pairs, words), *open_row(rack, words)]
    used = [at for at in range(len(rows[0])) if any(row[at] for row in rows[1:])]
    wide = {at: max(len(row[at]) for row in rows) for at in used}
    for row in rows:
        yield "  ".join(row[at].ljust(wide[at]) for at in used).rstrip()
    for said in rack_lines(rack, words):
        yield from ("", *textwrap.wrap(said, width))


def shoes_json(rack: ShoeRack, safety: Triage, words: Wording) -> dict[str, Any]:  # Any: JSON
    """Every pair as JSON."""
    return {
        "schema": "backstride/shoes/1",
        "alarm": alarm_of(safety, words),
        "pairs": [_pair(pair) for pair in rack.pairs],
        "whole_m": _ends(rack.whole_m),
        "without_pair_m": _ends(rack.without_pair_m),
        "without_pair_runs": rack.without_pair_runs,
        "window": {"first": rack.window.first.isoformat(), "last": rack.window.last.isoformat()},
        "seen_share": rack.seen_share,
        "young": _ends(rack.young),
        "young_life_m": rack.young_life_m,
        "beyond": _ends(rack.beyond),
        "usual_life_m": _ends(rack.usual_life_m),
        "usual_life_pairs": rack.usual_life_pairs,
        "at_once": _ends(rack.at_once),
        "switches": [
            {"on": each.on.isoformat(), "before": each.before, "after": each.after} for each in rack.switches
        ],
    }


def _pair(pair: ShoeUse) -> dict[str, Any]:
    return {
        "id": pair.id,
        "name": pair.name,
        "first_on": None if pair.first_on is None else pair.first_on.isoformat(),
        "last_on": None if pair.last_on is None else pair.last_on.isoformat(),
        "runs": pair.runs,
        "known_m": _ends(pair.known_m),
        "distance_m": _ends(pair.distance_m),
        "share": _ends(pair.share),
        "life_m": _ends(pair.life_m),
        "state": state(pair),
        "in_use": pair.in_use,
        "is_new": pair.is_new,
        "is_beyond": pair.is_beyond,
        "drop_mm": pair.drop_mm,
        "stack_mm": pair.stack_mm,
        "months": [
            {"first": each.first.isoformat(), "distance_m": _ends(each.distance_m)} for each in pair.months
        ],
    }


def _ends(value: Interval) -> dict[str, float | None]:
    """Both ends; no high one where nobody knows it."""
    return {"low": value.low, "high": value.high if isfinite(value.high) else None}
