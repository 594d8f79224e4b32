"""The runner's goal: its soonest day follows the plan's own rules, and none is named where none can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.conftest import LAW, ON, READY

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import NoPlan, Tier, Triage
from backstride.model.findings import Finding
from backstride.model.history import CheckIn, Seen
from backstride.model.ladder import RunHabits
from backstride.model.text import Quantity, Text
from backstride.model.wishes import Goal, GoalAhead, Pause, Wishes

Planned = Callable[..., Any]  # Any: Plan or NoPlan, as the test expects
DAY = timedelta(days=1)
RUNS = {ON - 9 * DAY: 12_000.0}
SPEED = RunHabits(2.8)


def _longest(metres: float) -> tuple[Finding, ...]:
    return (Finding("longest_30_days", Text("x"), Quantity(metres, "m"), None, 1.0),)


def _goal(planned: Planned, goal: Goal, **other: Any) -> GoalAhead:
    wishes = Wishes((goal,), pauses=other.pop("pauses", ()))
    facts = other.pop("facts", READY)
    given: dict[str, Any] = {"lately": RUNS, "findings": _longest(12_000), "habits": SPEED} | other
    ahead: GoalAhead = planned(facts, wishes=wishes, **given).own_goal
    return ahead


def test_the_first_run_is_today_where_nothing_stands_against_it(planned: Planned) -> None:
    ahead = _goal(planned, Goal("first_run", ON))
    assert (ahead.state, ahead.earliest_on) == ("any day", ON)


def test_the_first_run_waits_for_the_day_of_rest_that_is_due(planned: Planned) -> None:
    told = (CheckIn(ON - DAY, ("walk_run_1",), 0, 0, 0),)
    ahead = _goal(planned, Goal("first_run", ON), check_ins=told)
    assert ahead.earliest_on == ON + DAY


NEAR_THE_TOP = tuple(
    CheckIn(ON - (40 - 2 * n) * DAY, (f"walk_run_{1 + n // 2}",), 0, 0, 0) for n in range(20)
)
"""Rungs 1 to 10, green twice each, the last one two days ago: rung 11 is due today."""


def test_a_distance_is_the_ladder_and_then_a_tenth_a_week(planned: Planned) -> None:
    """Rung 11 today and in two days, 5880 m each; in four days the usual easy run, a tenth over the 6 km on
    record: 6600 m.  Then 7260, 7986, 8785, 9663 and, five weeks on, 10629 m.
    """
    record: dict[str, Any] = {"lately": {ON - 2 * DAY: 6_000.0}, "findings": _longest(6_000)}
    ahead = _goal(planned, Goal("distance", ON, 10_000), check_ins=NEAR_THE_TOP, **record)
    assert ahead.earliest_on == ON + (4 + 5 * 7) * DAY
    assert [text.id for text in ahead.because] == [
        "plan.goal_counted",
        "plan.goal_counted_long",
        "plan.goal_no_promise",
    ]
    assert ahead.because[0].values["steps"] == 1


def test_the_ladder_is_counted_by_its_own_rules(planned: Planned) -> None:
    """Rungs 1 to 9 twice each, every other day: 20 minutes in one go, which is more than 1 km, on day 36."""
    ahead = _goal(planned, Goal("distance", ON, 1_000))
    assert ahead.earliest_on == ON + 36 * DAY
    assert ahead.because[0].values == {"steps": 9, "times": 2, "days": 2}


def test_a_long_run_on_record_counts_only_while_it_is_in_the_30_days(planned: Planned) -> None:
    ahead = _goal(planned, Goal("distance", ON, 10_000), check_ins=NEAR_THE_TOP)
    assert ahead.earliest_on == ON + 4 * DAY
    gone = _goal(
        planned, Goal("distance", ON, 10_000), check_ins=NEAR_THE_TOP, lately={ON - 29 * DAY: 12_000.0}
    )
    assert gone.earliest_on is not None
    assert gone.earliest_on > ON + 30 * DAY


def test_a_race_comes_after_three_long_runs(planned: Planned) -> None:
    plain = _goal(planned, Goal("distance", ON, 10_000))
    race = _goal(planned, Goal("distance", ON, 10_000, ON + 400 * DAY, race=True))
    assert plain.earliest_on is not None
    assert race.earliest_on is not None
    assert race.earliest_on >= plain.earliest_on
    assert race.state == "within reach"
    assert "plan.goal_counted_race" in [text.id for text in race.because]


@pytest.mark.parametrize(("off", "state"), [(-1, "not by then"), (0, "within reach"), (1, "within reach")])
def test_a_wished_day_is_held_against_the_soonest_one(planned: Planned, off: int, state: str) -> None:
    soonest = _goal(planned, Goal("distance", ON, 10_000)).earliest_on
    assert soonest is not None
    ahead = _goal(planned, Goal("distance", ON, 10_000, soonest + off * DAY))
    assert (ahead.state, ahead.earliest_on) == (state, soonest)
    assert bool(ahead.instead) == (state == "not by then")


def test_a_day_that_is_over_is_said_to_be_over(planned: Planned) -> None:
    ahead = _goal(planned, Goal("distance", ON - 90 * DAY, 10_000, ON - DAY), lately={ON - 9 * DAY: 8_000.0})
    assert (ahead.state, ahead.says.id) == ("not by then", "plan.goal_day_over")


def test_what_would_be_honest_tells_how_far_the_rules_go_by_then(planned: Planned) -> None:
    near = _goal(planned, Goal("distance", ON, 10_000, ON + 10 * DAY))
    assert near.instead[0].id == "plan.goal_by_then_rung"
    assert near.instead[0].values["rung"] == 3
    far = _goal(planned, Goal("distance", ON, 10_000, ON + 60 * DAY))
    assert far.instead[0].id == "plan.goal_by_then_far"


def test_a_pause_is_counted_in(planned: Planned) -> None:
    pause = Pause(ON + 4 * DAY, ON, "holiday", ON + 13 * DAY)
    paused = _goal(planned, Goal("distance", ON, 1_000), pauses=(pause,))
    assert paused.earliest_on == ON + (36 + 10) * DAY
    assert "plan.goal_counted_pause" in [text.id for text in paused.because]
    assert "plan.checks_again" not in [text.id for text in paused.because]


def test_a_pause_in_which_the_checks_may_grow_too_old_says_so_beside_the_day(planned: Planned) -> None:
    """Sessions on the first day and the third, then none until the twentieth."""
    pause = Pause(ON + 4 * DAY, ON, "holiday", ON + 19 * DAY)
    paused = _goal(planned, Goal("distance", ON, 1_000), pauses=(pause,))
    assert "plan.checks_again" in [text.id for text in paused.because]


def test_after_a_long_pause_the_ladder_is_counted_anew(planned: Planned) -> None:
    pause = Pause(ON + 20 * DAY, ON, "illness", ON + 59 * DAY)
    paused = _goal(planned, Goal("distance", ON, 1_000), pauses=(pause,))
    assert paused.earliest_on == ON + (60 + 36) * DAY


def test_an_open_pause_names_no_day(planned: Planned) -> None:
    ahead = _goal(planned, Goal("first_run", ON), pauses=(Pause(ON, ON, "illness"),))
    assert (ahead.state, ahead.earliest_on) == ("no day", None)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"fits": {"sacral_bone_stress": "possible"}}, "plan.goal_bone_first"),
        ({"facts": {**READY, "one_sided_impact_pain": True}}, "plan.goal_bone_first"),
        ({"facts": {**READY, "age_years": 16.0}}, "plan.no_running"),
        ({"facts": {**READY, "leg_pain": "below_knee"}}, "plan.goal_not_settled"),
        (
            {"facts": {id: value for id, value in READY.items() if id != "one_sided_impact_pain"}},
            "plan.goal_not_settled",
        ),
        (
            {"check_ins": tuple(CheckIn(ON - n * DAY, ("walk_run_1",), 8, 8, 8) for n in (9, 4))},
            "plan.goal_seen_first",
        ),
        ({"seen": (Seen("gp", ON - DAY, "not_yet"),)}, "plan.held"),
        ({"habits": RunHabits(), "lately": {}, "findings": ()}, "plan.goal_no_speed"),
        ({"days": None}, "plan.goal_when_unknown"),
    ],
)
def test_no_day_is_named_without_the_right_to_run(planned: Planned, given: dict[str, Any], says: str) -> None:
    ahead = _goal(planned, Goal("distance", ON, 10_000, ON + 300 * DAY), **given)
    assert (ahead.state, ahead.earliest_on, ahead.because[0].id) == ("no day", None, says)


def test_checks_that_may_be_tried_now_are_named_with_the_day(planned: Planned) -> None:
    facts = {id: value for id, value in READY.items() if id != "hops_5_pain_free"}
    ahead = _goal(planned, Goal("first_run", ON), facts=facts)
    assert (ahead.earliest_on, ahead.because[0].id) == (ON, "plan.goal_if_ready")


def test_in_the_first_three_days_the_first_run_is_after_them(planned: Planned) -> None:
    assert _goal(planned, Goal("first_run", ON), days=1).earliest_on == ON + 2 * DAY


def test_keep_training_has_no_day_and_loosens_nothing(planned: Planned) -> None:
    kinds: tuple[tuple[Any, dict[str, Any]], ...] = (
        (READY, {}),
        (READY, {"fits": {"sacral_bone_stress": "possible"}}),
        ({**READY, "age_years": 15.0}, {}),
    )
    for facts, other in kinds:
        plain = planned(facts, **other)
        wished = planned(facts, wishes=Wishes((Goal("keep_training", ON),)), **other)
        assert (wished.own_goal.state, wished.own_goal.earliest_on) == ("kept", None)
        assert wished.own_goal.because[-1].id == "plan.goal_keep_rules"
        assert replace(wished, own_goal=None) == plain


def test_a_goal_is_reached_by_the_record_or_by_what_is_told(planned: Planned) -> None:
    assert _goal(planned, Goal("distance", ON - 10 * DAY, 10_000)).state == "reached"
    assert _goal(planned, Goal("distance", ON - 8 * DAY, 10_000)).state == "any day"
    told = (CheckIn(ON - DAY, ("walk_run_1",), 0, 0, 0),)
    assert _goal(planned, Goal("first_run", ON - DAY), check_ins=told).state == "reached"


def test_there_is_no_goal_beside_a_raised_flag(planned: Planned, raised: Callable[[Tier], Triage]) -> None:
    for tier in (Tier.T2, Tier.T3, Tier.T4):
        made = planned(READY, wishes=Wishes((Goal("first_run", ON),)), triage=raised(tier))
        assert isinstance(made, NoPlan)


goals = st.builds(
    Goal,
    kind=st.sampled_from(["first_run", "distance", "keep_training"]),
    on=st.just(ON),
    by=st.none() | st.integers(0, 500).map(lambda days: ON + days * DAY),
).flatmap(
    lambda goal: (
        st.just(goal)
        if goal.kind != "distance"
        else st.builds(
            replace,
            st.just(goal),
            distance_m=st.floats(100, 60_000),
            race=st.just(False) if goal.by is None else st.booleans(),
        )
    )
)


@LAW
@given(data=st.data())
def test_a_goal_changes_nothing_else_in_the_plan_and_never_beats_the_ladder(
    planned: Planned, knowledge: Knowledge, data: st.DataObject
) -> None:
    goal = data.draw(goals)
    rungs = data.draw(st.integers(0, 24))
    told = tuple(CheckIn(ON - (60 - 2 * n) * DAY, (f"walk_run_{1 + n // 2}",), 0, 0, 0) for n in range(rungs))
    kinds = (READY, {**READY, "age_years": 15.0}, {**READY, "one_sided_impact_pain": True}, {})
    facts = data.draw(st.sampled_from(kinds))
    metres = data.draw(st.floats(500, 40_000))
    given: dict[str, Any] = {
        "check_ins": told,
        "lately": {ON - data.draw(st.integers(0, 29)) * DAY: metres},
        "findings": _longest(metres),
        "habits": RunHabits(data.draw(st.none() | st.floats(1.5, 5))),
        "days": data.draw(st.sampled_from((None, 0, 2, 10, 30, 90))),
    }
    plain, wished = planned(facts, **given), planned(facts, wishes=Wishes((goal,)), **given)
    assert replace(wished, own_goal=None) == plain
    ahead = wished.own_goal
    if facts is not READY or given["days"] is None:
        assert ahead.earliest_on is None
    if ahead.earliest_on is not None and goal.distance_m is not None:
        ladder = knowledge.ladders["walk_run"]
        # Where the ladder stands, also on a day on which the plan names no rung of it: two greens a rung.
        over = not told or (ON - told[-1].on).days >= ladder.days_kept
        rung = 1 if over else min(12, 1 + rungs // 2)
        assert plain.rung in (0, rung)
        steps = max(0, 10 - rung) * ladder.greens_to_climb - ladder.greens_to_climb + 1
        assert ahead.earliest_on >= ON + max(0, steps) * ladder.days_between_runs * DAY
    assert (ahead.state == "within reach") == (
        ahead.earliest_on is not None and goal.by is not None and ahead.earliest_on <= goal.by
    )
