"""The models of the force against physics, and against a force plate where its file is there."""

from __future__ import annotations

import numpy as np
import pytest
from accuracy.grf import (
    FILE,
    average,
    noisy,
    off,
    sine_bw,
    trials,
    two_mass_bw,
    with_contact,
    without_contact,
)
from hypothesis import given
from hypothesis import strategies as st

from backstride.features.load.force import step_ms

plate = pytest.mark.skipif(
    not FILE.exists(), reason=f"NOT CHECKED against a force plate: {FILE.name} is not in ../shared/data"
)


@given(st.floats(0.3, 0.42), st.floats(0.15, 0.28))
def test_two_masses_give_body_weight_times_step_time(step_s: float, contact_s: float) -> None:
    time_s, force_bw = two_mass_bw(step_s, contact_s, 4_001)

    assert np.trapezoid(force_bw, time_s) == pytest.approx(step_s, rel=1e-3)


def test_half_a_sine_gives_body_weight_times_step_time() -> None:
    time_s = np.linspace(0, 0.25, 4_001)
    peak = sine_bw(np.array([0.36]), np.array([0.25]))[0]

    assert np.trapezoid(peak * np.sin(np.pi * time_s / 0.25), time_s) == pytest.approx(0.36, rel=1e-6)


@plate
def test_contact_time_of_a_plate_tells_the_peak_within_three_and_a_half_percent() -> None:
    found = trials()

    assert np.unique(found.runner).size == 25
    assert off(with_contact(found), found.peak_bw) <= 0.035
    assert off(average(found), found.peak_bw) > 0.06
    assert off(without_contact(found), found.peak_bw) < off(average(found), found.peak_bw)


@plate
def test_a_contact_time_noisier_than_the_cut_off_is_worse_than_calling_everyone_average() -> None:
    found = trials()
    everyone = off(average(found), found.peak_bw)

    assert noisy(found, 10)[0] < everyone < noisy(found, 15)[0]
    assert noisy(found, 20)[1] < everyone


@plate
def test_the_impulse_of_a_step_is_body_weight_times_its_time() -> None:
    found = trials()
    step_s = step_ms(found.cadence_spm) / 1_000
    gain = (found.impulse_bw_s / step_s).mean()

    assert off(step_s * gain, found.impulse_bw_s) < 0.01
    assert gain == pytest.approx(1.044, abs=0.005)
