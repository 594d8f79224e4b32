"""What takes the ladder back without a red session: a sign in a leg, pain that came back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.plan.conftest import climb

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.history import Answer, CheckIn
from backstride.model.ladder import Setback
from backstride.model.wishes import Restart
from backstride.plan.setbacks import came_back, entries_lost

ON = date(2026, 3, 1)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def ladder(knowledge: Knowledge) -> Ladder:
    return knowledge.ladders["walk_run"]


def greens(count: int, first_rung: int = 1) -> tuple[CheckIn, ...]:
    """Green sessions of the rung due, one every other day: two a rung."""
    return tuple(
        CheckIn(ON + 2 * n * DAY, (f"walk_run_{first_rung + n // 2}",), 0.0, 0.0, 0.0) for n in range(count)
    )


def lost(on: date, ladder: Ladder, knowledge: Knowledge) -> Setback:
    (found,) = entries_lost((Answer("leg_pain", "below_knee", on),), ladder, knowledge)
    return found


def test_a_sign_in_a_leg_begins_the_ladder_again(knowledge: Knowledge, ladder: Ladder) -> None:
    told = greens(7)
    assert climb(told, False, knowledge, ladder).rung == 4
    sign = lost(told[-1].on, ladder, knowledge)
    standing = climb(told, False, knowledge, ladder, setbacks=(sign,))
    assert (standing.rung, standing.greens) == (1, 0), "nothing of its own day takes it away"


def test_a_sign_before_any_session_and_one_that_stays_move_nothing(
    knowledge: Knowledge, ladder: Ladder
) -> None:
    told = greens(6)
    early = lost(ON - DAY, ladder, knowledge)
    assert climb(told, False, knowledge, ladder, setbacks=(early,)).rung == 4
    days = [Answer("leg_pain", "below_knee", ON + n * DAY) for n in range(5)]
    assert [each.on for each in entries_lost(days, ladder, knowledge)] == [ON]


def test_a_sign_that_goes_and_comes_is_told_each_time(knowledge: Knowledge, ladder: Ladder) -> None:
    said = ("none", "below_knee", "none", "below_knee")
    answers = [Answer("leg_pain", value, ON + n * DAY) for n, value in enumerate(said)]
    answers += [Answer(id, "no", ON) for id in ("both_legs", "leg_weakness", "leg_numb_or_tingling")]
    assert [each.on for each in entries_lost(answers, ladder, knowledge)] == [ON + DAY, ON + 3 * DAY]


@pytest.mark.parametrize("value", ["not_sure", "none"])
def test_what_is_not_known_is_no_sign(value: str, knowledge: Knowledge, ladder: Ladder) -> None:
    assert list(entries_lost((Answer("leg_pain", value, ON),), ladder, knowledge)) == []


def test_pain_that_comes_back_goes_back_one_step(knowledge: Knowledge, ladder: Ladder) -> None:
    told = greens(7)
    back = came_back(told[-1].on + 3 * DAY, told[-1].on)
    standing = climb(told, False, knowledge, ladder, setbacks=(back,))
    assert (standing.rung, standing.greens, standing.reds) == (3, 0, {})


def test_what_went_back_already_since_it_rose_goes_back_once(knowledge: Knowledge, ladder: Ladder) -> None:
    *told, last = greens(7)
    red = CheckIn(last.on, last.done, 7.0, 5.0, 4.0)
    since, known = last.on - DAY, last.on + 2 * DAY
    assert climb((*told, red), False, knowledge, ladder, setbacks=(came_back(known, since),)).rung == 3
    later = came_back(known + 3 * DAY, last.on + DAY)
    assert climb((*told, red), False, knowledge, ladder, setbacks=(later,)).rung == 2


def test_a_wish_to_begin_again_is_as_far_back_as_a_sign(knowledge: Knowledge, ladder: Ladder) -> None:
    told = greens(7)
    after = told[-1].on + DAY
    wished = climb(told, False, knowledge, ladder, restarts=(Restart(after),))
    assert (
        wished.rung == climb(told, False, knowledge, ladder, setbacks=(lost(after, ladder, knowledge),)).rung
    )
