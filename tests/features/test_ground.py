"""The ground of a run: as named, else as far as its recording tells; a share is never taken from silence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.features.made_up import DAY, KNOWLEDGE, LAST, WATCH, drawn, look, run, streamed, weekly
from tests.strategies import DAYS, FIRST, histories

from backstride.features.exposures.columns import columns
from backstride.features.ground.change import surface_change
from backstride.features.ground.of_run import Ground, ground_of
from backstride.features.ground.shares import share_on
from backstride.features.ground.weeks import ground_weeks
from backstride.features.lookback import back_from
from backstride.features.measures.memory import Measured
from backstride.features.measures.way import way
from backstride.model.activity import SURFACES, Activity, Column
from backstride.model.findings import Interval
from backstride.model.history import History, Span

EARTH_M = 6_371_000.0
OUT = frozenset({"road", "trail"})


def along(points: Column, speed_mps: float = 3.3, stray_m: float = 0.0, seed: int = 0) -> Activity:
    """A run along a closed line of points in metres, a sample a second, its places straying slowly."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    at = np.concatenate([[0.0], np.cumsum(steps)])
    metres = np.arange(0.0, at[-1], speed_mps)
    east, north = (np.interp(metres, at, points[:, axis]) for axis in (0, 1))
    chance = np.random.default_rng(seed)
    for column in (east, north):
        noise = np.convolve(chance.normal(size=metres.size + 30), np.ones(31) / 31**0.5, "valid")
        column += stray_m * noise[: metres.size]
    return streamed(
        {
            "speed_mps": speed_mps,
            "latitude_deg": 52 + np.degrees(north / EARTH_M),
            "longitude_deg": 13 + np.degrees(east / EARTH_M / np.cos(np.radians(52))),
        },
        metres.size,
    )


def oval(laps: int, lane: int = 1) -> Column:
    """A standard track: straights of 84.39 m, bends of 36.5 m in lane 1, each lane 1.22 m wide."""
    radius, half = 36.8 + 1.22 * (lane - 1), 84.39 / 2
    bend = np.linspace(-np.pi / 2, np.pi / 2, 60)
    right = np.column_stack([half + radius * np.cos(bend), radius * np.sin(bend)])
    return np.vstack([*[right, -right] * laps, right[:1]])


def block(rounds: int, long_m: float = 130.0, wide_m: float = 72.0) -> Column:
    """Round a block of houses that is about as long around as a track."""
    corners = np.array([[0.0, 0.0], [long_m, 0.0], [long_m, wide_m], [0.0, wide_m]])
    return np.vstack([*[corners] * rounds, corners[:1]])


def straight(metres: float = 4_000.0) -> Column:
    return np.array([[0.0, 0.0], [metres * 0.6, metres * 0.8]])


def ground(activity: Activity, *others: Activity) -> Ground:
    return ground_of(activity, look(History(activities=(activity, *others))))


@pytest.mark.parametrize("lane", [1, 4, 8])
@pytest.mark.parametrize("stray_m", [0.0, 3.0])
def test_laps_of_a_track_are_judged_to_be_on_one(lane: int, stray_m: float) -> None:
    assert ground(along(oval(12, lane), stray_m=stray_m)) == Ground(frozenset({"track"}), "judged")


def test_the_way_to_the_track_and_home_does_not_hide_it() -> None:
    there = np.array([[-700.0, 200.0], [-80.0, -36.8]])
    assert ground(along(np.vstack([there, oval(12), there[::-1]]))).only == "track"


@pytest.mark.parametrize("stray_m", [0.0, 3.0])
def test_rounds_of_a_block_of_houses_are_no_track(stray_m: float) -> None:
    assert ground(along(block(12), stray_m=stray_m)).only is None


@pytest.mark.parametrize("points", [straight(), oval(2)], ids=["straight", "two rounds"])
def test_a_way_without_laps_is_road_or_trail_and_no_more_is_said(points: Column) -> None:
    assert ground(along(points)) == Ground(OUT, "judged")


def test_a_watch_that_stays_in_one_hall_says_nothing_of_the_ground() -> None:
    hall = np.vstack([[[0.0, 0.0], [40.0, 0.0], [40.0, 30.0], [0.0, 30.0]]] * 20)
    assert ground(along(hall)) == Ground(frozenset(SURFACES), "open")


def test_what_names_the_ground_counts_before_what_the_recording_shows() -> None:
    named = replace(along(oval(12)), surface="road")
    assert ground(named) == Ground(frozenset({"road"}), "named")


def test_steps_without_places_by_a_watch_that_notes_them_are_taken_for_a_treadmill() -> None:
    steps = replace(streamed({"cadence_spm": 168.0}), device=WATCH)
    outside = replace(along(straight()), start=steps.start - DAY)

    assert ground(steps, outside) == Ground(frozenset({"treadmill"}), "judged")
    assert ground(steps) == Ground(frozenset(SURFACES), "open")
    other = replace(steps, device=replace(WATCH, product="watch two"))
    assert ground(other, outside).rests_on == "open"


def test_steps_up_and_down_a_hill_are_no_treadmill() -> None:
    hilly = {"cadence_spm": 168.0, "altitude_m": 100 + 10 * np.sin(np.arange(600) / 60)}
    outside = replace(along(straight()), start=run(LAST - DAY).start)

    assert ground(streamed(hilly), outside).rests_on == "open"


