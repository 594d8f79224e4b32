"""The contract over the table of measures: right unit, Missing where a channel is absent, gaps left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.made_up import KNOWLEDGE, LAST, run, streamed

from backstride.features.measures import MEASURES, MeasureRow
from backstride.features.runs import samples
from backstride.model.activity import Activity, Column, Stream
from backstride.model.channels import CHANNELS
from backstride.model.findings import Measure
from backstride.model.text import Missing

ALL = {
    "speed_mps": 3.0,
    "cadence_spm": 170.0,
    "contact_ms": 240.0,
    "vertical_oscillation_mm": 85.0,
    "balance_left_share": 0.495,
}
"""A steady run with everything on record."""

rows = pytest.mark.parametrize("row", MEASURES.values(), ids=list(MEASURES))


def value(name: str, activity: Activity) -> float:
    measure = MEASURES[name](activity, KNOWLEDGE)
    assert isinstance(measure, Measure)
    return measure.quantity.value


@rows
def test_a_measure_of_a_whole_run_has_its_unit_and_names_its_channels(row: MeasureRow) -> None:
    activity = streamed(ALL)

    measure = row(activity, KNOWLEDGE)

    assert isinstance(measure, Measure)
    assert (measure.name, measure.quantity.unit) == (row.name, row.unit)
    assert (measure.activity, measure.on) == (activity.id, LAST)
    assert set(measure.channels) <= set(CHANNELS)


@rows
def test_a_measure_is_missing_and_never_zero_when_a_channel_is_absent(row: MeasureRow) -> None:
    for group in row.needs:
        left = {name: number for name, number in ALL.items() if name not in group}

        assert isinstance(row(streamed(left), KNOWLEDGE), Missing)


@rows
def test_a_measure_is_missing_without_any_stream(row: MeasureRow) -> None:
    assert isinstance(row(run(LAST), KNOWLEDGE), Missing)


@rows
def test_a_measure_is_missing_where_its_channel_is_nan_throughout(row: MeasureRow) -> None:
    lost = dict.fromkeys(ALL, np.nan)

    assert isinstance(row(streamed(lost), KNOWLEDGE), Missing)


@rows
def test_a_measure_is_missing_with_under_a_minute_to_go_by(row: MeasureRow) -> None:
    assert isinstance(row(streamed(ALL, seconds=59), KNOWLEDGE), Missing)


@rows
def test_a_measure_stands_in_the_channels_of_the_model(row: MeasureRow) -> None:
    assert row.needs
    assert {channel for group in row.needs for channel in group} <= set(CHANNELS)
    assert row.average is None or row.average in CHANNELS
    assert set(row.sources) <= set(KNOWLEDGE.sources)
    assert f"features.name_{row.name}" in KNOWLEDGE.sentences


@rows
def test_a_weeks_value_lies_between_those_of_its_runs_or_is_their_sum(row: MeasureRow) -> None:
    values, running_s = np.array([2.0, 4.0]), np.array([1_000.0, 3_000.0])

    assert row.adds_up(values, running_s) == (6.0 if row.unit == "s" else 3.5)


@rows
def test_a_mean_in_the_file_stands_in_where_there_is_no_stream(row: MeasureRow) -> None:
    stated = replace(run(LAST), averages=dict.fromkeys(CHANNELS, 7.0))

    measure = row(stated, KNOWLEDGE)

    if row.average is None:
        assert isinstance(measure, Missing)
    else:
        assert isinstance(measure, Measure)
        assert (measure.quantity.value, measure.channels) == (7.0, (row.average,))


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
    assert isinstance(MEASURES["running_cadence_spm"](walk, KNOWLEDGE), Missing)


def test_standing_still_is_neither_running_nor_moving() -> None:
    speed = np.where(np.arange(600) < 300, 3.0, 0.0)

    assert value("running_share", streamed({"speed_mps": speed})) == 1


def test_a_slow_runner_is_told_from_a_walker_by_the_steps() -> None:
    slow = streamed({"speed_mps": 1.8, "cadence_spm": 160.0})

    assert value("running_share", slow) == 1


def test_a_treadmill_run_without_speed_keeps_its_cadence() -> None:
    indoors = streamed({"cadence_spm": 168.0})

    assert value("running_cadence_spm", indoors) == pytest.approx(168)
    assert isinstance(MEASURES["running_speed_mps"](indoors, KNOWLEDGE), Missing)


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
    measure = MEASURES["running_contact_ms"](
        streamed({"speed_mps": 3.0, "stryd_contact_ms": 230.0}), KNOWLEDGE
    )

    assert isinstance(measure, Measure)
    assert measure.channels[0] == "stryd_contact_ms"


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
