"""Where somebody stands: by day, since the first and the last sheet, and when to fill it in again."""

from __future__ import annotations

from datetime import date, timedelta

from backstride.assess import assess
from backstride.instruments.standing import standings
from backstride.knowledge.loader import shipped
from backstride.model.history import History, InstrumentResult
from backstride.model.scores import Standing
from backstride.model.text import Missing, Quantity

KNOWLEDGE = shipped()
DAY = date(2026, 3, 2)


def stands(instrument: str, *totals: float, every: int = 14) -> Standing:
    sheets = tuple(
        InstrumentResult(instrument, DAY + timedelta(days=every * at), {}, total)
        for at, total in enumerate(totals)
    )
    (found,) = standings(History(scores=sheets), KNOWLEDGE)
    return found


def test_nothing_filled_in_is_nowhere_and_not_zero() -> None:
    assert standings(History(), KNOWLEDGE) == ()


def test_it_is_compared_with_the_first_and_with_the_last() -> None:
    found = stands("rmdq", 14, 8, 7)

    assert found.since_first is not None
    assert found.since_last is not None
    assert (found.since_first.state, found.since_last.state) == ("better", "not more than chance")


def test_two_sheets_have_one_comparison() -> None:
    found = stands("rmdq", 14, 8)

    assert found.since_first is not None
    assert found.since_last is None


def test_the_last_sheet_of_a_day_corrects_the_one_before() -> None:
    found = stands("odi", 60, 24, every=0)

    assert found.value == Quantity(0.24, "share")
    assert found.since_first is None


def test_a_fit_runner_is_told_that_a_low_first_score_cannot_fall_enough() -> None:
    assert stands("rmdq", 4, 4).floor is not None
    assert stands("rmdq", 5, 4).floor is None
    assert stands("rmdq", 4, 1).floor is None, "recovered needs no such warning"
    assert stands("uwri", 33).floor is not None


def test_it_is_due_at_its_weeks_and_then_no_more() -> None:
    assert stands("rmdq", 9).due_on == DAY + timedelta(weeks=2)
    assert stands("rmdq", 9, 8, every=20).due_on == DAY + timedelta(weeks=6)
    assert stands("rmdq", 9, 8, every=84).due_on is None
    assert stands("ostrc", 41).due_on == DAY + timedelta(weeks=1)


def test_a_sheet_without_what_it_needs_is_missing_with_a_way_on() -> None:
    sheet = InstrumentResult("nprs", DAY, {"worst": 7})
    (found,) = standings(History(scores=(sheet,)), KNOWLEDGE)

    assert isinstance(found.value, Missing)
    assert found.value.what_would_help.values == {"id": "nprs"}


def test_activities_are_compared_where_both_sheets_have_them() -> None:
    first = InstrumentResult("psfs", DAY, {"run": 2, "sit": 4, "sleep": 3})
    later = InstrumentResult("psfs", DAY + timedelta(weeks=6), {"run": 6, "sit": 8, "sleep": 7, "row": 0})
    (found,) = standings(History(scores=(first, later)), KNOWLEDGE)

    assert found.since_first is not None
    assert found.since_first.state == "better"


def test_an_assessment_looks_at_no_sheet_of_a_later_day_and_names_its_sources() -> None:
    sheets = (InstrumentResult("rmdq", DAY, {}, 9), InstrumentResult("odi", DAY + timedelta(days=2), {}, 20))
    found = assess(History(scores=sheets), DAY + timedelta(days=1), KNOWLEDGE)

    assert [each.instrument for each in found.scores] == ["rmdq"]
    assert "roland_morris1983" in {source.id for source in found.sources}
