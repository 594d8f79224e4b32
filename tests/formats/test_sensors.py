"""What sensors get wrong is put right in named steps, and what a runner truly did stays."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.formats.frozen import repair_frozen_sensor
from backstride.formats.halving import repair_cadence_halving
from backstride.formats.readers import read
from backstride.formats.sensors import trusted
from backstride.formats.spikes import repair_position_spikes, repair_spikes
from backstride.formats.steps_for_beats import warned_of_steps_for_beats
from backstride.formats.track import Track
from backstride.model.activity import Column, Sport
from backstride.model.errors import BadFile

SHARED = Path(__file__).parents[3] / "shared" / "data" / "activities"
METRES_PER_DEGREE = 111_195.08
Repair = Callable[[Track, Sport], Track]
REPAIRS: tuple[Repair, ...] = (
    repair_position_spikes,
    repair_cadence_halving,
    repair_spikes,
    repair_frozen_sensor,
)
NAMES = {repair.__name__ for repair in REPAIRS}  # type: ignore[attr-defined]  # they are functions


def wobbly(middle: float, spread: float, rows: int, seed: int, step: float = 1.0) -> Column:
    """A channel as a watch gives it: smooth over some seconds, and rounded."""
    noise = np.random.default_rng(seed).normal(size=rows + 9)
    smooth = np.convolve(noise, np.ones(10), "valid") / np.sqrt(10)
    return np.asarray(np.round((middle + spread * smooth) / step) * step)


def run(rows: int = 1800, **other: Column) -> Track:
    """An even run north, a row a second; other channels replace its own."""
    speed = wobbly(3.0, 0.15, rows, 1, 0.001)
    columns = {
        "time_s": 1.7e9 + np.arange(rows, dtype=np.float64),
        "latitude_deg": 52 + np.cumsum(speed) / METRES_PER_DEGREE,
        "longitude_deg": np.full(rows, 13.0),
        "speed_mps": speed,
        "heart_rate_bpm": wobbly(150, 4, rows, 2),
        "cadence_spm": wobbly(171, 3, rows, 3, 2),
        "power_w": wobbly(250, 15, rows, 4),
        "contact_ms": wobbly(240, 6, rows, 5),
        "vertical_oscillation_mm": wobbly(90, 3, rows, 6, 0.1),
        "temperature_c": np.full(rows, 18.0),
        "altitude_m": np.full(rows, 40.0),
    }
    return Track(columns | other, np.zeros(rows, bool))


def changed(track: Track, channel: str, at: slice | int, value: Column | float) -> Track:
    """The run with one channel other there."""
    column = track.columns[channel].copy()
    column[at] = value
    return Track(track.columns | {channel: column}, track.stopped)


def lost_rows(before: Track, after: Track, channel: str) -> list[int]:
    """Where a value was and is none now."""
    gone = np.isnan(after.columns[channel]) & ~np.isnan(before.columns[channel])
    return [int(row) for row in np.flatnonzero(gone)]


def test_a_usual_run_stays_as_it_is() -> None:
    track = run()
    assert trusted(track, "run", complete=False) is track


# One foot for a while


def halved(track: Track, first: int, last: int) -> Track:
    return changed(track, "cadence_spm", slice(first, last), track.columns["cadence_spm"][first:last] / 2)


@pytest.mark.parametrize(("first", "last"), [(600, 900), (0, 200), (1500, 1800), (700, 735)])
def test_a_stretch_in_which_one_foot_counted_is_doubled(first: int, last: int) -> None:
    fixed = repair_cadence_halving(halved(run(), first, last), "run")
    assert fixed.repairs == ("repair_cadence_halving",)
    np.testing.assert_array_equal(run().columns["cadence_spm"], fixed.columns["cadence_spm"])
    assert "one foot" in fixed.warnings[0]


def test_two_stretches_of_one_foot_are_both_doubled() -> None:
    fixed = repair_cadence_halving(halved(halved(run(), 300, 500), 900, 1300), "run")
    np.testing.assert_array_equal(run().columns["cadence_spm"], fixed.columns["cadence_spm"])


def walked(track: Track, first: int, last: int, spm: float, mps: float, lag_s: int = 0) -> Track:
    """The run with a walk in it, its speed falling behind the cadence by some seconds, as a watch has it."""
    track = changed(track, "cadence_spm", slice(first, last), wobbly(spm, 2, last - first, 7, 2))
    speed = track.columns["speed_mps"].copy()
    speed[first:last] = wobbly(mps, 0.05, last - first, 8, 0.001)
    if lag_s:
        padded = np.concatenate((np.full(lag_s - 1, speed[0]), speed))
        speed = np.convolve(padded, np.ones(lag_s) / lag_s, "valid")
    return changed(track, "speed_mps", slice(None), speed)


@pytest.mark.parametrize("lag_s", [0, 10, 20])
@pytest.mark.parametrize("lasting", [12, 25, 40, 600])
@pytest.mark.parametrize("running_mps", [2.6, 3.0, 4.5])
@pytest.mark.parametrize(("spm", "mps"), [(100, 1.4), (84, 1.0), (102, 2.0), (92, 1.7)])
def test_walking_breaks_are_not_doubled(
    spm: float, mps: float, running_mps: float, lasting: int, lag_s: int
) -> None:
    track = run(speed_mps=wobbly(running_mps, 0.15, 1800, 1, 0.001))
    track = walked(track, 600, 600 + lasting, spm, mps, lag_s)
    assert repair_cadence_halving(track, "run") is track


def test_intervals_with_walking_between_are_not_doubled() -> None:
    track = run(3600)
    for begin in range(300, 3300, 300):
        track = walked(track, begin, begin + 90, 96, 1.5, 6)
    assert repair_cadence_halving(track, "run") is track


def test_an_ultra_walked_for_hours_is_not_doubled() -> None:
    track = walked(run(20_000), 2_000, 9_000, 98, 1.3, 10)
    track = walked(track, 12_000, 18_000, 90, 2.1)
    assert trusted(track, "run", complete=False) is track


def test_an_activity_of_one_foot_throughout_is_another_repairs() -> None:
    track = halved(run(), 0, 1800)
    assert repair_cadence_halving(track, "run") is track


def test_a_few_seconds_of_half_are_not_sure_enough_to_be_doubled() -> None:
    track = halved(run(), 600, 615)
    assert repair_cadence_halving(track, "run") is track


def test_without_a_speed_nothing_is_doubled() -> None:
    track = halved(run(), 600, 900)
    bare = Track({n: c for n, c in track.columns.items() if n != "speed_mps"}, track.stopped)
    assert repair_cadence_halving(bare, "run") is bare


def test_a_walk_is_never_doubled() -> None:
    track = halved(run(), 600, 900)
    assert repair_cadence_halving(track, "walk") is track


# Single samples


@pytest.mark.parametrize(
    ("channel", "value"),
    [
        ("heart_rate_bpm", 235.0),
        ("heart_rate_bpm", 60.0),
        ("cadence_spm", 250.0),
        ("cadence_spm", 0.0),
        ("power_w", 900.0),
        ("power_w", 0.0),
        ("contact_ms", 700.0),
    ],
)
@pytest.mark.parametrize("width", [1, 2])
def test_a_value_that_jumps_away_and_back_is_left_out(channel: str, value: float, width: int) -> None:
    track = changed(run(), channel, slice(500, 500 + width), value)
    fixed = repair_spikes(track, "run")
    assert fixed.repairs == ("repair_spikes",)
    assert list(range(500, 500 + width)) == lost_rows(track, fixed, channel)
    assert f"{width} of" in fixed.warnings[0]


def test_a_pod_that_is_shaken_for_some_seconds_counts_no_steps() -> None:
    track = changed(run(), "cadence_spm", slice(500, 505), 256.0)
    assert lost_rows(track, repair_spikes(track, "run"), "cadence_spm") == [500, 501, 502, 503, 504]


def test_a_sprint_stays() -> None:
    """Cadence, power and speed rise within two seconds for eight; the heart follows and comes down slowly."""
    track = run()
    for channel, value in (("cadence_spm", 252.0), ("power_w", 700.0), ("speed_mps", 8.2)):
        track = changed(track, channel, slice(600, 608), value)
    heart = track.columns["heart_rate_bpm"].copy()
    heart[600:620] += np.linspace(0, 45, 20)
    heart[620:700] += np.linspace(45, 0, 80)
    track = changed(track, "heart_rate_bpm", slice(None), np.round(heart))
    assert repair_spikes(track, "run") is track


def test_strides_stay() -> None:
    track = run()
    for begin in range(300, 1700, 90):
        for channel, value in (("cadence_spm", 200.0), ("power_w", 480.0), ("speed_mps", 5.8)):
            track = changed(track, channel, slice(begin, begin + 15), value)
    assert trusted(track, "run", complete=False) is track


def test_a_heart_rate_that_rises_and_stays_is_no_spike() -> None:
    track = changed(run(), "heart_rate_bpm", slice(900, None), 198.0)
    assert repair_spikes(track, "run") is track


def test_a_short_stop_is_no_spike() -> None:
    track = run()
    for channel in ("cadence_spm", "power_w", "speed_mps"):
        track = changed(track, channel, slice(600, 602), 0.0)
    assert repair_spikes(track, "run") is track


def test_a_cyclist_who_rolls_for_a_second_has_no_spike() -> None:
    track = run()
    for channel in ("cadence_spm", "power_w"):
        track = changed(track, channel, 600, 0.0)
    assert repair_spikes(track, "ride") is track


# Frozen sensors


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("heart_rate_bpm", 11),
        ("cadence_spm", 6),
        ("power_w", 6),
        ("contact_ms", 6),
        ("vertical_oscillation_mm", 6),
    ],
)
def test_a_sensor_that_stands_still_is_left_out_there(channel: str, minutes: int) -> None:
    value = run().columns[channel][400]
    track = changed(run(), channel, slice(400, 400 + 60 * minutes), value)
    fixed = repair_frozen_sensor(track, "run")
    assert fixed.repairs == ("repair_frozen_sensor",)
    assert set(range(400, 400 + 60 * minutes)) <= set(lost_rows(track, fixed, channel))
    assert len(lost_rows(track, fixed, channel)) < 60 * minutes + 20
    assert f"{minutes} minutes" in fixed.warnings[0]


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [("heart_rate_bpm", 8), ("cadence_spm", 4), ("power_w", 4), ("temperature_c", 30), ("altitude_m", 30)],
)
def test_what_stands_still_for_a_while_stays(channel: str, minutes: int) -> None:
    value = run(3600).columns[channel][400]
    track = changed(run(3600), channel, slice(400, 400 + 60 * minutes), value)
    assert repair_frozen_sensor(track, "run") is track


def test_a_treadmill_at_one_speed_is_not_frozen() -> None:
    """Nor is its runner's cadence, who keeps to the belt."""
    track = changed(run(), "speed_mps", slice(None), 3.0)
    track = changed(track, "cadence_spm", slice(300, 1200), 172.0)
    assert repair_frozen_sensor(track, "run") is track


