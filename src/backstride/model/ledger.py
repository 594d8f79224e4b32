"""What became of every file handed in: one line each, and the counts add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["imported", "kept", "duplicate", "set_aside", "unreadable"]
OUTCOMES: dict[Outcome, str] = {
    "imported": "read, and holds at least one run",
    "kept": "not a run: kept as other load",
    "duplicate": "the same bytes, or the same activity, are already in the store",
    "set_aside": "sound, but holds no activity",
    "unreadable": "could not be read",
}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One file's fate."""

    name: str
    """Path inside the folder or archive that was handed in."""
    outcome: Outcome
    why: str
    """In words: "a ride", "the same as run-12.fit", "at byte 4,213: ..."."""
    activities: tuple[str, ...] = ()
    """Ids of what it gave or is the same as."""
    warnings: tuple[str, ...] = ()
