"""How much and how often: described against the weeks before, and left open where days are not recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.made_up import DAY, KNOWLEDGE, LAST, drawn, look, run, told, value_of, weekly

from backstride.features.breaks import return_after_break
from backstride.features.jump import load_jump
from backstride.features.rows import days_in_a_row
from backstride.features.volume import running_days, weekly_distance
from backstride.features.weeks import weeks
from backstride.model.findings import Interval
from backstride.model.history import History
from backstride.model.text import Missing, Quantity

EVEN = "5 . 5 . . 10 ."
STEADY = weekly(EVEN, 12)


def test_even_weeks_are_no_change() -> None:
    finding = weekly_distance(look(drawn(STEADY)))

    assert finding.facts == {"weekly_distance_up": False}
    assert value_of(finding) == pytest.approx(1)
    assert not finding.notable


def test_clearly_more_weekly_distance_is_told_with_both_amounts() -> None:
    finding = weekly_distance(look(drawn(f"{weekly(EVEN, 8)} {weekly('8 . 8 . . 14 .', 4)}")))

    assert finding.facts == {"weekly_distance_up": True}
    assert finding.statement.id == "features.weekly_distance_up"
    assert finding.statement.values["now"] == Quantity(30_000, "m")
    assert finding.statement.values["before"] == Quantity(20_000, "m")
    assert value_of(finding) == pytest.approx(1.5)
    assert finding.notable


def test_clearly_less_is_told_as_less() -> None:
    finding = weekly_distance(look(drawn(f"{weekly(EVEN, 8)} {weekly('5 . . . . 5 .', 4)}")))

    assert finding.facts == {"weekly_distance_up": False}
    assert finding.statement.id == "features.weekly_distance_down"


def test_the_rise_that_counts_begins_at_the_cut_off() -> None:
    at = weekly_distance(look(drawn(f"{weekly(EVEN, 8)} {weekly('8 . 8 . . 10 .', 4)}")))
    below = weekly_distance(look(drawn(f"{weekly(EVEN, 8)} {weekly('8 . 8 . . 9.9 .', 4)}")))

    assert at.facts == {"weekly_distance_up": True}
    assert below.facts == {"weekly_distance_up": False}


def test_too_many_unrecorded_days_leave_weekly_distance_open() -> None:
    finding = weekly_distance(look(drawn(f"{weekly(EVEN, 8)} {weekly('5 . 5 ? ? 10 .', 4)}")))

    assert finding.facts == {}
    assert finding.statement.id == "features.weekly_distance_unknown"
    assert finding.seen_share == pytest.approx(1 - 8 / 84)


def test_a_few_unrecorded_days_do_not_hide_a_rise_that_they_cannot_undo() -> None:
    finding = weekly_distance(
        look(drawn(f"{weekly('5 . 5 . . 5 .', 7)} 5 ? 5 . . 5 . {weekly('20 . . 20 . . .', 4)}"))
    )

    assert finding.facts == {"weekly_distance_up": True}


def test_running_after_eight_recorded_weeks_without_any_is_more_with_no_ratio() -> None:
    finding = weekly_distance(look(drawn(f"{weekly('. . . . . . .', 8)} {weekly(EVEN, 4)}")))

    assert finding.facts == {"weekly_distance_up": True}
    assert isinstance(finding.value, Missing)


@given(st.sampled_from([0.5, 2.0, 8.0]))
def test_scaling_all_distances_leaves_every_weekly_ratio(k: float) -> None:
    history = drawn(f"{weekly(EVEN, 8)} {weekly('8 . 8 . . 14 .', 4)}")
    scaled = tuple(replace(each, distance_m=(each.distance_m or 0) * k) for each in history.activities)

    finding = weekly_distance(look(replace(history, activities=scaled)))

    assert value_of(finding) == pytest.approx(1.5)


def test_weeks_end_with_the_record_where_it_stops_a_day_or_two_before_the_onset() -> None:
    stopped = weekly_distance(look(drawn(f"{STEADY} ? ?"), onset=told(LAST)))
    long_ago = weekly_distance(look(drawn(f"{STEADY} {'? ' * 8}"), onset=told(LAST)))

    assert stopped.window is not None
    assert stopped.window.last == LAST - DAY * 2
    assert stopped.facts == {"weekly_distance_up": False}
    assert long_ago.facts == {}


def test_unrecorded_days_in_the_usual_weeks_cannot_make_the_recent_ones_more() -> None:
    finding = weekly_distance(look(drawn(f"{weekly('5 . 5 ? ? 10 ?', 8)} {weekly(EVEN, 4)}")))

    assert finding.facts == {"weekly_distance_up": False}


def test_what_was_run_after_the_onset_is_not_part_of_the_weeks_before() -> None:
    finding = weekly_distance(look(drawn(f"{STEADY} 30 30 30 30"), onset=told(LAST - DAY * 4)))

    assert finding.facts == {"weekly_distance_up": False}


def test_running_more_often_is_told_and_is_no_alarm() -> None:
    finding = running_days(look(drawn(f"{weekly(EVEN, 8)} {weekly('3 3 3 . 3 4 4', 4)}")))

    assert finding.statement.id == "features.running_days_up"
    assert value_of(finding) == pytest.approx(2)
    assert not finding.notable


def test_three_days_in_a_row_where_one_is_usual_are_told() -> None:
    finding = days_in_a_row(look(drawn(f"{weekly(EVEN, 10)} {EVEN} 5 5 5 . . 5 .")))

    assert finding.facts == {"hard_days_in_a_row": True}
    assert finding.statement.values["row"] == Quantity(3, "day")


def test_a_runner_who_runs_each_day_runs_no_more_in_a_row_than_usual() -> None:
    finding = days_in_a_row(look(drawn(weekly("5 5 5 5 5 5 5", 12))))

    assert finding.facts == {"hard_days_in_a_row": False}


def test_two_days_in_a_row_are_never_hard() -> None:
    finding = days_in_a_row(look(drawn(f"{weekly(EVEN, 11)} 5 5 . . 5 5 .")))

    assert finding.facts == {"hard_days_in_a_row": False}


def test_unrecorded_days_that_may_carry_a_row_on_leave_it_open() -> None:
    finding = days_in_a_row(look(drawn(f"{weekly(EVEN, 11)} 5 5 ? . 5 5 .")))

    assert finding.facts == {}


def test_the_first_run_after_two_recorded_weeks_off_is_a_return() -> None:
    finding = return_after_break(look(drawn(f"{weekly(EVEN, 8)} {'. ' * 14} 5 . 5")))

    assert finding.facts == {"return_after_break": True}
    assert finding.statement.values == {"day": LAST - DAY * 2, "off": Quantity(15, "day")}


def test_thirteen_days_off_are_no_break() -> None:
    finding = return_after_break(look(drawn(f"{weekly(EVEN, 8)} 5 {'. ' * 13} 5 . 5")))

    assert finding.facts == {"return_after_break": False}


def test_days_nobody_recorded_are_no_days_off() -> None:
    finding = return_after_break(look(drawn(f"{weekly(EVEN, 8)} {'? ' * 14} 5 . 5")))

    assert finding.facts == {}
    assert finding.statement.id == "features.return_unknown"


def test_a_day_nobody_recorded_is_no_sure_return() -> None:
    finding = return_after_break(look(drawn(f"{weekly(EVEN, 8)} {'. ' * 14} ? .")))

    assert finding.facts == {}


def test_riding_in_a_break_from_running_shows_that_it_was_one() -> None:
    rides = tuple(replace(run(LAST - DAY * back), sport="ride") for back in (16, 9, 4))
    history = History(activities=(run(LAST - DAY * 20), *rides, run(LAST)))

    finding = return_after_break(look(history))

    assert finding.statement.values["off"] == Quantity(19, "day")


def test_a_return_long_before_the_onset_is_not_told() -> None:
    finding = return_after_break(look(drawn(f"5 {'. ' * 20} {weekly(EVEN, 5)}")))

    assert finding.facts == {"return_after_break": False}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (STEADY, {"load_jump": False}),
        (f"{STEADY} 14", {"load_jump": True}),
        (f"{STEADY} 12", {"load_jump": False}),
        (f"{weekly(EVEN, 8)} {weekly('8 . 8 . . 10 .', 4)}", {"load_jump": True}),
        (f"{STEADY} {'. ' * 14} 5", {"load_jump": True}),
        (weekly("5 ? 5 ? ? 10 ?", 12), {}),
        (f"{STEADY} ? 8", {}),
    ],
)
def test_a_jump_is_any_of_three_and_its_absence_needs_all_three(
    table: str, expected: dict[str, bool]
) -> None:
    assert load_jump(look(drawn(table))).facts == expected


def test_a_jump_names_the_runs_that_make_it_one() -> None:
    history = drawn(f"{STEADY} 14")

    finding = load_jump(look(history))

    assert finding.activities == (history.activities[-1].id,)
    assert finding.value == Quantity(1, "count")


def test_weeks_begin_on_monday_and_the_last_ends_today() -> None:
    found = weeks(look(drawn(f"{weekly('5 . . . . 9 .', 3)} 7 . 3"), LAST))

    assert len(found) == KNOWLEDGE.number("weeks_shown")
    assert all(week.first.weekday() == 0 for week in found)
    assert found[-1].first == LAST - timedelta(days=6)


def test_a_week_tells_its_distance_its_runs_its_longest_and_the_days_it_saw() -> None:
    week = weeks(look(drawn("5 . . ? 9 . ."), LAST))[-1]

    assert week.distance_m == Interval(14_000, 23_000)
    assert (week.runs, week.longest_run_m, week.seen_days) == (2, 9_000, 6)


def test_the_days_to_come_of_this_week_are_not_counted_as_unseen_or_as_distance() -> None:
    week = weeks(look(drawn("5 .", last=LAST - DAY * 5), LAST - DAY * 5))[-1]

    assert (week.distance_m, week.seen_days) == (Interval(5_000, 5_000), 2)
