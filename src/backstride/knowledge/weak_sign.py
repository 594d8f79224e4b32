"""A sign that lists of red flags name, but that says little on its own."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from backstride.knowledge.records import Plain, Record, RuleText, Strict, Words
from backstride.model.findings import FactValue


class WeakSignCase(Strict):
    """Whether the sign is noted on some facts; runs as a test."""

    name: Words
    facts: dict[str, FactValue]
    expect: Literal["noted", "not noted", "not known"]


class WeakSign(Record):
    """One weak sign: noted with the reason why it does not alarm, and never raising a tier."""

    kind: ClassVar[str] = "weak_signs"
    when: RuleText
    says: Plain
    """What was seen and why it is no alarm on its own."""
    case: tuple[WeakSignCase, ...] = Field(min_length=2)
