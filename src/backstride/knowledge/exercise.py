"""An exercise: how, how much, when to go on, and when not."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from backstride.knowledge.offered import Offered
from backstride.knowledge.records import CauseRef, Plain


class Exercise(Offered):
    """One exercise of the programme."""

    kind: ClassVar[str] = "exercises"
    why: Plain
    how: tuple[Plain, ...] = Field(min_length=1)
    dose: Plain
    progress: Plain
    suits_causes: tuple[CauseRef, ...]
    """Causes for which it is chosen before others of its phase."""
