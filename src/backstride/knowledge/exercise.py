"""An exercise: how, how much, when to go on, and when not."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator

from backstride.knowledge.figure import Figure
from backstride.knowledge.offered import Offered
from backstride.knowledge.records import CauseRef, Plain, Strict


class Amount(Strict):
    """The dose as numbers, for timers and watches.  They must say what the sentence `dose` says."""

    sets: tuple[int, ...] = Field(min_length=1)
    """Repetitions or holds in each round."""
    up_to: int | None = None
    """Where the sentence gives a span of repetitions, its upper end."""
    hold_s: tuple[int, ...] = Field(default=(), max_length=2)
    """Seconds of one hold: one number, or a span; empty where each is done at one's own pace."""
    per_side: bool = False
    """True where each side does that many."""
    alternate: bool = False
    """True where the sides take turns from one repetition to the next."""
    times_a_day: tuple[int, ...] = Field(default=(), max_length=2)
    """For what is done every day: one number, or a span; empty for exercises of the strength days."""

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        numbers = (*self.sets, *self.hold_s, *self.times_a_day)
        if any(number < 1 for number in numbers):
            raise ValueError("every number must be 1 or more")
        for name in ("hold_s", "times_a_day"):
            span: tuple[int, ...] = getattr(self, name)
            if list(span) != sorted(span):
                raise ValueError(f"{name}: swap the two, the lower end comes first")
        if self.up_to is not None and self.up_to <= max(self.sets):
            raise ValueError("up_to must be more than the repetitions: leave it out")
        if self.alternate and not self.per_side:
            raise ValueError("alternate needs per_side = true")
        return self


class Exercise(Offered):
    """One exercise of the programme."""

    kind: ClassVar[str] = "exercises"
    why: Plain
    muscles: Plain
    """What it trains, in everyday words and by name."""
    how: tuple[Plain, ...] = Field(min_length=1)
    dose: Plain
    amount: Amount | None = None
    """None for one that is never planned."""
    progress: Plain
    """When and how to make it harder."""
    regress: Plain
    """How to make it easier, and when to step back."""
    when_not: Plain
    drawing: Figure
    suits_causes: tuple[CauseRef, ...]
    """Causes for which it is chosen before others of its phase."""
