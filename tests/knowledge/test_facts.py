"""What is known of a runner on a day: unknown stays unknown, follow-ups settle, stale answers lapse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backstride.knowledge.answering import checked_answers
from backstride.knowledge.facts import Known, known_on
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput
from backstride.model.history import Answer, History, Profile, Symptom, TestResult

ON = date(2026, 3, 20)


def known(**parts: object) -> Known:
    return known_on(History(**parts), (), ON, shipped())  # type: ignore[arg-type]


def answers(**given: str) -> tuple[Answer, ...]:
    return tuple(Answer(id, value, ON) for id, value in given.items())


def test_nothing_told_is_nothing_known() -> None:
    assert known().facts == {}


def test_yes_and_no_are_facts_and_not_sure_is_none() -> None:
    found = known(answers=answers(fever="yes", injected_drugs="no", cancer_ever="not_sure"))

    assert found.facts == {"fever": True, "injected_drugs": False}
    assert found.answered == {"fever", "injected_drugs", "cancer_ever"}
    assert found.not_sure == {"cancer_ever"}


@pytest.mark.parametrize(("plainer", "fact"), [("yes", True), ("no", False)])
def test_a_plainer_follow_up_settles_the_question_it_stands_in_for(plainer: str, fact: bool) -> None:
    found = known(answers=answers(saddle_numbness="not_sure", saddle_numbness_plain=plainer))

    assert found.facts == {"saddle_numbness": fact}
    assert found.still_not_sure == frozenset()


@pytest.mark.parametrize("first", ["no", "not_sure", None])
def test_a_clear_yes_to_the_plainer_wording_always_counts(first: str | None) -> None:
    given = {"saddle_numbness_plain": "yes"} | ({} if first is None else {"saddle_numbness": first})
    found = known(answers=answers(**given))

    assert found.facts["saddle_numbness"] is True
    assert "saddle_numbness" in found.answered


def test_a_clear_yes_is_not_taken_back_by_a_plainer_no() -> None:
    found = known(answers=answers(saddle_numbness="yes", saddle_numbness_plain="no"))

    assert found.facts["saddle_numbness"] is True


@pytest.mark.parametrize(
    ("first", "plainer", "fact"),
    [
        ("longstanding_checked", "new", "new"),
        ("longstanding_unchecked", "new", "new"),
        ("new", "longstanding_unchecked", "new"),
        ("new", "longstanding_checked", "new"),
        (None, "new", "new"),
        (None, "longstanding_checked", None),
        (None, "no", None),
        ("not_sure", "longstanding_checked", "longstanding_checked"),
    ],
)
def test_what_alarms_in_either_wording_counts(first: str | None, plainer: str, fact: str | None) -> None:
    given = {"bladder_change_plain": plainer} | ({} if first is None else {"bladder_change": first})

    assert known(answers=answers(**given)).facts.get("bladder_change") == fact


def test_not_sure_twice_is_kept_apart() -> None:
    found = known(answers=answers(saddle_numbness="not_sure", saddle_numbness_plain="not_sure"))

    assert found.facts == {}
    assert found.still_not_sure == {"saddle_numbness"}


def test_the_latest_answer_counts_and_later_days_do_not() -> None:
    given = (
        Answer("fever", "yes", ON - timedelta(days=1)),
        Answer("fever", "no", ON),
        Answer("fever", "yes", ON + timedelta(days=1)),
    )

    assert known(answers=given).facts == {"fever": False}


def test_a_stale_safety_answer_is_no_answer_any_more() -> None:
    question = next(each for each in shipped().questions.values() if each.stale_after_days is not None)
    assert question.stale_after_days is not None
    old = Answer(question.id, "no", ON - timedelta(days=question.stale_after_days + 1))

    assert known(answers=(old,)).answered == frozenset()


def test_a_body_map_makes_marked_places_yes_and_others_no_but_none_makes_nothing() -> None:
    marked = known(symptoms=(Symptom(ON, 4, ("buttock_left",)),)).facts

    assert marked["at_buttock"] is True
    assert marked["at_groin"] is False
    assert "at_groin" not in known(symptoms=(Symptom(ON, 4),)).facts


def test_a_timing_nobody_noted_is_not_a_no() -> None:
    found = known(symptoms=(Symptom(ON, 4, timing="after"),)).facts

    assert found["hurts_after_run"] is True
    assert "hurts_during_run" not in found


def test_a_pain_free_note_marks_no_place() -> None:
    assert "at_buttock" not in known(symptoms=(Symptom(ON, 0, ("buttock_left",)),)).facts


@pytest.mark.parametrize(
    ("medicines", "thinner"),
    [(None, None), (("warfarin",), True), (("ramipril",), False), (("mystery pill",), None), ((), False)],
)
def test_a_medicine_list_says_no_only_when_every_name_on_it_is_known(
    medicines: tuple[str, ...] | None, thinner: bool | None
) -> None:
    assert known(profile=Profile(medicines=medicines)).facts.get("takes_blood_thinner") is thinner


def test_the_year_of_birth_gives_the_lower_of_two_ages() -> None:
    assert known(profile=Profile(birth_year=2008)).facts["age_years"] == 17


def test_a_test_result_is_a_fact_like_an_answer() -> None:
    test = next(
        each for each in shipped().questions.values() if each.group == "test" and each.kind == "yes_no"
    )

    assert known(tests=(TestResult(test.id, "yes", ON),)).facts == {test.id: True}


def test_wrong_answers_are_all_named_with_what_would_be_right() -> None:
    with pytest.raises(BadInput) as caught:
        checked_answers([("feverr", "yes"), ("fever", "maybe"), ("fever", "no")], ON, shipped())

    assert len(caught.value.faults) == 2
    assert "did you mean fever?" in caught.value.faults[0]
    assert "yes, no or not_sure" in caught.value.faults[1]


def test_unknown_in_a_case_is_the_same_as_leaving_it_out() -> None:
    assert checked_answers([("fever", "unknown"), ("fever", True)], ON, shipped()) == (
        Answer("fever", "yes", ON),
    )
