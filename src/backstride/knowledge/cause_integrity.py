"""Faults in the causes: load evidence where it may not speak, nobody to see, a default that is not one."""

from __future__ import annotations

from collections.abc import Iterator

from backstride.knowledge.cause import Cause, Evidence
from backstride.knowledge.knowledge import Knowledge

_COURSE_FACTS = frozenset({"days_since_onset"})
"""Findings that say how the pain went on, not how much was run."""


def cause_faults(knowledge: Knowledge) -> Iterator[str]:
    """One line for each: what the record says may speak only for load-related causes, never for a disc."""
    for cause in knowledge.causes.values():
        for index, evidence in enumerate(cause.evidence):
            where = f"causes/{cause.id}.toml: evidence[{index}]"
            yield from (f"{where}: {fault}" for fault in _evidence_faults(cause, evidence, knowledge))
        for id in cause.see:
            if id not in knowledge.professionals:
                known = ", ".join(sorted(knowledge.professionals))
                yield f"causes/{cause.id}.toml: see: no professional is called {id!r}; there are {known}"
    defaults = [cause.id for cause in knowledge.causes.values() if cause.default]
    if knowledge.causes and len(defaults) != 1:
        yield f"causes: exactly one must have default = true, not {len(defaults)} ({', '.join(defaults)})"


def _evidence_faults(cause: Cause, evidence: Evidence, knowledge: Knowledge) -> Iterator[str]:
    load = sorted(name for name in evidence.when.names if of_load(name, knowledge))
    if load and evidence.block != "record":
        yield f"{', '.join(load)} is about the running done: put it in block record"
    if evidence.block == "record" and not cause.load_related:
        yield "block record is only for causes with load_related = true: load says nothing about this one"


def of_load(name: str, knowledge: Knowledge) -> bool:
    """True for a fact about the running done: from the record, or told in a question of group running."""
    if (question := knowledge.questions.get(name)) is not None:
        return question.group == "running"
    fact = knowledge.facts.get(name)
    return fact is not None and fact.comes_from == "finding" and name not in _COURSE_FACTS
