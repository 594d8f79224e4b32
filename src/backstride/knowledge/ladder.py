"""The walk-run ladder: rungs from a walk to the usual easy run, and what must hold to step on."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from backstride.knowledge.offered import Barred
from backstride.knowledge.phase import PhaseStep
from backstride.knowledge.records import CauseRef, Plain, ProfessionalRef, Record, RuleText, Strict, Words
from backstride.model.findings import FactValue


class Rung(Strict):
    """One session of the ladder."""

    session: Plain
    run_s: int | None = Field(default=None, ge=0)
    """Running in one repeat, seconds; None for the runner's own usual easy run."""
    walk_s: int = Field(ge=0)
    """Walking in one repeat, seconds."""
    repeats: int = Field(ge=1)

    @property
    def total_run_min(self) -> float | None:
        """Minutes of running in the whole session; None for the runner's own usual easy run."""
        return None if self.run_s is None else self.run_s * self.repeats / 60


class Entry(Strict):
    """One thing that must be a clear yes before the first running rung."""

    when: RuleText
    says: Plain
    skip_if: RuleText | None = None
    """Where a yes, not needed and never suggested; not suggested either while it is not known."""
    once: bool = False
    """Not asked for again while sessions of running go on: they show more. A told no counts all the same."""
    begin_again: Plain | None = None
    """Why the ladder begins again where this no longer holds; None where it waits and goes on."""


class LadderCase(Strict):
    """Which rung some facts lead to; runs as a test."""

    name: Words
    facts: dict[str, FactValue]
    possible: tuple[CauseRef, ...] = ()
    """Causes that are possible; every other one is unlikely."""
    expect_rung: int
    expect: Literal["may run", "stay", "barred"]


class Ladder(Record):
    """A ladder of sessions, and how to move on it."""

    kind: ClassVar[str] = "ladders"
    name: Plain
    why: Plain
    rung: tuple[Rung, ...] = Field(min_length=2)
    entry: tuple[Entry, ...] = Field(min_length=1)
    rules: tuple[Plain, ...] = Field(min_length=1)
    greens_to_climb: int = Field(ge=1)
    """Green sessions on a rung before the next one."""
    back_on_red: int = Field(ge=1)
    """Rungs to step back after a red session."""
    rest_days_after_red: int = Field(ge=0)
    reds_to_refer: int = Field(ge=1)
    """Red sessions on the same rung before somebody should look."""
    lasting_to_refer: int = Field(ge=1)
    """How often pain above the red line may last longer than a day before somebody should look."""
    back_after_seen: int = Field(ge=0)
    """Rungs below the one that went badly too often, once somebody who looked says that running is right."""
    seen_by: tuple[ProfessionalRef, ...] = Field(min_length=1)
    """Whose word on running counts."""
    days_between_runs: int = Field(ge=1)
    """From one session to the next: 2 is every other day."""
    warm_up_walk_s: int = Field(ge=0)
    """Walking before the first run of a session, seconds."""
    cool_down_walk_s: int = Field(ge=0)
    """Walking after the last one."""
    days_kept: int = Field(ge=1)
    """Days without a session after which the first running rung is due again."""
    days_going: int = Field(ge=1)
    """So long after a session that was not red, entry checks marked `once` may be too old to count.

    No longer than any of them counts: a check told as a no is then never forgotten over sessions before it.
    """
    not_if: tuple[Barred, ...] = Field(min_length=1)
    """Each must be a clear no, else no running rung is offered."""
    bone_causes: tuple[CauseRef, ...] = Field(min_length=1)
    """Causes with bone-type pain: until each is known to be unlikely there is no rung and no green zone."""
    bone_step: tuple[PhaseStep, ...] = Field(min_length=1)
    """What the plan says in place of walking and running doses while pain may be bone-type."""
    case: tuple[LadderCase, ...] = Field(min_length=2)
