"""The channels of a run for a picture: nothing is lost, nothing is bridged, what is missing stays so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.made_up import KNOWLEDGE, run, streamed

from backstride.features.traces import laps, portions, thirds, traces
from backstride.model.activity import Activity, Lap, Stream
from backstride.model.traces import Along, RunTraces


def told(one: Activity, along: Along = "time", most: int = 100) -> RunTraces:
    found = traces(one, along, most, KNOWLEDGE)
    assert found is not None
    return found


def steady(seconds: int = 600, **channels: object) -> Activity:
    far = np.arange(seconds) * 3.0
    return streamed({"speed_mps": 3.0, "distance_m": far, **channels}, seconds)  # type: ignore[dict-item]


@given(
    bpm=st.lists(st.one_of(st.floats(60, 200), st.just(float("nan"))), min_size=30, max_size=400),
    most=st.integers(1, 700),
)
def test_the_least_and_the_most_of_the_run_are_in_its_stretches(bpm: list[float], most: int) -> None:
    one = steady(len(bpm), heart_rate_bpm=np.array(bpm))
    found = {each.name: each for each in told(one, most=most).traces}

    if np.isnan(bpm).all():
        assert "heart_rate" not in found
        return
    trace = found["heart_rate"]
    assert np.nanmin(trace.low) == np.nanmin(bpm)
    assert np.nanmax(trace.high) == np.nanmax(bpm)
    known = np.isfinite(trace.mean)
    assert (trace.low[known] <= trace.mean[known] + 1e-9).all()
    assert (trace.mean[known] <= trace.high[known] + 1e-9).all()
    assert (np.isfinite(trace.low) == known).all()


def test_a_pause_is_a_gap_and_is_not_bridged() -> None:
    one = steady(600, heart_rate_bpm=150.0)
    time_s = np.concatenate([np.arange(300.0), np.arange(600.0, 900.0)])
    one = replace(one, stream=Stream({**one.stream, "time_s": time_s}))
    trace = next(each for each in told(one, most=90).traces if each.name == "heart_rate")

    middle = trace.mean[31:59]
    assert np.isnan(middle).all()
    assert np.isfinite(trace.mean[:30]).all()
    assert np.isfinite(trace.mean[-29:]).all()


def test_a_watch_that_writes_seldom_makes_no_gaps() -> None:
    one = steady(600)
    seldom = Stream({name: column[::8] for name, column in one.stream.items()})

    found = told(replace(one, stream=seldom), most=600)
    assert np.isfinite(found.traces[0].mean).all()
    assert found.stretches <= 75


def test_standing_still_is_no_stride_and_no_pace() -> None:
    speed = np.where(np.arange(600) < 300, 3.0, 0.0)
    one = streamed(
        {"speed_mps": speed, "cadence_spm": np.where(speed > 0, 170.0, 0.0), "heart_rate_bpm": 120.0}
    )
    found = {each.name: each for each in told(one).traces}

    assert np.isnan(found["pace"].mean[51:]).all()
    assert np.isnan(found["cadence"].mean[51:]).all()
    assert np.isfinite(found["heart_rate"].mean).all()


def test_what_was_not_recorded_is_not_there() -> None:
    names = [each.name for each in told(steady()).traces]

    assert names == ["pace"]
    assert traces(run(steady().on), "time", 100, KNOWLEDGE) is None
    assert traces(streamed({"speed_mps": 3.0}), "distance", 100, KNOWLEDGE) is None


def test_along_the_distance_a_climb_stands_where_it_was() -> None:
    far = np.arange(900) * 3.0
    height = np.clip(far - 1_350, 0, 450) * 0.05
    one = streamed({"speed_mps": 3.0, "distance_m": far, "altitude_m": height}, 900)
    found = told(one, "distance", 60)
    grade = next(each for each in found.traces if each.name == "grade").mean

    uphill = [found.at(nth) for nth in range(found.stretches) if grade[nth] > 0.03]
    assert found.end == pytest.approx(2_697)
    assert 1_300 < min(uphill) < 1_450
    assert 1_700 < max(uphill) < 1_850


def test_kilometres_add_up_to_the_run() -> None:
    one = steady(1_000, heart_rate_bpm=np.linspace(120, 160, 1_000))
    parts = portions(one, 1_000, KNOWLEDGE)

    assert [part.number for part in parts] == [1, 2, 3]
    assert sum(part.distance_m or 0 for part in parts) == pytest.approx(2_997)
    assert sum(part.seconds or 0 for part in parts) == pytest.approx(999)
    rates = [part.means["heart_rate"] for part in parts]
    assert rates == sorted(rates)
    assert "cadence" not in parts[0].means


def test_laps_say_only_what_the_watch_said() -> None:
    one = replace(
        steady(), laps=(Lap(0, 300, 900, {"heart_rate_bpm": 140.0, "power_w": 250.0}), Lap(300, None, None))
    )
    first, second = laps(one)

    assert first.means == {"heart_rate": 140.0}
    assert (second.distance_m, second.seconds, dict(second.means)) == (None, None, {})


def test_thirds_need_a_recording_at_both_ends() -> None:
    bpm = np.linspace(120, 160, 900)
    whole = told(steady(900, heart_rate_bpm=bpm)).traces[1]
    half = told(steady(900, heart_rate_bpm=np.where(np.arange(900) < 450, bpm, np.nan))).traces[1]

    ends = thirds(whole)
    assert ends is not None
    assert ends[0] < 130 < 150 < ends[1]
    assert thirds(half) is None
