"""Somebody has looked: what their word does to the ladder, and what it never does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.conftest import climb

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.assessment import Plan, Tier, Triage
from backstride.model.history import CheckIn, MayRun, Seen
from backstride.plan.climb import Standing, looked
from backstride.reports.wording import Wording

ON = date(2026, 3, 20)
FIRST = ON - timedelta(days=25)
Planned = Callable[..., Any]  # Any: Plan or NoPlan, as the test expects


@pytest.fixture(scope="module")
def ladder(knowledge: Knowledge) -> Ladder:
    return knowledge.ladders["walk_run"]


def done(day: int, rung: int, score: float) -> CheckIn:
    return CheckIn(FIRST + timedelta(days=day), (f"walk_run_{rung}",), score, score, score)


CLIMB = tuple(done(2 * nth, 1 + nth // 2, 0) for nth in range(6))
"""Three rungs up: the fourth is due from day 12 on."""
TWICE_RED = (*CLIMB, done(12, 4, 7), done(15, 3, 0), done(17, 3, 0), done(19, 4, 7))


def visit(day: int, may_run: MayRun, who: str = "physiotherapist") -> Seen:
    return Seen(who, FIRST + timedelta(days=day), may_run)


def stands(
    knowledge: Knowledge, ladder: Ladder, *seen: Seen, told: tuple[CheckIn, ...] = TWICE_RED
) -> Standing:
    return climb(told, False, knowledge, ladder, seen)


def test_two_reds_wait_for_somebody(knowledge: Knowledge, ladder: Ladder) -> None:
    standing = stands(knowledge, ladder)

    assert standing.refer
    assert standing.rung == 3


def test_after_a_yes_the_ladder_goes_on_lower_and_counts_anew(knowledge: Knowledge, ladder: Ladder) -> None:
    standing = stands(knowledge, ladder, visit(21, "yes"))

    assert not standing.look_first
    assert standing.rung == 4 - ladder.back_after_seen == 2
    assert dict(standing.reds) == {}
    again = stands(knowledge, ladder, visit(21, "yes"), told=(*TWICE_RED, done(22, 4, 7)))
    assert not again.refer
    twice = stands(knowledge, ladder, visit(21, "yes"), told=(*TWICE_RED, done(22, 4, 7), done(25, 4, 7)))
    assert twice.refer


@pytest.mark.parametrize(
    "seen",
    [
        (),
        (visit(21, "not_said"),),
        (visit(21, "not_yet"),),
        (visit(21, "yes", "running_coach"),),
        (visit(21, "yes", "nobody known"),),
        (visit(19, "yes"),),
        (visit(10, "yes"),),
        (visit(21, "not_yet"), visit(22, "not_said")),
    ],
    ids=["nobody", "not said", "not yet", "a coach", "unknown", "the same day", "before", "not said after"],
)
def test_nothing_else_lets_the_ladder_go_on(
    knowledge: Knowledge, ladder: Ladder, seen: tuple[Seen, ...]
) -> None:
    """A yes of the day of the second red may have come before it, so it is not held to be about it."""
    assert stands(knowledge, ladder, *seen).look_first


def test_not_yet_holds_running_back_until_a_yes(knowledge: Knowledge, ladder: Ladder) -> None:
    held = stands(knowledge, ladder, visit(13, "not_yet"), told=CLIMB)
    free = stands(knowledge, ladder, visit(13, "not_yet"), visit(20, "yes"), told=CLIMB)

    assert held.look_first
    assert not held.refer
    assert not free.look_first
    assert free.rung < 4


def test_a_yes_that_nobody_waited_for_changes_nothing(knowledge: Knowledge, ladder: Ladder) -> None:
    with_it = stands(knowledge, ladder, visit(13, "yes"), told=CLIMB)

    assert replace(with_it, seen=None) == stands(knowledge, ladder, told=CLIMB)


standings = st.builds(
    Standing,
    rung=st.integers(0, 12),
    greens=st.integers(0, 1),
    reds=st.dictionaries(st.integers(0, 12), st.integers(1, 3), max_size=4),
    refer=st.booleans(),
    held=st.booleans(),
)


@given(standings, st.sampled_from(["yes", "not_yet", "not_said"]), st.sampled_from(["gp", "running_coach"]))
def test_a_visit_never_lifts_anybody_and_only_a_yes_frees(
    knowledge: Knowledge, standing: Standing, may_run: MayRun, who: str
) -> None:
    after = looked(standing, Seen(who, ON, may_run), knowledge.ladders["walk_run"])

    assert 0 <= after.rung <= standing.rung
    if standing.look_first and (may_run != "yes" or who != "gp"):
        assert after.look_first


def test_the_plan_walks_until_somebody_has_looked(
    planned: Planned, ready_facts: Any, knowledge: Knowledge
) -> None:
    plan = planned(ready_facts, days=60, check_ins=TWICE_RED)
    run = next(step for step in plan.steps if step.kind == "run" and "walk" in step.id)

    assert plan.look_first
    assert run.id == "walk_until_seen"
    assert run.dose is not None
    assert run.dose.id == "ladders.walk_run.rung.0.session"
    assert not any(text.id == "plan.next_session" for text in run.how)
    assert {session.kind for session in plan.sessions} & {"walk", "walk_run"} == {"walk"}
    assert any("walk" in day.sessions for day in plan.week)
    assert "see_somebody" in {step.id for step in plan.steps}


@pytest.mark.parametrize(
    ("may_run", "says"), [("not_yet", "plan.seen_not_yet"), ("not_said", "plan.seen_not_said")]
)
def test_what_was_said_stands_in_the_step(
    planned: Planned, ready_facts: Any, may_run: MayRun, says: str
) -> None:
    plan = planned(ready_facts, days=60, check_ins=TWICE_RED, seen=(visit(21, may_run),))
    run = next(step for step in plan.steps if step.id == "walk_until_seen")

    assert says in {text.id for text in run.how}


def test_a_walk_that_went_badly_twice_is_not_asked_for_again(planned: Planned, ready_facts: Any) -> None:
    told = (done(0, 1, 7), done(4, 0, 7), done(8, 0, 7))
    plan = planned(ready_facts, days=60, check_ins=told)
    run = next(step for step in plan.steps if step.id == "walk_until_seen")

    assert run.dose is not None
    assert run.dose.id == "plan.walk_less"
    assert not {session.kind for session in plan.sessions} & {"walk", "walk_run"}


def test_a_yes_brings_the_run_back(planned: Planned, ready_facts: Any) -> None:
    plan = planned(ready_facts, days=60, check_ins=TWICE_RED, seen=(visit(21, "yes"),))

    assert isinstance(plan, Plan)
    assert not plan.look_first
    assert plan.rung == 2
    assert "walk_run" in {session.kind for session in plan.sessions}
    assert "see_somebody" not in {step.id for step in plan.steps}


def test_a_yes_clears_no_flag_and_no_bone(
    planned: Planned, ready_facts: Any, raised: Callable[[Tier], Triage]
) -> None:
    seen = (visit(24, "yes", "sports_physician"),)
    facts = {**ready_facts, "one_sided_impact_pain": True}

    assert not isinstance(planned(ready_facts, seen=seen, triage=raised(Tier.T3)), Plan)
    bone = planned(facts, seen=seen, check_ins=TWICE_RED)
    assert bone.rung == 0
    assert not any(session.kind == "walk_run" for session in bone.sessions)
    stopped = planned(ready_facts, seen=seen, triage=replace(raised(Tier.T1), stop_running=True))
    assert not any(session.kind == "walk_run" for session in stopped.sessions)


def test_every_change_says_what_was_told_and_why_newest_first(
    planned: Planned, ready_facts: Any, knowledge: Knowledge
) -> None:
    say = Wording(knowledge.sentences).say
    plan = planned(ready_facts, days=60, check_ins=TWICE_RED, seen=(visit(21, "yes"),))
    days = [change.on for change in plan.history]
    words = [
        (
            "; ".join(say(text) for text in change.told),
            change.judged,
            say(change.why),
            " ".join(say(text) for text in change.led_to),
        )
        for change in plan.history
    ]

    assert days == sorted(days, reverse=True)
    assert words[0][0] == "Physiotherapist has looked: running is all right again"
    assert words[0][3] == "The ladder goes on from step 2, and what went badly is counted anew."
    assert words[1][1] == "red"
    assert words[1][0].startswith("step 4 done; pain while doing it 7")
    assert words[1][2] == "The worst score is above 5/10."
    assert words[1][3] == (
        "Back to step 3. 2 days of rest from running. "
        "The same step went badly twice: somebody should look first."
    )
    assert words[-1][3] == "Step 1 once more."
    assert words[-2][3] == "Green as often as it takes: on to step 2."
    rungs = [(change.before, change.rung) for change in reversed(plan.history)]
    assert [after for _, after in rungs][:-1] == [before for before, _ in rungs][1:]
    assert plan.rung == rungs[-1][1]


def test_any_day_can_be_said(planned: Planned, ready_facts: Any, knowledge: Knowledge) -> None:
    say = Wording(knowledge.sentences).say
    told = tuple(
        CheckIn(FIRST + timedelta(days=2 * nth), done, score, score, morning)
        for nth, (done, score, morning) in enumerate(
            [
                (("walk_run_1",), 0, None),
                (("walk_run_1",), 4, 4),
                (("walk_run_3",), 0, 0),
                ((), 8, None),
                (("walk_run_1",), 8, None),
                (("walk_run_0",), 4, None),
                (("other",), 9, None),
            ]
        )
    )
    seen = tuple(
        Seen(who, FIRST + timedelta(days=day), may_run)
        for day, who, may_run in (
            (1, "gp", "not_said"),
            (3, "gp", "not_yet"),
            (20, "gp", "yes"),
            (20, "x", "yes"),
            (21, "gp", "yes"),
        )
    )
    plan = planned(ready_facts, days=60, check_ins=told, seen=seen)

    assert len(plan.history) == len(told) + len(seen)
    for change in plan.history:
        assert all(say(text) for text in (*change.told, change.why, *change.led_to))
        assert change.told
        assert change.led_to
