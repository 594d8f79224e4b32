"""The contract over the table of measures: right unit, Missing where a channel is absent, gaps left out."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.made_up import KNOWLEDGE, LAST, run, streamed

from backstride.features.measures.memory import Measured
from backstride.features.measures.reading import opened
from backstride.features.measures.row import RunMeasure
from backstride.features.measures.table import RUN_MEASURES
from backstride.features.runs import samples
from backstride.model.activity import Activity, Column, Stream
from backstride.model.channels import CHANNELS
from backstride.model.findings import Checked, Measure
from backstride.model.text import Missing, Unit

ALL: dict[str, Column | float] = {
    "speed_mps": 3.0,
    "cadence_spm": 170.0,
    "contact_ms": 240.0,
    "vertical_oscillation_mm": 85.0,
    "balance_left_share": 0.495,
    "vertical_ratio_share": 0.08,
    "step_length_mm": 1060.0,
    "heart_rate_bpm": 150.0,
    "temperature_c": 18.0,
    "stryd_cadence_spm": 171.0,
    "stryd_contact_ms": 232.0,
    "stryd_vertical_oscillation_mm": 78.0,
    "latitude_deg": 50 + np.arange(600) * 3.0 / 111_195,
    "longitude_deg": 8.0,
    "altitude_m": 100 - np.arange(600) * 0.05,
}
"""A steady run with everything on record."""

rows = pytest.mark.parametrize("row", RUN_MEASURES.values(), ids=list(RUN_MEASURES))
streamed_rows = pytest.mark.parametrize(
    "row", [row for row in RUN_MEASURES.values() if row.needs], ids=lambda row: row.name
)


def measure(name: str, activity: Activity) -> Measure | Missing:
    return Measured(KNOWLEDGE).measure(activity, name)


def value(name: str, activity: Activity) -> float:
    found = measure(name, activity)
    assert isinstance(found, Measure)
    return found.quantity.value


@rows
def test_a_measure_of_a_whole_run_has_its_unit_and_names_what_it_came_from(row: RunMeasure) -> None:
    activity = replace(streamed(ALL), climb_m=80.0, descent_m=80.0, rpe=4.0)

    found = measure(row.name, activity)

    assert isinstance(found, Measure)
    assert (found.name, found.quantity.unit) == (row.name, row.unit)
    assert (found.activity, found.on) == (activity.id, LAST)
    assert found.channels
    assert set(found.channels) <= set(CHANNELS) | {each.name for each in fields(Activity)}


@streamed_rows
def test_a_measure_is_missing_and_never_zero_when_a_channel_is_absent(row: RunMeasure) -> None:
    for group in row.needs:
        left = {name: number for name, number in ALL.items() if name not in group}

        assert isinstance(measure(row.name, streamed(left)), Missing)


@rows
def test_a_measure_is_missing_where_the_file_says_nothing(row: RunMeasure) -> None:
    assert isinstance(measure(row.name, run(LAST, None)), Missing) or row.name == "start_hour"


@streamed_rows
def test_a_measure_is_missing_where_its_channel_is_nan_throughout(row: RunMeasure) -> None:
    assert isinstance(measure(row.name, streamed(dict.fromkeys(ALL, np.nan))), Missing)


@streamed_rows
def test_a_measure_is_missing_with_less_to_go_by_than_it_needs(row: RunMeasure) -> None:
    seconds = 29 if row.name == "highest_heart_rate_bpm" else 59

    short = {name: np.broadcast_to(column, 600)[:seconds] for name, column in ALL.items()}
    assert isinstance(measure(row.name, streamed(short, seconds)), Missing)


@rows
def test_a_value_that_cannot_be_true_is_not_known(row: RunMeasure) -> None:
    beyond = replace(row, work_out=lambda *_: row.high * 2 + 1, stated=lambda _: row.high * 2 + 1)

    worked = beyond.of(opened(streamed(ALL), KNOWLEDGE))

    assert (worked.value, worked.reason) == (None, "not_plausible")


@rows
def test_a_measure_stands_in_the_channels_and_sentences_there_are(row: RunMeasure) -> None:
    assert row.needs or row.fields
    assert {channel for group in row.needs for channel in group} <= set(CHANNELS)
    assert set(row.fields) <= set(CHANNELS) | {each.name for each in fields(Activity)}
    assert row.low < row.high
    assert row.unit in get_args(Unit)
    assert row.checked in get_args(Checked)
    assert set(row.sources) <= set(KNOWLEDGE.sources)
    assert f"features.name_{row.name}" in KNOWLEDGE.sentences


@rows
def test_several_runs_together_lie_between_each_of_them_and_their_sum(row: RunMeasure) -> None:
    values, running_s = np.array([2.0, 4.0]), np.array([1_000.0, 3_000.0])

    together = None if row.adds_up is None else row.adds_up(values, running_s)

    assert together in (None, 6.0, 3.5, 4.0)


@streamed_rows
def test_a_mean_in_the_file_stands_in_where_there_is_no_stream(row: RunMeasure) -> None:
    middle = (row.low + row.high) / 2
    stated = replace(run(LAST), averages=dict.fromkeys(CHANNELS, middle))

    found = measure(row.name, stated)

    if row.stated is None:
        assert isinstance(found, Missing)
    else:
        assert isinstance(found, Measure)
        assert (found.quantity.value, found.channels) == (middle, row.fields)


def test_a_run_is_measured_once_and_again_when_anything_of_it_changes() -> None:
    activity = streamed(ALL)
    first = Measured(KNOWLEDGE)
    first(activity)

    again = Measured(KNOWLEDGE, first.new)
    assert again(activity) == first(activity)
    assert not again.new

    for changed in (
        replace(activity, rpe=7.0),
        replace(activity, origin=replace(activity.origin, reader_version=2)),
        replace(activity, repairs=("halving",)),
        streamed({**ALL, "power_w": 200.0}),
    ):
        assert again.key(changed) != again.key(activity)
        later = Measured(KNOWLEDGE, {changed.id: first.new[activity.id]})
        later(changed)
        assert set(later.new) == {changed.id}


def test_other_cut_offs_are_other_measures() -> None:
    threshold = KNOWLEDGE.thresholds["run_walk_mps"]
    other = replace(
        KNOWLEDGE,
        thresholds={
            **KNOWLEDGE.thresholds,
            "run_walk_mps": threshold.model_copy(update={"value": 2.2}),
        },
    )

    assert Measured(other).key(run(LAST)) != Measured(KNOWLEDGE).key(run(LAST))


def test_walking_breaks_are_counted_and_the_way_home_is_told_apart() -> None:
    at = np.arange(1_800)
    walked = ((at >= 600) & (at < 660)) | ((at >= 900) & (at < 910)) | (at >= 1_500)
    activity = streamed({"speed_mps": np.where(walked, 1.4, 3.0)}, 1_800)

    assert value("walking_breaks", activity) == 1
    assert value("walked_at_end_s", activity) == pytest.approx(299, abs=1)


def test_one_odd_reading_is_no_highest_heart_rate() -> None:
    beats = np.where(np.arange(600) == 300, 220.0, 150.0)
    beats[100:140] = 171.0

    assert value("highest_heart_rate_bpm", streamed({**ALL, "heart_rate_bpm": beats})) == 171


def test_the_stream_counts_before_the_mean_in_the_file() -> None:
    activity = replace(streamed(ALL), averages={"cadence_spm": 90.0})

    assert value("running_cadence_spm", activity) == pytest.approx(170)


def half_walked(seconds: int = 600) -> dict[str, Column | float]:
    """First half running, second half walking."""
    running = np.arange(seconds) < seconds / 2
    return {
        "speed_mps": np.where(running, 3.0, 1.4),
        "cadence_spm": np.where(running, 170.0, 115.0),
        "contact_ms": np.where(running, 240.0, 600.0),
    }


def test_walking_breaks_are_left_out_of_running_means() -> None:
    activity = streamed(half_walked())

    assert value("running_cadence_spm", activity) == pytest.approx(170)
    assert value("running_contact_ms", activity) == pytest.approx(240)
    assert value("running_share", activity) == pytest.approx(0.5, abs=0.002)


def test_a_walk_has_a_running_share_of_zero_and_no_running_cadence() -> None:
    walk = streamed({"speed_mps": 1.4, "cadence_spm": 115.0})

    assert value("running_share", walk) == 0
    assert isinstance(measure("running_cadence_spm", walk), Missing)


def test_standing_still_is_neither_running_nor_moving() -> None:
    speed = np.where(np.arange(600) < 300, 3.0, 0.0)

    assert value("running_share", streamed({"speed_mps": speed})) == 1


def test_a_slow_runner_is_told_from_a_walker_by_the_steps() -> None:
    slow = streamed({"speed_mps": 1.8, "cadence_spm": 160.0})

    assert value("running_share", slow) == 1


def test_a_treadmill_run_without_speed_keeps_its_cadence() -> None:
    indoors = streamed({"cadence_spm": 168.0})

    assert value("running_cadence_spm", indoors) == pytest.approx(168)
    assert isinstance(measure("running_speed_mps", indoors), Missing)


def test_speed_comes_from_distance_where_no_speed_was_recorded() -> None:
    activity = streamed({"distance_m": np.arange(600.0) * 2.5})

    assert value("running_speed_mps", activity) == pytest.approx(2.5)


@given(st.integers(11, 100_000))
def test_a_gap_is_left_out_and_not_bridged(gap_s: int) -> None:
    time_s = np.concatenate([np.arange(300.0), np.arange(300.0) + 299 + gap_s])
    activity = replace(
        run(LAST),
        stream=Stream({"time_s": time_s, "speed_mps": np.full(600, 3.0), "cadence_spm": np.full(600, 170.0)}),
    )

    assert value("running_s", activity) == 598


def test_samples_every_few_seconds_weigh_by_their_time() -> None:
    time_s = np.concatenate([np.arange(0.0, 300.0), np.arange(300.0, 900.0, 6.0)])
    cadence = np.where(time_s < 300, 160.0, 175.0)
    activity = replace(
        run(LAST),
        stream=Stream({"time_s": time_s, "speed_mps": np.full(time_s.size, 3.0), "cadence_spm": cadence}),
    )

    assert value("running_cadence_spm", activity) == pytest.approx((160 * 300 + 175 * 594) / 894)


def test_seconds_without_a_reading_are_left_out_of_its_mean() -> None:
    contact = np.where(np.arange(600) % 2 == 0, 240.0, np.nan)

    assert value("running_contact_ms", streamed({**ALL, "contact_ms": contact})) == pytest.approx(240)


def test_a_pod_stands_in_where_the_watch_has_no_contact_time_and_is_named() -> None:
    found = measure("running_contact_ms", streamed({"speed_mps": 3.0, "stryd_contact_ms": 230.0}))

    assert isinstance(found, Measure)
    assert found.channels[0] == "stryd_contact_ms"


def test_slowing_down_over_a_run_is_a_fade_below_one() -> None:
    speed = np.linspace(3.4, 2.6, 1_200)

    assert value("speed_fade", streamed({"speed_mps": speed}, 1_200)) == pytest.approx(2.7 / 3.3, abs=0.002)


@given(st.integers(60, 2_000), st.integers(0, 2**32 - 1))
def test_running_is_part_of_moving_and_moving_of_the_time(seconds: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    speed = np.where(chance.random(seconds) < 0.1, np.nan, chance.uniform(0, 5, seconds))
    cadence = np.where(chance.random(seconds) < 0.1, np.nan, chance.uniform(0, 200, seconds))

    found = samples(streamed({"speed_mps": speed, "cadence_spm": cadence}, seconds), KNOWLEDGE)

    assert found is not None
    assert 0 <= found.running_s <= found.moving_s <= seconds
