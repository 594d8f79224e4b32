"""The pain rule: what scores of a session mean for the next one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.knowledge.knowledge import Knowledge
from backstride.model.history import CheckIn
from backstride.plan.pain_rule import Judgement, Lately, bone_type, judge, lately

ON = date(2026, 3, 20)
SCORE = st.none() | st.floats(0, 10)
BONE = st.sampled_from([True, False, None])
ORDER = {"unknown": -1, "green": 0, "amber": 1, "red": 2}


def _day(during: float | None, after: float | None, morning: float | None) -> CheckIn:
    return CheckIn(ON, (), during, after, morning)


def judged_after(before: list[CheckIn], told: CheckIn, bone: bool | None, knowledge: Knowledge) -> Judgement:
    return judge(told, bone, knowledge, lately(before, told, knowledge))


@pytest.mark.parametrize(
    ("expected", "scores"),
    [
        ("green", (0.0, 0.0, 0.0)),
        ("green", (2.0, 2.0, 2.0)),
        ("amber", (2.1, 0.0, 0.0)),
        ("amber", (5.0, 5.0, 1.0)),
        ("red", (5.1, 0.0, 0.0)),
        ("red", (0.0, 0.0, 6.0)),
        ("unknown", (1.0, None, 1.0)),
        ("unknown", (None, None, None)),
        ("amber", (4.0, None, None)),
        ("red", (7.0, None, None)),
    ],
)
def test_the_worst_told_score_decides(
    expected: str, scores: tuple[float | None, ...], knowledge: Knowledge
) -> None:
    assert expected == judge(_day(*scores), False, knowledge)


def test_a_morning_clearly_worse_than_the_one_before_is_never_green(knowledge: Knowledge) -> None:
    session = _day(0.0, 0.0, 2.0)
    assert judge(session, False, knowledge, before=Lately(1.0)) == "green"
    assert judge(session, False, knowledge, before=Lately(0.5)) == "amber"
    assert judge(_day(0.0, 0.0, 2.5), False, knowledge, before=Lately(0.0)) == "red"


def _sessions(*worst: float) -> list[CheckIn]:
    """One every second day, the last one today."""
    first = ON - timedelta(days=2 * (len(worst) - 1))
    return [CheckIn(first + timedelta(days=2 * n), (), score, 0.0, 0.0) for n, score in enumerate(worst)]


@pytest.mark.parametrize(
    ("expected", "worst"),
    [
        ("amber", (3.0, 3.0, 3.0, 4.0, 4.0, 4.0, 4.0)),
        ("red", (2.0, 2.0, 2.0, 4.0, 4.0, 4.0, 4.0)),
        ("green", (0.0, 0.0, 0.0, 2.0, 2.0, 2.0, 2.0)),
        ("amber", (0.0, 4.0, 4.0, 4.0)),
        ("red", (6.5, 6.5, 6.5, 7.0, 7.0, 7.0, 7.0)),
    ],
    ids=["a point more", "two points more", "never above green", "no second day last week", "above the line"],
)
def test_amber_that_rises_from_week_to_week_is_red(
    expected: str, worst: tuple[float, ...], knowledge: Knowledge
) -> None:
    *before, today = _sessions(*worst)
    assert judged_after(before, today, False, knowledge) == expected


def test_a_rise_of_exactly_what_is_allowed_is_no_rounding_above_it(knowledge: Knowledge) -> None:
    thirds = ((13, 0.0), (10, 2.0), (8, 2.0), (4, 2.0), (2, 2.0), (0, 3.0))
    assert 7 / 3 - 4 / 3 > 1
    *before, today = (CheckIn(ON - timedelta(days=ago), (), score, 0.0, 0.0) for ago, score in thirds)
    assert judged_after(before, today, False, knowledge) == "amber"


def test_a_day_without_a_session_is_held_against_no_week(knowledge: Knowledge) -> None:
    *before, _ = _sessions(2.0, 2.0, 2.0, 4.0, 4.0, 4.0, 4.0)
    assert judged_after(before, CheckIn(ON, pain_now=4.0), False, knowledge) == "amber"


@given(st.lists(SCORE, max_size=12), SCORE, SCORE, SCORE, BONE)
def test_what_was_told_before_never_makes_a_day_better(
    knowledge: Knowledge,
    past: list[float | None],
    during: float | None,
    after: float | None,
    morning: float | None,
    bone: bool | None,
) -> None:
    today = CheckIn(ON + timedelta(days=1), (), during, after, morning)
    before = [
        CheckIn(ON - timedelta(days=len(past) - n), (), score, None, score) for n, score in enumerate(past)
    ]
    alone, beside = judge(today, bone, knowledge), judged_after(before, today, bone, knowledge)
    assert alone == beside or ORDER[beside] > ORDER["green"]


def test_any_pain_that_may_come_from_bone_is_red(knowledge: Knowledge) -> None:
    assert judge(_day(0.5, 0.0, 0.0), True, knowledge) == "red"
    assert judge(_day(0.0, 0.0, 0.0), True, knowledge) == "amber"


@given(SCORE, SCORE, SCORE, SCORE)
def test_bone_type_pain_has_no_green_zone(
    knowledge: Knowledge,
    during: float | None,
    after: float | None,
    morning: float | None,
    before: float | None,
) -> None:
    for bone in (True, None):
        assert judge(_day(during, after, morning), bone, knowledge, Lately(before)) != "green"


@given(SCORE, SCORE, SCORE, BONE, SCORE)
def test_a_score_that_was_not_told_is_never_green(
    knowledge: Knowledge,
    during: float | None,
    after: float | None,
    morning: float | None,
    bone: bool | None,
    before: float | None,
) -> None:
    judged = judge(_day(during, after, morning), bone, knowledge, Lately(before))
    if None in (during, after, morning):
        assert judged != "green"
    if judged == "green":
        assert max(during or 0, after or 0, morning or 0) <= 2


@given(st.floats(0, 10), st.floats(0, 10), st.floats(0, 10), st.floats(0, 10), BONE)
def test_more_pain_never_reads_better(
    knowledge: Knowledge, during: float, after: float, morning: float, more: float, bone: bool | None
) -> None:
    less = judge(_day(during, after, morning), bone, knowledge)
    worse = judge(_day(max(during, more), after, morning), bone, knowledge)
    assert ORDER[worse] >= ORDER[less]


def test_a_bone_cause_that_was_not_ranked_leaves_bone_type_pain_open() -> None:
    bones = ("sacral_bone_stress", "pars_bone_stress")
    assert bone_type({}, False, bones) is None
    assert bone_type({"sacral_bone_stress": "unlikely"}, False, bones) is None
    assert bone_type(dict.fromkeys(bones, "unlikely"), False, bones) is False
    assert bone_type(dict.fromkeys(bones, "unlikely"), None, bones) is None
    assert bone_type(dict.fromkeys(bones, "unlikely"), True, bones) is True
    assert bone_type({"pars_bone_stress": "possible"}, None, bones) is True


def test_pain_above_the_line_on_two_days_in_a_row_lasted_once(knowledge: Knowledge) -> None:
    days = [
        CheckIn(ON + timedelta(days=n), pain_now=score)
        for n, score in enumerate((6.0, 6.0, 7.0, 3.0, 6.0, 6.0))
    ]
    times = [lately(days[:n], day, knowledge).lasted for n, day in enumerate(days)]
    assert times == [False, True, False, False, False, True]


def test_a_bad_evening_and_the_morning_after_are_no_day_and_a_gap_is_not_counted(
    knowledge: Knowledge,
) -> None:
    evening = CheckIn(ON, (), 4.0, 7.0, 7.0)
    assert not lately([], evening, knowledge).lasted
    assert not lately([evening], CheckIn(ON + timedelta(days=2), pain_now=8.0), knowledge).lasted
    assert lately([evening], CheckIn(ON + timedelta(days=1), pain_now=6.0), knowledge).lasted
    assert not lately([evening], CheckIn(ON + timedelta(days=1)), knowledge).lasted
