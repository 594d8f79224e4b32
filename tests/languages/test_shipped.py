"""The languages that are offered: whole where safety hangs on it, and said in every story."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import typer
from tests.reports.printed import words_of

from backstride.app.actions import open_case
from backstride.app.cli import app
from backstride.app.help_words import everything
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.languages.catalog import ENGLISH, LANGUAGES, coverage, translated
from backstride.model.assessment import Assessment, Tier
from backstride.model.text import Catalog
from backstride.reports.renderers import RENDERERS
from backstride.reports.wording import Wording

ALL = everything(typer.main.get_command(app))
OTHERS = [code for code in LANGUAGES if code != ENGLISH]
STORIES = sorted((Path(__file__).parent.parent / "runners").glob("*.toml"))

SAFETY = ("triage.", "red_flags.", "weak_signs.", "populations.", "checkin.", "report.", "body.")
"""What must be in the runner's language before the language is offered at all."""
OWN_TRANSLATION = "instruments.rmdq.item."
"""A questionnaire that others have translated and tested: our words would make it another instrument."""


@cache
def catalog(language: str) -> Catalog:
    return translated(ALL, language)


@cache
def answer(path: Path) -> Assessment:
    case = open_case(path, shipped())
    return assess(case.history, case.on, shipped())


@pytest.mark.parametrize("language", OTHERS)
def test_all_that_safety_hangs_on_is_translated(language: str) -> None:
    missing = coverage(ALL, language).missing
    safety = {
        f"questions.{id}." for id, each in shipped().questions.items() if each.group in ("safety", "daily")
    }

    assert [id for id in missing if id.startswith((*SAFETY, *safety))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_little_else_is_left_in_english(language: str) -> None:
    """A change of English may wait for its translation, but not many may."""
    found = coverage(ALL, language)
    waiting = [id for id in found.missing if not id.startswith(OWN_TRANSLATION)]

    assert len(waiting) <= 0.03 * found.total, waiting[:10]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_every_story_can_be_told_and_a_raised_flag_stands_first(path: Path, language: str) -> None:
    wording = Wording(catalog(language), language=language)
    found = answer(path)
    headline = wording.say(found.triage.headline)

    for renderer in RENDERERS.values():
        words = " ".join(words_of(renderer, found, wording).split())
        assert "Text(" not in words
        if found.triage.tier >= Tier.T2:
            body = words.split("<main>")[-1].lower()
            assert body.find(headline.lower()[:30]) >= 0, renderer.name
            for later in ("changes_title", "causes_title", "plan_title"):
                title = catalog(language)[f"report.{later}"].lower()
                place = body.find(f">{title}<") if renderer.name == "html" else body.find(title)
                assert place == -1 or body.find(headline.lower()[:30]) < place, (renderer.name, later)


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_names_a_diagnosis_as_the_runners(language: str) -> None:
    names = [catalog(language)[f"causes.{id}.name"].lower() for id in shipped().causes]
    have = {"de": "du hast"}[language]

    for id, words in catalog(language).items():
        assert not [name for name in names if f"{have} {name}" in words.lower()], id


@pytest.mark.parametrize("language", OTHERS)
def test_prompts_still_say_the_keys_that_are_taken(language: str) -> None:
    """The program takes ?, w, b and q in every language, and y and n beside the language's own words."""
    words = catalog(language)

    for key in ("yes_words", "no_words"):
        assert words[f"checkin.{key}"].split()[0] in words["checkin.yes_no"].replace(",", "").split()
    assert "?" in words["checkin.yes_no"]
    assert not set(words["checkin.yes_words"].split()) & {*words["checkin.no_words"].split(), "n", "no"}
    assert not set(words["checkin.no_words"].split()) & {"y", "yes"}
    for key in ("?", "w ", "b ", "q "):
        assert key in words["checkin.intro"]
