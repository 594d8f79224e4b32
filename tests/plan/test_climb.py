"""How sessions move a runner on the ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.conftest import climb

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.history import CheckIn, Seen
from backstride.plan.climb import Standing, kept, move, ready, waiting
from backstride.plan.pain_rule import Judgement
from backstride.plan.turns import going, turns

ON = date(2026, 3, 1)


@pytest.fixture(scope="module")
def ladder(knowledge: Knowledge) -> Ladder:
    return knowledge.ladders["walk_run"]


def _after(judged: str, ladder: Ladder, start: int = 3) -> Standing:
    """Where sessions lead: g green, a amber, r red, u unknown; one every other day."""
    words: dict[str, Judgement] = {"g": "green", "a": "amber", "r": "red", "u": "unknown"}
    standing = Standing(rung=start)
    for index, letter in enumerate(judged):
        standing = move(standing, words[letter], ON + timedelta(days=2 * index), ladder)
    return standing


@pytest.mark.parametrize(
    ("rung", "sessions"),
    [
        (3, "g"),
        (4, "gg"),
        (3, "ga"),
        (3, "gag"),
        (4, "gagg"),
        (2, "r"),
        (3, "rgg"),
        (3, "gu"),
        (4, "gug"),
        (5, "gggg"),
    ],
)
def test_two_greens_climb_amber_repeats_red_steps_back(rung: int, sessions: str, ladder: Ladder) -> None:
    assert rung == _after(sessions, ladder).rung


def test_after_a_red_session_two_days_are_rest(ladder: Ladder) -> None:
    assert ON + timedelta(days=3) == _after("r", ladder).next_on
    assert ON + timedelta(days=2) == _after("g", ladder).next_on


def test_two_reds_on_the_same_rung_ask_for_somebody_to_look(ladder: Ladder) -> None:
    assert not _after("r", ladder).refer
    assert not _after("rr", ladder).refer, "the second one was a rung lower"
    assert _after("rggr", ladder).refer


@given(st.text("garu", max_size=60))
def test_the_rung_stays_on_the_ladder_and_rises_one_at_a_time(ladder: Ladder, sessions: str) -> None:
    rungs = [_after(sessions[:count], ladder).rung for count in range(len(sessions) + 1)]
    assert all(0 <= rung < len(ladder.rung) for rung in rungs)
    assert all(later - earlier <= 1 for earlier, later in pairwise(rungs))


def test_a_green_session_on_another_rung_does_not_count(knowledge: Knowledge, ladder: Ladder) -> None:
    days = tuple(CheckIn(ON + timedelta(days=2 * n), ("walk_run_5",), 0.0, 0.0, 0.0) for n in range(4))
    assert climb(days, False, knowledge, ladder).rung == 1


def test_days_without_a_session_move_nothing(knowledge: Knowledge, ladder: Ladder) -> None:
    days = tuple(CheckIn(ON + timedelta(days=n), ("cat_camel",), 0.0, 0.0, 0.0) for n in range(9))
    assert Standing() == climb(days, False, knowledge, ladder)


def test_pain_that_may_come_from_bone_never_climbs(knowledge: Knowledge, ladder: Ladder) -> None:
    days = tuple(CheckIn(ON + timedelta(days=2 * n), ("walk_run_1",), 0.0, 0.0, 0.0) for n in range(9))
    assert climb(days, None, knowledge, ladder).rung == 1
    assert climb(days, False, knowledge, ladder).rung == 2


def _told(*days: tuple[int, str, float]) -> tuple[CheckIn, ...]:
    """Check-ins by day of the month, what was done, and one score for all three times."""
    return tuple(CheckIn(ON + timedelta(days=on), (done,), pain, pain, pain) for on, done, pain in days)


def test_a_red_session_on_another_rung_counts_for_the_rung_where_it_was(
    knowledge: Knowledge, ladder: Ladder
) -> None:
    standing = climb(_told((0, "walk_run_5", 8.0), (6, "walk_run_5", 8.0)), False, knowledge, ladder)
    assert standing.refer
    assert standing.reds == {5: 2}


def test_after_a_red_session_below_the_rung_due_nothing_harder_is_due(
    knowledge: Knowledge, ladder: Ladder
) -> None:
    up = _told(*((2 * n, f"walk_run_{1 + n // 2}", 0.0) for n in range(8)))
    assert climb(up, False, knowledge, ladder).rung == 5
    assert climb((*up, *_told((20, "walk_run_2", 7.0))), False, knowledge, ladder).rung == 1


def test_a_red_day_without_a_session_asks_for_the_same_rest(knowledge: Knowledge, ladder: Ladder) -> None:
    days = _told((0, "walk_run_1", 0.0), (1, "cat_camel", 7.0))
    standing = climb(days, False, knowledge, ladder)
    assert standing.next_on == ON + timedelta(days=4)
    assert (standing.rung, standing.greens, standing.reds) == (1, 0, {})


def test_strong_pain_at_the_check_in_itself_is_no_green_session(knowledge: Knowledge, ladder: Ladder) -> None:
    days = [CheckIn(ON + timedelta(days=2 * n), ("walk_run_1",), 0.0, 0.0, 0.0) for n in range(2)]
    assert climb(tuple(days), False, knowledge, ladder).rung == 2
    days[1] = replace(days[1], pain_now=6.0)
    assert climb(tuple(days), False, knowledge, ladder).rung == 0


def test_after_30_days_without_a_session_the_first_running_rung_is_due(ladder: Ladder) -> None:
    high = Standing(rung=7, greens=1, reds={6: 1}, last_on=ON)
    assert kept(high, ON + timedelta(days=29), ladder) == high
    again = kept(high, ON + timedelta(days=30), ladder)
    assert (again.rung, again.greens, again.reds) == (1, 0, {6: 1})
    assert kept(replace(high, rung=0), ON + timedelta(days=90), ladder).rung == 0


def test_a_recorded_run_that_was_never_told_of_counts_as_a_running_day(ladder: Ladder) -> None:
    yesterday = ON - timedelta(days=1)
    assert waiting(Standing(), yesterday, False, ON, ladder).next_on == ON + timedelta(days=1)
    assert waiting(Standing(), None, False, ON, ladder) == Standing()


def test_while_the_last_score_is_red_there_is_no_session_today(ladder: Ladder) -> None:
    assert waiting(Standing(), None, True, ON, ladder).next_on == ON + timedelta(days=1)


READY = {
    "age_years": 34.0,
    "sex": "male",
    "osteoporosis": False,
    "one_sided_impact_pain": False,
    "both_legs": "no",
    "leg_weakness": "no",
    "leg_pain": "none",
    "leg_numb_or_tingling": False,
}
"""Everything but the checks that are made once."""
ONCE = ("walk_30_min_easy", "heel_raises_10", "hops_5_pain_free")


def test_while_sessions_go_on_an_entry_check_may_have_grown_old(ladder: Ladder) -> None:
    assert ready(ladder, READY, False, ()).state == "stay"
    assert ready(ladder, READY, False, (), going=True).state == "may run"


@pytest.mark.parametrize("check", ONCE)
def test_a_check_told_as_a_no_counts_also_while_sessions_go_on(check: str, ladder: Ladder) -> None:
    assert ready(ladder, {**READY, check: False}, False, (), going=True).state == "stay"


@pytest.mark.parametrize("leg", ["both_legs", "leg_weakness", "leg_pain", "leg_numb_or_tingling"])
def test_legs_must_be_told_of_anew_also_while_sessions_go_on(leg: str, ladder: Ladder) -> None:
    untold = {name: value for name, value in READY.items() if name != leg}
    assert ready(ladder, untold, False, (), going=True).state == "stay"


def test_sessions_go_on_for_two_weeks_after_one_that_was_not_red(
    knowledge: Knowledge, ladder: Ladder
) -> None:
    def goes_on(step: str, score: float | None, days: int) -> bool:
        told = CheckIn(date(2026, 3, 2), (step,), score, score, score)
        return going(tuple(turns((told,), False, knowledge, ladder)), told.on + timedelta(days=days), ladder)

    assert goes_on("walk_run_1", 1, 14)
    assert goes_on("walk_run_4", 4, 3)
    assert not goes_on("walk_run_1", 1, 15)
    assert not goes_on("walk_run_1", 6, 2), "red"
    assert not goes_on("walk_run_1", None, 2), "nobody said how it went"
    assert not goes_on("walk_run_0", 1, 2), "a walk"


def test_no_check_that_is_made_once_is_forgotten_over_sessions_from_before_it(
    knowledge: Knowledge, ladder: Ladder
) -> None:
    """A no counts for as long as its question says; until then no session from before it may speak for it."""
    for entry in ladder.entry:
        for name in entry.when.names if entry.once else ():
            counts = knowledge.questions[name].stale_after_days
            assert counts is None or counts >= ladder.days_going


def test_strong_pain_that_lasts_twice_waits_for_somebody(knowledge: Knowledge, ladder: Ladder) -> None:
    days = [CheckIn(ON + timedelta(days=n), pain_now=6.0) for n in (0, 1, 5, 6)]
    assert not climb(tuple(days[:3]), False, knowledge, ladder).look_first
    standing = climb(tuple(days), False, knowledge, ladder)
    assert standing.look_first
    yes = Seen("physiotherapist", days[-1].on + timedelta(days=1), "yes")
    after = climb(tuple(days), False, knowledge, ladder, seen=(yes,))
    assert (after.look_first, after.lasting) == (False, 0)
