"""A condition that may hurt a runner's back, and what speaks for and against it."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from backstride.knowledge.records import Plain, ProfessionalRef, Record, RuleText, Sourced, Strict, Words
from backstride.knowledge.red_flag import TierName
from backstride.model.findings import FactValue

Block = Literal["history", "aggravators", "exam", "record", "course", "who"]
"""Findings of one block are correlated and count less together; `record` is what the watch says."""

OPINION = "our own judgement"
"""How the population of a row begins whose ratios nobody published."""


class Code(Strict):
    """The name of a condition in a public list of diagnoses, so that a clinic's system can file a letter.

    ICD-10-CM alone: it is in the public domain.  It names what is looked into, never what somebody has.
    """

    system: Literal["http://hl7.org/fhir/sid/icd-10-cm"]
    code: str = Field(pattern=r"^[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?$")
    display: str = Field(min_length=3)
    """Its name in that list."""


class Priors(Strict):
    """Out of about 1,000 runners who ask, by age; our own judgement, never shown as a runner's odds."""

    under_18: float = Field(gt=0, le=1000)
    age_18_39: float = Field(gt=0, le=1000)
    age_40_64: float = Field(gt=0, le=1000)
    age_65_up: float = Field(gt=0, le=1000)
    """Never zero: no answer could move a zero again."""
    spread: float = Field(gt=1, le=10)
    """Prior may be this many times lower or higher."""


class Evidence(Sourced):
    """One thing that tells for or against: its likelihood ratios where `when` is a yes and a no."""

    when: RuleText
    block: Block
    if_yes: float = Field(gt=0, le=50)
    if_no: float = Field(gt=0, le=50)
    """1 where a no says nothing."""
    yes_range: tuple[float, float] | None = None
    """95 % interval as published; without one a wide range of our own is taken."""
    no_range: tuple[float, float] | None = None
    population: str = Field(min_length=3)
    """In whom the ratio was found; begins with "our own judgement" where it is an opinion."""
    says_yes: Plain
    says_no: Plain

    @property
    def opinion(self) -> bool:
        """True where the ratio is our own judgement: it is weighed, but never shown as a likelihood ratio."""
        return self.checked == "P"

    @model_validator(mode="after")
    def _opposite(self) -> Self:
        if (self.if_yes - 1) * (self.if_no - 1) > 0:
            raise ValueError("if_yes and if_no: a yes and a no cannot both speak for it, nor both against")
        if self.if_yes == self.if_no:
            raise ValueError("if_yes and if_no are both 1: the row says nothing")
        return self

    @model_validator(mode="after")
    def _says_where_from(self) -> Self:
        if self.opinion != self.population.startswith(OPINION):
            raise ValueError(f"population: begins with {OPINION!r} where checked is P, and nowhere else")
        if self.opinion and (self.sources[0] != "own_rule" or self.yes_range or self.no_range):
            raise ValueError("checked P is an opinion: name own_rule first in sources, and give no interval")
        return self

    @model_validator(mode="after")
    def _ranges(self) -> Self:
        for ratio, span, name in (
            (self.if_yes, self.yes_range, "yes_range"),
            (self.if_no, self.no_range, "no_range"),
        ):
            if span is not None and not span[0] <= ratio <= span[1]:
                raise ValueError(f"{name}: must hold the ratio {ratio} between its two ends, lower first")
        return self


class CauseCase(Strict):
    """How a cause must fit on some facts; runs as a test."""

    name: Words
    facts: dict[str, FactValue]
    expect: Literal[
        "fits best",
        "possible",
        "unlikely",
        "not known yet",
        "fits best or possible",
        "possible or unlikely",
        "unlikely or not known yet",
    ]


class Cause(Record):
    """One condition of the differential."""

    kind: ClassVar[str] = "causes"
    name: Plain
    plain: Plain
    """What it is, in two everyday sentences."""
    course: Plain
    mechanism: Plain
    """How it hurts, and what of that is known."""
    who_gets_it: Plain
    would_tell: Plain
    """Which sign, test or scan would settle it, and what not to scan for."""
    what_to_do: Plain
    """What a runner can do until somebody has looked, or until it settles; first thing first."""
    whom_to_see: Plain
    see: tuple[ProfessionalRef, ...] = Field(min_length=1)
    """Ids of professionals, the one to go to first in front."""
    codes: tuple[Code, ...] = ()
    """Codes of the condition; each is held against the released classification by a test."""
    tier: TierName
    """Who should look when it fits best."""
    serious: bool
    """True for what red flags look for: never called the best fit on load or on who somebody is alone."""
    load_related: bool
    """True where a change in running is known to matter: only then may evidence lie in block `record`."""
    average_course: bool = False
    """True where the published average course (expected_courses) is of people with pain like this."""
    settles_weeks: tuple[float, float] | None = None
    """Between which weeks it mostly settles; None where no source says."""
    default: bool
    """True for the one that fits best when nothing speaks for another."""
    priors: Priors
    evidence: tuple[Evidence, ...] = Field(min_length=2)
    case: tuple[CauseCase, ...] = Field(min_length=2)
