"""Something the articles name as adding to back pain, and what is known of it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from backstride.knowledge.records import Plain, Record, RuleText, Strict, Words
from backstride.model.assessment import Verdict
from backstride.model.findings import FactValue


class ContributorCase(Strict):
    """Where a contributor must stand on some facts; runs as a test."""

    name: Words
    facts: dict[str, FactValue]
    expect: Literal["may have contributed", "not seen", "not known"]


class Contributor(Record):
    """One possible contributing factor: never called a cause."""

    kind: ClassVar[str] = "contributors"
    name: Plain
    verdict: Verdict
    can_be_tried: bool
    """True where a runner can change it for two weeks and compare; False for what is over, or in the plan."""
    mechanism: Plain
    """How it is said to work, and what is known of that."""
    who: Plain
    """In whom it was studied."""
    evidence: Plain
    """What is known, in two sentences a runner understands."""
    when: RuleText
    """A yes: may have contributed; a no: not seen."""
    what_helps: Plain
    case: tuple[ContributorCase, ...] = Field(min_length=2)
