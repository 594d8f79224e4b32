"""What a change of the stride would do to the load of the low back."""

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
    wording,
)
from backstride.app.what_if import against, asked, base_of, change_of, load_text
from backstride.features.load.what_if import Base, WhatIf
from backstride.features.load.what_if import what_if as worked_out
from backstride.knowledge.loader import shipped
from backstride.reports.wording import Wording


def what_if(
    cadence: Annotated[
        float | None,
        typer.Option(
            help="Steps a minute, change in %: +7 is more steps. Left out, they go along with --pace.",
            show_default=False,
        ),
    ] = None,
    pace: Annotated[
        float, typer.Option(help="Speed, change in %: -10 is 10 % slower.", show_default=False)
    ] = 0.0,
    lean: Annotated[
        float,
        typer.Option(help="Forward lean of the trunk, change in degrees: -5 is taller.", show_default=False),
    ] = 0.0,
    mass: Annotated[
        float, typer.Option(help="Body weight, change in kg: -3 is lighter.", show_default=False)
    ] = 0.0,
    grade: Annotated[
        float,
        typer.Option(help="Slope of the ground in % instead of level: -5 is downhill.", show_default=False),
    ] = 0.0,
    on: OnDay = None,
    units: UnitsOption = "km",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """What a change of stride, weight or slope would do to the load of the low back: only a direction."""
    knowledge, words, day = shipped(), wording(units), day_or_today(on)
    with opened(store) as opened_store:
        own, told_mass, safety = actions.usual_of(opened_store, day, knowledge)
    base = base_of(own, told_mass, knowledge)
    change = change_of(cadence, pace, lean, mass, grade, base, knowledge)
    found = worked_out(change, base, knowledge)
    alarm = alarm_of(safety, words)
    question = asked(change, words)
    beside = [words.say(each) for each in against(own, told_mass is not None, change, knowledge)]
    if as_json:
        echo_json(_document(found, base, alarm, question, beside, words))
        return
    for line in _lines(found, alarm, question, beside, words):
        typer.echo(line)


def _lines(
    found: WhatIf, alarm: str | None, question: str, beside: list[str], words: Wording
) -> Iterator[str]:
    """The answer for a terminal; a raised red flag stands first."""
    width = paper().width
    if alarm is not None:
        yield from textwrap.wrap(alarm, width)
        yield ""
    yield from textwrap.wrap(question, width)
    for line in beside:
        yield from textwrap.wrap(line, width, initial_indent="  ", subsequent_indent="  ")
    yield ""
    for text in found.says:
        yield from textwrap.wrap(words.say(text), width)
    yield ""
    yield words.say(load_text("unknown"))
    for text in found.unknown:
        yield from _listed(words.say(text), width)
    yield ""
    yield words.say(load_text("rests_on"))
    for source in found.sources:
        yield from _listed(shipped().sources[source].citation, width)


def _listed(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, initial_indent="  - ", subsequent_indent="    ")


def _document(
    found: WhatIf, base: Base, alarm: str | None, question: str, beside: list[str], words: Wording
) -> dict[str, Any]:  # Any: JSON
    change = found.change
    return {
        "schema": "backstride/what-if/1",
        "alarm": alarm,
        "asked": question,
        "change": {
            "cadence_share": change.cadence_share,
            "speed_share": change.speed_share,
            "lean_deg": change.lean_deg,
            "mass_kg": change.mass_kg,
            "grade": change.grade,
        },
        "base": {
            "speed_mps": base.usual.speed_mps,
            "cadence_spm": base.usual.cadence_spm,
            "mass_kg": base.mass_kg,
            "lean_deg": base.lean_deg,
            "says": beside,
        },
        "direction": found.direction,
        "by_exponent": [{"exponent": each, "direction": way} for each, way in found.by_exponent],
        "each_step": found.each_step,
        "steps": found.steps,
        "force_before_bw": [found.force_before_bw.low, found.force_before_bw.high],
        "force_after_bw": [found.force_after_bw.low, found.force_after_bw.high],
        "says": [words.say(each) for each in found.says],
        "unknown": [words.say(each) for each in found.unknown],
        "sources": list(found.sources),
    }
