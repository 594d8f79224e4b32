"""What holds of every plan, whatever is known and whatever is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.plan.conftest import DAYS, LAW, barred_for, ruled_out

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import NoPlan, Plan, RankedCause, Tier, Triage
from backstride.model.findings import Facts, Finding
from backstride.model.text import Quantity, Text

Planned = Callable[..., Any]  # Any: Plan or NoPlan, as the law expects

STOP_FACTS = (
    "nsaid_allergy",
    "stomach_ulcer_or_bleed",
    "bleeding_problem",
    "blood_thinner",
    "takes_blood_thinner",
    "takes_antiplatelet",
    "takes_kidney_or_immune_medicine",
    "takes_nsaid_already",
    "heart_kidney_liver_failure",
    "chickenpox_now",
    "dehydrated_or_vomiting",
    "hard_run_within_a_day",
    "loin_pain_after_hard_effort",
    "loin_pain_waves",
    "upper_belly_or_meals",
    "asthma",
    "heart_disease_or_stroke",
    "kidney_or_liver_problem",
    "uncontrolled_blood_pressure",
    "bowel_disease",
    "takes_ssri",
    "takes_ace_or_arb",
    "takes_diuretic",
    "takes_steroid_tablets",
    "ginkgo_or_cold_remedy",
)
"""Written out by hand, so that a row lost from the knowledge file is seen."""


def _near(ready: Facts, other: Facts, changed: set[str]) -> Facts:
    """A runner who may run, but for a few facts that are other or not known."""
    kept = {name: value for name, value in ready.items() if name not in changed}
    return {**kept, **{name: value for name, value in other.items() if name in changed or name not in ready}}


@LAW
@given(data=st.data())
def test_no_plan_stands_beside_a_raised_flag_or_an_open_safety_question(
    planned: Planned, any_facts: st.SearchStrategy[Facts], calm: Triage, data: st.DataObject
) -> None:
    tier = data.draw(st.sampled_from(list(Tier)))
    open_questions = data.draw(st.sampled_from([(), ("fever",)]))
    triage = replace(calm, tier=tier, stops_plan=data.draw(st.booleans()), open_questions=open_questions)
    made = planned(data.draw(any_facts), triage=triage)
    if tier >= Tier.T2 or triage.stops_plan or open_questions:
        assert isinstance(made, NoPlan)
    else:
        assert isinstance(made, Plan)


@LAW
@given(data=st.data())
def test_nothing_is_planned_while_a_risk_is_there_or_not_known(
    planned: Planned,
    knowledge: Knowledge,
    any_facts: st.SearchStrategy[Facts],
    any_causes: st.SearchStrategy[tuple[RankedCause, ...]],
    data: st.DataObject,
) -> None:
    facts, causes = data.draw(any_facts), data.draw(any_causes)
    plan = planned(facts, causes=causes, days=data.draw(st.sampled_from(DAYS)))
    unlikely, barred = ruled_out(causes), barred_for(facts, knowledge)
    for step in plan.steps:
        record = knowledge.exercises.get(step.id) or knowledge.treatments.get(step.id)
        if record is None:
            continue
        assert plan.phase in record.phases
        assert all(reason.when.value(facts) is False for reason in record.not_if), step.id
        assert all(reason.when.value(facts) is not True for reason in record.leave_out_if), step.id
        assert set(record.not_with_causes) <= unlikely, step.id
        assert step.id not in barred


@LAW
@given(data=st.data())
def test_a_painkiller_dose_needs_a_clear_no_to_every_stop_item(
    planned: Planned, medicine_clear: Facts, ready_facts: Facts, data: st.DataObject
) -> None:
    changed = data.draw(
        st.dictionaries(st.sampled_from(STOP_FACTS), st.sampled_from([True, None]), min_size=0, max_size=2)
    )
    facts = {
        name: value
        for name, value in {**ready_facts, **medicine_clear, **changed}.items()
        if value is not None
    }
    plan = planned(facts, days=data.draw(st.sampled_from((0, 2, 3, 14))))
    step = next(step for step in plan.steps if step.id.startswith("nsaid"))
    assert (step.dose is not None) == (not changed), changed
    assert (step.id == "nsaid") == (not changed)


@LAW
@given(data=st.data())
def test_nobody_runs_on_pain_that_is_or_may_be_from_bone(
    planned: Planned,
    knowledge: Knowledge,
    any_facts: st.SearchStrategy[Facts],
    any_causes: st.SearchStrategy[tuple[RankedCause, ...]],
    ready_facts: Facts,
    data: st.DataObject,
) -> None:
    facts = _near(ready_facts, data.draw(any_facts), data.draw(st.sets(st.sampled_from(sorted(ready_facts)))))
    causes = data.draw(any_causes)
    plan = planned(facts, causes=causes, days=data.draw(st.sampled_from(DAYS)))
    settled = {"sacral_bone_stress", "pars_bone_stress"} <= ruled_out(causes) and facts.get(
        "one_sided_impact_pain"
    ) is False
    ladder = knowledge.ladders["walk_run"]
    if plan.rung > 0:
        assert settled
        assert float(facts["age_years"]) >= 18
        for entry in ladder.entry:
            skipped = entry.skip_if is not None and entry.skip_if.value(facts) is True
            assert entry.when.value(facts) is True or (skipped and entry.when.value(facts) is None)
    if not settled:
        assert not [
            text.id for text in plan.pain_rule if text.id in ("plan.pain_green_zone", "plan.pain_amber_zone")
        ]


@LAW
@given(data=st.data())
def test_every_plan_has_safety_net_review_honest_words_and_sources(
    planned: Planned,
    knowledge: Knowledge,
    any_facts: st.SearchStrategy[Facts],
    any_causes: st.SearchStrategy[tuple[RankedCause, ...]],
    data: st.DataObject,
) -> None:
    causes = data.draw(any_causes)
    plan = planned(data.draw(any_facts), causes=causes, days=data.draw(st.sampled_from(DAYS)))
    assert len(plan.safety_net) >= 5
    assert plan.pain_rule
    assert plan.stop_rules
    assert plan.honest.id == "plan.honest"
    assert plan.steps
    for step in plan.steps:
        assert step.sources, step.id
        assert set(step.sources) <= set(knowledge.sources), step.id
        assert step.causes or not causes, step.id
    assert len({step.id for step in plan.steps}) == len(plan.steps)


@LAW
@given(longest=st.floats(0.001, 200_000), low=st.floats(0, 1))
def test_the_cap_never_goes_over_110_percent_of_the_longest_run_of_30_days(
    planned: Planned, ready_facts: Facts, longest: float, low: float
) -> None:
    quantity = Quantity(longest, "m", low=longest * low, high=longest)
    cap_m = planned(
        ready_facts, findings=(Finding("longest_30_days", Text("x"), quantity, None, 1.0),)
    ).longest_run_cap_m
    assert cap_m is None or 0 < cap_m <= 1.1 * longest * (1 + 1e-12)


@LAW
@given(data=st.data())
def test_knowing_less_never_lets_more_exercise_through_a_risk(
    planned: Planned,
    ready_facts: Facts,
    knowledge: Knowledge,
    any_facts: st.SearchStrategy[Facts],
    data: st.DataObject,
) -> None:
    facts = {**ready_facts, **data.draw(any_facts)}
    dropped = data.draw(st.sets(st.sampled_from(sorted(facts))))
    fewer = {name: value for name, value in facts.items() if name not in dropped}
    for record in (*knowledge.exercises.values(), *knowledge.treatments.values()):
        clear = all(reason.when.value(fewer) is False for reason in record.not_if)
        assert not clear or all(reason.when.value(facts) is False for reason in record.not_if), record.id
    days = data.draw(st.sampled_from(DAYS))
    if planned(fewer, days=days).rung > 0:
        assert planned(facts, days=days).rung > 0
