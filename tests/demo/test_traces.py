"""A made-up run goes by the laws that real runs go by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from backstride.app.demo import physiology as body
from backstride.app.demo.ground import Loop, degrees, loop_for
from backstride.app.demo.runner import RunPlan
from backstride.app.demo.traces import Trace, make_trace
from backstride.model.activity import Column

_PLAN = RunPlan(date(2026, 3, 1), 9.0, "long", 12_345.0, 2.7, "watch", pause_s=45)


def _trace(plan: RunPlan, seed: int = 3) -> Trace:
    return make_trace(plan, np.random.default_rng(seed))


def test_the_run_is_as_long_as_it_was_planned() -> None:
    """The distance grows each second by the speed there, but for a second in which walking begins or ends."""
    trace = _trace(_PLAN)
    assert trace.distance_m[-1] == pytest.approx(_PLAN.distance_m, abs=3.5)
    assert (np.diff(trace.distance_m) > 0).all()
    same = trace.walking[1:] == trace.walking[:-1]
    assert (~same).sum() == 2
    np.testing.assert_allclose(np.diff(trace.distance_m)[same], trace.speed_mps[:-1][same], atol=0.25)


def test_a_pause_is_a_gap_in_the_clock_and_in_nothing_else() -> None:
    paused, whole = _trace(_PLAN), _trace(replace(_PLAN, pause_s=0))
    steps = np.diff(paused.clock_s)
    assert sorted(set(steps.tolist())) == [1.0, 46.0]
    assert paused.moving_s == whole.moving_s
    np.testing.assert_array_equal(paused.distance_m, whole.distance_m)
    assert whole.pause_at_s is None


def test_contact_cadence_and_oscillation_follow_speed_along_their_lines() -> None:
    """The slope against 1/speed is 305 ms m/s; the day moves the whole line by a few ms at most."""
    trace = _trace(replace(_PLAN, distance_m=20_000.0))
    run = ~trace.walking
    slope, base = np.polyfit(1 / trace.speed_mps[run], trace.contact_ms[run], 1)
    assert slope == pytest.approx(305, rel=0.08)
    assert base == pytest.approx(160, abs=20)
    assert _slope(trace.speed_mps[run], trace.cadence_spm[run]) == pytest.approx(14.7, abs=1.0)
    assert _slope(trace.speed_mps[run], trace.oscillation_mm[run]) == pytest.approx(-5, abs=1.5)


def _slope(speed_mps: Column, values: Column) -> float:
    return float(np.polyfit(speed_mps, values, 1)[0])


def test_step_length_times_cadence_is_speed() -> None:
    trace = _trace(_PLAN)
    run = ~trace.walking
    worked_out = trace.step_length_mm[run] * trace.cadence_spm[run] / 60_000
    np.testing.assert_allclose(worked_out, trace.speed_mps[run])


def test_uphill_is_slower_than_downhill() -> None:
    trace = _trace(_PLAN)
    grade = loop_for(_PLAN.distance_m).grade(trace.distance_m)
    run = ~trace.walking
    assert trace.speed_mps[run & (grade > 0.01)].mean() < trace.speed_mps[run & (grade < -0.01)].mean() - 0.05


def test_walking_has_steps_but_no_running_dynamics() -> None:
    """Since the pain a fifth of the time is walked, at a walker's cadence."""
    trace = _trace(replace(_PLAN, effort="easy", walk_share=0.15))
    walked = trace.walking
    assert 0.15 < walked.mean() < 0.35
    assert np.isnan(trace.contact_ms[walked]).all()
    assert np.isnan(trace.step_length_mm[walked]).all()
    assert np.isfinite(trace.contact_ms[~walked]).all()
    assert trace.cadence_spm[walked].max() < 135 < trace.cadence_spm[~walked].min()


def test_the_heart_starts_low_and_comes_late() -> None:
    still = body.heart_rate_bpm(np.full(1200, 2.8), np.zeros(1200))
    assert still[0] < 95
    assert 85 < 100 * still[120] / still[-1] < 100
    assert (np.diff(still) > 0).all()


def test_a_treadmill_has_no_place_and_no_hills() -> None:
    trace = _trace(replace(_PLAN, treadmill=True, effort="steady"))
    assert np.isnan(trace.latitude_deg).all()
    assert np.isnan(trace.altitude_m).all()
    assert (trace.climb_m, trace.descent_m) == (0.0, 0.0)
    assert np.isfinite(trace.cadence_spm).all()


@pytest.mark.parametrize("distance_m", [900.0, 5_000.0, 12_345.0, 22_010.0])
def test_the_loop_ends_where_it_began_and_is_as_long_as_it_says(distance_m: float) -> None:
    loop = loop_for(distance_m)
    along_m = np.linspace(0, distance_m, 20_001)
    east_m, north_m = loop.place_m(along_m)
    assert np.hypot(east_m[-1], north_m[-1]) < 1
    assert np.hypot(np.diff(east_m), np.diff(north_m)).sum() == pytest.approx(distance_m, rel=0.002)
    assert loop.height_m(along_m)[-1] == pytest.approx(loop.height_m(along_m)[0])


def test_grade_is_the_slope_of_the_height() -> None:
    loop = Loop(5_000.0)
    along_m = np.arange(0.0, 5_000.0, 0.5)
    worked_out = np.gradient(loop.height_m(along_m), along_m)
    np.testing.assert_allclose(worked_out[1:-1], loop.grade(along_m)[1:-1], atol=1e-4)


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude_so_far_north() -> None:
    latitude, longitude = degrees(np.array([0.0, 1_000.0]), np.array([0.0, 1_000.0]))
    assert np.diff(latitude)[0] == pytest.approx(1_000 / 111_195, rel=1e-4)
    assert np.diff(longitude)[0] == pytest.approx(1_000 / (111_195 * np.cos(np.radians(53.42))), rel=1e-4)
