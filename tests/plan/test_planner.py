"""What a plan holds for some made-up runners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Contributor, NoPlan, Plan, Step, Tier, Triage
from backstride.model.findings import Facts, Finding
from backstride.model.history import CheckIn
from backstride.model.text import Missing, Quantity, Text
from backstride.reports.wording import Wording

Planned = Callable[..., Any]  # Any: Plan or NoPlan, as the test expects
ON = date(2026, 3, 20)


def _step(plan: Plan, id: str) -> Step | None:
    return next((step for step in plan.steps if step.id == id), None)


def _ids(plan: Plan, kind: str) -> list[str]:
    return [step.id for step in plan.steps if step.kind == kind]


def test_no_plan_is_made_while_a_flag_is_raised(
    planned: Planned, ready_facts: Facts, raised: Callable[[Tier], Triage]
) -> None:
    for tier in (Tier.T2, Tier.T3, Tier.T4):
        made = planned(ready_facts, triage=raised(tier))
        assert isinstance(made, NoPlan)
        assert made.reason.id == "plan.none_flag"


def test_who_waits_to_be_seen_is_told_what_holds_for_them_after_where_to_go(
    planned: Planned, ready_facts: Facts, raised: Callable[[Tier], Triage]
) -> None:
    def told(more: Facts) -> list[str]:
        return [text.id for text in planned({**ready_facts, **more}, triage=raised(Tier.T2)).do]

    assert told({"blood_thinner": True})[-1] == "populations.blood_thinners.until_seen.0"
    assert told({"blood_thinner": True})[:-1] == told({}) == told({"blood_thinner": False})


def test_open_safety_questions_come_before_the_plan(
    planned: Planned, ready_facts: Facts, calm: Triage
) -> None:
    made = planned(ready_facts, triage=replace(calm, open_questions=("fever", "saddle_numbness")))
    assert isinstance(made, NoPlan)
    assert made.ask == ("fever", "saddle_numbness")


def test_an_adult_who_passes_every_check_starts_on_the_first_running_rung(
    planned: Planned, ready_facts: Facts, knowledge: Knowledge
) -> None:
    plan = planned(ready_facts)
    assert plan.rung == 1
    step = _step(plan, "walk_run_1")
    assert step is not None
    assert step.dose is not None
    assert step.dose.values["run"] == Quantity(15, "s")
    assert len(knowledge.ladders["walk_run"].rules) == len(step.how)


def test_a_check_nobody_answered_is_the_thing_to_try_first(planned: Planned, ready_facts: Facts) -> None:
    plan = planned({name: value for name, value in ready_facts.items() if name != "heel_raises_10"})
    step = _step(plan, "before_running")
    assert plan.rung == 0
    assert step is not None
    assert [text.id for text in step.how] == ["plan.try_first"]


def test_an_unknown_onset_means_the_most_careful_days_and_the_plan_says_so(
    planned: Planned, ready_facts: Facts
) -> None:
    plan = planned(ready_facts, days=None)
    assert plan.phase == "first_72_hours"
    assert plan.rung == 0
    assert "plan.note_onset_unknown" in [note.id for note in plan.notes]


def test_warmth_comes_before_any_painkiller(
    planned: Planned, ready_facts: Facts, medicine_clear: Facts
) -> None:
    plan = planned({**ready_facts, **medicine_clear}, days=5)
    assert _ids(plan, "relief") == ["heat", "nsaid"]


def test_a_painkiller_nobody_screened_for_has_no_dose_and_says_what_is_missing(
    planned: Planned, ready_facts: Facts
) -> None:
    plan = planned(ready_facts, days=5)
    step = _step(plan, "nsaid_check_first")
    assert step is not None
    assert step.dose is None
    assert len(step.how) >= 10


def test_a_past_ulcer_turns_the_painkiller_into_something_to_avoid(
    planned: Planned, ready_facts: Facts, medicine_clear: Facts
) -> None:
    plan = planned({**ready_facts, **medicine_clear, "stomach_ulcer_or_bleed": True}, days=5)
    step = _step(plan, "nsaid_leave_out")
    assert step is not None
    assert step.kind == "avoid"
    assert _step(plan, "nsaid") is None


def test_a_typical_adult_gets_three_to_five_exercises_in_every_phase(
    planned: Planned, ready_facts: Facts
) -> None:
    counts = {days: len(_ids(planned(ready_facts, days=days), "exercise")) for days in (0, 7, 20, 60, 120)}
    assert all(3 <= count <= 5 for count in counts.values()), counts


def test_somebody_short_of_time_gets_three_exercises(planned: Planned, ready_facts: Facts) -> None:
    assert len(_ids(planned({**ready_facts, "minutes_a_day": 10.0}), "exercise")) == 3


def test_a_back_that_eases_on_bending_back_presses_up_first(planned: Planned, ready_facts: Facts) -> None:
    facts = {**ready_facts, "eased_by_bending_back": True, "worse_bending_back": False}
    plan = planned(facts, days=7, fits={"non_specific": "possible", "disc_without_leg_pain": "fits best"})
    assert _ids(plan, "exercise")[0] == "prone_press_up"


@pytest.mark.parametrize("cause", ["pars_bone_stress", "stenosis"])
def test_no_back_bending_exercise_is_planned_while_it_could_harm(
    planned: Planned, ready_facts: Facts, cause: str
) -> None:
    facts = {**ready_facts, "eased_by_bending_back": True, "worse_bending_back": False}
    for days in (0, 7, 20, 60):
        exercises = set(_ids(planned(facts, days=days, fits={cause: "possible"}), "exercise"))
        assert not exercises & {"prone_press_up", "prone_lying", "superman", "back_extension"}


def test_a_possible_bone_stress_is_seen_first_and_nobody_runs(planned: Planned, ready_facts: Facts) -> None:
    plan = planned(ready_facts, fits={"sacral_bone_stress": "possible"})
    assert plan.steps[0].id == "see_about_bone"
    assert plan.rung == 0
    assert _step(plan, "no_impact") is not None
    assert "plan.pain_green_zone" not in [text.id for text in plan.pain_rule]
    assert ON + timedelta(days=7) >= plan.review_on


def test_bone_pain_that_is_not_settled_has_no_green_zone_either(planned: Planned, ready_facts: Facts) -> None:
    plan = planned({name: value for name, value in ready_facts.items() if name != "one_sided_impact_pain"})
    assert plan.rung == 0
    assert "plan.pain_green_zone" not in [text.id for text in plan.pain_rule]
    assert "plan.note_bone_unknown" in [note.id for note in plan.notes]


def test_a_16_year_old_gets_no_ladder_and_no_painkiller(
    planned: Planned, ready_facts: Facts, medicine_clear: Facts
) -> None:
    plan = planned({**ready_facts, **medicine_clear, "age_years": 16.0}, days=7)
    assert plan.rung == 0
    assert _step(plan, "no_running") is not None
    assert _step(plan, "nsaid") is None
    assert not {"prone_press_up", "superman"} & set(_ids(plan, "exercise"))


def test_a_pregnant_runner_gets_no_painkiller_and_nothing_on_the_front(
    planned: Planned, ready_facts: Facts, medicine_clear: Facts
) -> None:
    facts = {**ready_facts, **medicine_clear, "sex": "female", "pregnant": "yes", "postpartum": False}
    for days in (0, 7, 20):
        plan = planned(facts, days=days)
        assert _step(plan, "nsaid") is None
        assert not {"prone_lying", "prone_press_up", "plank", "curl_up"} & set(_ids(plan, "exercise"))


def test_thin_bones_leave_out_bending_under_load(planned: Planned, ready_facts: Facts) -> None:
    for days in (0, 7, 20, 60):
        exercises = set(_ids(planned({**ready_facts, "osteoporosis": True}, days=days), "exercise"))
        assert exercises
        assert not exercises & {"curl_up", "knees_to_chest", "superman", "russian_twist"}


def test_check_ins_move_the_runner_up_the_ladder(planned: Planned, ready_facts: Facts) -> None:
    days = [ON - timedelta(days=4), ON - timedelta(days=2)]
    green = tuple(CheckIn(on, ("walk_run_1",), 1.0, 1.0, 0.0) for on in days)
    assert planned(ready_facts, check_ins=green).rung == 2
    assert planned(ready_facts, check_ins=green[:1]).rung == 1


def test_one_change_at_a_time_is_tried_and_contradicted_ideas_are_not(
    planned: Planned, ready_facts: Facts, knowledge: Knowledge
) -> None:
    text = Text("plan.honest")
    ids = sorted(knowledge.contributors)[:3]

    def made(id: str, verdict: Any) -> Contributor:
        return Contributor(id, text, "may have contributed", verdict, text, (), text, (), ("own_rule",))

    plan = planned(
        ready_facts, contributors=(made(ids[0], "contradicted"), made(ids[1], "weak"), made(ids[2], "weak"))
    )
    assert [f"try_{ids[1]}"] == [step.id for step in plan.steps if step.id.startswith("try_")]


def test_a_group_leaves_out_an_exercise_that_its_own_rules_would_allow(
    planned: Planned, ready_facts: Facts
) -> None:
    assert "curl_up" in _ids(planned(ready_facts, days=7), "exercise")
    assert "curl_up" not in _ids(planned({**ready_facts, "age_years": 70.0}, days=7), "exercise")


def test_eight_weeks_after_a_birth_nobody_runs(planned: Planned, ready_facts: Facts) -> None:
    facts = {**ready_facts, "sex": "female", "pregnant": "no", "postpartum": True}
    assert planned({**facts, "weeks_since_birth": 8.0}).rung == 0
    assert planned(facts).rung == 0
    assert planned({**facts, "weeks_since_birth": 26.0}).rung == 1


def test_a_hop_is_not_suggested_before_it_is_known_to_be_safe(planned: Planned, ready_facts: Facts) -> None:
    facts = {
        name: value for name, value in ready_facts.items() if name not in ("hops_5_pain_free", "osteoporosis")
    }
    step = _step(planned(facts), "before_running")
    assert step is not None
    assert "plan.try_first" not in [text.id for text in step.how]
    assert "plan.test_waits" in [text.id for text in step.how]


def test_a_painful_hop_keeps_the_runner_walking(planned: Planned, ready_facts: Facts) -> None:
    plan = planned({**ready_facts, "hops_5_pain_free": False})
    assert plan.rung == 0
    step = _step(plan, "before_running")
    assert step is not None
    assert [text.id for text in step.how] == ["plan.not_yet"]


def test_where_running_must_stop_there_is_no_rung_and_no_cap(
    planned: Planned, ready_facts: Facts, calm: Triage
) -> None:
    findings = _longest(Quantity(14_000, "m"))
    for plan in (
        planned(ready_facts, triage=replace(calm, stop_running=True), findings=findings),
        planned(ready_facts, fits={"pars_bone_stress": "fits best"}, findings=findings),
    ):
        assert plan.rung == 0
        assert plan.longest_run_cap_m is None
        assert _step(plan, "no_big_jump") is None


def test_a_session_says_when_the_next_one_may_be(planned: Planned, ready_facts: Facts) -> None:
    yesterday = CheckIn(ON - timedelta(days=1), ("walk_run_1",), 1.0, 1.0, 1.0)
    step = _step(planned(ready_facts, check_ins=(yesterday,)), "walk_run_1")
    assert step is not None
    assert step.how[0] == Text("plan.next_session", {"on": ON + timedelta(days=1)})


def test_a_rung_that_went_red_twice_sends_the_runner_to_somebody(
    planned: Planned, ready_facts: Facts
) -> None:
    rungs_and_pain = [(1, 7.0), (0, 0.0), (0, 0.0), (1, 7.0)]
    days = tuple(
        CheckIn(ON - timedelta(days=20 - 3 * index), (f"walk_run_{rung}",), pain, 0.0, 0.0)
        for index, (rung, pain) in enumerate(rungs_and_pain)
    )
    step = _step(planned(ready_facts, check_ins=days), "see_somebody")
    assert step is not None
    assert "plan.see_ladder" in [text.id for text in step.how]


def test_pain_that_is_red_today_puts_the_session_off(planned: Planned, ready_facts: Facts) -> None:
    step = _step(planned({**ready_facts, "pain_now": 6.0}), "walk_run_1")
    assert step is not None
    assert step.how[0] == Text("plan.next_session", {"on": ON + timedelta(days=1)})
    calm = _step(planned({**ready_facts, "pain_now": 5.0}), "walk_run_1")
    assert calm is not None
    assert "plan.next_session" not in [text.id for text in calm.how]


def test_a_session_names_the_cap_where_there_is_one(planned: Planned, ready_facts: Facts) -> None:
    step = _step(planned(ready_facts, findings=_longest(Quantity(4_000, "m"))), "walk_run_1")
    assert step is not None
    assert step.how[0].id == "plan.session_cap"
    assert step.how[0].values["cap"] == Quantity(pytest.approx(4_400), "m")


def _longest(value: Quantity | Missing) -> tuple[Finding, ...]:
    return (Finding("longest_30_days", Text("plan.honest"), value, None, 1.0),)


def test_the_cap_is_a_tenth_over_the_longest_run_of_30_days(planned: Planned, ready_facts: Facts) -> None:
    assert planned(ready_facts, findings=_longest(Quantity(14_000, "m"))).longest_run_cap_m == pytest.approx(
        15_400
    )


def test_a_longest_run_that_is_not_known_gives_no_cap_and_a_note(
    planned: Planned, ready_facts: Facts
) -> None:
    missing = Missing(Text("plan.honest"), Text("plan.honest"))
    for findings in ((), _longest(missing), _longest(Quantity(0, "m"))):
        plan = planned(ready_facts, findings=findings)
        assert plan.longest_run_cap_m is None
        assert "plan.note_cap_unknown" in [note.id for note in plan.notes]


def test_no_longest_run_is_named_while_somebody_should_look_first(
    planned: Planned, ready_facts: Facts
) -> None:
    reds = tuple(CheckIn(ON - timedelta(days=days), ("walk_run_1",), 8, 8, 8) for days in (9, 4))
    for findings in ((), _longest(Quantity(14_000, "m"))):
        plan = planned(ready_facts, findings=findings, check_ins=reds)
        assert (plan.look_first, plan.longest_run_cap_m) == (True, None)
        assert "plan.note_cap_unknown" not in [note.id for note in plan.notes]


def test_an_interval_of_longest_runs_counts_by_its_low_end(planned: Planned, ready_facts: Facts) -> None:
    findings = _longest(Quantity(12_000, "m", low=10_000, high=14_000))
    assert planned(ready_facts, findings=findings).longest_run_cap_m == pytest.approx(11_000)


def test_a_routine_flag_says_whom_to_see(
    planned: Planned, ready_facts: Facts, raised: Callable[[Tier], Triage]
) -> None:
    assert _step(planned(ready_facts, triage=raised(Tier.T1)), "see_somebody") is not None
    assert _step(planned(ready_facts), "see_somebody") is None


def _texts(part: object) -> list[Text]:
    if isinstance(part, Text):
        return [part, *(inner for value in part.values.values() for inner in _texts(value))]
    if isinstance(part, tuple):
        return [text for each in part for text in _texts(each)]
    if is_dataclass(part) and not isinstance(part, type):
        return [text for field in fields(part) for text in _texts(getattr(part, field.name))]
    return []


def test_every_sentence_of_every_kind_of_plan_can_be_said(
    planned: Planned, ready_facts: Facts, medicine_clear: Facts, knowledge: Knowledge
) -> None:
    say = Wording(knowledge.sentences).say
    said: list[str] = []
    young = {**ready_facts, "age_years": 15.0}
    for facts in (ready_facts, {**ready_facts, **medicine_clear}, young, {}):
        for days in (None, 0, 7, 20, 60, 120):
            for fits in ({}, {"pars_bone_stress": "possible"}):
                said += [say(text) for text in _texts(planned(facts, days=days, fits=fits))]
    assert len(said) > 1_000
    assert not [words for words in said if "{" in words or "you have" in words.lower()]
