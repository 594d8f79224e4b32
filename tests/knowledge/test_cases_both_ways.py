"""Every record that has cases is tried both ways: one case in which it holds, one in which it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from backstride.knowledge.cause import Cause
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.knowledge.offered import Offered
from backstride.knowledge.physical_test import PhysicalTest
from backstride.knowledge.records import Record

FOR = {
    "red_flags": {"T1", "T2", "T3", "T4"},
    "weak_signs": {"noted"},
    "populations": {"applies"},
    "causes": {"fits best", "possible", "fits best or possible"},
    "contributors": {"may have contributed"},
    "phases": {"in"},
    "exercises": {"offered"},
    "treatments": {"offered"},
    "physical_tests": {"offered"},
}
"""Kind -> what a case expects where the record holds."""

AGAINST = {
    "red_flags": {"clear"},
    "weak_signs": {"not noted"},
    "populations": {"does not apply"},
    "causes": {"unlikely", "unlikely or not known yet"},
    "contributors": {"not seen"},
    "phases": {"out"},
    "exercises": {"barred"},
    "treatments": {"barred"},
    "physical_tests": {"barred"},
}
"""Kind -> what a case expects where it does not.  "Not known" is neither."""

STEPS_BACK = {"possible", "possible or unlikely", "unlikely"}
"""Against the default cause, which fits best while nothing speaks for another."""


def one_sided(knowledge: Knowledge) -> list[str]:
    """What each record lacks, as "kind/id: no case for it"."""
    return [
        f"{record.kind}/{record.id}: no case {side} it"
        for record in knowledge.records()
        if record.kind in FOR
        for side in _lacking(record, knowledge)
    ]


def _lacking(record: Record, knowledge: Knowledge) -> Iterator[str]:
    expected = [case.expect for case in record.case]  # type: ignore[attr-defined]
    if isinstance(record, Offered) and not record.phases:
        if len(_situations(record)) < 2:
            yield "in a second situation for"  # never planned, so it is tried on two people instead
        return
    if not FOR[record.kind] & set(expected):
        yield "for"
    if not _against(record) & set(expected) and _can_be_against(record, knowledge):
        yield "against"


def _situations(record: Offered) -> set[str]:
    return {repr((sorted(case.facts.items()), case.possible)) for case in record.case}


def _against(record: Record) -> set[str]:
    if isinstance(record, Cause) and record.default:
        return STEPS_BACK
    return AGAINST[record.kind]


def _can_be_against(record: Record, knowledge: Knowledge) -> bool:
    """False for what is offered to everybody: nothing in its file, and no group of people, bars it."""
    if isinstance(record, PhysicalTest):
        return bool(record.not_if)
    if not isinstance(record, Offered):
        return True
    own = record.not_if or record.leave_out_if or record.not_with_causes or record.only_if is not None
    return bool(own) or any(record.id in group.bars for group in knowledge.populations.values())


def test_every_record_has_a_case_for_it_and_one_against() -> None:
    assert one_sided(shipped()) == []


def test_every_kind_with_cases_is_looked_at() -> None:
    with_cases = {record.kind for record in shipped().records() if hasattr(record, "case")}

    many_outcomes = {"ladders", "instruments"}
    assert with_cases - many_outcomes == set(FOR) == set(AGAINST)


@pytest.mark.parametrize(
    ("kind", "id", "keep", "lacks"),
    [
        ("red_flags", "rf_10_fever", "T3", "against"),
        ("red_flags", "rf_10_fever", "clear", "for"),
        ("causes", "facet", "unlikely", "for"),
        ("causes", "facet", "fits best or possible", "against"),
        ("causes", "non_specific", "fits best", "against"),
        ("contributors", "posture", "not known", "for"),
        ("contributors", "posture", "may have contributed", "against"),
        ("exercises", "plank", "barred", "for"),
        ("treatments", "heat", "offered", "against"),
    ],
)
def test_a_record_tried_one_way_only_is_named(kind: str, id: str, keep: str, lacks: str) -> None:
    knowledge = shipped()
    rows = getattr(knowledge, kind)
    cases = tuple(case for case in rows[id].case if case.expect == keep)
    assert cases
    one_way = rows[id].model_copy(update={"case": cases})

    told = one_sided(replace(knowledge, **{kind: {**rows, id: one_way}}))

    assert f"{kind}/{id}: no case {lacks} it" in told


def test_what_is_only_explained_is_tried_on_two_people() -> None:
    knowledge = shipped()
    bed_rest = knowledge.treatments["bed_rest"]
    twice = bed_rest.model_copy(update={"case": (bed_rest.case[0], bed_rest.case[0])})

    told = one_sided(replace(knowledge, treatments={**knowledge.treatments, "bed_rest": twice}))

    assert told == ["treatments/bed_rest: no case in a second situation for it"]
