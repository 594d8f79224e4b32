"""Runs the cases written in the knowledge files, each by the room that reasons with that kind."""

from __future__ import annotations

from collections.abc import Callable

from backstride.causes import cases as causes
from backstride.instruments import cases as instruments
from backstride.knowledge.knowledge import Knowledge
from backstride.plan import cases as plan
from backstride.triage import cases as triage

RUNNERS: dict[str, Callable[..., str | None]] = {  # ...: each kind its own record and case
    "red_flags": triage.run_case,
    "populations": triage.run_case,
    "weak_signs": triage.run_case,
    "causes": causes.run_case,
    "contributors": causes.run_case,
    "exercises": plan.run_case,
    "treatments": plan.run_case,
    "ladders": plan.run_case,
    "phases": plan.run_case,
    "instruments": instruments.run_case,
    "physical_tests": instruments.run_case,
}
"""Kind of knowledge -> what runs one of its cases: None when it comes out as it says, else a sentence."""


def failing_cases(knowledge: Knowledge) -> tuple[str, ...]:
    """A sentence for every case that does not come out as it says."""
    return tuple(
        fault
        for record in knowledge.records()
        for case in getattr(record, "case", ())
        if (fault := RUNNERS[record.kind](record, case, knowledge)) is not None
    )
