"""What became of every file handed in: one line each, and the counts add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from backstride.model.said import Said

Outcome = Literal["imported", "kept", "besides", "duplicate", "set_aside", "unreadable"]
GIVES: tuple[Outcome, ...] = ("imported", "kept", "besides")
"""Of a file that gave runs, only other activities, or only shoes and days."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""What can become of a file; in words they are the sentences `door.imported` and so on."""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """One row of a table that gave nothing, and why."""

    row: int
    """Counted from 1, without the header; for JSON, the place in the list counted from 1."""
    why: Said


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
    skipped: tuple[SkippedRow, ...] = ()
    """Rows of a table that gave nothing: with the activities they are all its rows."""
    source: str = ""
    """Name of the archive, folder or file that was handed in."""
