"""Exercises asked for or left out, pauses, and beginning again: each is kept, and none beats safety."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.plan.conftest import DAYS, LAW, ON, READY, barred_for, climb, ruled_out

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import NoPlan, Plan, RankedCause, Tier, Triage
from backstride.model.findings import Facts
from backstride.model.history import CheckIn, Seen
from backstride.model.wishes import PAUSED, ExerciseWish, Pause, Restart, Wishes
from backstride.plan.pauses import in_force, is_paused, next_free
from backstride.plan.turns import turns

Planned = Callable[..., Any]  # Any: Plan or NoPlan, as the test expects
DAY = timedelta(days=1)


def _asked(*wishes: tuple[str, str]) -> Wishes:
    return Wishes(exercises=tuple(ExerciseWish(id, wish, ON) for id, wish in wishes))  # type: ignore[arg-type]


def _exercises(plan: Plan) -> list[str]:
    return [step.id for step in plan.steps if step.kind == "exercise"]


def test_a_banned_exercise_leaves_its_place_to_another(planned: Planned) -> None:
    plain = _exercises(planned(READY))
    left = _exercises(planned(READY, wishes=_asked((plain[0], "ban"))))
    assert plain[0] not in left
    assert len(left) == len(plain)
    assert set(plain[1:]) < set(left)


def test_a_pinned_exercise_is_in_however_many_there_are(planned: Planned, knowledge: Knowledge) -> None:
    every = [id for id, each in knowledge.exercises.items() if "weeks_2_6" in each.phases]
    plain = set(_exercises(planned(READY)))
    for id in every:
        plan = planned(READY, wishes=_asked((id, "pin")))
        [wish] = plan.wishes
        assert (id in _exercises(plan)) == wish.kept
        assert len(_exercises(plan)) == len(plain)
        assert wish.kept or wish.because
    kept = _exercises(planned(READY, wishes=_asked(*((id, "pin") for id in every))))
    assert len(kept) > len(plain)


def test_the_last_word_counts_and_who_said_it_is_kept(planned: Planned) -> None:
    said = (
        ExerciseWish("bird_dog", "pin", ON, "runner"),
        ExerciseWish("bird_dog", "ban", ON, "physio"),
        ExerciseWish("plank", "ban", ON),
        ExerciseWish("plank", "free", ON),
    )
    plan = planned(READY, wishes=Wishes(exercises=said))
    [wish] = plan.wishes
    assert (wish.exercise, wish.wish, wish.asked_by, wish.kept) == ("bird_dog", "ban", "physio", True)
    assert "bird_dog" not in _exercises(plan)


def test_the_runner_has_the_last_word_but_that_of_the_physiotherapist_is_told(planned: Planned) -> None:
    said = (ExerciseWish("plank", "ban", ON - DAY, "physio"), ExerciseWish("plank", "pin", ON))
    [wish] = planned(READY, wishes=Wishes(exercises=said)).wishes
    assert wish.kept
    assert [text.id for text in wish.because] == ["plan.wish_against_physio"]


@pytest.mark.parametrize(
    ("id", "given", "says"),
    [
        ("russian_twist", {}, "plan.pin_never"),
        ("split_squat", {}, "plan.pin_phase"),
        ("plank", {"days": 5}, "plan.pin_phase"),
        ("dead_bug", {"facts": {**READY, "postpartum": True}}, "plan.pin_barred"),
        ("pelvic_tilt", {"days": 120}, None),
        ("plank", {"days": 120}, "plan.pin_phase"),
        ("glute_bridge", {}, None),
    ],
)
def test_a_pin_overrides_nothing_and_says_why(
    planned: Planned, id: str, given: dict[str, Any], says: str | None
) -> None:
    facts = given.get("facts", READY)
    plan = planned(facts, days=given.get("days", 20), wishes=_asked((id, "pin")))
    [wish] = plan.wishes
    assert wish.kept == (says is None), wish
    if says is not None:
        assert wish.because[0].id == says
        assert id not in _exercises(plan)


def test_no_wish_is_told_beside_a_raised_flag(planned: Planned, raised: Callable[[Tier], Triage]) -> None:
    wishes = Wishes(
        exercises=(ExerciseWish("bird_dog", "pin", ON),), pauses=(Pause(ON, ON),), restarts=(Restart(ON),)
    )
    assert planned(READY, wishes=wishes, triage=raised(Tier.T2)) == planned(READY, triage=raised(Tier.T2))
    assert isinstance(planned(READY, wishes=wishes, triage=raised(Tier.T2)), NoPlan)


wishes_of_exercises = st.lists(
    st.tuples(st.integers(0, 21), st.sampled_from(("pin", "ban", "free"))), max_size=12
)


@LAW
@given(data=st.data())
def test_a_banned_one_never_appears_and_a_pinned_one_is_in_or_it_is_said_why(
    planned: Planned,
    knowledge: Knowledge,
    any_facts: st.SearchStrategy[Facts],
    any_causes: st.SearchStrategy[tuple[RankedCause, ...]],
    data: st.DataObject,
) -> None:
    ids = sorted(knowledge.exercises)
    asked = [(ids[number % len(ids)], wish) for number, wish in data.draw(wishes_of_exercises)]
    facts, causes = data.draw(any_facts), data.draw(any_causes)
    plan = planned(facts, causes=causes, days=data.draw(st.sampled_from(DAYS)), wishes=_asked(*asked))
    last = dict(asked)
    inside = {step.id for step in plan.steps} | {
        block.exercise for session in plan.sessions for block in session.blocks
    }
    unlikely, barred = ruled_out(causes), barred_for(facts, knowledge)
    told = {wish.exercise: wish for wish in plan.wishes}
    for id, wish in last.items():
        exercise = knowledge.exercises[id]
        if wish == "ban":
            assert id not in inside
        elif wish == "pin":
            clear = all(reason.when.value(facts) is False for reason in exercise.not_if)
            clear = clear and all(reason.when.value(facts) is not True for reason in exercise.leave_out_if)
            clear = clear and set(exercise.not_with_causes) <= unlikely and id not in barred
            assert clear or id not in inside
            assert told[id].kept == (id in inside)
            assert told[id].kept or told[id].because
            if clear and plan.phase in exercise.phases and exercise.only_if is None:
                assert id in inside
        else:
            assert id not in told


def _paused(planned: Planned, *pauses: Pause, **other: Any) -> Any:
    return planned(READY, wishes=Wishes(pauses=pauses), **other)


def test_no_session_is_on_a_paused_day_and_those_after_it_are_spaced(planned: Planned) -> None:
    plan = _paused(planned, Pause(ON + DAY, ON, "holiday", ON + 2 * DAY))
    assert [bool(day.sessions) for day in plan.week[1:3]] == [False, False]
    out = [day.on for day in plan.week if "walk_run" in day.sessions]
    assert out == [ON, ON + 3 * DAY, ON + 5 * DAY]
    [pause] = plan.pauses
    assert (pause.says.id, pause.reason) == ("plan.pause_later_until", "holiday")
    assert PAUSED not in {step.id for step in plan.steps}


def test_in_a_pause_the_plan_says_so_first_and_when_it_goes_on(planned: Planned) -> None:
    plan = _paused(planned, Pause(ON - DAY, ON - DAY, "holiday", ON + 2 * DAY))
    assert plan.steps[0].id == PAUSED
    run = next(step for step in plan.steps if step.kind == "run")
    assert run.how[0].values["on"] == ON + 3 * DAY
    assert {session.kind for session in plan.sessions} == {"walk_run", "strength"}


def test_an_open_pause_holds_no_session_and_keeps_whom_to_see(planned: Planned) -> None:
    reds = tuple(CheckIn(ON - n * DAY, ("walk_run_1",), 8, 8, 8) for n in (9, 4))
    for reason in ("illness", "other"):
        pause = Pause(ON, ON, reason)  # type: ignore[arg-type]
        plan = _paused(planned, pause, check_ins=reds)
        assert plan.sessions == ()
        assert not any(day.sessions for day in plan.week)
        kinds = {step.kind for step in plan.steps}
        assert "see" in kinds
        assert "exercise" not in kinds
        assert ("move" in kinds) == (reason != "illness")
        assert plan.look_first


def test_an_illness_says_when_it_is_more_than_a_pause(planned: Planned) -> None:
    [pause] = _paused(planned, Pause(ON, ON, "illness")).pauses
    assert pause.then[-1].id == "plan.pause_ill_stop"


@pytest.mark.parametrize(
    ("last", "says"),
    [(5, "plan.pause_then_on"), (40, "plan.pause_then_anew"), (None, "plan.pause_then_open")],
)
def test_what_holds_after_a_pause_is_the_ladders_own_rule(
    planned: Planned, last: int | None, says: str
) -> None:
    told = tuple(CheckIn(ON - (9 - 2 * n) * DAY, (f"walk_run_{1 + n // 2}",), 0, 0, 0) for n in range(4))
    pause = Pause(ON, ON, "holiday", None if last is None else ON + last * DAY)
    plan = _paused(planned, pause, check_ins=told)
    assert plan.pauses[0].then[0].id == says
    if last == 40:
        run = [step.id for step in plan.steps if step.id.startswith("walk_run_")]
        assert run in ([], ["walk_run_1"])


CLIMBED = tuple(CheckIn(ON - (9 - 2 * n) * DAY, (f"walk_run_{1 + n // 2}",), 0, 0, 0) for n in range(4))
"""Rungs 1 and 2, green twice each, the last three days ago: rung 3 is due."""


@pytest.mark.parametrize(("last", "again"), [(10, False), (11, True), (40, True), (None, True)])
def test_after_a_long_pause_the_checks_before_running_may_come_first(
    planned: Planned, last: int | None, again: bool
) -> None:
    """Back on day 11 the last session is 14 days ago, and the checks need not be made again."""
    pause = Pause(ON, ON, "holiday", None if last is None else ON + last * DAY)
    plan = _paused(planned, pause, check_ins=CLIMBED)
    assert ("plan.checks_again" in [text.id for text in plan.pauses[0].then]) == again
    if last is not None:
        facts = {id: value for id, value in READY.items() if id != "walk_30_min_easy"}
        then = planned(facts, check_ins=CLIMBED, on=ON + (last + 1) * DAY)
        assert (then.rung == 0) == again


@pytest.mark.parametrize(
    "given",
    [
        {"facts": {**READY, "age_years": 16.0}},
        {"facts": {**READY, "leg_pain": "below_knee"}},
        {"facts": READY, "fits": {"sacral_bone_stress": "possible"}},
        {"facts": READY, "days": 1},
    ],
)
def test_no_step_is_named_for_after_a_pause_while_something_else_holds_running(
    planned: Planned, given: dict[str, Any]
) -> None:
    pause = Pause(ON, ON, "holiday", ON + 5 * DAY)
    plan = planned(**given, check_ins=CLIMBED, wishes=Wishes(pauses=(pause,)))
    assert [text.id for text in plan.pauses[0].then] == ["plan.pause_then_same", "plan.pause_no_debt"]


def test_before_a_pause_to_come_there_may_be_sessions_yet(planned: Planned) -> None:
    """28 days away from the fifth day on: with a session before it the step is kept, 36 days after the last
    one so far.
    """
    pause = Pause(ON + 5 * DAY, ON, "holiday", ON + 32 * DAY)
    [ahead] = _paused(planned, pause, check_ins=CLIMBED).pauses
    assert [text.id for text in ahead.then[:2]] == ["plan.pause_then_same", "plan.checks_again"]
    longer = replace(pause, last=ON + 33 * DAY)
    [ahead] = _paused(planned, longer, check_ins=CLIMBED).pauses
    assert ahead.then[0].id == "plan.pause_then_anew"


@pytest.mark.parametrize(
    ("facts", "check_ins"),
    [
        ({id: value for id, value in READY.items() if id != "hops_5_pain_free"}, ()),
        (READY, tuple(CheckIn(ON - n * DAY, ("walk_run_1",), 8, 8, 8) for n in (9, 4))),
    ],
)
def test_in_a_pause_walks_in_place_of_runs_say_when_they_go_on_too(
    planned: Planned, facts: Facts, check_ins: tuple[CheckIn, ...]
) -> None:
    pause = Pause(ON, ON, "illness", ON + 2 * DAY)
    plan = planned(facts, wishes=Wishes(pauses=(pause,)), check_ins=check_ins)
    step = next(step for step in plan.steps if step.kind == "run")
    assert (step.how[0].id, step.how[0].values["on"]) == ("plan.next_session", ON + 3 * DAY)
    assert next(day.on for day in plan.week if "walk" in day.sessions) == ON + 3 * DAY


def test_a_pause_told_again_takes_the_place_of_the_first(planned: Planned) -> None:
    open_ended = Pause(ON - 3 * DAY, ON - 3 * DAY, "illness")
    over = Pause(ON - 3 * DAY, ON, "illness", ON - DAY)
    assert _paused(planned, open_ended, over) == _paused(planned)
    assert in_force((open_ended, Pause(ON - 3 * DAY, ON, "illness", ON - 4 * DAY))) == ()


pauses = st.builds(
    lambda first, days, told: Pause(
        ON + first * DAY, ON - told * DAY, "other", None if days is None else ON + (first + days) * DAY
    ),
    first=st.integers(-40, 20),
    days=st.none() | st.integers(-1, 40),
    told=st.integers(0, 40),
)


@LAW
@given(given_pauses=st.lists(pauses, max_size=4), day=st.integers(-50, 60))
def test_the_next_free_day_is_the_first_that_no_pause_holds(given_pauses: list[Pause], day: int) -> None:
    now = in_force(given_pauses)
    free = next_free(ON + day * DAY, now)
    if free is None:
        assert all(is_paused(ON + (day + n) * DAY, now) for n in range(200))
    else:
        assert not is_paused(free, now)
        assert all(is_paused(ON + n * DAY, now) for n in range(day, (free - ON).days))


@LAW
@given(data=st.data())
def test_no_session_is_on_a_paused_day_and_a_pause_lifts_nobody(
    planned: Planned, any_facts: st.SearchStrategy[Facts], data: st.DataObject
) -> None:
    told = tuple(
        CheckIn(ON - (60 - n) * DAY, (f"walk_run_{data.draw(st.integers(0, 12))}",), 0, 0, data.draw(SCORE))
        for n in data.draw(st.sets(st.integers(0, 59), max_size=12))
    )
    given_pauses = tuple(data.draw(st.lists(pauses, max_size=3)))
    days = data.draw(st.sampled_from(DAYS))
    facts = READY if data.draw(st.booleans()) else data.draw(any_facts)
    plain = planned(facts, days=days, check_ins=told)
    plan = planned(facts, days=days, check_ins=told, wishes=Wishes(pauses=given_pauses))
    now = in_force(given_pauses)
    for day in plan.week:
        assert not (day.sessions and is_paused(day.on, now))
    out = [day.on for day in plan.week if {"walk_run", "walk"} & set(day.sessions)]
    assert all((after - before).days >= 2 for before, after in pairwise(out))
    assert plan.rung <= plain.rung
    assert plan.look_first == plain.look_first
    assert {step.id for step in plain.steps if step.kind == "see"} <= {step.id for step in plan.steps}
    if is_paused(ON, now):
        assert PAUSED in {step.id for step in plan.steps}
        assert not plan.week or not plan.week[0].sessions
    assert (plan.red_above, plan.pain_rule, plan.stop_rules) == (
        plain.red_above,
        plain.pain_rule,
        plain.stop_rules,
    )


SCORE = st.sampled_from((0.0, 0.0, 0.0, 1.0, 3.0, 7.0))


@LAW
@given(data=st.data())
def test_a_restart_never_raises_the_rung_and_takes_no_referral_back(
    knowledge: Knowledge, data: st.DataObject
) -> None:
    ladder = knowledge.ladders["walk_run"]
    told = tuple(
        CheckIn(ON - (60 - n) * DAY, (f"walk_run_{data.draw(st.integers(0, 12))}",), 0, 0, data.draw(SCORE))
        for n in data.draw(st.sets(st.integers(0, 59), max_size=20))
    )
    visits = tuple(
        Seen("gp", ON - n * DAY, data.draw(st.sampled_from(("yes", "not_yet", "not_said"))))
        for n in data.draw(st.sets(st.integers(0, 59), max_size=3))
    )
    again = tuple(Restart(ON - n * DAY) for n in data.draw(st.sets(st.integers(0, 59), max_size=3)))
    for turn in turns(told, False, knowledge, ladder, visits, (), again):
        if isinstance(turn.what, Restart):
            assert turn.after.rung == min(turn.before.rung, 1)
            assert turn.after.greens == 0
            for kept in ("refer", "held", "reds", "next_on", "last_on"):
                assert getattr(turn.after, kept) == getattr(turn.before, kept)
    after_all = climb(told, False, knowledge, ladder, visits, (), (*again, Restart(ON)))
    assert after_all.rung <= 1
    assert after_all.look_first == climb(told, False, knowledge, ladder, visits, (), again).look_first


def test_after_a_restart_only_what_comes_later_moves_the_ladder(knowledge: Knowledge) -> None:
    ladder = knowledge.ladders["walk_run"]

    def green(ago: int, rung: int) -> CheckIn:
        return CheckIn(ON - ago * DAY, (f"walk_run_{rung}",), 0, 0, 0)

    before = (green(20, 1), green(18, 1), green(16, 2), green(14, 2))
    assert climb(before, False, knowledge, ladder).rung == 3
    again = (Restart(ON - 10 * DAY),)
    assert climb(before, False, knowledge, ladder, restarts=again).rung == 1
    later = (green(10, 1), green(8, 1))
    assert climb((*before, *later), False, knowledge, ladder, restarts=again).rung == 2


def test_a_restart_stands_in_the_history_with_its_reason(planned: Planned) -> None:
    reds = tuple(CheckIn(ON - n * DAY, ("walk_run_2",), 8, 8, 8) for n in (9, 4))
    plan = planned(READY, check_ins=reds, wishes=Wishes(restarts=(Restart(ON),)))
    newest = plan.history[0]
    assert (newest.on, newest.judged, newest.why.id) == (ON, None, "plan.why_restart")
    assert newest.led_to[-1].id == "plan.led_restart_waits"
    assert plan.look_first


def test_what_was_told_for_a_later_day_is_not_looked_at(planned: Planned) -> None:
    """Of a pause the day it holds may lie ahead; of everything else the day it was told counts."""
    assert date(2026, 3, 20) == ON
    plan = _paused(planned, Pause(ON + 40 * DAY, ON, "holiday"))
    assert plan.pauses == ()
