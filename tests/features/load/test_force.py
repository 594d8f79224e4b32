"""Peak force follows physics and the published fits, and refuses a contact time that is too noisy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.load.made_up import KNOWLEDGE, NAN, changed, columns

from backstride.features.load.draws import COUNT, Spread, Unsure, deviates
from backstride.features.load.force import (
    Contact,
    against_usual,
    calibrated,
    force_plate,
    mean_peak_force,
    peak_force_bw,
    step_ms,
    trusted,
    usual_force_bw,
)
from backstride.features.load.usual import Usual, typical
from backstride.model.activity import Column

PLATE = force_plate(KNOWLEDGE)


def peak(speed: float, cadence: float, contact_ms: float = NAN, contact: Contact | None = None) -> Column:
    """Peak force of one sample in every world."""
    return peak_force_bw(*columns(1, speed, cadence, contact_ms), contact, KNOWLEDGE)[:, 0]


def test_with_contact_time_it_is_k_times_step_time_over_contact_time() -> None:
    assert peak(3.0, 165, 255, PLATE)[0] == pytest.approx(1.64 * (60_000 / 165) / 255)


def test_without_it_the_published_fit_holds() -> None:
    assert peak(3.0, 165)[0] == pytest.approx(2.35)
    assert peak(3.6, 180)[0] == pytest.approx(2.35 * 1.2**0.21 * (180 / 165) ** -0.41)


@pytest.mark.parametrize(("noise_ms", "used"), [(0.0, True), (13.0, True), (13.1, False), (None, False)])
def test_a_contact_time_noisier_than_13_ms_or_of_unknown_noise_is_refused(
    noise_ms: float | None, used: bool
) -> None:
    contact = Contact(1.64, 0.05, noise_ms)

    assert trusted(contact, KNOWLEDGE) == used
    assert (peak(3.0, 165, 200, contact)[0] == pytest.approx(peak(3.0, 165)[0])) != used


def test_no_word_on_the_device_is_not_taken_as_a_good_device() -> None:
    assert not trusted(None, KNOWLEDGE)
    assert peak(3.0, 165, 200, None) == pytest.approx(peak(3.0, 165))


def test_the_cut_off_is_the_one_in_the_knowledge() -> None:
    assert not trusted(Contact(1.64, 0.05, 10.0), changed(contact_noise_most_ms=8))


def test_a_noisier_device_gives_a_wider_band() -> None:
    widths = [
        Spread(peak(3.0, 165, 250, Contact(1.64, 0.05, noise))).interval(KNOWLEDGE) for noise in (0, 6, 12)
    ]

    assert sorted(widths, key=lambda each: each.high - each.low) == widths


def test_samples_without_contact_time_fall_back_and_without_cadence_are_not_known() -> None:
    found = peak_force_bw(
        *columns(4, 3.0, np.array([165, 165, NAN, 0]), np.array([250, NAN, 250, 250])), PLATE, KNOWLEDGE
    )

    assert found[0, 0] == pytest.approx(1.64 * 60_000 / 165 / 250)
    assert found[0, 1] == pytest.approx(2.35)
    assert np.isnan(found[:, 2:]).all()


@given(st.floats(2, 6), st.floats(150, 200), st.floats(1.01, 1.5))
def test_faster_is_more_force_and_more_steps_less(speed: float, cadence: float, more: float) -> None:
    assert peak(speed * more, cadence)[0] > peak(speed, cadence)[0]
    assert peak(speed, cadence * more)[0] < peak(speed, cadence)[0]


@given(st.floats(2, 6), st.floats(140, 220))
def test_the_band_holds_the_middle_and_is_never_a_point(speed: float, cadence: float) -> None:
    found = Spread(peak(speed, cadence))

    band = found.interval(KNOWLEDGE)

    assert band.low < found.middle < band.high


def test_the_ground_gives_body_weight_times_step_time_in_every_step() -> None:
    """Over a minute the impulses add up to body weight times a minute, whatever the cadence."""
    cadence = np.array([120.0, 165.0, 200.0])

    assert step_ms(cadence) / 1_000 * cadence == pytest.approx(np.full(3, 60.0))
    assert np.isnan(step_ms(np.array([0.0, NAN]))).all()


def test_the_mean_of_a_run_leaves_walking_out_and_needs_a_minute() -> None:
    seconds, speed, cadence, contact = columns(200, 1.0, 3.0, 165, NAN)
    running = np.arange(200) < 100
    cadence[100:] = 110

    whole = mean_peak_force(seconds, speed, cadence, contact, running, None, KNOWLEDGE)
    short = mean_peak_force(seconds, speed, cadence, contact, np.arange(200) < 59, None, KNOWLEDGE)

    assert whole is not None
    assert whole.middle == pytest.approx(2.35)
    assert short is None


def test_against_the_usual_step_the_usual_step_is_one() -> None:
    usual = Usual(3.0, 165.0, 250.0)
    one, contact = np.ones(1), np.array([250.0])

    assert against_usual(one, one, contact, usual, None, KNOWLEDGE) == pytest.approx(np.ones((COUNT, 1)))
    assert against_usual(one, one, contact, usual, PLATE, KNOWLEDGE) == pytest.approx(np.ones((COUNT, 1)))
    assert usual_force_bw(usual, 165.0, PLATE, KNOWLEDGE)[0] == pytest.approx(1.64 * 60_000 / 165 / 250)
    assert usual_force_bw(usual, 165.0, None, KNOWLEDGE)[0] == pytest.approx(2.35)


def easy_runs(long_ms: float, noise_ms: float, runs: int = 20) -> tuple[Column, Column, Column]:
    """Easy runs on a device that reads contact time long by some ms, with noise."""
    chance = np.random.default_rng(3)
    speed, cadence = chance.uniform(2.8, 3.2, runs), chance.uniform(162, 168, runs)
    force = 2.35 * (speed / 3.0) ** 0.21 * (cadence / 165) ** -0.41
    true_ms = 1.64 * 60_000 / cadence / force
    return speed, cadence, true_ms + long_ms + chance.normal(0, noise_ms, runs)


def test_calibration_finds_the_noise_of_a_device() -> None:
    for noise_ms in (4.0, 18.0):
        found = calibrated(*easy_runs(0, noise_ms), typical(KNOWLEDGE), KNOWLEDGE)
        assert found is not None
        assert found.noise_ms == pytest.approx(noise_ms, rel=0.35)
        assert trusted(found, KNOWLEDGE) == (noise_ms < 13)


def test_calibration_moves_k_towards_a_device_that_reads_long_but_not_all_the_way() -> None:
    fair = calibrated(*easy_runs(0, 0), typical(KNOWLEDGE), KNOWLEDGE)
    long = calibrated(*easy_runs(30, 0), typical(KNOWLEDGE), KNOWLEDGE)

    assert fair is not None
    assert long is not None
    assert fair.k_bw == pytest.approx(1.64, abs=0.005)
    assert fair.k_bw < long.k_bw < 1.64 * (254 + 30) / 254
    assert long.k_sd_share < KNOWLEDGE.number("force_level_sd_share")


def test_too_few_easy_runs_calibrate_nothing() -> None:
    speed, cadence, contact = easy_runs(0, 4)

    assert calibrated(speed[:7], cadence[:7], contact[:7], typical(KNOWLEDGE), KNOWLEDGE) is None
    assert calibrated(speed + 2, cadence, contact, typical(KNOWLEDGE), KNOWLEDGE) is None


def test_the_worlds_are_the_same_each_time_and_lean_to_no_side() -> None:
    every = np.array([deviates(name) for name in Unsure.__args__])
    like = np.corrcoef(every)

    assert every.shape == (12, COUNT)
    assert every.mean(axis=1) == pytest.approx(np.zeros(12), abs=1e-12)
    assert every.std(axis=1) == pytest.approx(np.ones(12), abs=0.03)
    assert np.abs(like - np.eye(12)).max() < 0.09
    assert (every[:, 0] == 0).all()
    assert deviates("k")[1] == deviates("k")[1]
