"""What became of every file handed in: one line each, and the counts add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from backstride.model.said import Said

Outcome = Literal["imported", "kept", "duplicate", "set_aside", "unreadable"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""What can become of a file; in words they are the sentences `door.imported` and so on."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One file's fate."""

    name: str
    """Path inside the folder or archive that was handed in."""
    outcome: Outcome
    why: Said
    """In words: "a ride", "the same as run-12.fit", "at byte 4,213: ..."."""
    activities: tuple[str, ...] = ()
    """Ids of what it gave or is the same as."""
    warnings: tuple[Said, ...] = ()
