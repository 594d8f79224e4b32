"""A catalog in another language: from the gettext file of that language, sentence by sentence.

A translation counts only while the English it was made from stands unchanged: health advice that was changed
in English is said in English until somebody has translated it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from backstride.model.errors import BadFile
from backstride.model.said import pattern_id, said
from backstride.model.text import Catalog

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog as Messages

ENGLISH = "en"
LANGUAGES: dict[str, str] = {"en": "English", "de": "Deutsch"}
"""Code -> what its speakers call it.  Each but English has a file CODE.po beside this one."""

_VALUE = re.compile(r"\{[a-z_0-9]+\}")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the English catalog a language has."""

    done: int
    total: int
    missing: tuple[str, ...]
    """Ids of sentences without a translation in force."""

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.done / self.total if self.total else 1.0


def translated(english: Catalog, language: str) -> Catalog:
    """The catalog in that language; a sentence without a translation in force stays English.

    Raises: KeyError for a language that is not in `LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return english if language == ENGLISH else {**english, **_in_force(english, language)}


def coverage(english: Catalog, language: str) -> Coverage:
    """How much of it is translated."""
    done = english.keys() if language == ENGLISH else _in_force(english, language).keys() & english.keys()
    return Coverage(len(done), len(english), tuple(sorted(english.keys() - done)))


def values_in(words: str) -> list[str]:
    """The values a sentence names, each as often as it does."""
    return sorted(_VALUE.findall(words))


def _in_force(english: Catalog, language: str) -> dict[str, str]:
    """Translations whose English is still what it was, and that name the same values."""
    return {
        id: words
        for id, original, words in _translations(language)
        if _stands(english, id, original) and values_in(original) == values_in(words)
    }


def _stands(english: Catalog, id: str, original: str) -> bool:
    """True while the English is what it was; the id of a sentence in the code says so by itself."""
    return id == pattern_id(original) or english.get(id) == original


@cache
def _translations(language: str) -> tuple[tuple[str, str, str], ...]:
    """Id, English and translation of every message that is finished."""
    data = (files("backstride.languages") / f"{language}.po").read_bytes()
    return tuple(_finished(parse(data, f"{language}.po")))


def _finished(messages: Messages) -> Iterator[tuple[str, str, str]]:
    for message in messages:
        if message.context and message.string and not message.fuzzy:
            yield str(message.context), str(message.id), str(message.string)


def parse(data: bytes, name: str) -> Messages:
    """A gettext file.

    Raises: BadFile where it is none.
    """
    from babel.messages.pofile import PoFileError, read_po  # only for other languages: English starts faster

    try:
        return read_po(BytesIO(data), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise BadFile(
            name, said("reading it"), said("{error}; right would be a gettext .po file", error=error)
        ) from None


def template(english: Catalog) -> bytes:
    """A gettext template (.pot): every sentence with its id as context, sorted by id."""
    return written(_of(english))


def updated(data: bytes, name: str, english: Catalog) -> bytes:
    """The file brought up to date: new sentences empty, changed ones marked fuzzy, gone ones dropped."""
    old = {str(each.context): each for each in parse(data, name) if each.context}
    fresh = _of(english)
    for message in fresh:
        before = old.get(str(message.context)) if message.context else None
        if before is not None and before.string:
            message.string = before.string
            if before.fuzzy or before.id != message.id:
                message.flags.add("fuzzy")
    return written(fresh)


def _of(english: Catalog) -> Messages:
    from babel.messages.catalog import Catalog as Messages

    messages = Messages(project="backstride", charset="utf-8", fuzzy=False)
    for id in sorted(english):
        messages.add(english[id], context=id)
    return messages


def written(messages: Messages) -> bytes:
    """The gettext file, the same for the same messages: without dates or line numbers."""
    from babel.messages.pofile import write_po

    out = BytesIO()
    write_po(out, messages, width=0, omit_header=True, sort_output=False, no_location=True)
    head = 'msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + out.getvalue()
