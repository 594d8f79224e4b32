"""Somebody who can help, with what, when, what to bring, and where to find them."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from backstride.knowledge.records import Plain, Record, Strict
from backstride.knowledge.red_flag import TierName


class Where(Strict):
    """How to reach them: in general, and by the names of two health systems."""

    general: Plain
    uk: Plain
    us: Plain


class Professional(Record):
    """One profession, and its part in back pain after running."""

    kind: ClassVar[str] = "professionals"
    name: Plain
    order: int
    """Lower is named sooner."""
    first_for: tuple[TierName, ...] = ()
    """Tiers at which people are sent here where nothing names somebody better."""
    can_do: Plain
    """What they can do for this."""
    cannot_do: Plain
    """What not to expect of them for this."""
    evidence: Plain
    """How much is known of their part in this; says plainly where it is little."""
    when: Plain
    bring: tuple[Plain, ...] = Field(min_length=1)
    """Each as part of a list: "the shoes you run in"."""
    where: Where
