"""Faults between knowledge files: dangling ids, rules on facts that nobody supplies, words not allowed."""

from __future__ import annotations

from collections.abc import Iterator

from backstride.knowledge.cause_integrity import cause_faults
from backstride.knowledge.claim_integrity import claim_faults
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.people_integrity import people_faults
from backstride.knowledge.question import Fact, Question
from backstride.knowledge.records import Record, rules_of, sources_of
from backstride.knowledge.rules import Rule, Use, uses
from backstride.model.findings import FactValue
from backstride.model.history import REGIONS


def faults_between(knowledge: Knowledge) -> list[str]:
    """One line for each thing that does not hold together."""
    return [
        *_source_faults(knowledge),
        *_question_faults(knowledge),
        *_fact_faults(knowledge),
        *cause_faults(knowledge),
        *claim_faults(knowledge),
        *people_faults(knowledge),
        *(fault for record in knowledge.records() for fault in _record_faults(record, knowledge)),
    ]


def _source_faults(knowledge: Knowledge) -> Iterator[str]:
    for owner, value in (
        *((f"{record.kind}/{record.id}", record) for record in knowledge.records()),
        *((f"thresholds [{row.id}]", row) for row in knowledge.thresholds.values()),
        *((f"claims [{row.id}]", row) for row in knowledge.claims.values()),
        *((f"references [{row.id}]", row) for row in knowledge.references.values()),
    ):
        for source in sources_of(value):
            if source not in knowledge.sources:
                yield f"{owner}: source {source!r} is not in sources.toml: add it there or correct the id"


def _question_faults(knowledge: Knowledge) -> Iterator[str]:
    for question in knowledge.questions.values():
        for field in ("follow_up", "follows"):
            other = getattr(question, field)
            if other is not None and other not in knowledge.questions:
                yield f"questions [{question.id}]: {field}: no question is called {other!r}"
        stands_for = knowledge.facts.get(question.stands_for or "")
        if question.stands_for is not None and (stands_for is None or stands_for.kind != question.kind):
            yield (
                f"questions [{question.id}]: stands_for: no fact of kind {question.kind} "
                f"is called {question.stands_for!r}"
            )
        for place, rule in rules_of(question, ""):
            yield from (
                f"questions [{question.id}]: {place}: {fault}" for fault in _rule_faults(rule, knowledge)
            )


def _fact_faults(knowledge: Knowledge) -> Iterator[str]:
    for fact in knowledge.facts.values():
        if fact.id in knowledge.questions:
            yield f"facts [{fact.id}]: a question has the same id"
        for region in fact.regions:
            if region not in REGIONS:
                yield f"facts [{fact.id}]: regions: {region!r} is not on the body map"


def _record_faults(record: Record, knowledge: Knowledge) -> Iterator[str]:
    where = f"{record.kind}/{record.id}.toml"
    if record.review.status == "reviewed" and not (record.review.by and record.review.on):
        yield f"{where}: review: status reviewed needs by (a named clinician) and on (the day)"
    for place, rule in rules_of(record, ""):
        yield from (f"{where}: {place}: {fault}" for fault in _rule_faults(rule, knowledge))
    for index, case in enumerate(getattr(record, "case", ())):
        for name, value in case.facts.items():
            fault = _use_fault(Use(name, None if isinstance(value, bool) else (value,)), knowledge)
            if fault is not None:
                yield f"{where}: case[{index}].facts: {fault}"


def _rule_faults(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    for use in uses(rule):
        if (fault := _use_fault(use, knowledge)) is not None:
            yield fault


def _use_fault(use: Use, knowledge: Knowledge) -> str | None:
    asked = knowledge.questions.get(use.name) or knowledge.facts.get(use.name)
    if asked is None:
        return f"{use.name!r} is neither a question nor a fact: add it or correct the name"
    if asked.kind == "yes_no":
        return None if use.against is None else f"{use.name} is yes or no: use it bare, without a comparison"
    if use.against is None:
        return f"{use.name} is a {asked.kind}: compare it with something"
    wrong = [value for value in use.against if not _fits(value, asked)]
    return f"{use.name}: {wrong[0]!r} is not one of its values ({_values(asked)})" if wrong else None


def _fits(value: FactValue, asked: Question | Fact) -> bool:
    if asked.kind == "choice":
        return value in asked.options
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _values(asked: Question | Fact) -> str:
    return ", ".join(asked.options) if asked.kind == "choice" else "a number"
