"""Runs the cases that stand in the files of causes and contributors."""

from __future__ import annotations

from backstride.causes.contribute import contributors
from backstride.causes.rank import rank
from backstride.knowledge.cause import Cause, CauseCase
from backstride.knowledge.contributor import Contributor, ContributorCase
from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.model.findings import Facts


def run_case(
    record: Cause | Contributor, case: CauseCase | ContributorCase, knowledge: Knowledge
) -> str | None:
    """None when the case comes out as it says; else a sentence with file, case, expected and got."""
    known = _known(case.facts, knowledge)
    got = (
        _fit(record.id, known, knowledge)
        if isinstance(record, Cause)
        else _state(record.id, known, knowledge)
    )
    if got in case.expect.split(" or "):
        return None
    return f"{record.kind}/{record.id}.toml: case {case.name!r}: expected {case.expect!r}, got {got!r}"


def _known(facts: Facts, knowledge: Knowledge) -> Known:
    return Known(facts, frozenset(facts.keys() & knowledge.questions.keys()), frozenset(), frozenset())


def _fit(cause: str, known: Known, knowledge: Knowledge) -> str:
    return next(each.fit for each in rank(known, knowledge) if each.cause == cause)


def _state(contributor: str, known: Known, knowledge: Knowledge) -> str:
    return next(each.state for each in contributors(known, knowledge) if each.contributor == contributor)
