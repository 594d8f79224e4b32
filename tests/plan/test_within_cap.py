"""No session goes beyond the cap, and one that is less than its step says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.knowledge.knowledge import Knowledge
from backstride.model.findings import Finding
from backstride.model.ladder import RunHabits
from backstride.model.session import Session
from backstride.model.text import Quantity, Text
from backstride.plan.run_steps import LONGEST
from backstride.plan.within_cap import after_s, fitted
from backstride.reports.wording import Wording

Planned = Callable[..., Any]  # Any: Plan or NoPlan, as the test expects


def longest(metres: float) -> tuple[Finding, ...]:
    return (Finding(LONGEST, Text("plan.honest"), Quantity(metres, "m"), None, 1.0),)


def run_of(plan: Any) -> Session:
    return next(session for session in plan.sessions if session.kind == "walk_run")


habits = st.builds(RunHabits, st.none() | st.floats(1.5, 5), st.sampled_from([None, True, False]))


@given(st.integers(1, 12), st.floats(200, 30_000), habits)
def test_no_session_goes_beyond_the_cap(
    knowledge: Knowledge, rung: int, cap_m: float, habits: RunHabits
) -> None:
    """At the usual pace and a usual walk; but for the one shortest run that is always left."""
    ladder = knowledge.ladders["walk_run"]
    it = ladder.rung[rung]
    fit = fitted(it, ladder, cap_m, habits, knowledge)
    easy_mps = habits.easy_mps
    walk_mps = knowledge.number("session_walk_mps")
    counts = habits.records_strolls is not False
    around_m = counts * (ladder.warm_up_walk_s + after_s(it, ladder)) * walk_mps

    assert 1 <= fit.repeats <= it.repeats
    if it.run_s is None:
        assert fit.run_m is not None
        assert fit.run_m + around_m * fit.strolls <= cap_m * 1.000001
    elif easy_mps is None:
        assert not fit.shorter
    else:
        assert fit.run_s is not None
        whole_m = fit.repeats * (fit.run_s * easy_mps + fit.walk_s * walk_mps) + around_m
        least = fit.repeats == 1 and fit.run_s == ladder.rung[1].run_s
        assert whole_m <= cap_m * 1.000001 or least
        assert fit.shorter == ((fit.run_s, fit.repeats) != (it.run_s, it.repeats))


def test_without_a_cap_nothing_is_taken_away(knowledge: Knowledge) -> None:
    ladder = knowledge.ladders["walk_run"]
    for rung in ladder.rung:
        assert not fitted(rung, ladder, None, RunHabits(2.8), knowledge).shorter


def test_rounds_go_until_it_fits_and_the_reason_is_told(
    planned: Planned, ready_facts: Any, knowledge: Knowledge
) -> None:
    plan = planned(ready_facts, findings=longest(2_000), habits=RunHabits(2.8))
    session = run_of(plan)
    step = next(step for step in plan.steps if step.id == "walk_run_1")
    rounds = session.blocks[1].rounds
    say = Wording(knowledge.sentences).say

    assert rounds == 7
    assert session.shorter is not None
    assert "7 rounds and not 12" in say(session.shorter)
    assert session.shorter in step.how
    assert step.dose is not None
    assert say(step.dose) == "Run 15 seconds, walk 105 seconds, 7 times."
    assert session.blocks[1].dose == step.dose
    assert session.cap_m == pytest.approx(2_200)


def test_where_the_pace_is_not_known_the_cap_is_told_and_nothing_taken_away(
    planned: Planned, ready_facts: Any
) -> None:
    session = run_of(planned(ready_facts, findings=longest(2_000)))

    assert session.blocks[1].rounds == 12
    assert session.shorter is None
    assert session.cap_m == pytest.approx(2_200)


def test_where_no_cap_is_known_none_is_told(planned: Planned, ready_facts: Any) -> None:
    session = run_of(planned(ready_facts, habits=RunHabits(2.8)))

    assert session.cap_m is None
    assert session.blocks[1].rounds == 12


def test_who_starts_the_watch_after_the_walk_is_not_held_back_for_it(
    planned: Planned, ready_facts: Any, knowledge: Knowledge
) -> None:
    """The same session again and again: recorded alike, the cap never takes a round away."""
    ladder = knowledge.ladders["walk_run"]
    for rung in ladder.rung[1:-1]:
        assert rung.run_s is not None
        main_m = rung.repeats * (rung.run_s * 2.8 + rung.walk_s * 1.4)
        whole_m = main_m + (ladder.warm_up_walk_s + after_s(rung, ladder)) * 1.4
        for recorded_m, strolls in ((main_m, False), (whole_m, True), (whole_m, None)):
            assert not fitted(rung, ladder, 1.1 * recorded_m, RunHabits(2.8, strolls), knowledge).shorter
    session = run_of(planned(ready_facts, findings=longest(2_300), habits=RunHabits(2.8, False)))
    assert session.ends is not None
    assert session.ends.id == "plan.session_cap_main"
