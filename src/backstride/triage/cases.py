"""Runs the cases that stand in the files of red flags, populations and weak signs."""

from __future__ import annotations

from backstride.knowledge.asking import complete
from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.population import Population, PopulationCase
from backstride.knowledge.red_flag import FlagCase, RedFlag
from backstride.knowledge.rules import Rule
from backstride.knowledge.weak_sign import WeakSign, WeakSignCase
from backstride.model.findings import Facts
from backstride.triage.standing import stand

CaseOf = FlagCase | PopulationCase | WeakSignCase


def run_case(record: RedFlag | Population | WeakSign, case: CaseOf, knowledge: Knowledge) -> str | None:
    """None when a case comes out as it says; else a sentence naming file, case, expected and got."""
    facts = complete(case.facts, knowledge.questions)
    match record:
        case RedFlag():
            got = _flag_comes_to(record, facts, knowledge)
        case Population():
            got = _truth(record.when, facts, ("applies", "does not apply", "not known"))
        case WeakSign():
            got = _truth(record.when, facts, ("noted", "not noted", "not known"))
    if got == case.expect:
        return None
    return f"{record.kind}/{record.id}.toml: case {case.name!r}: expected {case.expect}, got {got}"


def _flag_comes_to(flag: RedFlag, facts: Facts, knowledge: Knowledge) -> str:
    nothing: frozenset[str] = frozenset()
    standing = stand(flag, facts, Known(facts, nothing, nothing, nothing), knowledge.questions)
    return standing.state if standing.tier is None else standing.tier.name


def _truth(rule: Rule, facts: Facts, words: tuple[str, str, str]) -> str:
    yes, no, unknown = words
    return {True: yes, False: no, None: unknown}[rule.value(facts)]
