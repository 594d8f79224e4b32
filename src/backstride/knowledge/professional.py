"""Somebody who can help, with what, when, what to bring, and where to find them."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from backstride.knowledge.records import Plain, Record, Strict


class Where(Strict):
    """How to reach them: in general, and by the names of two health systems."""

    general: Plain
    uk: Plain
    us: Plain


class Professional(Record):
    """One profession, and its part in back pain after running."""

    kind: ClassVar[str] = "professionals"
    name: Plain
    can_do: Plain
    """What they can do for this."""
    cannot_do: Plain
    """What not to expect of them for this."""
    when: Plain
    bring: tuple[Plain, ...] = Field(min_length=1)
    where: Where
