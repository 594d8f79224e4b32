"""Everything triage may say is in the catalog, and is said kindly."""

from __future__ import annotations

import re

import pytest

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Tier
from backstride.model.findings import FactValue
from backstride.model.text import Text
from backstride.triage.because import in_words, rests_on

OURS = ("triage.", "red_flags.", "populations.", "weak_signs.")
SAFETY = [question for question in shipped().questions.values() if question.group == "safety"]


def ids_in(text: Text) -> set[str]:
    inner = (value for value in text.values.values() if isinstance(value, Text))
    return {text.id}.union(*(ids_in(each) for each in inner))


def yes_of(name: str, knowledge: Knowledge) -> tuple[FactValue, ...]:
    asked = knowledge.questions.get(name) or knowledge.facts[name]
    match asked.kind:
        case "choice":
            return tuple(asked.options)
        case "number":
            return (50.0,)
        case _:
            return (True,)


def test_every_fact_that_raises_a_flag_can_be_said(knowledge: Knowledge) -> None:
    for flag in knowledge.red_flags.values():
        for rule in flag.rule:
            for name in rule.when.names:
                for value in yes_of(name, knowledge):
                    assert ids_in(in_words(name, value, knowledge)) <= set(knowledge.sentences)


@pytest.mark.parametrize("tier", [*(tier.name.lower() for tier in Tier), "t0_open"])
def test_every_tier_has_a_headline_and_a_place_to_go_in_both_countries_and_elsewhere(
    tier: str, knowledge: Knowledge
) -> None:
    for key in ("headline_{}", "where_{}_general", "where_{}_uk", "where_{}_us"):
        assert f"triage.{key.format(tier)}" in knowledge.sentences


def test_an_emergency_names_the_number_to_call(knowledge: Knowledge) -> None:
    assert "999" in knowledge.sentences["triage.where_t4_uk"]
    assert "911" in knowledge.sentences["triage.where_t4_us"]
    assert "112" in knowledge.sentences["triage.where_t4_general"]


@pytest.mark.parametrize(
    "key",
    ["bladder_bowel_saddle", "both_legs", "weakness", "fever", "day_14", "week_6"],
)
def test_the_safety_net_of_every_plan_can_be_said(key: str, knowledge: Knowledge) -> None:
    assert len(knowledge.sentences[f"triage.safety_net_{key}"]) > 30


def test_nobody_is_told_what_they_have(knowledge: Knowledge) -> None:
    for id, words in knowledge.sentences.items():
        if id.startswith(OURS):
            assert not re.search(r"\byou have\b|\byou should have\b|you're suffering", words.lower()), id


@pytest.mark.parametrize("question", SAFETY, ids=lambda question: question.id)
def test_a_plainer_wording_is_the_same_kind_of_question_with_the_same_answers(question: object) -> None:
    follow_up = question.follow_up  # type: ignore[attr-defined]
    if follow_up is None:
        return
    plainer = shipped().questions[follow_up]

    assert plainer.follows == question.id  # type: ignore[attr-defined]
    assert plainer.kind == question.kind  # type: ignore[attr-defined]
    assert set(plainer.options) == set(question.options)  # type: ignore[attr-defined]
    assert plainer.ask != question.ask  # type: ignore[attr-defined]


@pytest.mark.parametrize("question", SAFETY, ids=lambda question: question.id)
def test_a_safety_question_asks_in_short_sentences(question: object) -> None:
    for sentence in re.split(r"(?<=[.?!]) ", question.ask):  # type: ignore[attr-defined]
        assert len(sentence.split()) <= 34, sentence


def test_every_choice_about_safety_can_be_answered_with_no() -> None:
    for question in SAFETY:
        assert question.kind == "yes_no" or "no" in question.options


def test_red_flag_rules_hold_no_not(knowledge: Knowledge) -> None:
    for flag in knowledge.red_flags.values():
        for rule in flag.rule:
            assert not re.search(r"\bnot\b|!=", rule.when.text), flag.id


def test_whom_a_population_bars_from_something_the_program_knows_it(knowledge: Knowledge) -> None:
    for group in knowledge.populations.values():
        assert set(group.bars) <= set(knowledge.exercises) | set(knowledge.treatments), group.id


def test_a_flag_rests_on_every_answer_that_speaks_for_it_and_on_no_other(knowledge: Knowledge) -> None:
    rule = knowledge.red_flags["rf_10_fever"].rule[0].when
    facts = {
        "fever": True,
        "recent_infection": True,
        "injected_drugs": True,
        "spine_tap_pain": False,
        "cancer_ever": True,
    }

    assert rests_on(rule, facts) == ("fever", "injected_drugs", "recent_infection")
