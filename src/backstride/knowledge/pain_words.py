"""How one language says that the back hurts."""

from __future__ import annotations

import unicodedata
from typing import Literal, Self

from pydantic import Field, model_validator

from backstride.knowledge.records import Sourced, Strict, Words


class PainWordsCase(Strict):
    """What a note says of the back; runs as a test."""

    name: Words
    """The note, as a runner would write it."""
    expect: Literal["pain", "no pain", "nothing"]


class PainWords(Sourced):
    """The words of one language, written small and without accents; a star stands for any ending."""

    id: str
    back: tuple[Words, ...] = Field(min_length=1)
    """Words for the back."""
    pain: tuple[Words, ...] = Field(min_length=1)
    """Words for pain; near one for the back they tell of back pain."""
    both: tuple[Words, ...] = ()
    """One word, or several in a row, that tell of back pain by themselves."""
    negation: tuple[Words, ...] = Field(min_length=1)
    """Words that turn it round when they stand before or between."""
    gone: tuple[Words, ...] = ()
    """Words that turn it round when they stand after."""
    elsewhere: tuple[Words, ...] = ()
    """Other parts of the body: the nearer part is the one that hurts."""
    joins: tuple[Words, ...] = ()
    """Words between two parts that hurt alike."""
    beside: tuple[Words, ...] = ()
    """Small words that may stand between two such parts: "knee and my back"."""
    turns: tuple[Words, ...] = ()
    """Words that begin another clause, as "but"."""
    not_after: tuple[Words, ...] = ()
    """A word for the back that comes after one of these means something else: "came back"."""
    not_before: tuple[Words, ...] = ()
    """A word for the back that comes before one of these means something else: "back to"."""
    case: tuple[PainWordsCase, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _as_compared(self) -> Self:
        lists = (
            self.back,
            self.pain,
            self.both,
            self.negation,
            self.gone,
            self.elsewhere,
            self.joins,
            self.beside,
            self.turns,
            self.not_after,
            self.not_before,
        )
        wrong = [word for words in lists for word in words if word != plain_letters(word)]
        if wrong:
            raise ValueError(
                f"write words small and without accents: {wrong[0]!r} as {plain_letters(wrong[0])!r}"
            )
        if {each.expect for each in self.case} != {"pain", "no pain", "nothing"}:
            raise ValueError("needs a case of pain, one of no pain and one of nothing")
        return self


_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "đ": "d", "ı": "i", "’": "'"})


def plain_letters(text: str) -> str:
    """A text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)
