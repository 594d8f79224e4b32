"""A red flag: the rules that raise it, how high, and what to say."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from backstride.knowledge.records import CauseRef, Plain, ProfessionalRef, Record, RuleText, Strict, Words
from backstride.model.assessment import Tier
from backstride.model.findings import Facts, FactValue

TierName = Literal["T0", "T1", "T2", "T3", "T4"]


class FlagRule(Strict):
    """One way a flag is raised: where `when` is a yes, it asks for `tier`."""

    tier: TierName
    when: RuleText
    do: Plain
    """What to do when this rule raises it; first thing first."""
    stop_running: bool = False
    causes: tuple[CauseRef, ...] = ()
    """What must be ruled out first where this rule raises it; empty: the causes of the flag."""
    asks: bool = True
    """False for a rule that raises where its facts are known, and holds nothing open while they are not."""


class FlagCase(Strict):
    """What the flag must come to on some facts; runs as a test."""

    name: Words
    facts: dict[str, FactValue]
    expect: Literal["T1", "T2", "T3", "T4", "clear", "ask"]


class RedFlag(Record):
    """One red flag.  The highest tier whose rule is a yes counts.

    Rules hold no `not`, so that one more answer can raise a flag but never lower it.
    """

    kind: ClassVar[str] = "red_flags"
    name: Plain
    looks_for: Plain
    """What it looks for and why, shown when it is not raised."""
    pathology: str
    causes: tuple[CauseRef, ...] = ()
    """What must be ruled out first while it is raised at T2 or higher, the likeliest in front."""
    see: tuple[ProfessionalRef, ...] = ()
    """Ids of the professionals for it while a plan may be made beside it; empty for those of the tier."""
    rule: tuple[FlagRule, ...] = Field(min_length=1)
    """Highest tier first."""
    case: tuple[FlagCase, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _highest_first(self) -> Self:
        tiers = [rule.tier for rule in self.rule]
        if tiers != sorted(tiers, reverse=True):
            raise ValueError("rule: put the highest tier first")
        return self

    def raised_by(self, facts: Facts) -> int | None:
        """Place in `rule` of the highest one that is a yes; None while none is."""
        return next((at for at, rule in enumerate(self.rule) if rule.when.value(facts) is True), None)

    def open_names(self, facts: Facts) -> frozenset[str]:
        """The unknown facts that could still raise it, or raise it higher."""
        raised = self.raised_by(facts)
        higher = (
            rule
            for rule in self.rule
            if rule.asks and (raised is None or Tier[rule.tier] > Tier[self.rule[raised].tier])
        )
        return frozenset(name for rule in higher for name in rule.when.open_names(facts))
