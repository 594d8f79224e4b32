"""Laws over everything the record says: what must not matter does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.features.made_up import DAY, KNOWLEDGE, LAST, drawn, look, told, weekly

from backstride.assess import assess
from backstride.features.find import findings
from backstride.model.findings import FactValue, Finding
from backstride.model.history import Answer, History, Span
from backstride.reports.as_json import document
from backstride.reports.wording import Wording

RECORD = drawn(f"{weekly('. 8 . 10 . . 16', 12)} . 8 . 10 . . 24 8 8 8 . 12 . 20")
ONSET = told(LAST - DAY * 2)
ZONES = ("America/Los_Angeles", "Asia/Tokyo", "Asia/Kathmandu", "UTC")


Said = tuple[str, object, object, dict[str, FactValue]]


def said(history: History) -> list[Said]:
    """What each finding says, without the ids of the runs behind it."""
    return [_without_ids(each) for each in findings(look(history, LAST, ONSET))]


def _without_ids(finding: Finding) -> Said:
    return finding.id, finding.statement, finding.value, dict(finding.facts)


@given(st.permutations(range(len(RECORD.activities))))
@settings(max_examples=15)
def test_the_order_in_which_files_came_changes_nothing(order: list[int]) -> None:
    shuffled = replace(RECORD, activities=tuple(RECORD.activities[at] for at in order))

    assert findings(look(shuffled, LAST, ONSET)) == findings(look(RECORD, LAST, ONSET))


@pytest.mark.parametrize("zone", ZONES)
def test_the_same_local_days_elsewhere_on_earth_say_the_same(zone: str) -> None:
    elsewhere = tuple(
        replace(
            run,
            start=datetime(run.on.year, run.on.month, run.on.day, run.start.hour, tzinfo=ZoneInfo(zone)),
        )
        for run in RECORD.activities
    )

    assert said(replace(RECORD, activities=elsewhere)) == said(RECORD)


@given(st.integers(1, 400))
@settings(max_examples=15)
def test_days_long_before_that_are_recorded_as_rest_change_no_fact(days: int) -> None:
    assert RECORD.recorded is not None
    first = min(span.first for span in RECORD.recorded)
    longer = (*RECORD.recorded, Span(first - timedelta(days=days), first - DAY))

    before = {id: facts for id, _, _, facts in said(RECORD)}
    after = {id: facts for id, _, _, facts in said(replace(RECORD, recorded=longer))}
    for id, facts in before.items():
        for fact, value in facts.items():
            assert after[id][fact] == value


def test_miles_change_words_and_no_number() -> None:
    history = replace(RECORD, answers=(Answer("pain_began_on", ONSET.span.first.isoformat(), LAST),))
    answer = assess(history, LAST, KNOWLEDGE)

    km, miles = (document(answer, Wording(KNOWLEDGE.sentences, units)) for units in ("km", "miles"))

    assert _numbers(km) == _numbers(miles)
    assert km != miles


def _numbers(part: object) -> list[float]:
    """Every number of a document, in order."""
    if isinstance(part, dict):
        return [number for each in part.values() for number in _numbers(each)]
    if isinstance(part, list | tuple):
        return [number for each in part for number in _numbers(each)]
    return [float(part)] if isinstance(part, int | float) else []


@given(st.sets(st.integers(0, 40), max_size=20))
@settings(max_examples=100)
def test_days_taken_out_of_the_record_settle_nothing_new(gone: set[int]) -> None:
    """What is not known is never taken as no: losing days may open a question, and never turns an answer."""
    assert RECORD.recorded is not None
    lost = {LAST - DAY * back for back in gone}
    poorer = replace(
        RECORD,
        activities=tuple(run for run in RECORD.activities if run.on not in lost),
        recorded=tuple(span for span in RECORD.recorded if span.first not in lost),
    )
    known = {fact: value for _, _, _, facts in said(RECORD) for fact, value in facts.items()}
    for _, _, _, facts in said(poorer):
        for fact, value in facts.items():
            if isinstance(value, bool) and value is False:
                assert known.get(fact) is not True, fact
