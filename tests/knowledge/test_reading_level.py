"""What people read is plain: about what a child of 12 reads with ease, in short sentences, without blame."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

import pyphen
import pytest

from backstride.knowledge.loader import shipped

MOST = 6.5
"""Flesch-Kincaid grade of what a kind of page says on average; an American grade 6 or 7 is about age 12."""
MOST_OF_ONE = 13.0
"""Grade of one single text, since names of medicines and illnesses are long and cannot be left out."""
LONGEST_SENTENCE = 36
"""Words; a list of things somebody may have noticed is the longest there is."""
LEAST_WORDS = 8
"""Shorter texts are labels and parts of lists: a grade says nothing about them."""

NOT_FOR_RUNNERS = ("page", "facts")
"""Headings and meanings for those who read the knowledge itself."""

_HYPHENS = pyphen.Pyphen(lang="en_US")


def syllables(word: str) -> int:
    """At least as many as there are: the higher of two counts, by hyphens and by groups of vowels."""
    word = word.lower()
    vowels = len(re.findall(r"[aeiouy]+", word))
    silent = (word.endswith("e") and not word.endswith("le")) or bool(re.search(r"[^dt]ed$", word))
    return max(1, len(_HYPHENS.positions(word)) + 1, vowels - (silent and vowels > 1))


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; a value to be filled in counts as one word."""
    parts = re.split(r"(?<=[.!?:;])\s+", re.sub(r"\{[a-z_0-9]+\}", "value", text))
    words = (re.findall(r"[A-Za-z][A-Za-z'’-]*", part) for part in parts)
    return [found for found in words if found]


def grade(texts: list[str]) -> float:
    """Flesch-Kincaid grade of several texts taken together.

    Source: Kincaid and others 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59.
    """
    every = [sentence for text in texts for sentence in sentences(text)]
    words = [word for sentence in every for word in sentence]
    return 0.39 * len(words) / len(every) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def read_by_people() -> dict[str, str]:
    return {
        id: words
        for id, words in shipped().sentences.items()
        if id.split(".")[0] not in NOT_FOR_RUNNERS
        and sum(len(part) for part in sentences(words)) >= LEAST_WORDS
    }


def by_kind() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for id, words in read_by_people().items():
        found[id.split(".")[0]].append(words)
    return found


def test_the_measure_tells_plain_from_hard() -> None:
    plain = "The back is sore. Walk a little each day. It mostly settles."
    hard = "Mechanosensitive lumbosacral symptomatology necessitates multidisciplinary rehabilitation."

    assert grade([plain]) < 3
    assert grade([hard]) > 20


@pytest.mark.parametrize("kind", sorted(by_kind()))
def test_every_kind_of_page_reads_easily(kind: str) -> None:
    assert grade(by_kind()[kind]) <= MOST, f"{kind}: grade {grade(by_kind()[kind]):.1f}"


def test_no_single_text_is_hard() -> None:
    hard = {id: round(grade([words]), 1) for id, words in read_by_people().items()}

    assert {id: found for id, found in hard.items() if found > MOST_OF_ONE} == {}


def test_no_sentence_is_too_long() -> None:
    longest = {id: max(len(part) for part in sentences(words)) for id, words in read_by_people().items()}

    assert {id: words for id, words in longest.items() if words > LONGEST_SENTENCE} == {}


BLAME = r"you should have|your fault|you failed|you neglected|lazy|careless|bad posture|too fat"
FEAR = r"crippl\w*|terrif\w*|deadly|horribl\w*|catastroph\w*|time bomb|crumbl\w*"
SELLING = r"best price|buy now|book (a|your) (visit|appointment) with us|discount"


@pytest.mark.parametrize("tone", [BLAME, FEAR, SELLING], ids=["blame", "fear", "selling"])
def test_nothing_blames_frightens_or_sells(tone: str) -> None:
    said = re.compile(rf"\b({tone})\b", re.IGNORECASE)

    assert [id for id, words in shipped().sentences.items() if said.search(words)] == []
