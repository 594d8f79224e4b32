"""Every statement of the five articles has its place, its verdict, its sources and its use."""

from __future__ import annotations

import shutil
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from backstride.knowledge.loader import load, shipped
from backstride.model.errors import BadKnowledge

SERIES = {"A": 7, "C": 30, "Y": 10, "T": 26, "P": 16, "E": 8, "K": 5, "W": 9, "A8": 9}
"""Statements in each list of the audit: mechanisms, causes, symptoms, treatments, prevention, exercises,
courses, warnings, and the professionals and services that the articles name."""

NAMED_BY_NO_ARTICLE = {
    "contributors": {"downhill", "past_back_pain"},
    "treatments": {
        "back_belt",
        "deep_water_running",
        "police",
        "shoe_lift",
        "tens",
        "traction",
        "walking_programme",
    },
    "professionals": {"dietitian"},
}
"""What is here for the evidence or for safety alone."""


BEYOND_THE_ARTICLES = {"low_energy", "no_warm_up"}
"""Supported by evidence that the articles do not speak of: they name stretching, and no lack of food."""


def test_every_statement_of_the_articles_has_a_claim_and_there_are_no_others() -> None:
    wanted = {f"{series}-{number:02}" for series, count in SERIES.items() for number in range(1, count + 1)}

    assert wanted == set(shipped().claims)


def test_each_claim_says_why_in_a_few_short_sentences() -> None:
    for claim in shipped().claims.values():
        sentences = [part for part in claim.why.replace("? ", ". ").split(". ") if part]
        assert 1 <= len(sentences) <= 5, claim.id
        assert len(claim.why.split()) <= 75, claim.id
        assert claim.says != claim.why


@pytest.mark.parametrize("kind", ["contributors", "treatments", "exercises", "professionals"])
def test_whatever_realises_a_statement_is_named_by_its_claim(kind: str) -> None:
    knowledge = shipped()
    used = {place for claim in knowledge.claims.values() for place in claim.used_by}
    unnamed = {id for id in getattr(knowledge, kind) if f"{kind}/{id}" not in used}

    assert NAMED_BY_NO_ARTICLE.get(kind, set()) >= unnamed


def test_no_record_promises_more_than_the_claims_it_answers() -> None:
    """A contributor is called supported only where one of its claims is."""
    knowledge = shipped()
    for contributor in knowledge.contributors.values():
        verdicts = {
            claim.verdict
            for claim in knowledge.claims.values()
            if f"contributors/{contributor.id}" in claim.used_by
        }
        if verdicts and contributor.verdict == "supported":
            assert "supported" in verdicts or contributor.id in BEYOND_THE_ARTICLES, contributor.id


def test_what_is_contradicted_or_unsafe_is_never_planned_as_the_article_says() -> None:
    knowledge = shipped()
    for treatment in knowledge.treatments.values():
        verdicts = {
            claim.verdict
            for claim in knowledge.claims.values()
            if claim.used_by[:1] == (f"treatments/{treatment.id}",)
        }
        if verdicts and verdicts <= {"contradicted"}:
            assert treatment.verdict in ("contradicted", "weak", "unsafe"), treatment.id


def test_the_references_come_out_as_they_were_audited() -> None:
    references = shipped().references
    listed = Counter(each.match for each in references.values() if each.listed)
    spoken_of = Counter(each.match for each in references.values() if not each.listed)

    assert set(references) == {f"R-{number:02}" for number in range(1, 30)}
    assert listed == {
        "supports": 1,
        "partly": 5,
        "overstated": 1,
        "misdated": 1,
        "contradicts": 2,
        "duplicate": 1,
        "irrelevant": 11,
    }
    assert spoken_of == {"not found": 2, "not checked": 5}


def test_a_study_that_a_claim_misses_is_said_to_be_missing() -> None:
    """The claims that rest on a study nobody can find say so, so that nobody looks for it in vain."""
    knowledge = shipped()
    for id in ("C-06", "C-15", "C-26", "P-10"):
        assert "study that the article speaks of" in knowledge.claims[id].why, id
    assert "names none" in knowledge.claims["C-14"].why


def test_severity_alone_and_a_medicine_without_a_check_are_called_unsafe() -> None:
    """Where an article could do harm as it is written, the verdict says so."""
    claims = shipped().claims
    for id in ("Y-10", "T-05", "W-03", "W-04", "W-05", "W-06", "E-01", "E-03", "E-06"):
        assert claims[id].verdict == "unsafe", id


EDITS = (
    ('used_by = ["treatments/ice"', 'used_by = ["treatments/icicle"', "did you mean ice?"),
    ('used_by = ["treatments/ice"', 'used_by = ["ice"', "must be kind/id, such as treatments/heat"),
    ('sources = ["french2006"]', "sources = []", "sources: Tuple should have at least 1 item"),
    (
        'used_by = ["treatments/ice", ',
        'not_used = "no reason"\nused_by = ["treatments/ice", ',
        "and not both",
    ),
    ('articles = ["S1", "S2"]', 'articles = ["S9"]', "'S0', 'S1'"),
)


@pytest.mark.parametrize(("old", "new", "told"), EDITS, ids=[row[2] for row in EDITS])
def test_a_claim_that_dangles_or_stands_alone_is_refused(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    folder = tmp_path / "knowledge"
    with as_file(files("backstride.knowledge")) as here:
        shutil.copytree(here, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = folder / "claims" / "treatments.toml"
    before, after = path.read_text().split("[T-02]")
    assert old in after
    path.write_text(f"{before}[T-02]{after.replace(old, new, 1)}")

    with pytest.raises(BadKnowledge) as caught:
        load(folder)

    assert any("[T-02]" in fault and told in fault for fault in caught.value.faults), caught.value.faults
