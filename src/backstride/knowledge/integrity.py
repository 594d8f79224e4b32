"""Faults between knowledge files: dangling ids, rules on facts that nobody supplies, words not allowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pydantic import BaseModel

from backstride.knowledge.cause_integrity import cause_faults
from backstride.knowledge.dose_integrity import dose_faults
from backstride.knowledge.figure import PoseRef
from backstride.knowledge.kinds import KINDS, TABLES
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.physical_test_integrity import physical_test_faults
from backstride.knowledge.population_integrity import population_faults
from backstride.knowledge.question import Fact, Question
from backstride.knowledge.records import PlaceRef, Record, Ref, each_in
from backstride.knowledge.rules import Rule, Use, uses
from backstride.model.findings import FactValue
from backstride.model.history import REGIONS


def faults_between(knowledge: Knowledge) -> list[str]:
    """One line for each thing that does not hold together."""
    return [
        *(fault for where, row in _rows(knowledge) for fault in _row_faults(where, row, knowledge)),
        *_question_faults(knowledge),
        *_fact_faults(knowledge),
        *cause_faults(knowledge),
        *_drawing_faults(knowledge),
        *dose_faults(knowledge),
        *_pain_sign_faults(knowledge),
        *physical_test_faults(knowledge),
        *population_faults(knowledge),
        *(fault for record in knowledge.records() for fault in _record_faults(record, knowledge)),
    ]


def _rows(knowledge: Knowledge) -> Iterator[tuple[str, BaseModel]]:
    """Every record and every row of a table, with its place."""
    for kind in KINDS:
        for id, row in _of_kind(kind, knowledge).items():
            yield f"{kind}/{id}.toml", row
    for table in TABLES:
        for id, row in _of_kind(table, knowledge).items():
            yield f"{table} [{id}]", row


def _of_kind(kind: str, knowledge: Knowledge) -> Mapping[str, BaseModel]:
    rows: Mapping[str, BaseModel] = getattr(knowledge, kind)
    return rows


def _row_faults(where: str, row: BaseModel, knowledge: Knowledge) -> Iterator[str]:
    """Ids of something that is not there, and rules that cannot be told."""
    for place, ref in each_in(row, "", Ref):
        if (fault := _ref_fault(ref, knowledge)) is not None:
            yield f"{where}: {place}: {fault}"
    for place, rule in each_in(row, "", Rule):
        yield from (f"{where}: {place}: {fault}" for fault in _rule_faults(rule, knowledge))


def _ref_fault(ref: Ref, knowledge: Knowledge) -> str | None:
    kinds: tuple[str, ...] = ref.kinds
    id = str(ref)
    if isinstance(ref, PlaceRef):
        kind, _, id = ref.partition("/")
        if kind not in (*KINDS, *TABLES):
            return f"{str(ref)!r} must be kind/id, such as treatments/heat; kinds are {', '.join(KINDS)}"
        kinds = (kind,)
    ids = [each for kind in kinds for each in _of_kind(kind, knowledge)]
    if id in ids:
        return None
    close = get_close_matches(id, ids, 1)
    meant = f"; did you mean {close[0]}?" if close else ""
    return f"nothing in {' or '.join(kinds)} is called {id!r}: add it there or correct the id{meant}"


def _drawing_faults(knowledge: Knowledge) -> Iterator[str]:
    """Positions that begin in a circle, and joints bent further than they go."""
    with_base = {pose.id for pose in knowledge.poses.values() if pose.base is not None}
    chained = [pose.id for pose in knowledge.poses.values() if pose.base in with_base]
    yield from (f"poses [{id}]: base: must be a position that has no base of its own" for id in chained)
    if chained:
        return
    for exercise in knowledge.exercises.values():
        refs = [ref for _, ref in each_in(exercise.drawing, "", PoseRef)]
        if all(ref in knowledge.poses for ref in refs):
            where = f"exercises/{exercise.id}.toml"
            yield from (f"{where}: {fault}" for fault in exercise.drawing.faults(knowledge.poses))


def _pain_sign_faults(knowledge: Knowledge) -> Iterator[str]:
    for sign in knowledge.pain_signs.values():
        if sign.weights.keys() != knowledge.pain_kinds.keys():
            kinds = ", ".join(knowledge.pain_kinds)
            yield f"pain_signs [{sign.id}]: weights: must name each kind of pain once: {kinds}"


def _question_faults(knowledge: Knowledge) -> Iterator[str]:
    for question in knowledge.questions.values():
        stands_for = knowledge.facts.get(question.stands_for or "")
        if stands_for is not None and stands_for.kind != question.kind:
            yield (
                f"questions [{question.id}]: stands_for: must be a fact of kind {question.kind}, "
                f"and {stands_for.id} is a {stands_for.kind}"
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
    for index, case in enumerate(getattr(record, "case", ())):
        for name, value in getattr(case, "facts", {}).items():
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
        close = get_close_matches(use.name, (*knowledge.questions, *knowledge.facts), 1)
        meant = f"; did you mean {close[0]}?" if close else ""
        return f"{use.name!r} is neither a question nor a fact: add it or correct the name{meant}"
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
