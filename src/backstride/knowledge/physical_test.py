"""A physical test that somebody can do at home or have done: how, when not, and what a result says."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from backstride.knowledge.offered import Barred
from backstride.knowledge.records import Plain, QuestionRef, Record, RuleText, Sourced, Strict, Words
from backstride.model.findings import FactValue
from backstride.model.history import Sex


class Norm(Sourced):
    """What others reached: no line between healthy and not."""

    sex: Sex | None = None
    """None where it was not told apart."""
    mean: float
    sd: float | None = None
    side: Literal["left", "right"] | None = None
    studied: Plain


class Reads(Sourced):
    """What a result says, where `when` is a yes."""

    when: RuleText
    says: Plain


class Sides(Sourced):
    """The two results that are compared, and the share of the larger up to which they count as the same."""

    left: QuestionRef
    right: QuestionRef
    same_within_share: float | None = Field(None, gt=0, lt=1)


class PhysicalTestCase(Strict):
    """Whether a test is offered on some facts; runs as a test."""

    name: Words
    facts: dict[str, FactValue]
    expect: Literal["offered", "not_known", "barred"]


class PhysicalTest(Record):
    """One test.  It is offered only where every reason against it is a clear no."""

    kind: ClassVar[str] = "physical_tests"
    name: Plain
    order: int
    by: Literal["self", "helper", "clinician"]
    """Who does it; a clinician's is never asked for, its result may be told."""
    tells: Plain
    tells_not: Plain
    how: tuple[Plain, ...] = Field(min_length=1)
    stop: tuple[Plain, ...] = Field(min_length=1)
    need: tuple[Plain, ...] = ()
    not_if: tuple[Barred, ...] = ()
    results: tuple[QuestionRef, ...] = Field(min_length=1)
    """Ids of the questions that hold its results."""
    timer: Literal["up", "down"] | None = None
    """up: how long it is held; down: it ends after `timer_s`."""
    timer_s: float | None = Field(None, gt=0)
    repeats: int = Field(1, ge=1)
    """How often each number is measured; their mean is kept."""
    error: float | None = Field(None, gt=0)
    """How far two measurements of the same thing may differ, in the result's unit."""
    sides: Sides | None = None
    norm: tuple[Norm, ...] = ()
    reads: tuple[Reads, ...] = ()
    not_used: Plain | None = None
    """A cut-off that is often quoted and deliberately not used, and why."""
    case: tuple[PhysicalTestCase, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.timer == "down") != (self.timer_s is not None):
            raise ValueError("timer_s: a timer that counts down needs it, and only that one")
        if self.sides is not None and not {self.sides.left, self.sides.right} <= set(self.results):
            raise ValueError("sides: left and right must be among results")
        return self
