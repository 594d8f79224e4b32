"""The card of a cause says what to do meanwhile, and never so as to get round a plan that is not made."""

from __future__ import annotations

from pathlib import Path

import pytest

from backstride.app.actions import open_case
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment, Plan
from backstride.reports.blocks import Card
from backstride.reports.outline import outline
from backstride.reports.wording import Wording

RUNNERS = Path(__file__).parents[1] / "runners"
WORDING = Wording(shipped().sentences)


def answer(story: str) -> Assessment:
    case = open_case(RUNNERS / f"{story}.toml", shipped())
    return assess(case.history, case.on, shipped())


def told_to_do(assessment: Assessment) -> dict[str, str]:
    """Cause -> what its card says to do."""
    section = next(each for each in outline(assessment, WORDING) if each.id == "causes")
    names = {WORDING.say(cause.name): cause.cause for cause in assessment.causes}
    return {
        names[card.title]: listing.items[0].words
        for card in section.blocks
        if isinstance(card, Card)
        for listing in card.lists
        if listing.heading == WORDING.catalog["report.what_to_do"]
    }


def test_beside_a_plan_every_card_says_what_to_do() -> None:
    found = answer("cause_hip_referred")
    shown = {cause.cause for cause in found.causes if cause.fit in ("fits best", "possible")}

    assert isinstance(found.plan, Plan)
    assert told_to_do(found).keys() == shown
    assert told_to_do(found)["hip_referred"].startswith("Walk on flat ground")


@pytest.mark.parametrize("story", ["emergency_bone_stress_after_jump", "emergency_past_cancer"])
def test_without_a_plan_only_a_serious_cause_says_what_to_do(story: str) -> None:
    found = answer(story)

    assert not isinstance(found.plan, Plan)
    assert told_to_do(found)
    assert all(shipped().causes[cause].serious for cause in told_to_do(found))
