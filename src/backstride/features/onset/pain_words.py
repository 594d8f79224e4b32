"""Whether a note says that the back hurts, in any of the languages in `pain_words.toml`.

Notes are read here and nowhere kept: what comes out is the day, never the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.pain_words import PainWords, plain_letters

Heard = Literal["pain", "no pain", "nothing"]

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_CLAUSES = re.compile(r"[.,;:!?\n()/|]+")


class _Reach(NamedTuple):
    """How far one word speaks for another."""

    near: int
    """How many words may lie between the back and the pain."""
    turned: int
    """How many words before or after turn it round."""


def heard(note: str | None, knowledge: Knowledge) -> Heard:
    """Pain where any clause in any language says so; "no pain" where one says there was none.

    A note that is not understood says nothing.
    """
    if not note:
        return "nothing"
    reach = _Reach(int(knowledge.number("words_near")), int(knowledge.number("words_turned")))
    found = {
        _in_clause(clause, row, reach)
        for row in knowledge.pain_words.values()
        for part in _CLAUSES.split(plain_letters(note))
        for clause in _turned(_WORD.findall(part), row)
    }
    return "pain" if "pain" in found else ("no pain" if "no pain" in found else "nothing")


def _turned(words: Sequence[str], row: PainWords) -> Iterator[Sequence[str]]:
    """The words cut where another clause begins: "but"."""
    first = 0
    for at, word in enumerate(words):
        if word in row.turns:
            yield words[first:at]
            first = at + 1
    yield words[first:]


def _in_clause(words: Sequence[str], row: PainWords, reach: _Reach) -> Heard:
    told = [*_said_in_one(words, row), *_said_in_two(words, row, reach.near)]
    if not told:
        return "nothing"
    standing = any(not _turned_round(words, first, last, row, reach.turned) for first, last in told)
    return "pain" if standing else "no pain"


def _said_in_one(words: Sequence[str], row: PainWords) -> Iterator[tuple[int, int]]:
    """Where a word, or several in a row, tell of back pain by themselves."""
    for phrase in row.both:
        parts = phrase.split()
        for at in range(len(words) - len(parts) + 1):
            if all(_is(word, (part,)) for word, part in zip(words[at:], parts, strict=False)):
                yield at, at + len(parts) - 1


def _said_in_two(words: Sequence[str], row: PainWords, near: int) -> Iterator[tuple[int, int]]:
    """Where a word for the back and one for pain lie near each other, and no other part lies nearer."""
    backs = [at for at, word in enumerate(words) if _is(word, row.back) and _means_back(words, at, row)]
    parts = [at for at, word in enumerate(words) if _is(word, row.elsewhere)]
    for pain in (at for at, word in enumerate(words) if _is(word, row.pain)):
        for back in backs:
            away = abs(pain - back)
            rivals = [at for at in parts if abs(at - pain) < away and not _joined(words, at, back, row)]
            if 0 < away <= near + 1 and not rivals:
                yield min(pain, back), max(pain, back)


def _means_back(words: Sequence[str], at: int, row: PainWords) -> bool:
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    return not (_is(before, row.not_after) and not _beside_part(words, at, row)) and not _is(
        after, row.not_before
    )


def _beside_part(words: Sequence[str], at: int, row: PainWords) -> bool:
    """Whether the back is named beside another part or a pain: "knee and back", "sore and stiff back"."""
    return at >= 2 and _is(words[at - 1], row.joins) and _is(words[at - 2], (*row.elsewhere, *row.pain))


def _joined(words: Sequence[str], one: int, other: int, row: PainWords) -> bool:
    """Whether nothing but "and" lies between two parts."""
    first, last = sorted((one, other))
    return all(_is(word, (*row.joins, *row.beside)) for word in words[first + 1 : last])


def _turned_round(words: Sequence[str], first: int, last: int, row: PainWords, reach: int) -> bool:
    before_or_between = words[max(0, first - reach) : last + 1]
    after = words[last + 1 : last + 1 + reach]
    return any(_is(word, row.negation) for word in before_or_between) or any(
        _is(word, row.gone) for word in after
    )


def _is(word: str, patterns: Iterable[str]) -> bool:
    return any(
        word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern for pattern in patterns
    )
