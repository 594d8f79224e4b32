"""A few odd days move neither the middle nor the plane; what is alike on most days is left as it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.features.exposures.scatter import above_floor, drawn_in, middle_and_scatter, plane, usual_some

VALUES = st.lists(st.floats(-50, 50), min_size=3, max_size=60).map(np.array)


def test_the_scatter_of_an_even_year_is_its_standard_deviation() -> None:
    year = np.random.default_rng(1).normal(170, 4, 4_000)

    middle, scatter = middle_and_scatter(year)

    assert middle == pytest.approx(170, abs=0.3)
    assert scatter == pytest.approx(4, rel=0.05)


def test_one_walk_among_the_runs_is_drawn_in() -> None:
    year = np.array([176.0, 178, 180, 182, 184, 129])

    drawn = drawn_in(year, year, 3, 0.5)

    assert drawn[:5].tolist() == year[:5].tolist()
    assert 129 < drawn[5] < 176


def test_a_new_pair_after_a_year_in_one_is_no_outlier() -> None:
    year = np.zeros(50)

    assert drawn_in(np.array([0.0, 1.0]), year, 3, 0.1).tolist() == [0.0, 1.0]


@given(VALUES, st.floats(1, 5))
def test_drawing_in_keeps_the_order_and_never_moves_what_is_near(value: np.ndarray, scatters: float) -> None:
    drawn = drawn_in(value, value, scatters, 0.1)
    middle, scatter = middle_and_scatter(value)
    near = np.abs(value - middle) <= scatters * scatter

    assert np.allclose(drawn[near], value[near])
    assert (np.diff(drawn[np.argsort(value)]) >= 0).all()


def test_the_plane_is_that_of_most_days_and_not_of_a_few_far_off() -> None:
    chance = np.random.default_rng(2)
    beside = chance.normal(0, 1, (2, 100))
    value = 3 * beside[0] - 2 * beside[1] + chance.normal(0, 0.1, 100)
    value[:5] += 60

    assert plane(value, beside, 3).tolist() == pytest.approx([3, -2], abs=0.1)


def test_nothing_is_no_infinite_change_and_no_usual_amount() -> None:
    assert usual_some(np.array([0.0, np.nan, 0.0])) is None
    assert usual_some(np.array([0.0, 2.0, 4.0])) == 3.0
    assert np.isfinite(above_floor(np.array([0.0]), 3.0)).all()
