"""Which activities are shown to be decided about: those of several records, and pairs that might be one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.copies.made_up import recording, row

from backstride.app.copies_list import copies_list
from backstride.model.activity import Activity
from backstride.model.history import History, Sameness

DAY_S = 24 * 3600.0


def of(*activities: Activity, told: tuple[Sameness, ...] = ()) -> History:
    return History(activities=activities, sameness=told)


def test_records_of_one_run_are_shown_together_and_a_lone_one_is_not() -> None:
    found = copies_list(
        of(recording("a.fit"), recording("b.gpx", late_s=2), recording("c.fit", late_s=DAY_S))
    )

    (joined,) = found.joined
    assert {each.file for each in joined.records} == {"a.fit", "b.gpx"}
    assert not joined.told
    assert found.pairs == ()


def test_two_runs_at_once_are_a_pair_to_decide() -> None:
    long, short = recording("a.fit", minutes=90), recording("b.gpx", late_s=1800, minutes=12)
    (pair,) = copies_list(of(long, short)).pairs

    assert pair.at_once
    assert not pair.told


def test_two_alike_recordings_of_one_day_are_two_runs() -> None:
    assert copies_list(of(recording("a.fit"), recording("b.fit", late_s=4 * 3600 + 700))).pairs == ()


def test_a_row_with_another_hour_is_a_pair_to_decide() -> None:
    table = replace(row("runs.csv", 0, late_s=5 * 3600 + 1234), distance_m=7200.0, moving_s=2400.0)
    (pair,) = copies_list(of(recording("a.fit"), table)).pairs

    assert not pair.at_once


def test_rows_of_one_table_are_as_many_runs() -> None:
    rows = [row("runs.csv", nth, late_s=nth * 3 * 3600.0) for nth in range(3)]

    assert copies_list(of(*rows)).pairs == ()


def test_what_the_runner_held_apart_stays_a_pair() -> None:
    one, other = recording("a.fit"), recording("b.gpx", late_s=2)
    (pair,) = copies_list(of(one, other, told=(Sameness(one.id, other.id, False),))).pairs

    assert pair.told
    assert copies_list(of(one, other, told=(Sameness(one.id, other.id, True),))).joined[0].told


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(5, 90)), max_size=8))
def test_nothing_is_lost_and_nothing_shown_twice(times: list[tuple[int, int]]) -> None:
    every = [recording(f"{nth}.fit", late_s=600.0 * at, minutes=long) for nth, (at, long) in enumerate(times)]
    found = copies_list(of(*every))
    shown = [line.id for made in found.joined for line in made.records]

    assert len(shown) == len(set(shown))
    assert set(shown) <= {each.id for each in every}
    assert all(len(made.records) > 1 for made in found.joined)
    assert all(pair.first.id != pair.second.id for pair in found.pairs)
