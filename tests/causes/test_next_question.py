"""The next question is a safety question while one is open, else the one that tells most, else none."""

from __future__ import annotations

from datetime import date
from math import log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.causes.made_up import KNOWLEDGE, facts, known, triage

from backstride.causes.answers import bits, expected_shares, possible_answers
from backstride.causes.askable import askable
from backstride.causes.consequence import at_odds, consequences
from backstride.causes.next_question import next_question
from backstride.causes.rank import rank
from backstride.knowledge.facts import Known, known_on
from backstride.model.assessment import NextQuestion
from backstride.model.findings import Facts, Finding
from backstride.model.history import Answer, History
from backstride.model.text import Missing, Text

ADULT = {"age_years": 33.0, "sex": "male"}


def ask(known: Known, *open_questions: str) -> NextQuestion | None:
    return next_question(known, triage(*open_questions), rank(known, KNOWLEDGE), KNOWLEDGE)


def test_an_open_safety_question_comes_before_everything() -> None:
    found = ask(known(ADULT), "saddle_numbness", "fever")

    assert found == NextQuestion("saddle_numbness", Text("causes.next_safety"))


def test_the_first_question_to_a_new_runner_is_where_the_pain_goes() -> None:
    found = ask(known(ADULT))

    assert found is not None
    assert found.question == "leg_pain"
    assert found.why.id in KNOWLEDGE.sentences


@settings(max_examples=25, deadline=None)
@given(facts)
def test_a_question_is_asked_only_where_it_is_open_applies_and_is_safe(facts: Facts) -> None:
    found = ask(known(facts))
    if found is None:
        return
    question = KNOWLEDGE.questions[found.question]

    assert question.id not in facts
    assert question.only_if is None or question.only_if.value(facts) is not False
    test = KNOWLEDGE.tests_by_result.get(question.id)
    assert (question.group == "test") == (test is not None)
    if test is not None:
        assert test.by != "clinician"
        assert all(reason.when.value(facts) is False for reason in test.not_if)


def test_asking_comes_to_an_end_and_never_asks_twice() -> None:
    not_sure: list[str] = []
    while (found := ask(known(ADULT, tuple(not_sure)))) is not None:
        assert found.question not in not_sure
        not_sure.append(found.question)

    assert 5 < len(not_sure) < len(KNOWLEDGE.questions)


def test_after_a_clear_answer_nothing_more_is_asked() -> None:
    clear = {
        **ADULT,
        "leg_pain": "below_knee",
        "leg_worse_than_back": True,
        "leg_numb_or_tingling": True,
        "worse_cough": True,
        "slump_test": True,
        "straight_leg_raise": True,
        "one_sided_impact_pain": False,
        "hip_stiff_turning_in": False,
    }

    assert ask(known(clear)) == NextQuestion("moving_changes_it", Text("causes.next_kind"))
    assert ask(known({**clear, "moving_changes_it": True, "constant_pain": False})) is None


@pytest.mark.parametrize("weakness", [None, "mild_stable", "worse_or_severe"])
def test_a_nerve_test_is_offered_only_when_weakness_is_a_clear_no(weakness: str | None) -> None:
    safe = {
        "leg_pain": "below_knee",
        "both_legs": "no",
        "saddle_numbness": False,
        "fever": False,
        "big_accident": False,
    }
    unsafe = safe if weakness is None else {**safe, "leg_weakness": weakness}

    assert not askable(KNOWLEDGE.questions["slump_test"], known(unsafe), KNOWLEDGE)
    assert askable(KNOWLEDGE.questions["slump_test"], known({**safe, "leg_weakness": "no"}), KNOWLEDGE)


def test_a_clinicians_test_is_never_offered() -> None:
    assert not askable(KNOWLEDGE.questions["sij_tests_positive"], known(ADULT), KNOWLEDGE)


@pytest.mark.parametrize("seen", [True, False])
def test_what_the_record_answers_is_not_asked(seen: bool) -> None:
    question = KNOWLEDGE.questions["told_load_jump"]

    assert askable(question, known(ADULT), KNOWLEDGE)
    assert not askable(question, known({**ADULT, "load_jump": seen}), KNOWLEDGE)


