"""Every paper stands once, with what is known of it, and is used."""

from __future__ import annotations

import re
from collections import Counter

from backstride.knowledge.kinds import KINDS, TABLES
from backstride.knowledge.loader import shipped
from backstride.knowledge.records import SourceRef, each_in

NAMED_IN_CODE = {"foster1998"}
"""Sources of arithmetic: named in the docstring of the function that does it."""


def test_no_paper_stands_twice() -> None:
    sources = shipped().sources.values()
    for what in (
        Counter(source.doi.lower() for source in sources if source.doi is not None),
        Counter(re.sub(r"\W+", "", source.citation.lower())[:60] for source in sources),
    ):
        assert [each for each, count in what.items() if count > 1] == []


def test_a_doi_looks_like_one() -> None:
    for source in shipped().sources.values():
        if source.doi is not None:
            assert re.fullmatch(r"10\.\d{4,9}/\S+", source.doi), source.id


def test_every_source_is_used_by_something() -> None:
    knowledge = shipped()
    rows = (row for kind in (*KINDS, *TABLES) for row in getattr(knowledge, kind).values())
    used = {str(ref) for row in rows for _, ref in each_in(row, "", SourceRef)}

    assert set(knowledge.sources) - used == NAMED_IN_CODE