def test_a_cadence_that_is_often_the_same_is_not_frozen() -> None:
    """A watch that counts in steps of two and a metronome of a runner: it stands for minutes everywhere."""
    cadence = np.repeat(np.tile([170.0, 172.0], 15), 120)
    cadence[1200:1540] = 172.0
    track = run(3600, cadence_spm=cadence)
    assert repair_frozen_sensor(track, "run") is track


def test_standing_in_a_crowd_is_not_frozen() -> None:
    track = changed(changed(run(), "cadence_spm", slice(0, 400), 0.0), "power_w", slice(0, 400), 0.0)
    assert repair_frozen_sensor(track, "run") is track


def test_a_pause_between_two_equal_values_is_no_frozen_sensor() -> None:
    track = changed(run(), "heart_rate_bpm", slice(600, 700), 150.0)
    time = track.time_s.copy()
    time[650:] += 3600
    track = changed(track, "time_s", slice(None), time)
    assert repair_frozen_sensor(track, "run") is track


def test_a_mean_filled_in_throughout_stays() -> None:
    track = changed(run(), "heart_rate_bpm", slice(None), 150.0)
    assert repair_frozen_sensor(track, "run") is track


# Positions


def away(track: Track, at: slice, metres: float) -> Track:
    shifted = track.columns["latitude_deg"][at] + metres / METRES_PER_DEGREE
    return changed(track, "latitude_deg", at, shifted)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_position_that_jumps_out_and_back_is_left_out(width: int) -> None:
    track = away(run(), slice(500, 500 + width), 400)
    track = changed(track, "altitude_m", slice(500, 500 + width), 160.0)
    fixed = repair_position_spikes(track, "run")
    assert fixed.repairs == ("repair_position_spikes",)
    for channel in ("latitude_deg", "longitude_deg", "altitude_m"):
        assert lost_rows(track, fixed, channel) == list(range(500, 500 + width))


