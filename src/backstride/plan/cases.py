"""Runs the cases that plan knowledge carries with it."""

from __future__ import annotations

from collections.abc import Iterable

from backstride.knowledge.exercise import Exercise
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder, LadderCase
from backstride.knowledge.offered import OfferCase
from backstride.knowledge.phase import Phase, PhaseCase
from backstride.knowledge.records import Record
from backstride.knowledge.treatment import Treatment
from backstride.model.assessment import Fit
from backstride.plan.climb import ready
from backstride.plan.offer import offer
from backstride.plan.pain_rule import bone_type
from backstride.plan.phases import place
from backstride.plan.situation import IMPACT_PAIN

Case = OfferCase | LadderCase | PhaseCase


def run_case(record: Record, case: Case, knowledge: Knowledge) -> str | None:
    """None where a case of an exercise, treatment, ladder or phase comes out as it says, else a sentence."""
    expected: str
    got: str
    match record, case:
        case (Exercise() | Treatment(), OfferCase()):
            expected, got = case.expect, offer(record, case.facts, _fits(case.possible, knowledge)).state
        case (Ladder(), LadderCase()):
            expected, got = f"{case.expect}, rung {case.expect_rung}", _climbs(record, case, knowledge)
        case (Phase(), PhaseCase()):
            inside = place(case.days, case.facts, knowledge).phase.id == record.id
            expected, got = case.expect, "in" if inside else "out"
        case _:
            return f"{record.kind}/{record.id}.toml: case {case.name!r}: plan has no way to run it"
    if expected == got:
        return None
    return f"{record.kind}/{record.id}.toml: case {case.name!r}: expected {expected}, got {got}"


def _climbs(ladder: Ladder, case: LadderCase, knowledge: Knowledge) -> str:
    impact = case.facts.get(IMPACT_PAIN)
    fits = _fits(case.possible, knowledge)
    bone = bone_type(fits, impact if isinstance(impact, bool) else None, ladder.bone_causes)
    state = ready(ladder, case.facts, bone, ()).state
    return f"{state}, rung {1 if state == 'may run' else 0}"


def _fits(possible: Iterable[str], knowledge: Knowledge) -> dict[str, Fit]:
    named = set(possible)
    return {cause: "possible" if cause in named else "unlikely" for cause in (*knowledge.causes, *named)}
