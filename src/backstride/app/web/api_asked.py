"""What every request of the API may say of itself, and the small shapes that go in and out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from backstride.app.entering import checked_day
from backstride.app.web.here import HereIs, Looks
from backstride.languages.catalog import LANGUAGES
from backstride.reports.wording import Units, Wording

Json = dict[str, Any]
"""Any: a document of its own schema, see docs/json.md and docs/api.md."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: in which words it is answered, and as of which day."""

    here: HereIs
    words: Wording
    on: date


def asked(
    here: HereIs,
    on: Annotated[date | None, Query(description="As of this day; today where it is left out.")] = None,
    language: Annotated[str | None, Query(pattern=f"^({'|'.join(LANGUAGES)})$")] = None,
    units: Annotated[Units | None, Query()] = None,
) -> Asked:
    """The request in the runner's language and units, where it names no others.

    Raises: BadInput for a day that nobody can tell of.
    """
    looks = Looks(language or here.looks.language, units or here.looks.units)
    here = replace(here, looks=looks)
    return Asked(here, here.wording, checked_day(on, here.on))


IsAsked = Annotated[Asked, Depends(asked)]


class Shape(BaseModel):
    """Refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid")


class Faults(Shape):
    """What was wrong, in words; nothing was changed."""

    faults: list[str]


class Stored(Shape):
    """What went into the diary."""

    rows: list[int]
    """Ids by which each can be taken back."""


class TakenBack(Shape):
    """What is gone from the diary."""

    id: int


class DiaryEntry(Shape):
    """One thing the runner told."""

    id: int
    kind: str
    on: str | None
    """The day it is about; of a pair of shoes, none."""
    words: str
    entry: Json


class Diary(Shape):
    """What the runner told, in the order it was told."""

    rows: list[DiaryEntry]


class KnowledgeFound(Shape):
    """One page of the knowledge."""

    place: str
    """kind/id."""
    kind: str
    id: str
    title: str


class KnowledgeList(Shape):
    """Pages of the knowledge; of a search, what fits best first."""

    version: str
    entries: list[KnowledgeFound]


Value = str | bool | float
Given = Annotated[dict[str, Value], Field(min_length=1, max_length=500)]


class AnswersTold(Shape):
    """Question id -> yes, no, not_sure, an option, a number or a day, as GET questions allows."""

    on: date | None = None
    answers: Given


class ScoresTold(Shape):
    """Questionnaire id -> its whole score, or questionnaire.item -> points, as GET scores allows."""

    on: date | None = None
    scores: Given


class ProfileTold(Shape):
    """Who runs; a field that is left out stays as it is, one that is null is not told any more."""

    birth_year: int | None = None
    age_years: int | None = None
    sex: str | None = None
    height_m: float | None = None
    mass_kg: float | None = None
    zone: str | None = None
    medicines: list[str] | None = None
