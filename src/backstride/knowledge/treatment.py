"""A treatment: what it does, how much is known, and when not."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from backstride.knowledge.offered import Barred, Offered
from backstride.knowledge.records import Plain
from backstride.model.assessment import StepKind


class Treatment(Offered):
    """One treatment or advice that articles name or evidence supports.

    `not_if` is its stop list: the dose is shown only when every item of it is a clear no.
    """

    kind: ClassVar[str] = "treatments"
    does: StepKind
    """What kind of step it is where it is planned."""
    evidence: Plain
    """Why, in a sentence or two: said with the step where it is planned."""
    for_whom: Plain
    effect: Plain
    """What to expect: the number, its range and who was studied, or plainly that no trial exists."""
    when_not: Plain
    harms: Plain
    dose: Plain | None = None
    how: tuple[Plain, ...] = ()
    ask_first: tuple[Barred, ...] = ()
    """Reasons to ask a pharmacist first: a yes withholds the dose, and so does not knowing."""

    @model_validator(mode="after")
    def _medicine(self) -> Self:
        if self.ask_first and not self.not_if:
            raise ValueError("ask_first makes it a medicine: give the stop list not_if")
        if self.phases and self.dose is None:
            raise ValueError("dose: something that is planned says how much")
        return self
