"""Sentences as an id and values, so that one answer prints in any language, in km or in miles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

Unit = Literal[
    "m",
    "s",
    "mps",
    "spm",
    "ms",
    "mm",
    "bpm",
    "au",
    "share",
    "ratio",
    "count",
    "day",
    "week",
    "year",
    "score",
    "point",
    "hour",
    "celsius",
    "number",
    "bw",
    "deg",
    "kg",
]
"""Units that a sentence may hold.  `share` is 0 to 1, `ratio` is shown as a change in per cent
(1.57 reads "+57 %"), `hour` is local time since midnight, `score` is a pain score of 0 to 10, `point` one
of a questionnaire, `au` is perceived exertion times minutes, `bw` a force in body weights."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and, where it has one, its interval."""

    value: float
    unit: Unit
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence: its id in the catalog and the values it names."""

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)


Value: TypeAlias = str | int | date | Quantity | Text | tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands where a number would be: why it is not known, and what would supply it."""

    reason: Text
    what_would_help: Text


Catalog: TypeAlias = Mapping[str, str]
"""Sentence id -> wording, with {name} for each value."""
