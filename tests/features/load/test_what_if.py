"""What a change would do: the study's table of what-ifs, told as a direction and never as one percentage."""

from __future__ import annotations

import re

import numpy as np
import pytest
from tests.features.load.made_up import KNOWLEDGE, changed

from backstride.features.load.draws import Spread
from backstride.features.load.lumbar import Direction
from backstride.features.load.usual import typical
from backstride.features.load.what_if import Base, Change, WhatIf, per_km, what_if
from backstride.reports.wording import Wording

BASE = Base(typical(KNOWLEDGE), 70.0, 12.0)
UNMEASURED = Base(typical(KNOWLEDGE), 70.0)
WORDS = Wording(KNOWLEDGE.sentences)

STUDY: list[tuple[Change, Direction, list[float]]] = [
    (Change(cadence_share=0.07), "unclear", [5, 3, -1, -12]),
    (Change(speed_share=-0.10), "unclear", [7, 5, 2, -8]),
    (Change(grade=-0.05), "unclear", [0, 0, 0, 0]),
    (Change(mass_kg=-3), "likely lower", [-4, -8, -16, -35]),
    (Change(lean_deg=-5), "likely lower", [-16, -29, -50, -82]),
    (Change(lean_deg=5), "likely higher", [16, 33, 78, 324]),
]
"""Change, our word, and the study's median change in per cent for exponents 1, 2, 4 and 10."""
BANDS = {
    0: {4: (-5, 3), 10: (-21, -3)},
    1: {10: (-22, 7)},
    2: {4: (-7, 7), 10: (-17, 19)},
}
"""The study's bands, by row of the table and exponent."""


def said(found: WhatIf) -> str:
    return " ".join(WORDS.say(each) for each in (*found.says, *found.unknown))


@pytest.mark.parametrize(("change", "direction", "percent"), STUDY)
def test_the_studys_table_holds_in_sign_and_roughly_in_size(
    change: Change, direction: Direction, percent: list[float]
) -> None:
    found = np.median(per_km(change, BASE, KNOWLEDGE).worlds, axis=1) - 100

    for ours, theirs in zip(found, percent, strict=True):
        assert ours == pytest.approx(theirs, abs=max(5.5, 0.1 * abs(theirs)))
        assert abs(theirs) < 4 or np.sign(ours) == np.sign(theirs)


def test_our_bands_overlap_the_studys() -> None:
    exponents = KNOWLEDGE.edges("lumbar_exponents")
    for row, bands in BANDS.items():
        worlds = per_km(STUDY[row][0], BASE, KNOWLEDGE).worlds
        for exponent, (low, high) in bands.items():
            ours = Spread(worlds[exponents.index(exponent)] - 100).interval(KNOWLEDGE)
            assert ours.low == pytest.approx(low, abs=6)
            assert ours.high == pytest.approx(high, abs=6)


@pytest.mark.parametrize("base", [BASE, UNMEASURED], ids=["lean measured", "lean not measured"])
@pytest.mark.parametrize(("change", "direction", "percent"), STUDY)
def test_it_is_told_as_one_of_three_words(
    change: Change, direction: Direction, percent: list[float], base: Base
) -> None:
    assert what_if(change, base, KNOWLEDGE).direction == direction


def test_more_steps_press_less_each_but_nobody_knows_in_sum() -> None:
    found = what_if(Change(cadence_share=0.07), BASE, KNOWLEDGE)

    assert (found.each_step, found.steps) == ("likely lower", "likely higher")
    assert found.by_exponent[0][1] == "likely higher"
    assert found.by_exponent[-1][1] == "likely lower"
    assert "here it decides" in said(found)


def test_steps_go_along_with_the_speed_unless_they_are_named() -> None:
    alone = what_if(Change(speed_share=-0.1), BASE, KNOWLEDGE)
    held = what_if(Change(cadence_share=0.0, speed_share=-0.1), BASE, KNOWLEDGE)

    assert alone.change.cadence_share == pytest.approx(-0.021, abs=0.001)
    assert held.change.cadence_share == 0


def test_several_changes_are_taken_together() -> None:
    change = Change(0.07, -0.1, -5, -3, -0.05)

    assert what_if(change, BASE, KNOWLEDGE).direction == "likely lower"


def test_no_change_changes_nothing() -> None:
    nothing = Change()

    assert nothing.nothing
    assert not Change(cadence_share=0.01).nothing
    assert per_km(nothing, UNMEASURED, KNOWLEDGE).worlds == pytest.approx(100)
    assert what_if(nothing, BASE, KNOWLEDGE).steps == "unclear"


@pytest.mark.parametrize(("change", "direction", "percent"), STUDY)
def test_no_percentage_is_ever_said(change: Change, direction: Direction, percent: list[float]) -> None:
    assert re.search(r"\d\s*%", said(what_if(change, UNMEASURED, KNOWLEDGE))) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(lean_deg=-5), "the body adapts"),
        (Change(grade=-0.05), "Downhill is not in this number"),
        (Change(mass_kg=-3), "no advice to lose weight"),
        (Change(cadence_share=0.05), "A softer shoe does not change this number"),
        (Change(cadence_share=0.05), "nobody has measured one in a running person"),
        (Change(cadence_share=0.05), "How far you lean"),
    ],
)
def test_the_honest_sentences_are_said(change: Change, words: str) -> None:
    assert words in said(what_if(change, UNMEASURED, KNOWLEDGE))


def test_what_it_rests_on_is_known_and_downhill_rests_on_more() -> None:
    level, down = (
        set(what_if(change, BASE, KNOWLEDGE).sources) for change in (Change(lean_deg=-5), Change(grade=-0.05))
    )

    assert (level | down) <= set(KNOWLEDGE.sources)
    assert {"alcantara2022", "coenen2012", "teng2015"} <= level
    assert {"levine2007", "gottschall2005"} <= down - level


def test_the_force_of_a_step_is_told_with_its_band() -> None:
    found = what_if(Change(cadence_share=0.07), BASE, KNOWLEDGE)

    assert found.force_before_bw.low < 2.35 < found.force_before_bw.high
    assert found.force_after_bw.low < found.force_before_bw.low
    assert found.force_after_bw.high < found.force_before_bw.high


def test_the_constants_are_those_in_the_knowledge() -> None:
    for name, value, change in (
        ("force_cadence_exponent", -0.2, Change(cadence_share=0.07)),
        ("force_speed_exponent", 0.4, Change(speed_share=-0.1)),
        ("force_grade_exponent", 0.5, Change(grade=-0.05)),
        ("cadence_follows_speed_exponent", 0.4, Change(speed_share=-0.1)),
        ("lumbar_trunk_m", 0.3, Change(lean_deg=5)),
    ):
        now = per_km(change, BASE, KNOWLEDGE).worlds
        assert per_km(change, BASE, changed(**{name: value})).worlds[1, 0] != pytest.approx(now[1, 0]), name
