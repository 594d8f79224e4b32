"""Plain words looked for in all of the knowledge: what they stand in the name of comes first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from backstride.app.knowledge_page import Entry, entries
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.records import Plain, translation
from backstride.model.text import Catalog

NAMES = ("name", "ask", "says", "citation", "cited", "meaning", "short", "why")
"""What an entry is called by: the first of these fields that it has."""
FIRST = ("causes", "exercises", "treatments", "claims", "red_flags", "contributors", "professionals")
FIRST_KINDS = (*FIRST, "physical_tests", "instruments", "sources")
"""Kinds that a runner looks for, in this order; the others stand behind them."""
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One entry, as a list shows it."""

    entry: Entry
    title: str
    words: str
    """All that stands in it, as one text to search."""


def title_of(row: BaseModel, id: str) -> str:
    """What an entry is called."""
    for field in NAMES:
        if value := getattr(row, field, None):
            return str(value)
    return id.replace("_", " ").capitalize()


def everything(knowledge: Knowledge, catalog: Catalog, language: str) -> tuple[Found, ...]:
    """Every entry in one language; kept, since it is asked for at every letter typed."""
    return _everything(_Key(knowledge, catalog, language))


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    knowledge: Knowledge
    catalog: Catalog
    language: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._names() == other._names()

    def __hash__(self) -> int:
        return hash(self._names())

    def _names(self) -> tuple[str, str]:
        return self.knowledge.version, self.language


@lru_cache(maxsize=4)
def _everything(key: _Key) -> tuple[Found, ...]:
    made = []
    for entry in entries(key.knowledge):
        row = translation(entry.row, f"{entry.kind}.{entry.id}", key.catalog)
        title = title_of(row, entry.id)
        body = " ".join((entry.id, title, *_words_in(row)))
        made.append(Found(entry, title, _plain(body)))
    return tuple(sorted(made, key=lambda each: _place(each.entry.kind)))


def _place(kind: str) -> int:
    return FIRST_KINDS.index(kind) if kind in FIRST_KINDS else len(FIRST_KINDS)


def _words_in(value: object) -> list[str]:
    """Every sentence for people, and what sources are called; no rule and no id."""
    match value:
        case Plain():
            return [str(value)]
        case BaseModel():
            own = [
                str(getattr(value, name)) for name in ("citation", "studied", "cited") if hasattr(value, name)
            ]
            names = (name for name in type(value).model_fields if name != "case")
            return own + [word for name in names for word in _words_in(getattr(value, name))]
        case Mapping():
            return [word for part in value.values() for word in _words_in(part)]
        case str():
            return []
        case Sequence():
            return [word for part in value for word in _words_in(part)]
    return []


def _plain(words: str) -> str:
    """Small letters without accents, so that nobody must type as we do."""
    parts = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def search(every: Sequence[Found], query: str) -> tuple[Found, ...]:
    """Entries in which each word of the query stands or begins a word, best first; of an empty one, none.

    First those whose title begins with it, then those with all words in the title, then the others.
    """
    wanted = _plain(query[:LONGEST_QUERY]).split()
    if not wanted:
        return ()
    begins = [re.compile(rf"(?<!\w){re.escape(each)}") for each in wanted]
    ranked = []
    for at, each in enumerate(every):
        if not all(begin.search(each.words) for begin in begins):
            continue
        title = _plain(each.title)
        in_title = all(begin.search(title) for begin in begins)
        is_id = each.entry.id.casefold() == "_".join(wanted) or each.entry.id.casefold() == query.casefold()
        rank = 0 if is_id else 1 if title.startswith(" ".join(wanted)) else 2 if in_title else 3
        ranked.append((rank, at, each))
    return tuple(each for _, _, each in sorted(ranked, key=lambda row: row[:2]))
