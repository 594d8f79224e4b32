"""Numbers are said in the runner's units, with their interval where they have one."""

from __future__ import annotations

from datetime import date

import pytest

from backstride.knowledge.loader import shipped
from backstride.model.text import Quantity, Text, Unit
from backstride.reports.wording import Units, Wording

CATALOG = {
    **{id: words for id, words in shipped().sentences.items() if id.startswith("units.")},
    "a": "{run} on {day}",
    "b": "{first}, then {many}",
    "c": "plain",
}

TABLE: list[tuple[Quantity, Units, str]] = [
    (Quantity(22_000, "m"), "km", "22 km"),
    (Quantity(22_000, "m"), "miles", "13.7 miles"),
    (Quantity(850, "m"), "km", "0.8 km"),
    (Quantity(80, "m"), "km", "80 m"),
    (Quantity(0, "m"), "km", "0 km"),
    (Quantity(34_000, "m", 31_000, 38_000), "km", "31 to 38 km"),
    (Quantity(34_000, "m", 34_000, 34_000), "km", "34 km"),
    (Quantity(3_900, "s"), "km", "1 h 05 min"),
    (Quantity(1_500, "s"), "km", "25 min"),
    (Quantity(3.0, "mps"), "km", "5:33 min/km"),
    (Quantity(3.0, "mps"), "miles", "8:56 min/mile"),
    (Quantity(0.0, "mps"), "km", "standing still"),
    (Quantity(1.57, "ratio"), "km", "+57 %"),
    (Quantity(0.9, "ratio"), "km", "-10 %"),
    (Quantity(0.42, "share"), "km", "42 %"),
    (Quantity(1, "day"), "km", "1 day"),
    (Quantity(3, "week"), "km", "3 weeks"),
    (Quantity(4, "score"), "km", "4/10"),
    (Quantity(172.4, "spm"), "km", "172 steps a minute"),
]


@pytest.mark.parametrize(("quantity", "units", "expected"), TABLE)
def test_a_quantity_is_said_in_the_runners_units(quantity: Quantity, units: Units, expected: str) -> None:
    assert Wording(CATALOG, units).quantity(quantity) == expected


def test_every_unit_can_be_said() -> None:
    for unit in Unit.__args__:
        assert Wording(CATALOG).quantity(Quantity(1.5, unit, 1.0, 2.0))


def test_a_sentence_fills_in_its_values() -> None:
    wording = Wording(CATALOG)
    values = {"run": Quantity(22_000, "m"), "day": date(2026, 3, 12)}

    assert wording.say(Text("a", values)) == "22 km on 12 March 2026"
    assert (
        wording.say(Text("b", {"first": Text("c"), "many": (Text("c"), Text("c"))}))
        == "plain, then plain and plain"
    )


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity(13_700, "m"), "13,7 km"),
        (Quantity(1_234, "count"), "1.234"),
        (Quantity(4.5, "score"), "4,5/10"),
    ],
)
def test_numbers_are_written_as_the_language_has_them(quantity: Quantity, expected: str) -> None:
    assert Wording(CATALOG, language="de").quantity(quantity) == expected


def test_days_are_written_as_the_language_has_them() -> None:
    german = Wording(CATALOG, language="de")

    assert german.day(date(2026, 3, 12)) == "12. März 2026"
    assert german.short_day(date(2026, 12, 1)) == "1. Dez."


def test_a_sentence_that_is_not_in_the_catalog_is_an_error() -> None:
    with pytest.raises(KeyError):
        Wording(CATALOG).say(Text("nowhere"))
