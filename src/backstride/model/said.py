"""Sentences that stand in the code in English, and can be said in any language.

    raise BadInput((said("{path}: no such file or folder", path=name),))

What the program answers with, advice above all, are sentences by id in the knowledge.  This is for what goes
wrong and for what a file turned out to be: there the words are best read where they are said.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Self, TypeAlias

SaidValue: TypeAlias = "str | int"
"""A Said among them is said in the same language; a whole number is grouped as the language does it."""


class Said(str):
    """The English sentence, with the pattern and the values it was made of."""

    pattern: str
    """With {name} for each value."""
    values: Mapping[str, SaidValue]

    def __new__(cls, pattern: str, values: Mapping[str, SaidValue]) -> Self:
        """The pattern filled in.  Raises: KeyError where it names a value that is not there."""
        made = super().__new__(cls, filled(pattern, values))
        made.pattern, made.values = pattern, values
        return made

    def __getnewargs__(self) -> tuple[str, Mapping[str, SaidValue]]:  # type: ignore[override]  # to pickle
        return self.pattern, self.values


def said(pattern: str, **values: object) -> Said:
    """A sentence in English.  The pattern stands here as one literal, so that translators are shown it."""
    plain = {name: each if isinstance(each, str | int) else str(each) for name, each in values.items()}
    return Said(pattern, plain)


def pattern(words: str) -> str:
    """A pattern that is filled in elsewhere, by `Said`; translators are shown it too."""
    return words


def plainly(words: str) -> Said:
    """Words that are the same in every language: a name, or what another program said."""
    return Said("{words}", {"words": words})


def listed(parts: Sequence[str]) -> Said:
    """Names, or sentences, with commas between them."""
    pattern = ", ".join(f"{{{place}}}" for place in map("part{}".format, range(len(parts))))
    return Said(pattern, {f"part{place}": part for place, part in enumerate(parts)})


def filled(pattern: str, values: Mapping[str, SaidValue]) -> str:
    """The pattern with its values in English."""
    shown = {name: f"{each:,}" if isinstance(each, int) else each for name, each in values.items()}
    return pattern.format_map(shown)


def pattern_id(pattern: str) -> str:
    """Its id in a catalog.  It changes with the words: a translation of other words never counts."""
    return f"said.{hashlib.sha256(pattern.encode()).hexdigest()[:10]}"