@pytest.mark.parametrize(
    "track",
    [
        away(run(), slice(500, None), 400),
        away(run(), slice(500, 520), 400),
        away(run(), slice(500, 501), 60),
        away(run(), slice(0, 1), 5_000),
    ],
    ids=["jumps and stays", "twenty seconds away", "sixty metres", "the first fix"],
)
def test_other_jumps_are_left_to_the_distance(track: Track) -> None:
    assert repair_position_spikes(track, "run") is track


def test_a_barometers_height_stays_where_the_position_jumps() -> None:
    fixed = repair_position_spikes(away(run(), slice(500, 501), 400), "run")
    assert not np.isnan(fixed.columns["altitude_m"]).any()


# A heart rate that is the cadence


def test_a_heart_rate_that_goes_with_the_steps_is_said_and_kept() -> None:
    track = run()
    track = changed(track, "heart_rate_bpm", slice(600, 1080), track.columns["cadence_spm"][598:1078])
    told = warned_of_steps_for_beats(track, "run")
    assert "follows the cadence for 8 minutes" in told.warnings[0]
    assert told.columns is track.columns
    assert told.repairs == ()


@pytest.mark.parametrize("seed", range(5))
def test_a_hard_run_whose_heart_beats_as_fast_as_the_feet_is_not_suspect(seed: int) -> None:
    track = changed(run(), "heart_rate_bpm", slice(600, 1400), wobbly(171, 1.5, 800, 50 + seed))
    assert warned_of_steps_for_beats(track, "run") is track


