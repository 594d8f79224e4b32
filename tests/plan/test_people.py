"""Whom the plan sends a runner to, why, and with what in the bag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Flag, Plan, Step, Tier, Triage
from backstride.model.findings import Facts
from backstride.model.text import Text
from backstride.reports.wording import Wording

Planned = Callable[..., Any]  # Any: Plan or NoPlan, as the test expects


def _said(step: Step, knowledge: Knowledge) -> list[str]:
    return [Wording(knowledge.sentences).say(text) for text in step.how]


def _see(plan: Plan, id: str = "see_somebody") -> Step:
    return next(step for step in plan.steps if step.id == id)


def _flag(id: str, knowledge: Knowledge) -> Flag:
    name = knowledge.red_flags[id].text("name")
    return Flag(id, "raised", Tier.T1, name, Text("plan.honest"), (), (), ("own_rule",))


def test_somebody_to_see_in_weeks_is_a_physiotherapist_or_a_doctor_with_what_to_bring(
    planned: Planned, ready_facts: Facts, raised: Callable[[Tier], Triage], knowledge: Knowledge
) -> None:
    said = _said(_see(planned(ready_facts, triage=raised(Tier.T1))), knowledge)

    starts = [line.split(":")[0] for line in said]
    assert starts == [
        "Physiotherapist",
        "Take along",
        "Family doctor (GP or primary care doctor)",
        "Take along",
    ]
    assert "the shoes you run in" in said[1]
    assert "a list of your medicines" in said[3]


@pytest.mark.parametrize(
    ("flag", "who"),
    [("rf_25_inflamed_spine", "Rheumatologist"), ("rf_23_under_18", "Sports physician")],
)
def test_a_flag_names_those_who_know_it(
    planned: Planned,
    ready_facts: Facts,
    calm: Triage,
    knowledge: Knowledge,
    flag: str,
    who: str,
) -> None:
    triage = replace(calm, tier=Tier.T1, flags=(_flag(flag, knowledge),))
    step = _see(planned(ready_facts, triage=triage))

    assert any(line.startswith(f"{who}: ") for line in _said(step, knowledge))
    assert step.because == knowledge.red_flags[flag].text("name")


def test_a_possible_bone_injury_is_taken_to_a_doctor_with_the_running_record(
    planned: Planned, ready_facts: Facts, knowledge: Knowledge
) -> None:
    step = _see(planned(ready_facts, fits={"sacral_bone_stress": "possible"}), "see_about_bone")
    said = " ".join(_said(step, knowledge))

    assert "Sports physician: " in said
    assert "your running record of the last three months" in said


def test_every_step_to_see_somebody_says_what_to_take_along(
    planned: Planned, ready_facts: Facts, raised: Callable[[Tier], Triage], knowledge: Knowledge
) -> None:
    for days in (0, 7, 20, 60, 120):
        plan = planned(ready_facts, days=days, triage=raised(Tier.T1))
        for step in plan.steps:
            if step.kind == "see":
                assert any("ake " in line for line in _said(step, knowledge)), step.id
