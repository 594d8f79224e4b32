"""Numbers of a window of days: exact where every day is known, an interval where it is not, never a zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.features.made_up import DAY, KNOWLEDGE, LAST, drawn, look, run, weekly

from backstride.features.lookback import back_from
from backstride.features.windows.columns import DAY_COLUMNS, day_columns
from backstride.features.windows.row import WindowMeasure
from backstride.features.windows.table import WINDOW_MEASURES
from backstride.features.windows.unseen import filled
from backstride.model.findings import Checked
from backstride.model.history import DayRecord, History, Profile, Span
from backstride.model.text import Missing, Quantity, Text, Unit

rows = pytest.mark.parametrize("row", WINDOW_MEASURES.values(), ids=list(WINDOW_MEASURES))
USUAL = weekly(". 8 . 10 . . 16", 12)


def measured(name: str, history: History, days: int = 7, last: date = LAST) -> Quantity | Missing:
    return WINDOW_MEASURES[name].of(day_columns(look(history, last)), back_from(last, days), KNOWLEDGE)


def told_all(history: History) -> History:
    """The same with exertion, climb and all else that a measure may need."""
    runs = tuple(
        replace(
            each,
            rpe=3.0 + nth % 5,
            climb_m=50.0,
            descent_m=50.0,
            averages={"heart_rate_bpm": 140.0 + nth % 30},
        )
        for nth, each in enumerate(history.activities)
    )
    resting = tuple(DayRecord(each.on, "made up", resting_heart_rate_bpm=50) for each in runs)
    return replace(history, activities=runs, days=resting, profile=Profile(sex="female"))


@rows
def test_a_row_stands_in_the_columns_sources_and_sentences_there_are(row: WindowMeasure) -> None:
    assert set(row.columns) <= {each.name for each in DAY_COLUMNS}
    assert row.low < row.high
    assert row.unit in get_args(Unit)
    assert row.checked in get_args(Checked)
    assert set(row.sources) <= set(KNOWLEDGE.sources)
    assert f"features.name_{row.name}" in KNOWLEDGE.sentences


@rows
def test_unrecorded_days_leave_an_interval_or_nothing_and_never_a_plain_number(row: WindowMeasure) -> None:
    gap = told_all(drawn(f"{USUAL} ? ? ? ? ? ? ?"))

    value = row.of(day_columns(look(gap)), back_from(LAST, 7), KNOWLEDGE)

    assert isinstance(value, Missing) or (
        value.low is not None and value.high is not None and value.low < value.high
    )


@rows
def test_a_record_too_short_to_fill_gaps_with_leaves_them_open(row: WindowMeasure) -> None:
    short = told_all(drawn(". 8 . 10 . . 16 ? ? ?"))

    assert isinstance(row.of(day_columns(look(short)), back_from(LAST, 7), KNOWLEDGE), Missing)


def test_a_fully_recorded_week_is_exact() -> None:
    assert measured("distance_per_week_m", drawn(USUAL)) == Quantity(34_000, "m")
    assert measured("running_days_per_week", drawn(USUAL)) == Quantity(3, "day")
    assert measured("longest_run_m", drawn(USUAL), 30) == Quantity(16_000, "m")
    assert measured("days_in_a_row", drawn(weekly("8 8 8 . 8 . .", 4)), 7) == Quantity(3, "day")
    assert measured("back_to_back_per_week", drawn(weekly("8 8 8 . 8 . .", 4)), 7) == Quantity(2, "day")
    share = measured("long_run_share", drawn(USUAL))
    assert isinstance(share, Quantity)
    assert share.value == pytest.approx(16 / 34)


def test_a_recorded_week_without_running_is_zero_and_has_no_longest_share() -> None:
    resting = drawn(f"{USUAL} . . . . . . .")

    assert measured("distance_per_week_m", resting) == Quantity(0, "m")
    assert isinstance(measured("long_run_share", resting), Missing)


def test_a_day_not_known_is_most_likely_like_its_weekday_and_still_not_known() -> None:
    for week in ("? 8 . 10 . . 16", ". 8 . 10 . . ?"):
        found = measured("distance_per_week_m", drawn(f"{USUAL} {week}"))

        assert isinstance(found, Quantity)
        assert found.value == pytest.approx(34_000)
        assert (found.low, found.high) in [(34_000, 44_000), (18_000, 34_000)]


def test_monotony_is_mean_over_standard_deviation_with_rest_days_as_zero() -> None:
    load = [0, 8, 0, 10, 0, 0, 16]

    found = measured("time_monotony", drawn(USUAL))

    assert isinstance(found, Quantity)
    assert found.value == pytest.approx(np.mean(load) / np.std(load, ddof=1))


def test_a_run_without_exertion_is_filled_from_runs_like_it_and_not_taken_for_none() -> None:
    history = told_all(drawn(USUAL))
    silent = replace(
        history, activities=(*history.activities[:-1], replace(history.activities[-1], rpe=None))
    )

    told, open_ = (measured("srpe_per_week_au", each) for each in (history, silent))

    assert isinstance(told, Quantity)
    assert told.low is None
    assert isinstance(open_, Quantity)
    assert open_.low is not None
    assert open_.high is not None
    assert open_.low <= told.value < open_.high


def test_load_by_heart_rate_needs_what_its_weights_rest_on() -> None:
    told = told_all(drawn(USUAL))
    streamless = measured("heart_load_per_week_au", told)
    assert isinstance(streamless, Missing), "no run shows how high the heart rate goes"
    assert isinstance(measured("hard_days_per_week", told, 28), Quantity)


@given(st.permutations(range(20)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_runs_changes_nothing(order: list[int]) -> None:
    history = drawn(weekly("? 8 . 10 . 16 .", 7))
    shuffled = replace(history, activities=tuple(history.activities[at] for at in order if at < 21))
    whole = replace(history, activities=tuple(sorted(shuffled.activities, key=lambda each: each.start)))

    assert measured("distance_per_week_m", shuffled, 14) == measured("distance_per_week_m", whole, 14)


@given(st.floats(0.1, 0.9), st.integers(1, 6))
@settings(max_examples=20, deadline=None)
def test_splitting_a_run_in_two_changes_no_sum(part: float, back: int) -> None:
    history = drawn(USUAL)
    split = history.activities[-back]
    assert split.distance_m is not None
    first = run(split.on, split.distance_m / 1000 * part, hour=5)
    second = run(split.on, split.distance_m / 1000 * (1 - part), hour=9)
    others = tuple(each for each in history.activities if each is not split)
    in_two = replace(history, activities=tuple(sorted((*others, first, second), key=lambda each: each.start)))

    for name in ("distance_per_week_m", "time_per_week_s", "running_days_per_week", "time_monotony"):
        one, two = measured(name, history, 28), measured(name, in_two, 28)
        assert isinstance(one, Quantity)
        assert isinstance(two, Quantity)
        assert two.value == pytest.approx(one.value)


@given(st.integers(1, 20))
@settings(max_examples=10, deadline=None)
def test_a_rest_day_more_adds_no_distance(days: int) -> None:
    before, after = drawn(USUAL), drawn(f"{USUAL} {' '.join(['.'] * days)}")

    one, more = measured("distance_per_week_m", before, 28), measured("distance_per_week_m", after, 28 + days)

    assert isinstance(one, Quantity)
    assert isinstance(more, Quantity)
    assert more.value * (28 + days) == pytest.approx(one.value * 28)


@given(st.lists(st.booleans(), min_size=56, max_size=56))
@settings(max_examples=25, deadline=None)
def test_what_is_filled_in_leaves_every_recorded_day_as_it_was(recorded: list[bool]) -> None:
    marks = USUAL.split()[:56]
    history = drawn(" ".join(mark if seen else "?" for mark, seen in zip(marks, recorded, strict=True)))
    days = day_columns(look(history), Span(LAST - DAY * 55, LAST))

    grids = filled(days, Span(LAST - DAY * 55, LAST), KNOWLEDGE)

    if sum(recorded) < KNOWLEDGE.number("donor_least_days"):
        assert grids is None or all(recorded)
        return
    assert grids is not None
    kept = days.recorded
    assert (grids["distance_m"][:, kept] == days.columns["distance_m"][kept]).all()
    assert np.isfinite(grids["distance_m"]).all()


def test_where_one_day_is_lacking_it_says_what_the_rest_come_to_and_not_that_too_little_is_known() -> None:
    history = drawn(f"{weekly('. 8 . 10 . . 16', 20)} . 8 . 10 . 21 ?")

    told = measured("longest_run_m", history, 30)

    assert isinstance(told, Missing)
    assert told.reason == Text("features.window_seen_part", {"value": Quantity(21_000.0, "m")})