def test_the_record_comes_before_what_was_told_of_it() -> None:
    day = date(2026, 3, 20)
    history = History(answers=(Answer("told_load_jump", "yes", day),))
    none = Missing(Text("report.title"), Text("report.title"))
    record = Finding("jump", Text("report.title"), none, None, 1.0, facts={"load_jump": False})

    assert known_on(history, (), day, KNOWLEDGE).facts["load_jump"] is True
    assert known_on(history, (record,), day, KNOWLEDGE).facts["load_jump"] is False


def test_a_number_is_tried_at_and_between_the_cut_offs_of_the_rules() -> None:
    question = KNOWLEDGE.questions["sij_tests_positive"]
    rules = [row.when for row in KNOWLEDGE.causes["sacroiliac"].evidence]

    assert possible_answers(question, rules) == (0.0, 1.5, 3.0, 4.5, 6.0)
    assert possible_answers(KNOWLEDGE.questions["pain_began_on"], rules) == ()


three = st.tuples(*[st.floats(0.02, 1)] * 3)
mixes = st.lists(st.floats(0.12, 1), min_size=2, max_size=3)


@given(mixes, st.lists(three, min_size=3, max_size=3))
def test_expected_answers_average_back_to_what_was_thought(
    mix: list[float], rows: list[tuple[float, float, float]]
) -> None:
    causes = ("a", "b", "c")
    share = [each / sum(mix) for each in mix]
    after = [{c: v / sum(row) for c, v in zip(causes, row, strict=True)} for row in rows[: len(mix)]]
    before = {c: sum(s * each[c] for s, each in zip(share, after, strict=True)) for c in causes}

    found = expected_shares(before, after, 0.0)

    assert sum(found) == pytest.approx(1)
    assert min(found) >= 0
    for c in causes:
        assert sum(s * each[c] for s, each in zip(found, after, strict=True)) == pytest.approx(before[c])


def test_no_answer_is_taken_as_impossible() -> None:
    """A no that says nothing leaves everything as it was, yet a yes may still come."""
    before = {"a": 0.1, "b": 0.9}

    assert expected_shares(before, [{"a": 0.5, "b": 0.5}, before], 0.1) == pytest.approx((1 / 11, 10 / 11))


def test_an_answer_that_changes_nothing_teaches_nothing_and_a_sure_one_all_there_is() -> None:
    assert bits({"a": 0.5, "b": 0.5}, {"a": 0.5, "b": 0.5}) == 0
    assert bits({"a": 0.25, "b": 0.75}, {"a": 1.0, "b": 0.0}) == pytest.approx(log2(4))


APART = consequences(KNOWLEDGE)
CAUSES = tuple(KNOWLEDGE.causes)


def shares_of(weights: list[float]) -> dict[str, float]:
    return {id: each / sum(weights) for id, each in zip(CAUSES, weights, strict=True)}


rankings = st.lists(st.floats(0.001, 1), min_size=len(CAUSES), max_size=len(CAUSES)).map(shares_of)


@given(rankings, rankings, st.floats(0, 1))
def test_no_answer_is_expected_to_put_the_plan_more_at_odds(
    yes: dict[str, float], no: dict[str, float], share: float
) -> None:
    before = {id: share * yes[id] + (1 - share) * no[id] for id in CAUSES}
    after = share * at_odds(yes, APART) + (1 - share) * at_odds(no, APART)

    assert after <= at_odds(before, APART) + 1e-9


def test_causes_that_are_treated_apart_are_more_at_odds_than_those_treated_alike() -> None:
    def half_and_half(one: str, other: str) -> float:
        return at_odds({id: 0.5 if id in (one, other) else 0.0 for id in CAUSES}, APART)

    assert half_and_half("non_specific", "sacral_bone_stress") > half_and_half("non_specific", "facet")
    assert half_and_half("cauda_equina", "cauda_equina") == 0
    assert np.all(APART <= 1)
    assert np.allclose(APART, APART.T)
