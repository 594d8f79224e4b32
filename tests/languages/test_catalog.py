"""Other languages: what is translated is said so, what is missing or out of date is said in English."""

from __future__ import annotations

import pytest
import typer

from backstride.app.cli import app
from backstride.app.help_words import everything
from backstride.languages import catalog
from backstride.languages.catalog import LANGUAGES, coverage, parse, template, translated, updated, values_in
from backstride.model.errors import BadFile

ENGLISH = {"a.hello": "Hello {name}", "a.bye": "Goodbye", "b.other": "Goodbye"}


def po(*rows: tuple[str, str, str, bool]) -> bytes:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return (
        head
        + "\n".join(
            ("#, fuzzy\n" if fuzzy else "") + f'msgctxt "{id}"\nmsgid "{original}"\nmsgstr "{words}"\n'
            for id, original, words, fuzzy in rows
        )
    ).encode()


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        ("a.hello", "Hello {name}", "Hallo {name}"),
        ("a.bye", "Goodbye, all", "Tschüss"),
        ("b.other", "Goodbye", "Leb wohl {name}"),
    )
    monkeypatch.setattr(catalog, "_translations", lambda language: rows)


def test_a_translation_counts_only_while_its_english_stands_and_it_names_the_same_values(
    german: None,
) -> None:
    assert translated(ENGLISH, "de") == {"a.hello": "Hallo {name}", "a.bye": "Goodbye", "b.other": "Goodbye"}
    assert coverage(ENGLISH, "de").missing == ("a.bye", "b.other")


def test_english_is_english() -> None:
    assert translated(ENGLISH, "en") == ENGLISH
    assert coverage(ENGLISH, "en").share == 1


def test_a_language_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        translated(ENGLISH, "xx")


def test_a_template_holds_every_sentence_once_and_reads_back() -> None:
    found = {str(each.context): str(each.id) for each in parse(template(ENGLISH), "a.pot") if each.context}

    assert found == ENGLISH


def test_an_update_keeps_what_stands_marks_what_changed_and_drops_what_is_gone() -> None:
    old = po(
        ("a.hello", "Hello {name}", "Hallo {name}", False),
        ("a.bye", "Goodbye, all", "Tschüss", False),
        ("gone", "Gone", "Weg", False),
    )
    found = {
        str(each.context): each for each in parse(updated(old, "de.po", ENGLISH), "de.po") if each.context
    }

    assert set(found) == set(ENGLISH)
    assert (found["a.hello"].string, found["a.hello"].fuzzy) == ("Hallo {name}", False)
    assert (found["a.bye"].string, found["a.bye"].fuzzy) == ("Tschüss", True)
    assert found["b.other"].string == ""


def test_what_is_no_gettext_file_is_told() -> None:
    with pytest.raises(BadFile, match="gettext"):
        parse(b"<html>not a catalog</html>", "de.po")


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_shipped_translation_is_in_force(language: str) -> None:
    """Nothing in the file is out of date, and every value an English sentence names is named."""
    english = everything(typer.main.get_command(app))
    in_file = catalog._translations(language)
    stale = [id for id, original, words in in_file if english.get(id) != original]
    wrong = [id for id, original, words in in_file if values_in(original) != values_in(words)]

    assert stale == []
    assert wrong == []
    assert len({id for id, *_ in in_file}) == len(in_file)
