"""Kinds of pain by what keeps it going, and the signs that tell them apart."""

from __future__ import annotations

from pydantic import Field

from backstride.knowledge.records import Plain, RuleText, Sourced
from backstride.model.text import Text


class PainKind(Sourced):
    """One kind of pain: from tissue under load, from a nerve, or from an alarm that has grown too keen."""

    id: str
    name: Plain
    term: Plain
    """As clinicians call it."""
    plain: Plain
    start: float
    """Its score before anything is known (natural log, against the other kinds)."""

    def text(self, field: str) -> Text:
        """The sentence in one of this kind's fields."""
        return Text(f"pain_kinds.{self.id}.{field}")


class PainSign(Sourced):
    """Something a runner can tell that speaks for one kind of pain and against another."""

    id: str
    when: RuleText
    criterion: int
    """Its number in the study."""
    share: float = Field(gt=0, lt=1)
    """Of the people studied, how many had it: what is not known counts as this, and moves nothing."""
    weights: dict[str, float]
    """Kind -> what a yes adds to its score against a no (natural log)."""
    says_yes: Plain
    says_no: Plain

    def text(self, field: str) -> Text:
        """The sentence in one of this sign's fields."""
        return Text(f"pain_signs.{self.id}.{field}")
