"""Copies of one run make one activity that has what any of them knew, and nothing twice."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.copies.made_up import EIGHT, PHONE, WATCH, Counted, recording, row
from tests.copies.test_groups import split_run

from backstride.copies import groups, merged
from backstride.copies.lag import lag_s
from backstride.copies.onto import resampled
from backstride.model.activity import Device, Lap, Stream

BERLIN = ZoneInfo("Europe/Berlin")


def test_an_activity_alone_is_returned_unchanged() -> None:
    alone = recording("a.fit")

    assert merged([alone]) is alone
    assert merged([alone, alone]) is alone


def test_the_richest_recording_is_the_base() -> None:
    """By its channels, then by its samples; a row of a table never where there is a recording."""
    rich = recording("a.gpx", "cadence_spm", "contact_ms", distance_m=7_000.0)
    poor = recording("b.fit", "cadence_spm", device=WATCH)
    seldom = recording("c.fit", columns={"time_s": np.arange(0, 2_401, 5.0), "power_w": np.ones(481)})

    assert merged([poor, row("app", 0), rich]).id == rich.id
    assert merged([poor, row("app", 0), rich]).distance_m == 7_000
    assert merged([seldom, poor]).id == poor.id


def test_totals_the_base_does_not_know_come_from_another_copy_and_are_never_added() -> None:
    base = recording("a.fit", "cadence_spm", distance_m=None)
    table = row("app", 0, distance_m=7_300.0, climb_m=40.0, moving_s=2_000.0)

    run = merged([table, base])

    assert (run.distance_m, run.climb_m, run.moving_s) == (7_300, 40, 2_400)


def test_the_zone_of_a_place_beats_that_of_the_profile_at_the_same_moment() -> None:
    base = recording("a.tcx", "cadence_spm", zone_from="profile", late_s=5)
    placed = recording("a.gpx", start=EIGHT.astimezone(BERLIN))

    run = merged([base, placed])

    assert (run.id, run.start, run.zone_from) == (base.id, base.start, "place")
    assert run.start.hour == 10


def test_a_base_whose_hour_was_of_another_zone_gets_the_right_hour() -> None:
    base = recording("a.tcx", "cadence_spm", zone_from="profile", late_s=7_205)
    placed = recording("a.gpx", start=EIGHT.astimezone(BERLIN), distance_m=base.distance_m)

    run = merged([base, placed])

    assert [len(group) for group in groups([base, placed])] == [2]
    assert run.start == EIGHT + timedelta(seconds=5)
    assert run.start.hour == 10


def test_what_a_person_typed_in_a_service_beats_what_a_watch_calls_the_run() -> None:
    base = recording("a.fit", "cadence_spm", title="Running", note="auto", shoe=None)
    table = row("strava", 0, service_id="strava:7", title="Long one", rpe=6.0, shoe="blue")

    run = merged([base, table])

    assert (run.title, run.note, run.rpe, run.shoe) == ("Long one", "auto", 6, "blue")
    assert run.service_ids == ("strava:7",)


def test_every_service_s_name_of_the_run_is_kept() -> None:
    """Lists of shoes name runs by them."""
    copies = [recording("a.fit"), *(row(each, 0, service_id=f"{each}:7") for each in ("garmin", "strava"))]

    assert {"garmin:7", "strava:7"} == set(merged(copies).service_ids)


def test_a_sport_that_was_put_right_in_the_service_is_right() -> None:
    ride = row("strava", 0, sport="ride", file="activities/a.fit.gz")

    assert merged([recording("a.fit"), ride]).sport == "ride"
    assert merged([recording("a.fit", sport="other"), row("app", 0)]).sport == "run"


def test_averages_are_joined_the_base_s_first() -> None:
    base = recording("a.fit", "contact_ms", averages={"cadence_spm": 171.0})
    table = row("app", 0, averages={"cadence_spm": 165.0, "heart_rate_bpm": 150.0})

    assert merged([table, base]).averages == {"cadence_spm": 171.0, "heart_rate_bpm": 150.0}


def test_laps_of_another_copy_are_told_on_the_base_s_clock() -> None:
    base = recording("a.fit", "contact_ms")
    other = recording("a.tcx", late_s=10, laps=(Lap(0, 60, 180), Lap(60, 60, 180)))

    assert [lap.start_s for lap in merged([base, other]).laps] == [10, 70]


def test_a_channel_the_base_lacks_is_taken_at_the_moments_of_the_base() -> None:
    base = recording("a.fit", "cadence_spm", "power_w", device=WATCH)
    times = np.arange(0.0, 2_390)
    beats = 120 + times / 100
    other = recording("a.tcx", late_s=5.5, device=WATCH, columns={"time_s": times, "heart_rate_bpm": beats})

    run = merged([other, base])
    taken = run.stream["heart_rate_bpm"]

    assert {"time_s", "cadence_spm", "power_w", "heart_rate_bpm"} == set(run.stream)
    assert taken.shape == run.stream["time_s"].shape
    assert np.isnan(taken[:5]).all()
    np.testing.assert_allclose(taken[6:2_390], 120 + (np.arange(6, 2_390) - 5.5) / 100)


def test_a_gap_of_over_ten_seconds_is_not_bridged() -> None:
    times, theirs = np.arange(0.0, 40), np.array([0.0, 10, 21, 30])

    taken = resampled(times, theirs, np.array([1.0, 2, 3, np.nan]))

    np.testing.assert_allclose(taken[:11], 1 + times[:11] / 10)
    assert np.flatnonzero(~np.isnan(taken[11:])).__add__(11).tolist() == [11, 20, 21, 22]


def test_columns_are_fetched_only_when_asked_for() -> None:
    base = Counted({name: np.arange(2_401.0) for name in ("time_s", "cadence_spm", "power_w")})
    other = Counted({name: np.arange(2_401.0) for name in ("time_s", "heart_rate_bpm")})
    run = merged([recording("a.fit", stream=Stream(base)), recording("a.tcx", stream=Stream(other))])

    assert "heart_rate_bpm" in run.stream
    assert (base.fetched, other.fetched) == ([], [])
    assert run.stream["power_w"].size == 2_401
    assert (base.fetched, other.fetched) == (["power_w"], [])
    assert run.stream["heart_rate_bpm"].size == 2_401
    assert other.fetched == ["time_s", "heart_rate_bpm"]


def noisy(later_s: int) -> Stream:
    """A speed that wanders, told by a clock that is late by some seconds."""
    wander = np.convolve(np.random.default_rng(4).normal(size=3_000), np.ones(20) / 20, "same")
    return Stream({"time_s": np.arange(2_401.0), "speed_mps": 3 + wander[200 - later_s :][:2_401]})


@pytest.mark.parametrize("off_s", [0, 17, -40])
def test_another_clock_is_set_by_what_both_recorded(off_s: int) -> None:
    assert lag_s(noisy(0), noisy(off_s), 0.0) == -off_s


def test_what_does_not_look_alike_sets_no_clock() -> None:
    other = Stream({"time_s": np.arange(2_401.0), "speed_mps": np.random.default_rng(5).normal(size=2_401)})

    assert lag_s(noisy(0), other, 0.0) == 0
    assert lag_s(noisy(0), Stream({"time_s": np.arange(9.0), "speed_mps": np.ones(9)}), 0.0) == 0


def test_a_phone_s_channel_is_moved_to_the_watch_s_clock() -> None:
    steps = np.arange(2_401.0)
    base = recording(
        "a.fit", device=WATCH, stream=Stream({**noisy(0), "power_w": steps, "contact_ms": steps})
    )
    phone = recording(
        "b.gpx", device=PHONE, stream=Stream({**noisy(30), "heart_rate_bpm": 100 + steps / 100})
    )

    taken = merged([base, phone]).stream["heart_rate_bpm"]

    assert taken[1_000] == pytest.approx(100 + 1_030 / 100)


def test_parts_add_nothing_to_the_whole_and_give_their_channels_for_their_time() -> None:
    run = merged(split_run())
    cadence = run.stream["cadence_spm"]

    assert (run.origin.name, run.distance_m, run.elapsed_s) == ("phone.gpx", 7_200, 2_400)
    assert set(run.service_ids) == {"strava:1", "strava:2"}
    assert not np.isnan(cadence[25:1_515]).any()
    assert np.isnan(cadence[1_525:1_635]).all()
    assert not np.isnan(cadence[1_645:2_395]).any()


def test_parts_of_a_row_stand_one_after_another() -> None:
    """The distance goes on where the first part ended."""
    first, second, *_ = split_run()
    each = [
        recording(
            part.origin.name,
            columns={**part.stream, "distance_m": part.stream["time_s"] * 3},
            start=part.start,
            minutes=(part.elapsed_s or 0) / 60,
            device=WATCH,
        )
        for part in (first, second)
    ]
    table = row("garmin", 0, service_id="garmin:3")

    run = merged([*each, table])
    times, distance = run.stream["time_s"], run.stream["distance_m"]

    assert [len(group) for group in groups([*each, table])] == [3]
    assert (run.id, run.distance_m) == (table.id, 7_200)
    assert times.size == distance.size == run.stream["cadence_spm"].size == 1_501 + 781
    assert (np.diff(times) > 0).all()
    assert (times[0], times[1_501], distance[1_501], distance[-1]) == (0, 1_620, 4_500, 4_500 + 2_340)


def test_a_part_keeps_its_time_where_the_whole_is_only_a_row() -> None:
    """The watch began a minute late and its battery did not last."""
    watch = recording("a.fit", "cadence_spm", late_s=60, minutes=25)
    table = row("garmin", 0, service_id="garmin:3")

    run = merged([watch, table])

    assert (run.id, run.distance_m) == (table.id, 7_200)
    assert (run.stream["time_s"][0], run.stream["time_s"][-1]) == (60, 1_560)


def test_a_run_says_which_copy_gave_what() -> None:
    base = recording("a.fit", "cadence_spm", "power_w", distance_m=None, device=None)
    other = recording("a.tcx", "heart_rate_bpm", device=Device("Polar", "V800"))
    table = row("strava", 0, service_id="strava:1", title="Home")

    copies = merged([table, other, base]).copies

    assert [base.id, other.id, table.id] == [copy.id for copy in copies]
    assert {"cadence_spm", "power_w", "time_s", "start", "moving_s", "sport"} <= set(copies[0].gave)
    assert copies[1].gave == ("heart_rate_bpm", "distance_m", "device")
    assert copies[2].gave == ("title", "service_id")


def test_repairs_of_a_copy_count_where_a_channel_of_it_is_taken() -> None:
    base = recording("a.fit", "cadence_spm", "power_w", repairs=("moving_from_gaps",))
    other = recording("a.tcx", "heart_rate_bpm", repairs=("repair_strap", "moving_from_gaps"))
    unused = recording("b.tcx", "cadence_spm", repairs=("repair_dates",))

    assert merged([base, other, unused]).repairs == ("moving_from_gaps", "repair_strap")
