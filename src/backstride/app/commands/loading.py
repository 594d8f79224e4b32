"""What a change of the stride would do to the load of the low back."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from math import isfinite
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
from backstride.features.load.own import OwnUsual
from backstride.features.load.what_if import Base, Change, WhatIf
from backstride.features.load.what_if import what_if as worked_out
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput
from backstride.model.said import Said, said
from backstride.model.text import Quantity, Text, Value
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
    base = Base(own.usual, told_mass if told_mass is not None else knowledge.number("typical_mass_kg"))
    change = _change(cadence, pace, lean, mass, grade, base, knowledge)
    found = worked_out(change, base, knowledge)
    alarm = alarm_of(safety, words)
    asked = _asked(change, words)
    against = [words.say(each) for each in _against(own, told_mass is not None, change, knowledge)]
    if as_json:
        echo_json(_document(found, base, alarm, asked, against, words))
        return
    for line in _lines(found, alarm, asked, against, words):
        typer.echo(line)


def _change(
    cadence: float | None,
    pace: float,
    lean: float,
    mass: float,
    grade: float,
    base: Base,
    knowledge: Knowledge,
) -> Change:
    """The change that was typed.  Raises: BadInput with every value that is no number or out of range."""
    number = knowledge.number
    most = (
        ("--cadence", cadence or 0.0, 100 * number("what_if_cadence_most_share"), "%"),
        ("--pace", pace, 100 * number("what_if_speed_most_share"), "%"),
        ("--lean", lean, number("what_if_lean_most_deg"), "°"),
        ("--mass", mass, number("what_if_mass_most_share") * base.mass_kg, "kg"),
        ("--grade", grade, 100 * number("what_if_grade_most"), "%"),
    )
    if faults := tuple(_outside(*each) for each in most if not isfinite(each[1]) or abs(each[1]) > each[2]):
        raise BadInput(faults)
    share = None if cadence is None else cadence / 100
    change = Change(share, pace / 100, lean, mass, grade / 100)
    if change.nothing:
        raise BadInput((said("what-if: say what would change, such as: backstride what-if --cadence +7"),))
    return change


def _outside(option: str, value: float, most: float, unit: str) -> Said:
    return said(
        "{option} {value}: right would be a number from -{most} to +{most} {unit}",
        option=option,
        value=f"{value:g}",
        most=f"{most:g}",
        unit=unit,
    )


def _asked(change: Change, words: Wording) -> str:
    """The question back in words."""
    rows = (
        (change.cadence_share or 0.0, "share", "cadence_more", "cadence_fewer"),
        (change.speed_share, "share", "faster", "slower"),
        (change.lean_deg, "deg", "lean_more", "lean_less"),
        (change.mass_kg, "kg", "heavier", "lighter"),
        (change.grade, "share", "uphill", "downhill"),
    )
    changes = tuple(
        _text(f"asked_{more if value > 0 else less}", by=Quantity(abs(value), unit))  # type: ignore[arg-type]
        for value, unit, more, less in rows
        if value
    )
    return words.say(_text("asked", changes=changes))


def _against(own: OwnUsual, own_mass: bool, change: Change, knowledge: Knowledge) -> Iterator[Text]:
    """What the answer is told against, and what had to stand in for what is not known."""
    speed = Quantity(own.usual.speed_mps, "mps")
    cadence = Quantity(own.usual.cadence_spm or 0.0, "spm")
    runs = Quantity(own.runs, "count")
    if own.own_cadence:
        yield _text("against_own", speed=speed, cadence=cadence, n=runs)
    elif own.runs:
        yield _text("against_own_speed", speed=speed, cadence=cadence, n=runs)
    else:
        yield _text("against_typical", speed=speed, cadence=cadence)
    yield _text("against_lean", lean=Quantity(knowledge.number("lumbar_lean_deg"), "deg"))
    if change.mass_kg and not own_mass:
        yield _text("against_mass", mass=Quantity(knowledge.number("typical_mass_kg"), "kg"))
    if change.speed_share and change.cadence_share is None:
        yield _text("cadence_goes_along")


def _lines(found: WhatIf, alarm: str | None, asked: str, against: list[str], words: Wording) -> Iterator[str]:
    """The answer for a terminal; a raised red flag stands first."""
    width = paper().width
    if alarm is not None:
        yield from textwrap.wrap(alarm, width)
        yield ""
    yield from textwrap.wrap(asked, width)
    for line in against:
        yield from textwrap.wrap(line, width, initial_indent="  ", subsequent_indent="  ")
    yield ""
    for text in found.says:
        yield from textwrap.wrap(words.say(text), width)
    yield ""
    yield words.say(_text("unknown"))
    for text in found.unknown:
        yield from _listed(words.say(text), width)
    yield ""
    yield words.say(_text("rests_on"))
    for source in found.sources:
        yield from _listed(shipped().sources[source].citation, width)


def _listed(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, initial_indent="  - ", subsequent_indent="    ")


def _document(
    found: WhatIf, base: Base, alarm: str | None, asked: str, against: list[str], words: Wording
) -> dict[str, Any]:  # Any: JSON
    change = found.change
    return {
        "schema": "backstride/what-if/1",
        "alarm": alarm,
        "asked": asked,
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
            "says": against,
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


def _text(key: str, **values: Value) -> Text:
    return Text(f"load.{key}", values)
