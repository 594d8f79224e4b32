"""What kind of pain: what is not known moves nothing, and the numbers are as learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from accuracy.mechanism import ASKED, HISTORY_UP_TO, KINDS, by_regression, calibration_error, fitted, read
from hypothesis import given
from hypothesis import strategies as st

from backstride.causes.kind_of_pain import kind_of_pain, kind_shares
from backstride.knowledge.loader import shipped

DATA = Path("../shared/data/low-back-pain/smart2011-train.txt")
real = pytest.mark.skipif(not DATA.exists(), reason="the 292 patients are not part of the repository")

SIGNS = tuple(shipped().pain_signs)
NERVE = {
    "leg_pain": "below_knee",
    "pain_burning_or_electric": True,
    "leg_numb_or_tingling": True,
    "constant_pain": False,
    "moving_changes_it": True,
    "pain_without_pattern": False,
    "over_3_months": False,
}


def test_a_leg_that_burns_and_tingles_is_a_nerve() -> None:
    told = kind_of_pain(NERVE, shipped())

    assert told is not None
    assert (told.kind, told.fit, told.known, told.of) == ("neuropathic", "mostly", 8, 8)
    assert told.because[0].id == "pain_signs.below_the_knee.says_yes"


def test_a_back_that_follows_what_is_done_is_tissue_under_load() -> None:
    told = kind_of_pain(
        {**NERVE, "leg_pain": "none", "pain_burning_or_electric": False, "leg_numb_or_tingling": False},
        shipped(),
    )

    assert told is not None
    assert (told.kind, told.fit) == ("nociceptive", "mostly")


def test_too_little_known_names_no_kind() -> None:
    few = {name: NERVE[name] for name in ("leg_pain", "constant_pain", "over_3_months")}

    assert kind_of_pain(few, shipped()) is None
    assert kind_of_pain({**few, "moving_changes_it": True}, shipped()) is not None


@given(st.dictionaries(st.sampled_from(SIGNS), st.booleans()))
def test_shares_sum_to_one_and_both_answers_lie_on_either_side_of_none(known: dict[str, bool]) -> None:
    shares = kind_shares(known, shipped())

    assert sum(shares.values()) == pytest.approx(1)
    for sign in set(SIGNS) - known.keys():
        yes, no = (kind_shares({**known, sign: truth}, shipped()) for truth in (True, False))
        row = shipped().pain_signs[sign].weights
        most, least = max(row, key=lambda kind: row[kind]), min(row, key=lambda kind: row[kind])
        odds = [each[most] / each[least] for each in (no, shares, yes)]
        assert odds == sorted(odds)


@real
def test_the_numbers_kept_are_those_learned() -> None:
    findings, labels, criteria = read(DATA)
    knowledge = shipped()
    assert {id: sign.criterion for id, sign in knowledge.pain_signs.items()} == ASKED

    start, weights, share = fitted(findings[:, [criteria.index(each) for each in ASKED.values()]], labels)

    for one, kind in enumerate(KINDS):
        assert knowledge.pain_kinds[kind].start == pytest.approx(start[one], abs=0.006)
        for j, sign in enumerate(ASKED):
            assert knowledge.pain_signs[sign].weights[kind] == pytest.approx(weights[one, j], abs=0.006)
            assert knowledge.pain_signs[sign].share == pytest.approx(share[j], abs=0.006)


@real
def test_on_real_patients_the_history_alone_keeps_what_the_readme_says() -> None:
    findings, labels, criteria = read(DATA)
    history = findings[:, [each <= HISTORY_UP_TO for each in criteria]]

    stated = by_regression(history, labels, np.ones(history.shape, dtype=np.bool_))

    own = stated[np.arange(len(labels)), labels]
    assert (stated.argmax(axis=1) == labels).mean() >= 0.92
    assert -np.log(own).mean() <= 0.25
    assert calibration_error(stated, labels) <= 0.03
