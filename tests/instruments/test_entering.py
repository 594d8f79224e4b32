"""What is typed in for a questionnaire is checked, every fault named at once, and blanks stay blanks."""

from __future__ import annotations

from datetime import date

import pytest

from backstride.instruments.entering import checked_sheets
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput
from backstride.model.history import InstrumentResult

ON = date(2026, 3, 2)


def test_items_and_whole_scores_become_one_sheet_each() -> None:
    given = [
        ("odi", "24"),
        ("nprs.current", 4),
        ("nprs.worst", "7"),
        ("start_back", 6),
        ("start_back.psych", 4),
    ]

    assert checked_sheets(given, ON, shipped()) == (
        InstrumentResult("odi", ON, {}, 24),
        InstrumentResult("nprs", ON, {"current": 4, "worst": 7}),
        InstrumentResult("start_back", ON, {"psych": 4}, 6),
    )


def test_yes_and_no_are_points_and_unknown_is_left_out() -> None:
    given = [("rmdq.q1", "yes"), ("rmdq.q2", False), ("rmdq.q3", "unknown"), ("rmdq.q4", "not_sure")]

    assert checked_sheets(given, ON, shipped()) == (InstrumentResult("rmdq", ON, {"q1": 1, "q2": 0}),)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("npr", 4, "did you mean nprs?"),
        ("nprs", 4, "no single number"),
        ("nprs.current", 11, "a number from 0 to 10"),
        ("nprs.current", 4.5, "a number from 0 to 10"),
        ("nprs.average", "nan", "a number from 0 to 10"),
        ("ostrc.volume", 13, "0 (not at all), 8 (a little), 17 (clearly), 25 (very much)"),
        ("odi", 101, "a number from 0 to 100"),
        ("odi", "inf", "a number from 0 to 100"),
        ("ompsq_sf.q1", 3, "items are: none"),
        ("psfs.run", 11, "a number from 0 to 10"),
        ("nprs.current", "unknown", "nothing was filled in"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(key: str, value: object, told: str) -> None:
    with pytest.raises(BadInput) as caught:
        checked_sheets([(key, value)], ON, shipped())

    assert told in str(caught.value)


def test_every_fault_is_named_at_once_and_a_score_is_not_given_twice() -> None:
    with pytest.raises(BadInput) as caught:
        checked_sheets([("odi", 24), ("odi.s1", 3), ("uwri", 99)], ON, shipped())

    assert len(caught.value.faults) == 2