# Laws

values = st.one_of(
    st.just(float("nan")), st.floats(0, 260), st.sampled_from([0.0, 85.0, 150.0, 172.0, 255.0])
)


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    """A run with pieces of anything in it, or gaps between its rows."""
    track = run(900)
    for _ in range(draw(st.integers(0, 5))):
        channel = draw(st.sampled_from(sorted(set(track.columns) - {"time_s", "latitude_deg"})))
        first, lasting = draw(st.integers(0, 899)), draw(st.sampled_from([1, 2, 5, 30, 400, 700]))
        track = changed(track, channel, slice(first, first + lasting), draw(values))
    for _ in range(draw(st.integers(0, 3))):
        first, last = sorted((draw(st.integers(0, 899)), draw(st.integers(0, 899))))
        track = halved(track, first, last)
    for _ in range(draw(st.integers(0, 3))):
        first, lasting = draw(st.integers(0, 899)), draw(st.integers(1, 5))
        track = away(track, slice(first, first + lasting), draw(st.floats(-2_000, 2_000)))
    steps = np.array(draw(st.lists(st.sampled_from([1.0, 1.0, 2.0, 5.0, 90.0]), min_size=4, max_size=9)))
    return changed(track, "time_s", slice(None), 1.7e9 + np.cumsum(np.resize(steps, 900)))


sports = st.sampled_from(["run", "run", "walk", "ride", "other"])


@settings(deadline=None)
@given(tracks(), sports)
def test_values_stay_are_doubled_or_are_gone_and_none_is_made_up(track: Track, sport: Sport) -> None:
    for repair in REPAIRS:
        fixed = repair(track, sport)
        assert list(fixed.columns) == list(track.columns)
        for channel, before in track.columns.items():
            after = fixed.columns[channel]
            assert after.shape == before.shape
            kept = ~np.isnan(after)
            same = after[kept] == before[kept]
            if channel == "cadence_spm" and repair is repair_cadence_halving:
                same |= after[kept] == 2 * before[kept]
            assert same.all()
        assert (fixed is track) == (fixed.repairs == track.repairs)
        assert len(fixed.warnings) > len(track.warnings) or fixed is track


@settings(deadline=None)
@given(tracks(), sports)
def test_what_was_put_right_is_not_put_right_again(track: Track, sport: Sport) -> None:
    for repair in REPAIRS:
        fixed = repair(track, sport)
        assert repair(fixed, sport) is fixed


# Real files


@pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="SKIPPED: the real files of ../shared/data are not here; how often repairs fire is not known",
)
def test_few_real_files_need_a_repair_and_no_more_than_was_looked_at() -> None:
    """Each of these was looked at: shaken pods, a contact of 617 ms in a run, a receiver's zigzag."""
    fired: Counter[str] = Counter()
    for path in sorted(SHARED.rglob("*")):
        if not path.is_file() or path.suffix == ".tsv":
            continue
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        try:
            activities = read(data, path.name.removesuffix(".gz"), UTC).activities
        except BadFile:
            continue
        fired.update({name for each in activities for name in each.repairs if name in NAMES})
    assert fired == {"repair_spikes": 5, "repair_position_spikes": 1}
