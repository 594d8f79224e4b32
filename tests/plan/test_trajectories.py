"""The laws of safety over made-up runners, day by day; accuracy/plan.py looks at many more of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from accuracy import plan_days, plan_whole
from accuracy.plan_days import simulated
from accuracy.plan_laws import DAILY, WHOLE
from accuracy.plan_models import MODELS
from accuracy.plan_recovery import WAYS, courses

from backstride.knowledge.knowledge import Knowledge
from backstride.plan import climb, exercise_steps, exercise_wishes, goal, planner, relief_steps, turns, week
from backstride.plan.climb import Ready, Standing
from backstride.plan.offer import Offer
from backstride.plan.pain_rule import Lately

RUNNERS = 250


def test_no_law_is_broken_and_each_is_looked_at(knowledge: Knowledge) -> None:
    tally = simulated(RUNNERS, 4, knowledge)
    assert tally.examples == []
    assert not any(tally.broken.values())
    assert all(tally.looked_at[law] > 0 for law in (*DAILY, *WHOLE)), tally.looked_at
    assert tally.due > 10 * RUNNERS
    assert tally.referred > RUNNERS / 20
    assert tally.plans["a plan with a session today"] > RUNNERS / 10
    assert tally.plans["medicine steps, with a dose"] > 0


def _same(standing: Standing, *_: Any) -> Standing:
    return standing


def _may_run(*_: Any) -> Ready:
    return Ready("may run")


def _offered(*_: Any) -> Offer:
    return Offer("offered")


def _in_a_month(_onset: Any, on: date, *_: Any) -> date:
    return on + timedelta(days=30)


def _slides(_onset: Any, on: date, *_: Any) -> date:
    return on + timedelta(days=14)


def _nothing(*_: Any) -> Lately:
    return Lately()


def _freed(standing: Standing, *_: Any) -> Standing:
    return replace(standing, refer=False, held=False)


def _never_waits(*given: Any) -> Any:
    for turn in _turns(*given):
        yield replace(turn, after=replace(turn.after, refer=False, held=False))


FAULTS: dict[str, tuple[Any, str, Any, set[str]]] = {
    "untold runs and red scores are not looked at": (plan_days, "waiting", _same, {"rest", "red_now"}),
    "a rung is kept for ever": (plan_days, "kept", _same, {"anew"}),
    "every day reads green": (
        plan_days,
        "judge",
        lambda *_: "green",
        {"up", "red", "red_day", "refer"},
    ),
    "anybody may run": (plan_days, "ready", _may_run, {"bone", "legs", "entry"}),
    "a cap for everybody": (plan_days, "longest_run_cap_m", lambda *_: 9e9, {"cap"}),
    "the review moves on with each day": (plan_days, "review_on", _slides, {"review"}),
    "a flag stops nothing": (planner, "_instead", lambda *_: None, {"plan_flag", "plan_alarm"}),
    "every exercise is offered": (exercise_steps, "offer", _offered, {"plan_exercise"}),
    "every medicine is offered": (relief_steps, "offer", _offered, {"plan_medicine"}),
    "any run on record is a green": (climb, "_counts", lambda *_: True, {"match"}),
    "everybody's word counts": (plan_days, "looked", _freed, {"seen", "waits"}),
    "a ban is not looked at": (exercise_steps, "_wished", lambda *_: None, {"plan_ban"}),
    "a wish is forgotten": (exercise_wishes, "wishes_kept", lambda *_: (), {"plan_pin"}),
    "a pause is not looked at": (week, "is_paused", lambda *_: False, {"plan_pause"}),
    "to begin again frees": (plan_days, "restarted", _freed, {"restart"}),
    "strong pain that lasts is forgotten": (
        turns,
        "lately",
        lambda *_: Lately(),
        {"plan_waits", "plan_refer"},
    ),
    "nothing takes the ladder back": (plan_days, "set_back", _same, {"back", "legs_anew"}),
    "to begin again is forgotten": (turns, "restarted", _same, {"plan_again"}),
    "a goal gives the right to run": (goal, "_no_day", lambda *_: (), {"plan_goal"}),
    "nobody waits": (planner, "turns", _never_waits, {"plan_waits"}),
    "bone is never thought of": (
        planner,
        "situation",
        lambda *given: replace(_situation(*given), bone=False),
        {"plan_bone"},
    ),
    "a plan lets anybody run": (planner, "ready", _may_run, {"plan_legs"}),
    "old checks count for ever": (planner, "going", lambda *_: True, {"plan_checks"}),
    "a plan does not wait": (planner, "waiting", _same, {"plan_rest"}),
    "a plan has no cap": (planner, "longest_run_cap_m", lambda *_: None, {"plan_cap"}),
    "a plan is looked at in a month": (planner, "review_on", _in_a_month, {"plan_review"}),
    "a plan sends nobody on": (planner, "see_step", lambda *_: (), {"plan_refer"}),
}
"""What goes wrong -> where, and the laws that must see it."""
SELDOM = {
    "a rung is kept for ever": 3,
    "to begin again is forgotten": 5,
    "old checks count for ever": 5,
    "a plan has no cap": 3,
}
"""Faults that show in few runners only, with a draw of 200 that holds some."""
_situation = planner.situation
_turns = planner.turns


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_plan_is_seen(
    fault: str, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, name, wrong, laws = FAULTS[fault]
    monkeypatch.setattr(where, name, wrong)
    tally = simulated(200 if fault in SELDOM else 60, SELDOM.get(fault, 3), knowledge)
    assert laws <= {law for law, count in tally.broken.items() if count}


def test_a_yes_to_a_sign_of_cauda_equina_is_among_what_is_looked_at(knowledge: Knowledge) -> None:
    assert set(plan_whole.ALARMS) <= set(knowledge.questions)
    assert {f"{sign}_plain" for sign in plan_whole.ALARMS} <= set(knowledge.questions)


@pytest.mark.parametrize("model", MODELS)
def test_simulated_recovery_is_the_same_each_time_and_ours_flares_least(
    model: str, knowledge: Knowledge
) -> None:
    found = courses(model, 25, 1, knowledge)
    assert found == courses(model, 25, 1, knowledge)
    flares = {way: sum(course.flares for course in found[way]) for way in WAYS}
    assert flares["ours"] < min(flares["calendar"], flares["tenth"])
