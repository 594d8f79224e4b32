"""A stretch of time since the pain began, with what to do in it."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from backstride.knowledge.offered import Barred
from backstride.knowledge.records import Plain, ProfessionalRef, Record, Sourced, Strict, Words
from backstride.model.assessment import StepKind
from backstride.model.findings import FactValue


class PhaseStep(Sourced):
    """One thing to do (or to leave) in this phase."""

    id: str
    does: StepKind
    what: Plain
    dose: Plain | None = None
    because: Plain
    see: tuple[ProfessionalRef, ...] = ()
    """Ids of the professionals that a step of kind `see` is about."""
    only_when_running: bool = False
    """Said only to somebody who may run now or soon."""


class PhaseCase(Strict):
    """Whether a runner whose days fit this phase is in it; runs as a test."""

    name: Words
    days: int | None = None
    """Days since the pain began; None where nobody knows."""
    facts: dict[str, FactValue]
    expect: Literal["in", "out"]


class Phase(Record):
    """One phase of the plan.  Phases follow one another without gap or overlap."""

    kind: ClassVar[str] = "phases"
    name: Plain
    from_day: int = Field(ge=0)
    to_day: int | None = None
    """Last day of the phase, counted from the onset; None for the last phase."""
    may_run: bool
    """False where even the first running rung is too soon."""
    starts_low: bool = False
    """True where exercises begin low again, and those of the phases before do not simply go on."""
    goal: Plain
    expect: Plain
    hold: tuple[Barred, ...]
    """Each, where a clear yes, holds the runner in the phase before this one."""
    step: tuple[PhaseStep, ...] = Field(min_length=1)
    case: tuple[PhaseCase, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to_day is not None and self.to_day < self.from_day:
            raise ValueError("to_day is before from_day: swap them")
        if len({step.id for step in self.step}) < len(self.step):
            raise ValueError("step: two steps have one id")
        return self
