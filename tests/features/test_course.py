"""How the pain went on: each review by its own rule, nothing noted is never well, and safety is reopened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.assess import assess
from backstride.features.course import course
from backstride.features.onset import seen_from_onset
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment, Tier
from backstride.model.course import Course
from backstride.model.history import Answer, History, Profile, Symptom
from backstride.model.text import Missing

BEGAN = date(2026, 1, 5)
DAY = timedelta(days=1)
KNOWLEDGE = shipped()


def history(scores: dict[int, float], answered_on: int = 0) -> History:
    """A made-up runner: scores by days since it began, and every safety question answered harmlessly."""
    answers = [
        Answer(question.id, question.harmless[0], BEGAN + DAY * answered_on)
        for question in KNOWLEDGE.questions.values()
        if question.group == "safety" and question.kind != "number" and question.follows is None
    ]
    return History(
        profile=Profile(birth_year=1990, sex="male", made_up=True),
        symptoms=tuple(
            Symptom(BEGAN + DAY * day, score, regions=("low_back_middle",)) for day, score in scores.items()
        ),
        answers=(Answer("pain_began_on", BEGAN.isoformat(), BEGAN), *answers),
    )


def seen(scores: dict[int, float], day: int) -> Course:
    found = course(seen_from_onset(history(scores), BEGAN + DAY * day, KNOWLEDGE))
    assert found is not None
    return found


def told(scores: dict[int, float], day: int, answered_on: int = 0) -> Assessment:
    return assess(history(scores, answered_on), BEGAN + DAY * day, KNOWLEDGE)


@pytest.mark.parametrize(
    ("first", "last", "day", "review", "reopened"),
    [
        (6, 6, 10, None, False),
        (6, 4, 14, "on_course", False),
        (6, 4.5, 14, "day_14", True),
        (3, 2, 15, "on_course", False),
        (1, 1, 15, "on_course", False),
        (6, 1, 43, "on_course", False),
        (6, 2.5, 43, "week_6", False),
        (6, 5.5, 43, "week_6", True),
        (6, 2.5, 85, "week_12", False),
    ],
)
def test_each_review_has_its_rule(
    first: float, last: float, day: int, review: str | None, reopened: bool
) -> None:
    found = seen({0: first, 3: first, day - 2: last, day: last}, day)

    assert found.review == review
    assert (found.reopened_on is not None) == reopened
    assert found.says.id in KNOWLEDGE.sentences


def test_nothing_noted_of_late_is_not_known_and_never_well() -> None:
    found = seen({0: 6, 2: 6}, 20)

    assert isinstance(found.now, Missing)
    assert found.review is None
    assert found.reopened_on == BEGAN + DAY * 14
    assert [mark.state for mark in found.marks] == ["not known", "to come", "to come"]


def test_answers_from_before_the_review_lapse_where_they_can_change_and_come_back_in_force() -> None:
    slow = {0: 6, 3: 6, 13: 6, 15: 6}
    before, after = told(slow, 15, answered_on=10), told(slow, 15, answered_on=14)

    assert "saddle_numbness" in before.triage.open_questions
    assert "cancer_ever" not in before.triage.open_questions
    assert after.triage.open_questions == ()
    assert after.triage.tier == Tier.T1
    assert [flag.id for flag in after.triage.raised] == ["rf_26_not_settling"]


def test_while_the_pain_falls_answers_stay_in_force() -> None:
    falls = {0: 6, 3: 6, 13: 3, 15: 3}

    assert told(falls, 15, answered_on=10).triage.open_questions == ()
    assert told(falls, 15, answered_on=10).triage.tier == Tier.T0


def test_a_raised_flag_never_lapses() -> None:
    slow = history({0: 6, 3: 6, 13: 6, 15: 6}, answered_on=10)
    yes = Answer("saddle_numbness", "yes", BEGAN + DAY * 11)
    after = assess(
        History(slow.profile, symptoms=slow.symptoms, answers=(*slow.answers, yes)),
        BEGAN + DAY * 15,
        KNOWLEDGE,
    )

    assert after.triage.tier == Tier.T4


def test_the_usual_course_begins_where_the_runner_began_and_falls_by_the_published_share() -> None:
    answer = told({0: 8, 3: 8, 13: 4, 15: 4}, 15, answered_on=14)

    assert answer.course is not None
    expected = {mark.on: mark.score for mark in answer.course.expected}
    assert expected[BEGAN] == 8
    assert expected[BEGAN + DAY * 42] == pytest.approx(8 * 26 / 56)
    assert answer.course.of_cause is not None
    assert answer.course.of_cause.id == "causes.non_specific.name"
    assert "wallwork2024" in {source.id for source in answer.sources}


scored = st.dictionaries(st.integers(0, 100), st.integers(0, 10).map(float), max_size=25)


@given(scored, st.integers(0, 100))
def test_weeks_hold_every_score_once_and_more_pain_now_never_looks_better(
    scores: dict[int, float], day: int
) -> None:
    found = course(seen_from_onset(history(scores), BEGAN + DAY * day, KNOWLEDGE))
    if found is None:
        return

    assert sum(week.noted_days for week in found.weeks) == len(found.scores)
    assert all(week.span.days == 7 for week in found.weeks)
    if found.review in ("day_14", "week_6", "week_12") and scores.get(day, 0) < 10:
        worse = course(seen_from_onset(history({**scores, day: 10.0}), BEGAN + DAY * day, KNOWLEDGE))
        assert worse is not None
        if worse.start == found.start and worse.began_on == found.began_on:
            assert worse.review == found.review


def test_a_review_that_is_over_is_judged_by_its_own_day() -> None:
    found = seen({0: 6, 3: 6, 13: 6, 41: 1, 43: 1}, 43)

    assert [mark.state for mark in found.marks] == ["not met", "met", "to come"]
    assert found.review == "on_course"
