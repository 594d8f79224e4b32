"""What the made-up runner tells fits the record, the knowledge, and itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.demo.reading import STORY

from backstride.app.demo import make
from backstride.app.demo.gear import shoes_of
from backstride.app.demo.told import PROFILE, answers_of, check_ins_of, symptoms_of
from backstride.knowledge.loader import shipped
from backstride.model.history import REGIONS, TIMINGS


def test_the_runner_is_made_up_and_says_so() -> None:
    assert PROFILE.made_up


def test_the_diary_begins_pain_free_and_the_pain_comes_two_days_after_the_long_run() -> None:
    notes = symptoms_of(STORY)
    assert (notes[0].on, notes[0].score) == (STORY.spike_on, 0)
    hurting = [note for note in notes if note.score > 0]
    assert min(note.on for note in hurting) == STORY.onset_on
    assert (hurting[-1].on - hurting[0].on) == timedelta(days=19)
    assert hurting[-1].on == STORY.until


def test_the_pain_goes_down_from_five_to_three_and_never_leaves_the_low_back() -> None:
    hurting = [note for note in symptoms_of(STORY) if note.score > 0]
    assert max(note.score for note in hurting) == 5
    assert {note.score for note in hurting[-3:]} == {3}
    assert {region for note in hurting for region in note.regions} == {"low_back_left", "low_back_right"}
    assert {"low_back_left", "low_back_right"} <= set(REGIONS)
    assert {note.timing for note in hurting} == set(TIMINGS) - {"rest"}


def test_check_ins_are_of_days_in_the_diary() -> None:
    days = {note.on for note in symptoms_of(STORY)}
    assert check_ins_of(STORY)
    assert {each.on for each in check_ins_of(STORY)} <= days


def test_the_shoes_follow_one_another_without_a_gap() -> None:
    """The present pair is three weeks older than the pain."""
    shoes = shoes_of(STORY)
    for old, new in pairwise(shoes):
        assert old.in_use_to is not None
        assert new.in_use_from == old.in_use_to + timedelta(days=1)
    assert shoes[-1].in_use_from == STORY.onset_on - timedelta(days=21)
    assert shoes[-1].in_use_to is None


def test_every_safety_question_is_answered_with_its_harmless_option() -> None:
    knowledge = shipped()
    answers = {answer.question: answer.value for answer in answers_of(STORY, knowledge)}
    asked = {
        question.id
        for question in knowledge.questions.values()
        if question.group == "safety" and question.follows is None
    }
    assert asked
    assert asked <= answers.keys()
    assert {answers[id] for id in asked} == {"no"}


def test_every_answer_is_one_that_its_question_allows() -> None:
    knowledge = shipped()
    answers = answers_of(STORY, knowledge)
    assert len({answer.question for answer in answers}) == len(answers)
    for answer in answers:
        question = knowledge.questions[answer.question]
        assert question.group != "test"
        match question.kind:
            case "yes_no":
                assert answer.value in ("yes", "no")
            case "choice":
                assert answer.value in question.options
            case "number":
                assert question.low is not None
                assert question.high is not None
                assert question.low <= float(answer.value) <= question.high
            case "date":
                assert date.fromisoformat(str(answer.value)) == STORY.onset_on


def test_the_day_the_pain_began_is_told() -> None:
    answers = {answer.question: answer.value for answer in answers_of(STORY, shipped())}
    assert answers["pain_began_on"] == "2026-03-03"
    assert answers["leg_pain"] == "none"


def test_a_question_that_is_no_longer_asked_is_left_out() -> None:
    without = replace(shipped(), questions={})
    assert answers_of(STORY, without) == ()


@pytest.mark.parametrize("until", [date(2026, 3, 22), date(2024, 2, 29)])
def test_the_whole_runner_is_of_one_story(until: date, tmp_path: Path) -> None:
    """Whatever the last day: on a leap day and in the middle of a week too."""
    runner = make(tmp_path, until=until)
    assert (runner.on, runner.folder, runner.profile.made_up) == (until, tmp_path, True)
    assert runner.onset_on - runner.spike_on == timedelta(days=2)
    assert len(runner.expected) > 330
    days = {each.on for each in runner.symptoms} | {each.on for each in runner.check_ins}
    assert max(days | {each.on for each in runner.answers}) == until
