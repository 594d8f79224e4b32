"""The cases in the files come out as they say, and a wrong one is named."""

from __future__ import annotations

import pytest

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.triage.cases import run_case

RECORDS = [
    *shipped().red_flags.values(),
    *shipped().populations.values(),
    *shipped().weak_signs.values(),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: f"{record.kind}-{record.id}")
def test_every_case_of_a_file_comes_out_as_it_says(record: object, knowledge: Knowledge) -> None:
    faults = [run_case(record, case, knowledge) for case in record.case]  # type: ignore[attr-defined, arg-type]

    assert [None] * len(faults) == faults


@pytest.mark.parametrize("flag", shipped().red_flags.values(), ids=lambda flag: flag.id)
def test_every_red_flag_has_a_case_for_one_against_and_one_unknown(flag: object) -> None:
    expected = {case.expect for case in flag.case}  # type: ignore[attr-defined]

    assert expected & {"T1", "T2", "T3", "T4"}
    assert {"clear", "ask"} <= expected


@pytest.mark.parametrize("flag", shipped().red_flags.values(), ids=lambda flag: flag.id)
def test_every_tier_of_a_red_flag_has_a_case(flag: object) -> None:
    tiers = {rule.tier for rule in flag.rule}  # type: ignore[attr-defined]

    assert tiers <= {case.expect for case in flag.case}  # type: ignore[attr-defined]


def test_a_case_that_does_not_come_out_is_named_with_what_was_expected_and_got(
    knowledge: Knowledge,
) -> None:
    flag = knowledge.red_flags["rf_01_saddle_numbness"]
    wrong = flag.case[0].model_copy(update={"expect": "clear"})

    assert (
        run_case(flag, wrong, knowledge)
        == "red_flags/rf_01_saddle_numbness.toml: case 'numbness alone is enough': expected clear, got T4"
    )
