"""The plan's sessions and their days: they say what the steps say, and never more running than the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Plan, Triage
from backstride.model.findings import Facts
from backstride.model.history import CheckIn
from backstride.model.session import Session
from backstride.model.text import Quantity
from backstride.reports.wording import Wording

Planned = Callable[..., Any]  # Any: Plan or NoPlan, as the test expects
ON = date(2026, 3, 20)
LAW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEALTH_WORDS = (
    "pain",
    "back",
    "hurt",
    "injur",
    "disc",
    "physio",
    "doctor",
    "red",
    "amber",
    "stress",
    "health",
)


def session(plan: Plan, kind: str) -> Session:
    return next(each for each in plan.sessions if each.kind == kind)


def on_rung(rung: int) -> tuple[CheckIn, ...]:
    """Green sessions, two a rung, that lead to a rung; the last one two days ago."""
    done = [each for each in range(1, rung) for _ in range(2)]
    first = ON - timedelta(days=2 * len(done))
    return tuple(
        CheckIn(first + timedelta(days=2 * nth), (f"walk_run_{each}",), 0, 0, 0)
        for nth, each in enumerate(done)
    )


@pytest.mark.parametrize("rung", range(1, 13))
def test_a_running_session_holds_the_rungs_numbers_between_two_walks(
    rung: int, planned: Planned, ready_facts: Facts, knowledge: Knowledge
) -> None:
    plan = planned(ready_facts, days=60, check_ins=on_rung(rung))
    run, asked = session(plan, "walk_run"), knowledge.ladders["walk_run"].rung[rung]

    ran = [(part.seconds, block.rounds) for block in run.blocks for part in block.parts if part.does == "run"]
    assert plan.rung == rung
    assert ran == [(asked.run_s, asked.repeats)]
    assert (run.blocks[0].id, run.blocks[0].parts[0].seconds) == ("warm_up", 300)
    assert run.blocks[-1].parts[-1].does == "walk"
    assert run.blocks[-1].parts[-1].seconds == 300
    assert (run.seconds is None) == (asked.run_s is None)
    if run.seconds is not None:
        whole = [(part.seconds or 0) * block.rounds for block in run.blocks for part in block.parts]
        assert run.seconds == sum(whole)
        assert run.name.values["time"] == Quantity(run.seconds, "s")


def test_exercises_hold_the_repetitions_of_their_dose_on_each_side(
    planned: Planned, ready_facts: Facts, knowledge: Knowledge
) -> None:
    seen = set()
    for days in (1, 10, 30, 60, 100):
        for told in planned(ready_facts, days=days).sessions:
            for block in told.blocks:
                if block.exercise is None:
                    continue
                seen.add(block.exercise)
                amount = knowledge.exercises[block.exercise].amount
                assert amount is not None
                counted = dict.fromkeys({part.side for part in block.parts if part.does == "work"}, 0)
                for part in block.parts:
                    if part.does == "work":
                        counted[part.side] += (part.repetitions or 0) * block.rounds
                sides = 2 if amount.per_side else 1
                assert sum(counted.values()) == sum(amount.sets) * sides, block.exercise
                assert len(set(counted.values())) == 1
                assert block.parts[-1].does == "rest"
                assert block.drawing is not None
    assert len(seen) >= 10


def test_what_may_come_from_bone_has_no_running_and_no_pain_that_is_all_right(
    planned: Planned, ready_facts: Facts
) -> None:
    plan = planned(ready_facts, fits={"sacral_bone_stress": "possible"})

    assert not {"walk_run", "walk"} & {each.kind for each in plan.sessions}
    assert all(each.limits[0].id == "plan.exercise_limit_bone" for each in plan.sessions)


def test_before_running_there_is_a_walk_every_other_day(planned: Planned, ready_facts: Facts) -> None:
    plan = planned({**ready_facts, "heel_raises_10": False})

    assert [each.kind for each in plan.sessions if each.kind in ("walk", "walk_run")] == ["walk"]
    assert [day.on for day in plan.week if "walk" in day.sessions] == [
        ON + timedelta(days=days) for days in (0, 2, 4, 6)
    ]


def test_no_run_is_laid_out_while_somebody_should_look_at_the_rung(
    planned: Planned, ready_facts: Facts
) -> None:
    told = ((30, 1, 7), (26, 0, 0), (24, 0, 0), (20, 1, 7), (15, 0, 0), (12, 0, 0))
    check_ins = tuple(
        CheckIn(ON - timedelta(days=days), (f"walk_run_{rung}",), score, score, score)
        for days, rung, score in told
    )
    plan = planned(ready_facts, days=60, check_ins=check_ins)

    assert plan.rung == 0
    assert plan.look_first
    ids = {step.id for step in plan.steps}
    assert {"see_somebody", "walk_until_seen"} <= ids
    assert not any(id.startswith("walk_run_") for id in ids)
    assert {each.kind for each in plan.sessions} & {"walk", "walk_run"} == {"walk"}


def test_strength_waits_a_day_after_strength_that_was_done(planned: Planned, ready_facts: Facts) -> None:
    plan = planned(ready_facts, days=30)
    done = CheckIn(ON, session(plan, "strength").steps[:1])
    after = planned(ready_facts, days=30, check_ins=(done,))

    assert [day.on for day in plan.week if "strength" in day.sessions] == [
        ON + timedelta(days=days) for days in (1, 3)
    ]
    assert [day.on for day in after.week if "strength" in day.sessions] == [ON + timedelta(days=3)]


def test_names_hold_no_word_of_pain_or_health(knowledge: Knowledge) -> None:
    """They stand in calendars and on watches, where others see them."""
    names = [
        words.lower()
        for id, words in knowledge.sentences.items()
        if id.removeprefix("session.") in ("walk_run", "easy_run", "walk", "strength", "mobility", "review")
    ]
    assert len(names) == 6
    assert [name for name in names if any(word in name for word in HEALTH_WORDS)] == []


scores = st.one_of(st.none(), st.integers(0, 10).map(float))
told = st.builds(
    CheckIn,
    st.integers(0, 40).map(lambda days: ON - timedelta(days=days)),
    st.lists(
        st.one_of(
            st.integers(0, 12).map("walk_run_{}".format),
            st.sampled_from(["bird_dog", "side_bridge", "step_up", "cat_camel"]),
        ),
        max_size=3,
    ).map(tuple),
    scores,
    scores,
    scores,
)


@LAW
@given(data=st.data())
def test_days_keep_the_plans_promises(
    planned: Planned, ready_facts: Facts, calm: Triage, knowledge: Knowledge, data: st.DataObject
) -> None:
    """No two running days in a row, none before its day or past the review, none while it is stopped."""
    check_ins = {each.on: each for each in data.draw(st.lists(told, max_size=8))}
    dropped = data.draw(st.sets(st.sampled_from(sorted(ready_facts)), max_size=1))
    facts = {name: value for name, value in ready_facts.items() if name not in dropped}
    days = data.draw(st.sampled_from([None, 0, 2, 3, 13, 14, 20, 41, 60, 83, 400]))
    stop = data.draw(st.booleans())
    triage = replace(calm, stop_running=stop)
    plan = planned(facts, days=days, check_ins=tuple(check_ins.values()), triage=triage)

    kinds = [each.kind for each in plan.sessions]
    assert len(set(kinds)) == len(kinds)
    assert {kind for day in plan.week for kind in day.sessions} <= set(kinds)
    assert [day.on for day in plan.week] == [ON + timedelta(days=nth) for nth in range(len(plan.week))]
    assert len(plan.week) <= 7
    assert all(day.on < plan.review_on for day in plan.week)
    if stop or plan.rung == 0:
        assert "walk_run" not in kinds
    ids = {step.id for step in plan.steps}
    assert all(set(each.steps) <= ids for each in plan.sessions)

    ran = [on for on, each in check_ins.items() if any(id.startswith("walk_run_") for id in each.done)]
    out = [day.on for day in plan.week if {"walk_run", "walk"} & set(day.sessions)]
    gap = timedelta(days=knowledge.ladders["walk_run"].days_between_runs)
    in_turn = [*([max(ran)] if ran else []), *out]
    assert all(later - earlier >= gap for earlier, later in pairwise(in_turn))
    strong = [day.on for day in plan.week if "strength" in day.sessions]
    assert not set(strong) & set(out)
    assert all(later - earlier >= timedelta(days=2) for earlier, later in pairwise(strong))
    assert len(strong) <= knowledge.number("strength_days_a_week")


@LAW
@given(data=st.data())
def test_every_session_can_be_said(
    planned: Planned, ready_facts: Facts, knowledge: Knowledge, data: st.DataObject
) -> None:
    days = data.draw(st.sampled_from([0, 5, 20, 60, 400]))
    rung = data.draw(st.integers(1, 12))
    wording = Wording(knowledge.sentences)
    for each in planned(ready_facts, days=days, check_ins=on_rung(rung)).sessions:
        said = [wording.say(each.name), *(wording.say(limit) for limit in each.limits)]
        said += [wording.say(text) for block in each.blocks for text in (block.name, *block.cues)]
        assert all(said)
