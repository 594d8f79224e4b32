"""What exercises and treatments share: when they are offered, and every reason not to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from backstride.knowledge.records import CauseRef, PhaseRef, Plain, Record, RuleText, Strict, Words
from backstride.model.assessment import Verdict
from backstride.model.findings import FactValue


class Barred(Strict):
    """One reason, as a rule and in words that follow "because of": "a past ulcer"."""

    when: RuleText
    says: Plain


OfferState = Literal["offered", "ask_first", "not_known", "barred", "explained"]
"""offered: may be planned, with its dose; ask_first: only after a pharmacist was asked; not_known: a
reason against it is not settled; barred: a reason against it holds; explained: never planned, and no
reason against it holds."""


class OfferCase(Strict):
    """Whether something is offered on some facts; runs as a test."""

    name: Words
    facts: dict[str, FactValue]
    possible: tuple[CauseRef, ...] = ()
    """Causes that are possible; every other one is unlikely."""
    expect: OfferState


class Offered(Record):
    """Something the plan may offer, and what speaks against it."""

    name: Plain
    verdict: Verdict
    phases: tuple[PhaseRef, ...]
    """Ids of the phases it belongs to; empty for one that is never planned, only explained."""
    order: int
    """Lower is planned sooner within its phase."""
    only_if: RuleText | None = None
    """Planned only where this is a clear yes."""
    not_if: tuple[Barred, ...] = ()
    """Risks: each must be a clear no.  What is not known bars as a yes does."""
    leave_out_if: tuple[Barred, ...] = ()
    """Discomforts and wishes: only a clear yes bars."""
    not_with_causes: tuple[CauseRef, ...] = ()
    """Barred until each of these causes is known to be unlikely."""
    case: tuple[OfferCase, ...] = Field(min_length=2)
