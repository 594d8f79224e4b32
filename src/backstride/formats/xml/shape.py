"""Which elements of an XML format are told to whom, and what became of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from backstride.model.said import Said, said


class Sink(Protocol):
    """What takes the elements of one file."""

    def opened(self, element: str) -> None:
        """An element of the shape begins."""

    def closed(self, element: str, values: dict[str, str]) -> None:
        """An element of the shape ends: its attributes, and the text of the other elements in it."""


SinkType = TypeVar("SinkType", bound=Sink)


@dataclass(frozen=True)
class Shape:
    """Which elements of a format are told, and where to go on after damage."""

    root: str
    """In lower case, as all names here."""
    elements: frozenset[str]
    """The root too."""
    resume_at: Mapping[str, tuple[str, ...]]
    """Elements to go on with after damage, each with the elements it stands in, outermost first."""
    points: frozenset[str]
    """Elements by the thousand, in which no other of the shape stands; half of one is worth nothing."""

    @cached_property
    def resume_tag(self) -> re.Pattern[bytes]:
        """Finds the next element to go on with."""
        names = b"|".join(name.encode() for name in self.resume_at)
        return re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?(" + names + rb")(?=[\s/>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Damage:
    """One place that is no XML."""

    line: int
    why: Said
    cut_short: bool


@dataclass(frozen=True, slots=True)
class Parsed(Generic[SinkType]):
    """The sink with all that could be read, and what was wrong."""

    sink: SinkType
    damages: tuple[Damage, ...]
    repairs: tuple[str, ...]

    def warnings(self) -> tuple[Said, ...]:
        """What was wrong, in words; a long list is summed up."""
        first = tuple(
            said("the file is cut short at line {line}; what stands before it was read", line=damage.line)
            if damage.cut_short
            else said(
                "the file is damaged at line {line} ({why}); what is sound was read",
                line=damage.line,
                why=damage.why,
            )
            for damage in self.damages[:3]
        )
        rest = len(self.damages) - len(first)
        return (*first, said("and in {rest} more places", rest=rest)) if rest else first
