"""Real series of runs: a planted shift is found, and a new watch on the first day of the weeks is none."""

from __future__ import annotations

import random

import pytest
from accuracy.device import DATA, SWITCHES, Set, judged, offset, pairs, real_sets, said, shifted, switched
from tests.features.test_form import ROWS

from backstride.features.form import FORM

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(),
    reason="SKIPPED: the real series of ../shared/data are not here; false changes were not counted",
)
EVERY = 12
"""One window in so many: all of them are in accuracy/device.py."""


@pytest.fixture(scope="module")
def runner() -> Set:
    return real_sets()[1]


@pytest.mark.parametrize("fact", ["cadence_changed", "contact_changed", "balance_changed"])
def test_a_shift_of_a_tenth_is_found_where_there_is_an_answer(fact: str, runner: Set) -> None:
    row = ROWS[fact]
    asked = [on for on in list(runner.ends(row))[::EVERY] if said(judged(runner.runs, row, on)) == "same"]

    found = [said(judged(shifted(runner.runs, row, on, 0.1), row, on)) for on in asked]

    assert asked
    assert set(found) == {"up"}


@pytest.mark.parametrize("back", SWITCHES)
def test_a_new_watch_near_the_weeks_that_are_judged_is_never_a_change(back: int, runner: Set) -> None:
    chance, real = random.Random(7), pairs()
    for row in FORM:
        for on in list(runner.ends(row))[::EVERY]:
            new = switched(runner.runs, row, on, back, offset(row, chance, real))

            assert said(judged(new, row, on)) not in ("up", "down")
