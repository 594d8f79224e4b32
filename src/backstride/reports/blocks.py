"""What a report is made of: sections of paragraphs, lists, cards and pictures, and the sources they cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from backstride.model.assessment import SourceNote
from backstride.model.course import Course
from backstride.model.drawing import Drawing
from backstride.model.findings import Strip
from backstride.model.text import Text
from backstride.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: words, what lies behind them, and the sources."""

    words: str
    sources: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    """Shown when somebody asks for the detail."""
    lines: tuple[str, ...] = ()
    """Always shown below it."""
    drawing: Drawing | None = None
    """Shown with the detail, where pictures can be shown."""
    drawn: str = ""
    """What the drawing shows, for those who do not see it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    words: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Items under an optional heading."""

    items: tuple[Item, ...]
    heading: str | None = None
    ordered: bool = False
    folded: bool = False
    """Not first reading: shown when asked for."""


@dataclass(frozen=True, slots=True)
class Card:
    """One object: a cause, with what speaks for and against it."""

    title: str
    badge: str
    words: str
    lists: tuple[Listing, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The strip: days, pain and onset on one axis, with the sentence that says what to see."""

    strip: Strip
    words: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """The course of the pain, with the sentence that says what to see, and the same as a table."""

    course: Course
    words: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...] = ()


Block: TypeAlias = Paragraph | Listing | Card | Picture | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    tone: Literal["plain", "alarm", "soon", "ask", "small"] = "plain"


OWN = "own_rule"
"""The source of what is our own judgement: marked, but not numbered."""


def studied_in(source: SourceNote) -> Text:
    """Of what kind a source is, who was studied, and how many where that is known."""
    if source.n is None:
        return Text("report.studied", {"design": source.design, "who": source.studied})
    return Text("report.studied_n", {"design": source.design, "who": source.studied, "n": f"{source.n:,}"})


def in_full(source: SourceNote, wording: Wording) -> str:
    """A source as one line: what it is, its DOI, who was studied, and how far it was checked."""
    doi = f" doi {source.doi}." if source.doi else ""
    studied, checked = wording.say(studied_in(source)), wording.say(Text(f"report.checked_{source.checked}"))
    return f"{source.citation}.{doi} {studied} ({checked})".replace("..", ".")


def cited(sections: tuple[Section, ...]) -> dict[str, int]:
    """A number for every published source, in the order in which a reader meets them."""
    numbers: dict[str, int] = {}
    for section in sections:
        for block in section.blocks:
            for id in _cited_in(block):
                if id != OWN:
                    numbers.setdefault(id, len(numbers) + 1)
    return numbers


def cites_own(sections: tuple[Section, ...]) -> bool:
    """True where anything rests on our own judgement."""
    return any(OWN in _cited_in(block) for section in sections for block in section.blocks)


def _cited_in(block: Block) -> Iterator[str]:
    if isinstance(block, Card | Picture | Chart):
        yield from block.sources
    for listing in block.lists if isinstance(block, Card) else (block,):
        if isinstance(listing, Listing):
            for item in listing.items:
                yield from item.sources
