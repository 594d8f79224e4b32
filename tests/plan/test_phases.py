"""Which phase a day falls into, and when the plan is looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.knowledge.knowledge import Knowledge
from backstride.model.findings import Onset
from backstride.model.history import Span
from backstride.plan.phases import days_since, in_order, place, review_on

ON = date(2026, 3, 20)


def _onset(first: int, last: int) -> Onset:
    return Onset(Span(ON - timedelta(days=first), ON - timedelta(days=last)), told=False)


@pytest.mark.parametrize(
    ("phase", "days"),
    [
        ("first_72_hours", 0),
        ("first_72_hours", 2),
        ("days_3_14", 3),
        ("days_3_14", 14),
        ("weeks_2_6", 15),
        ("weeks_2_6", 42),
        ("weeks_6_12", 43),
        ("weeks_6_12", 84),
        ("after_12_weeks", 85),
        ("after_12_weeks", 2_000),
        ("first_72_hours", None),
    ],
)
def test_each_day_has_its_phase(phase: str, days: int | None, knowledge: Knowledge) -> None:
    assert phase == place(days, {}, knowledge).phase.id


def test_phases_follow_one_another_without_gap(knowledge: Knowledge) -> None:
    phases = in_order(knowledge)
    assert phases[0].from_day == 0
    assert phases[-1].to_day is None
    for earlier, later in pairwise(phases):
        assert earlier.to_day is not None
        assert later.from_day == earlier.to_day + 1


def test_strong_pain_holds_the_phase_and_says_why_but_what_to_expect_goes_by_the_days(
    knowledge: Knowledge,
) -> None:
    held = place(60, {"pain_now": 8.0}, knowledge)
    assert (held.phase.id, held.by_days.id) == ("days_3_14", "weeks_6_12")
    assert held.held


def test_a_band_of_onset_days_counts_as_the_fewest_days() -> None:
    assert days_since(_onset(30, 10), ON) == 10
    assert days_since(None, ON) is None


@given(st.integers(0, 400), st.integers(0, 30), st.booleans())
def test_the_review_lies_ahead_and_never_beyond_two_weeks(
    knowledge: Knowledge, last: int, width: int, sooner: bool
) -> None:
    on = review_on(_onset(last + width, last), ON, sooner, knowledge)
    assert ON < on <= ON + timedelta(days=7 if sooner else 14)


def test_the_review_falls_on_day_14_of_a_new_pain(knowledge: Knowledge) -> None:
    assert review_on(_onset(4, 4), ON, False, knowledge) == ON + timedelta(days=10)
    assert review_on(None, ON, False, knowledge) == ON + timedelta(days=14)
    assert review_on(_onset(38, 38), ON, False, knowledge) == ON + timedelta(days=4)


@given(st.integers(0, 400), st.booleans(), st.booleans())
def test_a_plan_made_anew_each_day_never_puts_the_review_off(
    knowledge: Knowledge, since: int, sooner: bool, known: bool
) -> None:
    began = ON - timedelta(days=since)
    onset = Onset(Span(began, began), told=True) if known else None
    due = review_on(onset, ON, sooner, knowledge, began)
    for days in range((due - ON).days):
        assert review_on(onset, ON + timedelta(days=days), sooner, knowledge, began) == due
