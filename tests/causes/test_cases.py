"""Every case that stands in a file of a cause or a contributor comes out as it says."""

from __future__ import annotations

import pytest
from tests.causes.made_up import KNOWLEDGE

from backstride.causes.cases import run_case
from backstride.knowledge.cause import Cause, CauseCase
from backstride.knowledge.contributor import Contributor, ContributorCase

CASES: list[tuple[Cause | Contributor, CauseCase | ContributorCase]] = [
    *((cause, case) for cause in KNOWLEDGE.causes.values() for case in cause.case),
    *((record, case) for record in KNOWLEDGE.contributors.values() for case in record.case),
]


@pytest.mark.parametrize(
    ("record", "case"), CASES, ids=[f"{record.id}: {case.name}" for record, case in CASES]
)
def test_a_case_comes_out_as_it_says(record: Cause | Contributor, case: CauseCase | ContributorCase) -> None:
    assert run_case(record, case, KNOWLEDGE) is None


def test_a_case_that_does_not_come_out_is_told_with_what_was_expected_and_what_came() -> None:
    cause = KNOWLEDGE.causes["disc_with_radiculopathy"]
    wrong = CauseCase(name="no leg pain", facts={"leg_pain": "none"}, expect="fits best")

    told = run_case(cause, wrong, KNOWLEDGE)

    assert told == (
        "causes/disc_with_radiculopathy.toml: case 'no leg pain': expected 'fits best', got 'unlikely'"
    )


def test_every_contributor_has_a_case_for_one_against_and_one_where_nobody_knows() -> None:
    for record in KNOWLEDGE.contributors.values():
        assert {"may have contributed", "not seen", "not known"} == {case.expect for case in record.case}
