"""Grade comes from heights smoothed over distance; what is not known stays so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.load.made_up import KNOWLEDGE, changed

from backstride.features.measures.grade import grade, travelled_m

WINDOW_M = KNOWLEDGE.number("grade_window_m")
FAR = np.arange(0.0, 1_000.0, 3.0)


@given(st.floats(-0.44, 0.44), st.floats(1, 8))
def test_an_even_slope_is_its_own_grade_everywhere(slope: float, stride_m: float) -> None:
    far = np.arange(200) * stride_m

    found = grade(far, 300 + slope * far, WINDOW_M, KNOWLEDGE)

    assert found == pytest.approx(np.full(200, slope), abs=1e-6)


def test_heights_that_jump_by_a_metre_are_smoothed() -> None:
    jumps = np.random.default_rng(1).choice([-0.5, 0.5], FAR.size)

    found = grade(FAR, 100 + 0.05 * FAR + jumps, WINDOW_M, KNOWLEDGE)

    assert np.abs(np.diff(100 + jumps) / 3).max() > 0.3
    assert np.abs(found[10:-10] - 0.05).max() < 0.05


def test_a_gap_in_the_heights_stays_unknown_and_is_not_bridged() -> None:
    height = np.where(FAR < 500, 100.0, 130.0)
    height[150:180] = np.nan

    found = grade(FAR, height, WINDOW_M, KNOWLEDGE)

    assert np.isnan(found[150:180]).all()
    assert found[:150] == pytest.approx(np.zeros(150), abs=1e-9)
    assert found[180:] == pytest.approx(np.zeros(FAR.size - 180), abs=1e-9)


def test_a_height_now_and_then_does_for_the_samples_between() -> None:
    height = np.where(np.arange(FAR.size) % 3 == 0, 0.05 * FAR, np.nan)

    assert grade(FAR, height, WINDOW_M, KNOWLEDGE)[:-3] == pytest.approx(np.full(FAR.size - 3, 0.05))


def test_a_watch_that_writes_every_25_m_has_a_grade() -> None:
    far = np.arange(0.0, 2_000.0, 25.0)

    assert grade(far, 0.05 * far, WINDOW_M, KNOWLEDGE) == pytest.approx(np.full(far.size, 0.05))


def test_standing_still_or_too_short_a_stretch_has_no_grade() -> None:
    assert np.isnan(grade(np.zeros(50), np.linspace(0, 5, 50), WINDOW_M, KNOWLEDGE)).all()
    assert np.isnan(grade(np.arange(5.0), np.arange(5.0), WINDOW_M, KNOWLEDGE)).all()
    assert grade(np.empty(0), np.empty(0), WINDOW_M, KNOWLEDGE).size == 0


def test_a_slope_that_nobody_runs_on_is_a_fault_and_stays_unknown() -> None:
    assert np.isnan(grade(FAR, 0.6 * FAR, WINDOW_M, KNOWLEDGE)).all()
    assert np.isfinite(grade(FAR, 0.6 * FAR, WINDOW_M, changed(grade_most=0.7))).all()


def test_a_wider_window_tells_of_slower_changes() -> None:
    height = np.abs(FAR - 500)

    sharp = grade(FAR, height * 0.2, 12, KNOWLEDGE)
    smooth = grade(FAR, height * 0.2, 400, KNOWLEDGE)

    assert np.abs(np.diff(sharp)).max() > 3 * np.abs(np.diff(smooth)).max()


def test_the_end_of_an_ultra_is_as_exact_as_its_start() -> None:
    far = np.arange(80_000) * 2.5

    found = grade(far, 500 + 300 * np.sin(far / 2_000), WINDOW_M, KNOWLEDGE)

    assert np.abs(found - 0.15 * np.cos(far / 2_000)).max() < 2e-3


def test_distance_from_speed_adds_nothing_where_speed_is_missing() -> None:
    far = travelled_m(np.ones(4), np.array([2.0, np.nan, 3.0, 1.0]))

    assert far == pytest.approx([0.0, 2.0, 2.0, 5.0])
