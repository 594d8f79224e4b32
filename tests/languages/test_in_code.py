"""Sentences that stand in the code are found for translators, and said in another language whole."""

from __future__ import annotations

import pickle
from datetime import UTC
from pathlib import Path

import pytest

from backstride.app.commands.common import spoken, wording
from backstride.formats.not_read import KNOWN_BUT_NOT_READ
from backstride.formats.readers import READERS, read
from backstride.languages.catalog import LANGUAGES
from backstride.languages.in_code import patterns_in, sentences_in_code
from backstride.model.errors import BadFile, BadInput
from backstride.model.said import Said, listed, pattern_id, plainly, said
from backstride.store.records import said_from_json, said_to_json


def test_a_sentence_reads_as_its_english_words() -> None:
    told = said("{path}: {count} bytes too many", path="run.fit", count=4213)

    assert told == "run.fit: 4,213 bytes too many"
    assert isinstance(told, str)


def test_a_pattern_that_is_no_literal_is_refused_by_name_and_line(tmp_path: Path) -> None:
    code = tmp_path / "made_up.py"
    code.write_text('said("this is well")\nsaid(f"this is {not_well}")\n')

    with pytest.raises(TypeError, match=r"made_up\.py: line 2"):
        list(patterns_in(code))


def test_what_every_reader_and_refusal_says_is_among_the_sentences() -> None:
    found = sentences_in_code()
    every = [*(reader.about for reader in READERS), *KNOWN_BUT_NOT_READ.values()]

    assert len(found) > 200
    assert all(pattern_id(each.pattern) in found for each in every)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_sentence_within_a_sentence_is_said_in_the_same_language(language: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(b"<html><body>Sign in</body></html>", "run.fit", UTC)
    token = spoken.set(language)
    try:
        told = wording("km").told(caught.value.faults[0])
    finally:
        spoken.reset(token)

    assert told != str(caught.value)
    assert "run.fit" in told
    assert not [word for word in ("this", "page", "download", "though") if f" {word} " in told]


def test_a_sentence_comes_back_from_the_store_and_from_another_process() -> None:
    told = said("{what}: {parts}", what=said("at {at}", at=12), parts=listed(["a", "b"]))
    stored = said_from_json(said_to_json((told,)))[0]
    sent = pickle.loads(pickle.dumps(told))

    for each in (stored, sent):
        assert (told, told.pattern) == (each, each.pattern)
        assert isinstance(each.values["what"], Said)
        assert each.values["what"].values == {"at": 12}


def test_what_an_older_version_stored_as_plain_words_is_read_as_they_are() -> None:
    assert said_from_json('["the old words"]') == ("the old words",)
    assert said_from_json("at byte 12: not known") == ("at byte 12: not known",)


def test_an_error_crosses_from_one_process_to_another_with_its_parts() -> None:
    error = BadFile("run.fit", said("byte {at}", at=0), plainly("empty"))
    sent = pickle.loads(pickle.dumps(error))

    assert (str(error), error.where, error.why) == (str(sent), sent.where, sent.why)
    assert str(BadInput((plainly("a"), plainly("b")))) == "a\nb"
