"""What may have contributed is named with its evidence, best supported first, and never called a cause."""

from __future__ import annotations

from tests.causes.made_up import KNOWLEDGE, known

from backstride.causes.contribute import contributors
from backstride.model.assessment import Contributor
from backstride.model.findings import FactValue
from backstride.model.text import Text


def found(**facts: FactValue) -> dict[str, Contributor]:
    return {each.contributor: each for each in contributors(known(facts), KNOWLEDGE)}


def test_what_is_seen_stands_first_and_supported_before_contradicted() -> None:
    ranked = contributors(
        known({"slouched_posture": True, "tired_from_running": True, "no_strength_work": True}), KNOWLEDGE
    )

    assert [each.contributor for each in ranked[:3]] == ["little_recovery", "weak_core", "posture"]
    assert [each.verdict for each in ranked[:3]] == ["supported", "weak", "contradicted"]


def test_a_contradicted_one_is_named_and_says_kindly_that_it_is_not_supported() -> None:
    contradicted = [each for each in KNOWLEDGE.contributors.values() if each.verdict == "contradicted"]

    assert {each.id for each in contradicted} >= {"posture", "desk_job", "short_big_toe", "hydration"}
    assert all(each.evidence.startswith("You may have read that") for each in contradicted)


def test_nothing_told_is_not_known_and_says_what_to_ask() -> None:
    leg = found()["leg_length"]

    assert leg.state == "not known"
    assert leg.ask == ("leg_length_difference_mm",)


def test_a_finding_that_is_missing_is_asked_by_the_question_that_stands_for_it() -> None:
    assert found()["worn_shoes"].ask == ("told_old_shoes",)
    assert found(worn_shoes=False)["worn_shoes"].ask == ()


def test_because_names_the_number_that_was_told() -> None:
    because = found(leg_length_difference_mm=9.0)["leg_length"].because

    assert because == (
        Text(
            "causes.told_number",
            {"what": Text("questions.leg_length_difference_mm.short"), "number": "9"},
        ),
    )


def test_because_names_what_was_a_yes_and_leaves_out_a_plain_no() -> None:
    because = found(tired_from_running=True, hard_days_in_a_row=False)["little_recovery"].because

    assert because == (Text("questions.tired_from_running.short"),)
