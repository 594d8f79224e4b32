"""Published ratios are shown as such; an opinion is weighed, and shows none."""

from __future__ import annotations

from math import log

import pytest
from tests.causes.made_up import KNOWLEDGE, known

from backstride.causes.rank import rank
from backstride.model.assessment import Reason
from backstride.model.findings import FactValue


def reasons(cause: str, **facts: FactValue) -> dict[tuple[str, ...], Reason]:
    found = next(each for each in rank(known(facts), KNOWLEDGE) if each.cause == cause)
    return {each.rests_on: each for each in (*found.reasons_for, *found.reasons_against)}


def test_a_published_ratio_is_shown() -> None:
    tests = reasons("sacroiliac", sij_tests_positive=4.0)[("sij_tests_positive",)]

    assert (tests.ratio, tests.source, tests.checked) == (4.3, "laslett2005", "V")


def test_an_opinion_is_weighed_but_shows_no_ratio() -> None:
    finger = reasons("sacroiliac", one_finger_pain_below_belt=True)[("one_finger_pain_below_belt",)]

    assert (finger.ratio, finger.source, finger.checked) == (None, "own_rule", "P")
    assert finger.weight == pytest.approx(log(3))


def test_an_easy_leg_lift_speaks_against_the_pelvis_only_around_a_birth() -> None:
    """0.138 is (1 - 0.87) / 0.94; outside a pregnancy only our own milder judgement counts."""
    after_birth = {"active_leg_raise_heavy": False, "sex": "female", "postpartum": True, "pregnant": "no"}
    ratios = {each.ratio for each in reasons("sacroiliac", **after_birth).values()}
    elsewhere = {
        each.ratio for each in reasons("sacroiliac", active_leg_raise_heavy=False, sex="male").values()
    }

    assert round((1 - 0.87) / 0.94, 3) == 0.138
    assert 0.138 in ratios
    assert elsewhere == {None}
