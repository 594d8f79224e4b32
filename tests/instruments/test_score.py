"""Blanks are never counted as nothing, and what a scored sheet says holds however they are filled in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.instruments.change import change
from backstride.instruments.score import score
from backstride.knowledge.instrument import Instrument, Item
from backstride.knowledge.loader import shipped
from backstride.model.findings import Interval
from backstride.model.history import InstrumentResult
from backstride.model.text import Missing

KNOWLEDGE = shipped()
SUMS = [each for each in KNOWLEDGE.instruments.values() if each.scoring == "sum"]
EARLY, LATE = date(2026, 1, 5), date(2026, 2, 16)


def values(item: Item) -> st.SearchStrategy[float]:
    if item.option:
        return st.sampled_from([each.value for each in item.option])
    return st.integers(int(item.low), int(item.high)).map(float)


@st.composite
def sheets(draw: st.DrawFn, instrument: Instrument) -> tuple[dict[str, float], dict[str, float]]:
    """A full sheet, and the same with some of it left out."""
    full = {item.id: draw(values(item)) for item in instrument.item}
    kept = {id: value for id, value in full.items() if draw(st.booleans())}
    return full, kept


def scored(instrument: Instrument, items: dict[str, float], on: date = LATE) -> Interval | Missing:
    return score(instrument, InstrumentResult(instrument.id, on, items)).value


@pytest.mark.parametrize("instrument", SUMS, ids=lambda each: each.id)
@given(st.data())
def test_a_full_sheet_lies_within_what_the_same_sheet_with_blanks_allows(
    instrument: Instrument, data: st.DataObject
) -> None:
    full, kept = data.draw(sheets(instrument))
    whole, part = scored(instrument, full), scored(instrument, kept)

    assert isinstance(whole, Interval)
    assert whole.known
    if isinstance(part, Interval):
        assert part.low <= whole.low <= part.high
        assert part.known == (len(kept) == len(full))
    else:
        assert not kept


@pytest.mark.parametrize("instrument", SUMS, ids=lambda each: each.id)
@given(st.data())
def test_a_range_told_in_spite_of_blanks_is_the_one_of_the_full_sheet(
    instrument: Instrument, data: st.DataObject
) -> None:
    full, kept = data.draw(sheets(instrument))
    whole = score(instrument, InstrumentResult(instrument.id, LATE, full))
    part = score(instrument, InstrumentResult(instrument.id, LATE, kept))

    assert part.band is None or part.band is whole.band


@given(st.data())
def test_a_change_told_in_spite_of_blanks_is_the_one_of_the_full_sheets(data: st.DataObject) -> None:
    rmdq = KNOWLEDGE.instruments["rmdq"]
    full, kept = data.draw(sheets(rmdq))
    before, before_kept = data.draw(sheets(rmdq))

    whole = change(rmdq, InstrumentResult("rmdq", EARLY, before), InstrumentResult("rmdq", LATE, full))
    part = change(rmdq, InstrumentResult("rmdq", EARLY, before_kept), InstrumentResult("rmdq", LATE, kept))

    assert whole.state is not None
    assert part.state in (None, whole.state)


@given(st.integers(0, 24), st.integers(0, 24))
def test_the_same_change_the_other_way_is_never_better_too(first: int, second: int) -> None:
    rmdq = KNOWLEDGE.instruments["rmdq"]
    there = change(
        rmdq, InstrumentResult("rmdq", EARLY, {}, first), InstrumentResult("rmdq", LATE, {}, second)
    )
    back = change(
        rmdq, InstrumentResult("rmdq", EARLY, {}, second), InstrumentResult("rmdq", LATE, {}, first)
    )

    assert {there.state, back.state} != {"better"}


def test_words_that_are_not_free_are_not_shipped() -> None:
    for id in ("odi", "start_back", "ompsq_sf", "uwri"):
        instrument = KNOWLEDGE.instruments[id]
        assert instrument.wording == "none"
        assert instrument.intro is None
        assert all(len(str(item.ask).split()) <= 12 and not item.option for item in instrument.item), id


def test_the_roland_morris_questionnaire_has_its_24_sentences_once_each() -> None:
    asked = [str(item.ask) for item in KNOWLEDGE.instruments["rmdq"].item]

    assert len(set(asked)) == 24
    assert KNOWLEDGE.instruments["rmdq"].wording == "original"


def test_the_weekly_check_counts_as_the_2020_version_and_says_not_to_mix_it() -> None:
    ostrc = KNOWLEDGE.instruments["ostrc"]

    assert {tuple(each.value for each in item.option) for item in ostrc.item} == {(0, 8, 17, 25)}
    assert ostrc.wording == "own"
    assert "2013" in str(ostrc.not_done)


def test_only_better_takes_a_share_of_the_first_score() -> None:
    for instrument in KNOWLEDGE.instruments.values():
        if instrument.changed is not None and instrument.changed.share is not None:
            assert instrument.better == "lower"
