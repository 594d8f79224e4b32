"""A rest day is zero, an unrecorded day never; what is lacking makes an interval, never a zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.made_up import BERLIN, DAY, KNOWLEDGE, LAST, drawn, run
from tests.strategies import DAYS, FIRST, histories, spans

from backstride.features.certain import ZERO
from backstride.features.days import day_loads
from backstride.features.recorded import recorded_spans
from backstride.model.findings import DayLoad, Interval
from backstride.model.history import History, Span
from backstride.model.text import Missing

HALF_A_YEAR = FIRST + timedelta(days=DAYS)


def loads_of(history: History, first: date = FIRST, last: date = HALF_A_YEAR) -> tuple[DayLoad, ...]:
    return day_loads(history, first, last, KNOWLEDGE)


def states(history: History, days: int) -> str:
    marks = {"run": "r", "rest": ".", "unrecorded": "?", "other": "o"}
    return "".join(marks[day.state] for day in loads_of(history, LAST - DAY * (days - 1), LAST))


def test_there_is_one_load_for_each_day_asked_for() -> None:
    loads = loads_of(drawn("5 . 8"), LAST - DAY * 4, LAST)

    assert [day.on for day in loads] == [LAST - DAY * back for back in (4, 3, 2, 1, 0)]


def test_distances_of_one_day_add_up_and_its_longest_run_is_kept() -> None:
    history = History(activities=(run(LAST, 5, hour=7), run(LAST, 8, hour=18)))

    (day,) = loads_of(history, LAST, LAST)

    assert Interval(13_000, 13_000) == day.distance_m
    assert Interval(8_000, 8_000) == day.longest_run_m
    assert len(day.activities) == 2


@given(histories())
def test_a_rest_day_is_zero_and_an_unrecorded_day_never(history: History) -> None:
    for day in loads_of(history):
        if day.state in ("rest", "other"):
            assert (day.distance_m, day.moving_s, day.longest_run_m) == (ZERO, ZERO, ZERO)
            assert (day.climb_m, day.srpe_au) == (ZERO, ZERO)
        if day.state == "unrecorded":
            assert day.distance_m.low == 0 < day.distance_m.high
            assert day.moving_s.low == 0 < day.moving_s.high
            assert isinstance(day.climb_m, Missing)


@given(histories())
def test_every_load_has_its_lower_end_below_its_upper(history: History) -> None:
    for day in loads_of(history):
        for load in (day.distance_m, day.moving_s, day.longest_run_m, day.other_moving_s):
            assert 0 <= load.low <= load.high


@given(histories(), st.lists(spans(), max_size=3), spans())
def test_an_unrecorded_spell_only_widens_intervals(history: History, kept: list[Span], spell: Span) -> None:
    whole = replace(history, recorded=(*kept, spell))
    gappy = replace(history, recorded=tuple(kept))

    for wide, narrow in zip(loads_of(gappy), loads_of(whole), strict=True):
        assert wide.distance_m.low <= narrow.distance_m.low
        assert wide.distance_m.high >= narrow.distance_m.high


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_activities_does_not_matter(history: History, chance: Random) -> None:
    shuffled = list(history.activities)
    chance.shuffle(shuffled)

    assert loads_of(history) == loads_of(replace(history, activities=tuple(shuffled)))


@given(histories(), st.sampled_from([0.5, 2.0, 4.0]))
def test_scaling_every_distance_scales_every_recorded_day(history: History, k: float) -> None:
    scaled = replace(
        history,
        activities=tuple(
            replace(each, distance_m=None if each.distance_m is None else each.distance_m * k)
            for each in history.activities
        ),
    )

    for before, after in zip(loads_of(history), loads_of(scaled), strict=True):
        assert after.distance_m.low == pytest.approx(before.distance_m.low * k)


def test_a_run_just_before_midnight_belongs_to_its_local_day() -> None:
    start = datetime(2026, 6, 27, 23, 50, tzinfo=ZoneInfo("Asia/Kathmandu"))
    late = replace(run(LAST), start=start)

    before, day = loads_of(History(activities=(late,)), LAST - DAY, LAST)

    assert (before.state, day.state) == ("run", "unrecorded")


def test_a_distance_of_zero_is_real() -> None:
    (day,) = loads_of(drawn("0"), LAST, LAST)

    assert (day.state, day.distance_m) == ("run", ZERO)


def test_a_run_without_distance_is_an_interval_up_to_the_own_largest_day() -> None:
    history = History(activities=(run(LAST - DAY, 12), run(LAST, None)))

    (day,) = loads_of(history, LAST, LAST)

    assert Interval(0, 12_000) == day.distance_m


def test_a_run_of_known_length_in_time_alone_is_at_most_that() -> None:
    lacking = replace(run(LAST), moving_s=None, elapsed_s=3_000.0)

    (day,) = loads_of(History(activities=(lacking,)), LAST, LAST)

    assert Interval(0, 3_000) == day.moving_s


def test_an_unrecorded_day_may_hold_as_much_as_the_own_largest_day() -> None:
    (day,) = loads_of(drawn("5 18 . ?"), LAST, LAST)

    assert Interval(0, 18_000) == day.distance_m


def test_without_any_run_an_unrecorded_day_may_hold_what_few_days_hold() -> None:
    (day,) = loads_of(History(), LAST, LAST)

    assert KNOWLEDGE.number("unknown_day_distance_m") == day.distance_m.high


@pytest.mark.parametrize(("rest", "expected"), [(14, "." * 14), (15, "?" * 15)])
def test_a_gap_counts_as_rest_up_to_two_weeks_and_as_unknown_beyond(rest: int, expected: str) -> None:
    history = History(activities=(run(LAST - DAY * (rest + 1)), run(LAST)))

    assert f"r{expected}r" == states(history, rest + 2)


def test_days_before_the_first_and_after_the_last_activity_are_not_recorded() -> None:
    history = History(activities=(run(LAST - DAY * 3), run(LAST - DAY)))

    assert states(history, 5) == "?r.r?"


def test_another_activity_shows_that_a_day_was_recorded() -> None:
    ride = replace(run(LAST - DAY), sport="ride")
    history = History(activities=(run(LAST - DAY * 2), ride, run(LAST)))

    assert states(history, 3) == "ror"
    assert ride.moving_s == loads_of(history, LAST - DAY, LAST - DAY)[0].other_moving_s.low


def test_what_the_history_says_is_recorded_holds_over_what_its_gaps_suggest() -> None:
    history = History(activities=(run(LAST - DAY * 3), run(LAST)), recorded=(Span(LAST - DAY, LAST),))

    assert states(history, 5) == "?r?.r"


@given(histories())
def test_recorded_spans_lie_apart_and_hold_every_activity(history: History) -> None:
    found = recorded_spans(history, KNOWLEDGE)

    assert all(before.last + DAY < after.first for before, after in pairwise(found))
    assert all(any(each.on in span for span in found) for each in history.activities)


def test_session_load_is_exertion_times_minutes() -> None:
    hard = replace(run(LAST, 10), rpe=7.0)

    (day,) = loads_of(History(activities=(hard,)), LAST, LAST)

    assert Interval(420, 420) == day.srpe_au


def test_one_run_without_climb_leaves_the_days_climb_open_and_says_what_would_help() -> None:
    hilly = replace(run(LAST, hour=7), climb_m=200.0, descent_m=200.0)

    (day,) = loads_of(History(activities=(hilly, run(LAST, hour=18))), LAST, LAST)

    assert isinstance(day.climb_m, Missing)
    assert day.climb_m.what_would_help.id == "features.help_climb"


def test_a_treadmill_run_without_positions_counts() -> None:
    indoors = replace(run(LAST, 6), surface="treadmill")

    (day,) = loads_of(History(activities=(indoors,)), LAST, LAST)

    assert Interval(6_000, 6_000) == day.distance_m


def test_two_zones_on_one_local_day_are_one_day() -> None:
    morning = run(LAST, 5, zone=BERLIN)
    evening = run(LAST, 5, hour=18, zone=ZoneInfo("America/St_Johns"))

    (day,) = loads_of(History(activities=(morning, evening)), LAST, LAST)

    assert day.distance_m.low == 10_000
