"""Each thing that a pharmacist would say about two painkillers is a rule or a word in their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.treatment import Treatment
from backstride.model.findings import Facts
from backstride.plan.offer import offer

WOMAN: Facts = {"sex": "female", "pregnant": "no", "trying_for_baby": False, "breast_feeding": False}

STOP: tuple[tuple[str, Facts], ...] = (
    ("an allergy, wheeze or rash after aspirin or a similar painkiller", {"nsaid_allergy": True}),
    ("pregnant", {**WOMAN, "pregnant": "yes"}),
    ("could be pregnant, the last three months among it", {**WOMAN, "pregnant": "could_be"}),
    ("trying for a baby", {**WOMAN, "trying_for_baby": True}),
    ("ever a bleeding or perforated stomach", {"stomach_ulcer_or_bleed": True}),
    ("a raised risk of bleeding", {"bleeding_problem": True}),
    ("heart, kidney or liver failure", {"heart_kidney_liver_failure": True}),
    ("chickenpox", {"chickenpox_now": True}),
    ("under 16", {"age_years": 15.0}),
    ("under 18", {"age_years": 17.0}),
    ("dehydration, vomiting or diarrhoea", {"dehydrated_or_vomiting": True}),
    ("a race or a long, hot or very hard run within a day", {"hard_run_within_a_day": True}),
    ("pain in the side after a very hard effort", {"loin_pain_after_hard_effort": True}),
    ("warfarin or a newer blood thinner", {"takes_blood_thinner": True}),
    ("a blood thinner told in an answer", {"blood_thinner": True}),
    ("clopidogrel or low-dose aspirin", {"takes_antiplatelet": True}),
    ("ACE inhibitor or ARB with a water tablet", {"takes_ace_or_arb": True, "takes_diuretic": True}),
    ("lithium, methotrexate, ciclosporin, tacrolimus", {"takes_kidney_or_immune_medicine": True}),
    ("another painkiller of this kind", {"takes_nsaid_already": True}),
)
ASK: tuple[tuple[str, Facts], ...] = (
    ("asthma, hay fever or an allergy", {"asthma": True}),
    ("heart disease or a stroke", {"heart_disease_or_stroke": True}),
    ("a kidney or liver problem", {"kidney_or_liver_problem": True}),
    ("blood pressure not under control", {"uncontrolled_blood_pressure": True}),
    ("Crohn's disease or colitis", {"bowel_disease": True}),
    ("over 65", {"age_years": 66.0}),
    ("breast-feeding", {**WOMAN, "breast_feeding": True}),
    ("an SSRI or SNRI", {"takes_ssri": True}),
    ("an ACE inhibitor or ARB alone", {"takes_ace_or_arb": True}),
    ("a water tablet alone", {"takes_diuretic": True}),
    ("steroid tablets", {"takes_steroid_tablets": True}),
    ("ginkgo, or a cold remedy with a painkiller in it", {"ginkgo_or_cold_remedy": True}),
)
MEDICINES = {
    "takes_blood_thinner": ("warfarin", "apixaban", "rivaroxaban", "edoxaban", "dabigatran"),
    "takes_antiplatelet": ("aspirin", "clopidogrel"),
    "takes_ssri": ("sertraline", "fluoxetine", "citalopram", "venlafaxine", "duloxetine"),
    "takes_ace_or_arb": ("ramipril", "lisinopril", "losartan", "candesartan"),
    "takes_diuretic": ("furosemide", "indapamide", "hydrochlorothiazide"),
    "takes_kidney_or_immune_medicine": ("lithium", "methotrexate", "ciclosporin", "tacrolimus"),
    "takes_steroid_tablets": ("prednisolone", "prednisone"),
    "takes_nsaid_already": ("ibuprofen", "naproxen", "diclofenac"),
}
WORDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("nsaid", "dose", ("200 mg", "three times a day", "6 hours apart", "1,200 mg in 24 hours")),
    ("nsaid", "dose", ("United States", "220 mg", "two or at most three in 24 hours", "label says")),
    ("nsaid", "dose", ("lowest dose", "3 to 5 days at most")),
    ("nsaid", "how", ("with food", "leaflet")),
    ("nsaid", "how", ("24 hours before a race or a long, hot or very hard run", "never during")),
    ("nsaid", "how", ("cold remedy",)),
    ("nsaid", "how", ("gel on the skin", "pharmacist")),
    ("nsaid", "when_not", ("no aspirin under 16", "week 20", "not even on the skin")),
    ("nsaid", "harms", ("stomach bleed", "kidneys", "black stools", "dark pee")),
    ("paracetamol", "evidence", ("does not help",)),
    ("paracetamol", "effect", ("17 days", "16 with the dummy", "not to use it alone")),
    ("paracetamol", "dose", ("500 mg to 1 g", "4 hours apart", "4 g in 24 hours", "adults")),
    ("paracetamol", "when_not", ("50 kg", "liver", "alcohol", "eat little", "pharmacist")),
    ("paracetamol", "when_not", ("cold or flu product",)),
    ("prescription", "for_whom", ("opioids", "gabapentin", "muscle relaxants", "Nobody")),
    ("heat", "dose", ("15 to 20 minutes", "warm and not hot", "at most 8 hours")),
    ("heat", "when_not", ("numb", "circulation", "damaged nerves", "broken", "inflamed", "asleep", "patch")),
    ("heat", "how", ("layer of cloth",)),
    ("ice", "dose", ("10 to 20 minutes", "cloth", "1 to 2 hours")),
    ("ice", "how", ("numb or white",)),
    ("ice", "when_not", ("Raynaud's", "blood that reacts badly", "damaged nerves", "scar")),
    ("hydration", "harms", ("Drinking far too much", "potassium")),
    ("hydration", "when_not", ("kidney", "blood-pressure medicine")),
)


@pytest.fixture
def cleared(ready_facts: Facts, medicine_clear: Facts) -> Facts:
    return {**ready_facts, **medicine_clear}


@pytest.fixture
def state(knowledge: Knowledge, cleared: Facts) -> Callable[[Facts], str]:
    unlikely = dict.fromkeys(knowledge.causes, "unlikely")
    return lambda more: offer(knowledge.treatments["nsaid"], {**cleared, **more}, unlikely).state  # type: ignore[arg-type]


def test_with_every_item_cleared_it_may_be_offered(state: Callable[[Facts], str]) -> None:
    assert state({}) == "offered"
    assert state(WOMAN) == "offered"


@pytest.mark.parametrize(("item", "facts"), STOP, ids=[item for item, _ in STOP])
def test_each_stop_item_alone_stops_it(item: str, facts: Facts, state: Callable[[Facts], str]) -> None:
    assert state(facts) == "barred"


@pytest.mark.parametrize(("item", "facts"), ASK, ids=[item for item, _ in ASK])
def test_each_reason_to_ask_alone_withholds_the_dose(
    item: str, facts: Facts, state: Callable[[Facts], str]
) -> None:
    assert state(facts) == "ask_first"


@pytest.mark.parametrize(("fact", "names"), MEDICINES.items(), ids=list(MEDICINES))
def test_each_group_of_medicines_knows_its_usual_names(
    fact: str, names: tuple[str, ...], knowledge: Knowledge
) -> None:
    assert set(names) <= set(knowledge.facts[fact].medicines)


@pytest.mark.parametrize(("treatment", "field", "words"), WORDS)
def test_each_thing_to_be_said_is_said(
    treatment: str, field: str, words: tuple[str, ...], knowledge: Knowledge
) -> None:
    value: Any = getattr(knowledge.treatments[treatment], field)  # Any: a sentence or several
    said = value if isinstance(value, str) else " ".join(value)

    assert [each for each in words if each not in said] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"age_years": 17.0},
        {"kidney_or_liver_problem": True},
        {"heart_kidney_liver_failure": True},
        {"eating_less_or_low_weight": True},
        {"ginkgo_or_cold_remedy": True},
        {"kidney_or_liver_problem": None},
        {"eating_less_or_low_weight": None},
    ],
)
def test_even_if_it_were_planned_paracetamol_would_have_no_dose_until_its_own_checks_are_clear(
    changed: dict[str, Any], knowledge: Knowledge, cleared: Facts
) -> None:
    planned: Treatment = knowledge.treatments["paracetamol"].model_copy(update={"phases": ("days_3_14",)})
    clear = {**cleared, "eating_less_or_low_weight": False}
    facts = {name: value for name, value in {**clear, **changed}.items() if value is not None}

    assert offer(planned, clear, {}).state == "offered"
    assert offer(planned, facts, {}).state in ("barred", "not_known")


def test_no_plan_shows_a_dose_of_paracetamol(planned: Callable[..., Any], cleared: Facts) -> None:
    for days in (None, 0, 7, 20, 60, 120):
        steps = planned({**cleared, "eating_less_or_low_weight": False}, days=days).steps
        assert not [step.id for step in steps if "paracetamol" in step.id]


def test_a_runner_with_a_deep_pool_is_offered_running_in_it(
    planned: Callable[..., Any], ready_facts: Facts
) -> None:
    def steps(more: Facts, **given: Any) -> set[str]:
        return {step.id for step in planned({**ready_facts, **more}, days=7, **given).steps}

    assert "deep_water_running" in steps({"has_deep_pool": True})
    assert "deep_water_running" not in steps({})
    assert "deep_water_running" not in steps({"has_deep_pool": True}, fits={"pars_bone_stress": "possible"})
