"""People for whom the plan is different."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from backstride.knowledge.records import Plain, ProfessionalRef, Record, RuleText, StepRef, Strict, Words
from backstride.knowledge.red_flag import TierName
from backstride.model.findings import FactValue


class PopulationCase(Strict):
    """Whether the page applies on some facts; runs as a test."""

    name: Words
    facts: dict[str, FactValue]
    expect: Literal["applies", "does not apply", "not known"]


class Population(Record):
    """One group of people, what changes for them and why."""

    kind: ClassVar[str] = "populations"
    name: Plain
    when: RuleText
    asked_first: bool = True
    """Whether nothing is planned before it is known.  False where it only matters once a medicine is
    offered: its stop list then withholds the dose until it is known."""
    at_least: TierName
    """The lowest tier for them."""
    changes: tuple[Plain, ...] = Field(min_length=1)
    """What the plan does differently, said in the plan."""
    until_seen: tuple[Plain, ...] = ()
    """What holds for them while they wait to be seen, said where no plan is made."""
    bars: tuple[StepRef, ...] = ()
    """Ids of exercises and treatments left out for them."""
    see: tuple[ProfessionalRef, ...] = ()
    """Ids of the professionals who know this; empty for those of the tier."""
    no_ladder: bool = False
    case: tuple[PopulationCase, ...] = Field(min_length=2)
