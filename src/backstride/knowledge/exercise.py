"""An exercise: how, how much, when to go on, and when not."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from backstride.knowledge.figure import Figure
from backstride.knowledge.offered import Offered
from backstride.knowledge.records import CauseRef, Plain


class Exercise(Offered):
    """One exercise of the programme."""

    kind: ClassVar[str] = "exercises"
    why: Plain
    muscles: Plain
    """What it trains, in everyday words and by name."""
    how: tuple[Plain, ...] = Field(min_length=1)
    dose: Plain
    progress: Plain
    """When and how to make it harder."""
    regress: Plain
    """How to make it easier, and when to step back."""
    when_not: Plain
    drawing: Figure
    suits_causes: tuple[CauseRef, ...]
    """Causes for which it is chosen before others of its phase."""
