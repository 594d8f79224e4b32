"""Notes in words: the cases of each language, and words that only look like it."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.made_up import KNOWLEDGE

from backstride.features.onset.pain_words import heard

CASES = [(row.id, case.name, case.expect) for row in KNOWLEDGE.pain_words.values() for case in row.case]


@pytest.mark.parametrize(("language", "note", "expect"), CASES)
def test_a_note_says_what_its_case_says(language: str, note: str, expect: str) -> None:
    assert heard(note, KNOWLEDGE) == expect


def test_there_are_twelve_languages_each_with_pain_and_its_negation() -> None:
    assert len(KNOWLEDGE.pain_words) >= 12
    for row in KNOWLEDGE.pain_words.values():
        assert {case.expect for case in row.case} == {"pain", "no pain", "nothing"}, row.id


@pytest.mark.parametrize(
    "note",
    [
        None,
        "",
        "🏃‍♂️🏃‍♂️",
        "Morning Run",
        "Back on track",
        "Back squats and sore quads",
        "Wind at my back, hurt so good",
        "Heading back, calf tight",
        "Terug naar huis, pijn in de knie",
        "Retour de blessure",
        "Volta às trilhas, joelho com dor",
        "Dos vueltas al parque, dolor de gemelos",
        "Ryggsäck och vandring",
        "Zurück aus dem Urlaub",
        "Came back strong after the knee injury",
    ],
)
def test_words_that_only_look_like_it_say_nothing(note: str | None) -> None:
    assert heard(note, KNOWLEDGE) != "pain"


@pytest.mark.parametrize("row", KNOWLEDGE.pain_words.values(), ids=lambda row: row.id)
def test_accents_and_capitals_do_not_matter(row) -> None:  # type: ignore[no-untyped-def]
    for case in row.case:
        assert heard(case.name.upper(), KNOWLEDGE) == case.expect


@given(st.text(max_size=60))
def test_any_text_can_be_heard(note: str) -> None:
    assert heard(note, KNOWLEDGE) in ("pain", "no pain", "nothing")


def test_nothing_of_a_note_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        heard("Lower back hurt after 5k", KNOWLEDGE)

    assert caplog.records == []
