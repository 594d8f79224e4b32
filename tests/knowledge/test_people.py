"""Who can help is written down, honestly, and triage sends people to the same doors by the same names."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from backstride.knowledge.loader import load, shipped
from backstride.model.assessment import Tier
from backstride.model.errors import BadKnowledge

KNOWLEDGE = shipped()
EXPECTED = {
    "physiotherapist",
    "gp",
    "sports_physician",
    "emergency",
    "pharmacist",
    "pedorthist",
    "running_coach",
    "shoe_fitter",
    "rheumatologist",
    "dietitian",
    "spine_surgeon",
    "hands_on_therapist",
}
WEAK = ("pedorthist", "running_coach", "shoe_fitter", "hands_on_therapist")
SAME_WORDS = (
    ("t4", "general", "emergency", "your local emergency number (112 in the EU)"),
    ("t4", "general", "emergency", "Do not drive yourself"),
    ("t4", "uk", "emergency", "call 999"),
    ("t4", "uk", "emergency", "A&E"),
    ("t4", "us", "emergency", "call 911"),
    ("t4", "us", "emergency", "the ER"),
    ("t3", "uk", "gp", "NHS 111"),
    ("t3", "uk", "gp", "your GP surgery"),
    ("t3", "us", "gp", "urgent care"),
    ("t3", "general", "gp", "same day|today"),
    ("t2", "uk", "gp", "NHS 111"),
    ("t2", "us", "gp", "primary care doctor"),
    ("t2", "us", "gp", "urgent care"),
    ("t1", "general", "physiotherapist", "physiotherapist"),
    ("t1", "uk", "physiotherapist", "physiotherapist"),
    ("t1", "us", "physiotherapist", "physical therapist"),
    ("t1", "uk", "gp", "GP surgery"),
    ("t1", "us", "gp", "primary care doctor"),
    ("t0", "uk", "pharmacist", "pharmacist"),
    ("t0", "us", "pharmacist", "pharmacist"),
)
"""Tier, place, professional, and what both the triage sentence and the page must say."""


def test_everybody_who_can_help_has_a_page() -> None:
    assert set(KNOWLEDGE.professionals) == EXPECTED


def test_every_tier_has_somebody_to_go_to() -> None:
    for tier in Tier:
        assert [one.id for one in KNOWLEDGE.professionals.values() if tier.name in one.first_for], tier


def test_only_an_emergency_department_is_for_an_emergency() -> None:
    assert [one.id for one in KNOWLEDGE.professionals.values() if "T4" in one.first_for] == ["emergency"]


@pytest.mark.parametrize(("tier", "place", "who", "words"), SAME_WORDS)
def test_where_to_go_and_the_page_name_the_same_door(tier: str, place: str, who: str, words: str) -> None:
    page = KNOWLEDGE.professionals[who]
    assert tier.upper() in page.first_for
    sentence = KNOWLEDGE.sentences[f"triage.where_{tier}_{place}"].lower()
    said = f"{page.where.model_dump()[place]} {page.name}".lower()
    options = [each.lower() for each in words.split("|")]

    assert any(each in sentence for each in options)
    assert any(each in said for each in options)


@pytest.mark.parametrize("who", WEAK)
def test_where_the_evidence_is_weak_the_page_says_so_first(who: str) -> None:
    assert KNOWLEDGE.professionals[who].evidence.startswith("Weak.")


def test_no_page_sells_a_product_or_promises_a_cure() -> None:
    for one in KNOWLEDGE.professionals.values():
        said = f"{one.can_do} {one.evidence} {one.when}".lower()
        assert not [word for word in ("cure", "guarantee", "discount", "our clinic") if word in said], one.id


def copied(tmp_path: Path) -> Path:
    with as_file(files("backstride.knowledge")) as shipped_folder:
        shutil.copytree(shipped_folder, tmp_path / "k", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "k"


GROUP_EDITS = (
    ("asthma", "asked_first = false\n", "", "asthma is no safety question"),
    ("pregnant", 'at_least = "T1"', 'at_least = "T1"\nasked_first = false', "must be known before any plan"),
    (
        "under_18",
        "no_ladder = true",
        "no_ladder = true\nasked_first = false",
        "must be known before any plan",
    ),
    ("over_65", '"superman"', '"supermann"', "nothing in exercises or treatments is called 'supermann'"),
)


@pytest.mark.parametrize(("group", "old", "new", "told"), GROUP_EDITS, ids=[row[0] for row in GROUP_EDITS])
def test_a_group_that_asks_too_much_or_too_little_is_refused(
    tmp_path: Path, group: str, old: str, new: str, told: str
) -> None:
    path = copied(tmp_path) / "populations" / f"{group}.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))

    with pytest.raises(BadKnowledge) as caught:
        load(tmp_path / "k")

    assert any(f"populations/{group}.toml" in fault and told in fault for fault in caught.value.faults)


def test_a_professional_nobody_has_written_is_refused_wherever_it_is_named(tmp_path: Path) -> None:
    copied(tmp_path)
    edits = {
        "populations/pregnant.toml": 'see = ["physiotherapist"]',
        "red_flags/rf_03_bladder.toml": 'see = ["gp"]',
        "ladders/walk_run.toml": 'see = ["gp", "sports_physician"]',
        "phases/after_12_weeks.toml": 'see = ["physiotherapist", "gp"]',
    }
    for name, old in edits.items():
        path = tmp_path / "k" / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, 'see = ["wizard"]'))

    with pytest.raises(BadKnowledge) as caught:
        load(tmp_path / "k")

    told = [fault for fault in caught.value.faults if "'wizard'" in fault]
    assert [name for name in edits if not any(fault.startswith(name) for fault in told)] == []
    assert len(told) == len(edits)