def test_places_that_jump_about_the_earth_are_no_way() -> None:
    at = np.arange(600.0)
    jumping = np.where(at % 2 == 0, 50.0, -50.0)
    assert way(at, jumping, np.zeros(600), np.ones(600, dtype=np.bool_)) is None


def test_the_turn_of_the_longitudes_is_no_way_around_the_earth() -> None:
    here = along(oval(12))
    longitude = (here.stream["longitude_deg"] - 13 + 180 + 180) % 360 - 180
    there = streamed(
        {
            "speed_mps": 3.3,
            "latitude_deg": here.stream["latitude_deg"],
            "longitude_deg": longitude,
        },
        here.stream.rows,
    )
    assert ground(there).only == "track"


def measured(name: str, activity: Activity) -> Interval | None:
    worked = Measured(KNOWLEDGE)(activity)[name]
    if worked.value is None:
        return None
    if worked.low is None or worked.high is None:
        return Interval(worked.value, worked.value)
    return Interval(worked.low, worked.high)


def hill(altitude_m: Column, speed_mps: float = 3.0) -> Activity:
    return streamed({"speed_mps": speed_mps, "altitude_m": altitude_m}, altitude_m.size)


def test_metres_on_falling_ground_are_told_and_climbing_ones_are_not() -> None:
    up_and_down = 100 + 0.15 * (900 - np.abs(np.arange(1_800.0) - 900))

    found = measured("downhill_m", hill(up_and_down))

    assert found is not None
    assert found.low == pytest.approx(2_700, rel=0.02)
    assert found.high == pytest.approx(2_700, rel=0.02)
    assert measured("altitude_range_m", hill(up_and_down)) == pytest.approx(Interval(135, 135))


def test_a_gentle_slope_is_not_downhill() -> None:
    assert measured("downhill_m", hill(100 - 0.03 * np.arange(1_800.0))) == Interval(0, 0)


def test_walking_down_a_hill_is_not_running_down_it() -> None:
    assert measured("downhill_m", hill(300 - 0.15 * np.arange(1_800.0), 1.3)) == Interval(0, 0)


def test_where_no_height_is_known_it_may_have_been_downhill_or_not() -> None:
    half = np.where(np.arange(1_800) < 900, 100.0 + np.arange(1_800) % 2, np.nan)

    found = measured("downhill_m", hill(half))

    assert found is not None
    assert found.low == 0
    assert found.high == pytest.approx(2_700, rel=0.03)


def test_a_height_that_never_changes_is_no_height() -> None:
    assert measured("downhill_m", hill(np.zeros(1_800))) is None


def test_a_change_that_rests_on_judged_ground_says_so() -> None:
    table = drawn(weekly("10 . 10 . . 10 .", 12))
    laps = along(oval(12))
    runs = tuple(
        replace(each, stream=laps.stream) if (LAST - each.on).days < 28 else replace(each, surface="road")
        for each in table.activities
    )

    finding = surface_change(look(replace(table, activities=runs)))

    assert finding.facts == {"surface_change": True}
    assert finding.statement.id == "features.surface_judged"


def test_a_run_outside_that_nobody_named_is_known_to_be_on_no_treadmill() -> None:
    view = look(History(activities=(along(straight()),)))
    found = columns(back_from(LAST, 1), view)

    assert found.amounts["on_treadmill"][0] == 0
    assert found.weights["on_treadmill"][0] == 1
    assert np.isnan(found.amounts["on_trail"][0])


@given(histories(), st.sampled_from(["runs", "distance"]))
@settings(max_examples=30)
def test_the_shares_of_the_grounds_can_make_one_whole(history: History, by: str) -> None:
    view = look(history, FIRST + DAY * (DAYS - 1))
    span = back_from(view.on, 60)

    shares = [share_on(each, span, view, by) for each in SURFACES]  # type: ignore[arg-type]

    assert all(0 <= share.low <= share.high <= 1 for share in shares)
    assert sum(share.low for share in shares) <= 1 + 1e-9
    assert sum(share.high for share in shares) >= 1 - 1e-9


@given(histories())
@settings(max_examples=30)
def test_the_grounds_of_the_weeks_and_what_is_open_add_up_to_the_distance(history: History) -> None:
    view = look(history, FIRST + DAY * (DAYS - 1))
    span = Span(FIRST + DAY * 3, view.on)

    weeks = ground_weeks(view, span)

    told = sum(sum(each.low for each in week.distance_m.values()) + week.open_m.low for week in weeks)
    whole = sum(each.distance_m or 0.0 for each in view.runs_in(span))
    assert told == pytest.approx(whole)
    assert sum(week.span.days for week in weeks) == span.days
    for week in weeks:
        assert week.judged_m.high <= sum(each.high for each in week.distance_m.values()) + 1e-6


def test_a_run_without_a_distance_is_on_the_ground_it_names_for_an_unknown_way() -> None:
    bare = replace(run(LAST, None), surface="trail")
    (week,) = ground_weeks(look(History(activities=(bare, run(LAST - DAY, 9)))), Span(LAST, LAST))

    assert week.distance_m["trail"].low == 0
    assert week.distance_m["trail"].high > 0
    assert week.downhill_m.high > 0
