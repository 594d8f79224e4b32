"""Every case that stands in a file of an instrument or a physical test comes out as it says."""

from __future__ import annotations

import pytest

from backstride.instruments.cases import run_case
from backstride.knowledge.instrument import Instrument, InstrumentCase
from backstride.knowledge.loader import shipped
from backstride.knowledge.physical_test import PhysicalTest, PhysicalTestCase

KNOWLEDGE = shipped()
Owner = Instrument | PhysicalTest
CASES: list[tuple[Owner, InstrumentCase | PhysicalTestCase]] = [
    *((each, case) for each in KNOWLEDGE.instruments.values() for case in each.case),
    *((each, case) for each in KNOWLEDGE.physical_tests.values() for case in each.case),
]


@pytest.mark.parametrize(("record", "case"), CASES, ids=[f"{each.id}: {case.name}" for each, case in CASES])
def test_a_case_comes_out_as_it_says(record: Owner, case: InstrumentCase | PhysicalTestCase) -> None:
    assert run_case(record, case, KNOWLEDGE) is None


def test_a_case_that_does_not_come_out_is_told_with_what_was_expected_and_what_came() -> None:
    wrong = InstrumentCase(name="nine", total=9, expect=8)

    told = run_case(KNOWLEDGE.instruments["rmdq"], wrong, KNOWLEDGE)

    assert told == ("instruments/rmdq.toml: case 'nine': expected (8.0, None, None), got (9.0, None, None)")


def test_a_test_that_can_be_barred_has_a_case_for_it_and_one_where_it_may_be_done() -> None:
    for record in KNOWLEDGE.physical_tests.values():
        expected = {case.expect for case in record.case}
        assert "offered" in expected, record.id
        assert not record.not_if or "barred" in expected, record.id


def test_every_instrument_has_a_case_with_something_left_out() -> None:
    for record in KNOWLEDGE.instruments.values():
        assert any(case.expect == "not known" or isinstance(case.expect, tuple) for case in record.case), (
            record.id
        )
