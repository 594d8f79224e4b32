"""The words fit the numbers, and the traps of the evidence are respected."""

from __future__ import annotations

import pytest
from tests.causes.made_up import KNOWLEDGE, USED, known, values_of

from backstride.causes.rank import rank
from backstride.knowledge.cause_integrity import of_load
from backstride.model.findings import FactValue

LOAD = {name: True for name in USED if of_load(name, KNOWLEDGE) and True in values_of(name)}
ALL_NO: dict[str, FactValue] = {
    question.id: "no" if question.kind == "choice" else False
    for question in KNOWLEDGE.questions.values()
    if question.group == "safety" and question.follows is None and question.kind in ("choice", "yes_no")
}
BONE_RISKS = {
    "missed_periods": True,
    "past_stress_fracture": True,
    "eating_less_or_low_weight": True,
    "vitamin_d_low": True,
    "osteoporosis": True,
    "bmi": 17.0,
}


def fits(**facts: FactValue) -> dict[str, str]:
    return {cause.cause: cause.fit for cause in rank(known(facts), KNOWLEDGE)}


@pytest.mark.parametrize("age_years", [None, 16.0, 30.0, 50.0, 75.0])
def test_when_nothing_speaks_ordinary_back_pain_fits_best_alone(age_years: float | None) -> None:
    found = fits() if age_years is None else fits(age_years=age_years)

    assert [id for id, fit in found.items() if fit == "fits best"] == ["non_specific"]


def test_load_and_bone_risks_without_a_symptom_leave_bone_stress_possible_at_most() -> None:
    found = fits(age_years=25.0, sex="female", single_run_spike="over_100", **LOAD, **BONE_RISKS)

    young = fits(age_years=16.0, **LOAD, **BONE_RISKS)

    assert found["sacral_bone_stress"] == "possible"
    assert found["pars_bone_stress"] != "fits best"
    assert young["pars_bone_stress"] == young["sacral_bone_stress"] == "possible"


def test_a_young_person_is_never_told_that_a_stressed_bone_is_unlikely_on_a_bending_test() -> None:
    assert fits(age_years=15.0, worse_bending_back=False)["pars_bone_stress"] != "unlikely"


def test_without_an_age_a_young_persons_bone_stress_stays_possible() -> None:
    assert fits()["pars_bone_stress"] == "possible"


@pytest.mark.parametrize("sign", ["saddle_numbness", "bowel_change", "fever", "cancer_ever", "rash_band"])
def test_ordinary_back_pain_steps_back_while_a_serious_sign_stands(sign: str) -> None:
    found = fits(age_years=30.0, **{sign: True})

    assert found["non_specific"] == "possible"


def test_signs_that_are_absent_do_not_close_what_a_sign_that_is_there_holds_open() -> None:
    absent = {"both_legs": "no", "leg_weakness": "no", "wiping_feels_different": False, "bowel_change": False}

    assert fits(age_years=30.0, saddle_numbness=True, **absent)["cauda_equina"] == "possible"


@pytest.mark.parametrize("weak", [{"night_pain": True}, {"age_years": 55.0}, {"pain_now": 8.0}])
def test_a_single_weak_sign_leaves_ordinary_back_pain_the_best_fit(weak: dict[str, FactValue]) -> None:
    found = fits(**{"age_years": 30.0, **weak})

    assert found["non_specific"] == "fits best"
    assert found["malignancy"] == found["infection"] == "not known yet"


def test_a_serious_cause_is_unlikely_only_once_its_safety_questions_are_settled() -> None:
    asked: dict[str, FactValue] = {"age_years": 30.0, "sex": "male", **ALL_NO}

    assert fits(**asked)["malignancy"] == "unlikely"
    for sign in ("cancer_ever", "weight_loss_or_sweats"):
        assert (
            fits(**{name: value for name, value in asked.items() if name != sign})["malignancy"]
            == "not known yet"
        )


def test_no_past_cancer_never_counts_against_a_growth() -> None:
    rows = [row for row in KNOWLEDGE.causes["malignancy"].evidence if "cancer_ever" in row.when.names]

    assert rows
    assert all(row.if_no == 1 for row in rows)


def test_moving_better_alone_says_nothing_about_inflammation() -> None:
    base = {each.cause: each.probability for each in rank(known({"age_years": 30.0}), KNOWLEDGE)}
    moving = rank(known({"age_years": 30.0, "better_moving": True}), KNOWLEDGE)

    assert {each.cause: each.probability for each in moving} == base


def test_two_causes_that_fit_alike_both_fit_best() -> None:
    ranked = rank(
        known(
            {
                "age_years": 31.0,
                "leg_pain": "none",
                "worse_sitting": True,
                "worse_bending_forward": True,
                "worse_cough": True,
                "pushing_up_changes_leg_pain": "centralises",
                "better_within_days": False,
                "moving_changes_it": True,
            }
        ),
        KNOWLEDGE,
    )
    best = [each for each in ranked if each.fit == "fits best"]

    assert {each.cause for each in best} == {"disc_without_leg_pain", "non_specific"}
    assert best[-1].probability >= best[0].probability * KNOWLEDGE.number("best_within")
