"""What a report says while little is told: no cause on silence, and a reason in every safety box."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from backstride.app.actions import open_case
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment
from backstride.model.history import Answer, CheckIn, History, Profile
from backstride.reports.blocks import Listing
from backstride.reports.outline import outline
from backstride.reports.renderers import RENDERERS
from backstride.reports.wording import Wording

ON = date(2026, 3, 20)
RUNNERS = Path(__file__).parents[1] / "runners"
WORDING = Wording(shipped().sentences)
KNOWLEDGE = shipped()


def words(answer: Assessment) -> str:
    return " ".join(RENDERERS["text"].render(answer, WORDING).decode().split())


def test_no_cause_is_ranked_while_nothing_is_told_about_the_pain() -> None:
    silent = assess(History(profile=Profile(age_years=34, sex="male")), ON, KNOWLEDGE)
    told = assess(
        History(profile=Profile(age_years=34, sex="male"), answers=(Answer("fever", "no", ON),)),
        ON,
        KNOWLEDGE,
    )

    measured = assess(
        History(profile=Profile(age_years=34, sex="male"), check_ins=(CheckIn(ON, pain_now=3),)),
        ON,
        KNOWLEDGE,
    )

    assert "no cause is ranked" not in words(measured)
    assert "no cause is ranked" in words(silent)
    assert "Fits best" not in words(silent)
    assert "Unlikely" not in words(silent)
    assert "no cause is ranked" not in words(told)


def test_a_safety_box_without_a_flag_says_for_whom_somebody_should_look() -> None:
    case = open_case(RUNNERS / "special_osteoporosis.toml", KNOWLEDGE)
    answer = assess(case.history, case.on, KNOWLEDGE)

    box = outline(answer, WORDING)[0]
    assert box.id == "safety"
    assert not answer.triage.raised
    assert [item.words for block in box.blocks if isinstance(block, Listing) for item in block.items] == [
        "Thin bones"
    ]
    assert "no warning sign" not in words(answer)
