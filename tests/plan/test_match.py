"""The run on record held against the session due, and what it may move on the ladder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.conftest import climb

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.history import CheckIn, Seen
from backstride.model.ladder import RunDay
from backstride.plan.climb import RECORDED, Standing
from backstride.plan.match import match

ON = date(2026, 3, 20)
Planned = Callable[..., Any]  # Any: Plan or NoPlan, as the test expects


@pytest.fixture(scope="module")
def ladder(knowledge: Knowledge) -> Ladder:
    return knowledge.ladders["walk_run"]


def ran(
    running_s: float | None = None,
    moving_s: float | None = None,
    distance_m: float | None = None,
    on: date = ON,
    sport: Any = "run",
    run_mps: float | None = None,
    easy_mps: float | None = None,
) -> RunDay:
    at = datetime(on.year, on.month, on.day, 18, 10, tzinfo=UTC)
    return RunDay(on, sport, (f"run-{on}",), at, distance_m, moving_s, running_s, run_mps, easy_mps)


@pytest.mark.parametrize(
    ("rung", "run", "kind"),
    [
        (4, ran(960, 1440), "same"),
        (4, ran(960, 2040), "same"),
        (4, ran(900, 1500), "same"),
        (4, ran(1500, 2040), "longer"),
        (4, ran(960, 4000), "longer"),
        (4, ran(1000, 1010), "harder"),
        (4, ran(960, 1440, run_mps=3.6, easy_mps=2.8), "harder"),
        (4, ran(600, 1100), "shorter"),
        (4, ran(200, 1400), None),
        (1, ran(200, 2000), "same"),
        (1, ran(500, 2000), "longer"),
        (11, ran(1800, 1800), "same"),
        (11, ran(1800, 2400), "same"),
        (11, ran(3600, 3600), "longer"),
        (12, ran(2400, 2400), "likely"),
        (12, ran(2400, 2400, run_mps=3.6, easy_mps=2.8), "harder"),
        (4, ran(None, 1440, 3600, easy_mps=2.8), "same"),
        (4, ran(None, 1440, 5000, easy_mps=2.8), "harder"),
        (4, ran(None, 1440, 1900, easy_mps=2.8), "likely"),
        (4, ran(None, 1440, 3600), "likely"),
        (4, ran(None, 1440), "likely"),
        (4, ran(None, 4000, 9000, easy_mps=2.8), "longer"),
        (4, ran(None, 300), None),
        (4, ran(None, None, 3600), None),
        (4, ran(0, 1800, sport="walk"), None),
        (0, ran(0, 1800, sport="walk"), "same"),
        (0, ran(0, 3600, sport="walk"), "longer"),
        (0, ran(0, 1000, sport="walk"), "shorter"),
        (0, ran(0, 1800), "same"),
        (0, ran(1800, 1800), "longer"),
        (0, ran(None, 1800), "harder"),
    ],
)
def test_the_session_more_or_less(
    knowledge: Knowledge, ladder: Ladder, rung: int, run: RunDay, kind: str | None
) -> None:
    found = match((run,), ON, rung, ladder, knowledge)

    assert (None if found is None else found.kind) == kind


def test_a_run_of_another_day_is_none(knowledge: Knowledge, ladder: Ladder) -> None:
    assert match((ran(960, 1440, on=ON - timedelta(days=1)),), ON, 4, ladder, knowledge) is None


def stands(knowledge: Knowledge, ladder: Ladder, told: CheckIn, *runs: RunDay, **more: Any) -> Standing:
    """After two greens on the first rung, and one green on the second, eleven days ago."""
    before = tuple(
        CheckIn(ON - timedelta(days=days), (f"walk_run_{rung}",), 0, 0, 0)
        for days, rung in ((15, 1), (13, 1), (11, 2))
    )
    return climb((*before, told), False, knowledge, ladder, runs=runs, **more)


SAME = ran(360, 1440)
LONGER = ran(1500, 3000)


def test_a_clear_match_is_a_green_without_a_word_of_the_session(knowledge: Knowledge, ladder: Ladder) -> None:
    told = CheckIn(ON, (), 0, 0, 0)

    assert stands(knowledge, ladder, told, SAME).rung == 3
    assert stands(knowledge, ladder, told).rung == 2


@pytest.mark.parametrize("run", [LONGER, ran(None, 1440), ran(360, 1440, run_mps=4, easy_mps=2.8)])
def test_what_is_not_clearly_the_session_is_no_green(
    knowledge: Knowledge, ladder: Ladder, run: RunDay
) -> None:
    after = stands(knowledge, ladder, CheckIn(ON, (), 0, 0, 0), run)

    assert (after.rung, after.greens, after.last_on) == (2, 1, ON)


@pytest.mark.parametrize("run", [SAME, LONGER, ran(None, 1440)])
def test_amber_and_red_count_for_the_session(knowledge: Knowledge, ladder: Ladder, run: RunDay) -> None:
    amber = stands(knowledge, ladder, CheckIn(ON, (), 4, 4, 4), run)
    red = stands(knowledge, ladder, CheckIn(ON, (), 7), run)

    assert (amber.rung, amber.greens) == (2, 0)
    assert (red.rung, dict(red.reds)) == (1, {2: 1})


def test_a_run_is_no_session_where_another_deed_was_told_or_no_pain(
    knowledge: Knowledge, ladder: Ladder
) -> None:
    for told in (CheckIn(ON, ("other",), 0, 0, 0), CheckIn(ON, ("cat_camel",), 0, 0, 0), CheckIn(ON)):
        assert stands(knowledge, ladder, told, SAME).last_on == ON - timedelta(days=11)


def test_the_run_on_record_may_be_named(knowledge: Knowledge, ladder: Ladder) -> None:
    told = CheckIn(ON, (RECORDED,), 7, 7, 7)

    assert stands(knowledge, ladder, told, LONGER).rung == 1
    assert stands(knowledge, ladder, told).rung == 2


def test_no_green_by_record_before_its_day_or_while_somebody_should_look(
    knowledge: Knowledge, ladder: Ladder
) -> None:
    early = (CheckIn(ON - timedelta(days=1), ("walk_run_2",), 4, 0, 0), CheckIn(ON, (), 0, 0, 0))
    held = Seen("gp", ON - timedelta(days=3), "not_yet")

    soon = climb(early, False, knowledge, ladder, runs=(SAME,))
    assert soon.greens == 0
    assert stands(knowledge, ladder, CheckIn(ON, (), 0, 0, 0), SAME, seen=(held,)).greens == 1


maybe = st.none() | st.floats(0, 10)
amounts = st.none() | st.floats(0, 20_000)


@given(
    st.builds(
        ran,
        running_s=amounts,
        moving_s=amounts,
        distance_m=amounts,
        run_mps=st.none() | st.floats(1, 6),
        easy_mps=st.none() | st.floats(1.5, 5),
    ),
    st.builds(CheckIn, st.just(ON), st.just(()), maybe, maybe, maybe),
)
def test_by_record_nobody_is_worse_looked_after_than_without(
    knowledge: Knowledge, run: RunDay, told: CheckIn
) -> None:
    """A run on record lifts nobody unless it is clearly the session, and a red never weighs less with it."""
    ladder = knowledge.ladders["walk_run"]
    bare, with_it = stands(knowledge, ladder, told), stands(knowledge, ladder, told, run)
    found = match((run,), ON, 2, ladder, knowledge)

    if found is None or found.kind != "same":
        assert with_it.rung <= bare.rung
        assert with_it.greens <= bare.greens
    assert (with_it.next_on or ON) >= (bare.next_on or ON)
    assert sum(with_it.reds.values()) >= sum(bare.reds.values())


def test_todays_run_is_offered_once(planned: Planned, ready_facts: Any) -> None:
    run = ran(180, 1440)
    offered = planned(ready_facts, runs=(run,))
    told = planned(ready_facts, runs=(run,), check_ins=(CheckIn(ON, ("walk_run_1",), 0, 0),))
    silent = planned(ready_facts, runs=(run,), check_ins=(CheckIn(ON, (), 0, 0),))

    assert offered.today is not None
    assert (offered.today.kind, offered.today.rung) == ("same", 1)
    assert told.today is None
    assert silent.today is None
    assert planned({**ready_facts, "leg_pain": "thigh"}, runs=(run,)).today is None
