"""What a change of the stride would do to the load of the low back: the question, checked and in words."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from backstride.features.load.own import OwnUsual
from backstride.features.load.what_if import Base, Change
from backstride.knowledge.knowledge import Knowledge
from backstride.model.errors import BadInput
from backstride.model.said import Said, said
from backstride.model.text import Quantity, Text, Value
from backstride.reports.wording import Wording

OPTIONS = ("--cadence", "--pace", "--lean", "--mass", "--grade")
"""What each change is called on the terminal."""


def base_of(own: OwnUsual, told_mass: float | None, knowledge: Knowledge) -> Base:
    """How the runner runs now; a typical weight where theirs is not told."""
    return Base(own.usual, told_mass if told_mass is not None else knowledge.number("typical_mass_kg"))


def change_of(
    cadence: float | None,
    pace: float,
    lean: float,
    mass: float,
    grade: float,
    base: Base,
    knowledge: Knowledge,
    named: tuple[str, str, str, str, str] = OPTIONS,
) -> Change:
    """The change that was typed: percent, percent, degrees, kilograms, percent.

    `named` is what each is called where it was typed.

    Raises: BadInput with every value that is no number or out of range.
    """
    number = knowledge.number
    most = (
        (named[0], cadence or 0.0, 100 * number("what_if_cadence_most_share"), "%"),
        (named[1], pace, 100 * number("what_if_speed_most_share"), "%"),
        (named[2], lean, number("what_if_lean_most_deg"), "°"),
        (named[3], mass, number("what_if_mass_most_share") * base.mass_kg, "kg"),
        (named[4], grade, 100 * number("what_if_grade_most"), "%"),
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


def asked(change: Change, words: Wording) -> str:
    """The question back in words."""
    rows = (
        (change.cadence_share or 0.0, "share", "cadence_more", "cadence_fewer"),
        (change.speed_share, "share", "faster", "slower"),
        (change.lean_deg, "deg", "lean_more", "lean_less"),
        (change.mass_kg, "kg", "heavier", "lighter"),
        (change.grade, "share", "uphill", "downhill"),
    )
    changes = tuple(
        load_text(f"asked_{more if value > 0 else less}", by=Quantity(abs(value), unit))  # type: ignore[arg-type]
        for value, unit, more, less in rows
        if value
    )
    return words.say(load_text("asked", changes=changes))


def against(own: OwnUsual, own_mass: bool, change: Change, knowledge: Knowledge) -> Iterator[Text]:
    """What the answer is told against, and what had to stand in for what is not known."""
    speed = Quantity(own.usual.speed_mps, "mps")
    cadence = Quantity(own.usual.cadence_spm or 0.0, "spm")
    runs = Quantity(own.runs, "count")
    if own.own_cadence:
        yield load_text("against_own", speed=speed, cadence=cadence, n=runs)
    elif own.runs:
        yield load_text("against_own_speed", speed=speed, cadence=cadence, n=runs)
    else:
        yield load_text("against_typical", speed=speed, cadence=cadence)
    yield load_text("against_lean", lean=Quantity(knowledge.number("lumbar_lean_deg"), "deg"))
    if change.mass_kg and not own_mass:
        yield load_text("against_mass", mass=Quantity(knowledge.number("typical_mass_kg"), "kg"))
    if change.speed_share and change.cadence_share is None:
        yield load_text("cadence_goes_along")


def load_text(key: str, **values: Value) -> Text:
    """A sentence of sentences/load.toml."""
    return Text(f"load.{key}", values)
