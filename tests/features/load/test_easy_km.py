"""Easy kilometres reproduce what one maker publishes, add up, and grow with what is not known."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.load.made_up import (
    KNOWLEDGE,
    NAN,
    RULE,
    USUAL,
    changed,
    columns,
    easy,
    natural,
    per_metre,
)

from backstride.features.load.easy_km import easy_metres, easy_rule, steps_from_length_spm, weight
from backstride.features.load.usual import Usual
from backstride.features.measures.grade import grade
from backstride.model.findings import Interval

speeds = st.floats(2.0, 6.0)
grades = st.floats(-0.45, 0.45)
cadences = st.floats(140, 200)
"""All within a quarter of the usual."""


def test_an_own_easy_level_kilometre_is_one() -> None:
    assert per_metre(2.8) == pytest.approx(1.0)


def test_a_walked_kilometre_counts_half() -> None:
    assert easy(1.4, 0.0, 110.0, walking=True).low == pytest.approx(0.5 * 1_400)


@pytest.mark.parametrize(("faster", "fall"), [(1.3, 0.12), (1.4, 0.10), (1.35, 0.14)])
def test_a_fast_downhill_kilometre_counts_about_three(faster: float, fall: float) -> None:
    assert 2.4 <= per_metre(2.8 * faster, -fall) <= 3.5


def test_five_hard_miles_with_hills_count_about_eight() -> None:
    for up, down, slope in ((1.15, 1.45, 0.05), (1.1, 1.4, 0.06)):
        miles = 2.5 * per_metre(2.8 * up, slope) + 2.5 * per_metre(2.8 * down, -slope)
        assert 7.2 <= miles <= 8.8


def test_three_slow_and_easy_miles_count_about_two_and_a_half() -> None:
    assert 3 * per_metre(2.8 * 0.85) == pytest.approx(2.5, abs=0.15)


@given(speeds, grades, cadences, st.floats(1.0, 2.0))
def test_faster_at_the_same_steps_is_never_less(
    speed: float, slope: float, steps: float, more: float
) -> None:
    slow, fast = easy(speed, slope, steps), easy(speed * more, slope, steps)

    assert fast.low >= slow.low - 1e-6


@given(speeds, cadences, st.floats(-0.45, 0.45), st.floats(0.0, 0.3))
def test_steeper_down_is_never_less(speed: float, steps: float, slope: float, steeper: float) -> None:
    assert easy(speed, slope - steeper, steps).low >= easy(speed, slope, steps).low - 1e-6


@given(speeds, speeds, grades, cadences)
def test_a_metre_counts_between_walking_and_the_most(
    speed: float, usual: float, slope: float, steps: float
) -> None:
    found = easy(speed, slope, steps, usual=Usual(usual, 166.0))

    assert 0.5 - 1e-9 <= found.low / (1_000 * speed) <= 3.5 + 1e-9


@given(st.integers(1, 999), st.integers(0, 2**32 - 1))
def test_the_halves_of_an_activity_add_up_and_more_is_never_less(cut: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    seconds, speed, slope, steps = columns(
        1_000,
        1.0,
        chance.uniform(0.5, 6, 1_000),
        chance.uniform(-0.3, 0.3, 1_000),
        chance.uniform(90, 200, 1_000),
    )
    for column in (speed, slope, steps):
        column[chance.random(1_000) < 0.2] = NAN
    moving = chance.random(1_000) < 0.9
    running = moving & (chance.random(1_000) < 0.7)

    def of(part: slice) -> Interval:
        every = (each[part] for each in (seconds, speed, slope, steps, moving, running))
        return easy_metres(*every, USUAL, RULE)  # type: ignore[arg-type]

    first, second, whole = of(slice(cut)), of(slice(cut, None)), of(slice(None))
    assert (first + second).low == pytest.approx(whole.low)
    assert (first + second).high == pytest.approx(whole.high)
    assert first.low <= whole.low
    assert first.high <= whole.high
    assert whole.low <= whole.high


@given(speeds, grades, cadences)
def test_all_on_record_is_a_point_but_for_the_noise_of_heights_on_falling_ground(
    speed: float, slope: float, steps: float
) -> None:
    whole = easy(speed, slope, steps)

    assert whole.known or slope < 0
    assert whole.low <= whole.high <= 1.14 * whole.low


@given(speeds, grades, cadences)
def test_what_is_not_recorded_never_narrows(speed: float, slope: float, steps: float) -> None:
    whole = easy(speed, slope, steps)

    gap = easy(speed, NAN, steps)
    assert gap.low <= whole.low + 1e-6
    assert gap.high >= whole.high - 1e-6 or slope < -0.05


def test_level_ground_with_noisy_heights_is_still_about_one() -> None:
    far = np.arange(3_600) * 2.8
    noise = np.random.default_rng(1).normal(0, 0.3, 3_600)
    walk = 1.5 * np.sin(far / 60) + noise

    found = easy(2.8, grade(far, walk, KNOWLEDGE.number("grade_window_m"), KNOWLEDGE), seconds=3_600)

    assert found.low / (2.8 * 3_600) == pytest.approx(1.0, abs=0.02)
    assert found.high > found.low


def test_an_unknown_slope_is_not_taken_as_flat() -> None:
    flat, unknown = easy(2.8, 0.0), easy(2.8, NAN)

    assert unknown.low == pytest.approx(flat.low)
    assert unknown.high > 1.2 * flat.high


def test_steps_that_nobody_takes_are_a_fault_and_not_known() -> None:
    assert easy(2.8, 0.0, 40.0) == easy(2.8, 0.0, 260.0) == easy(2.8, 0.0, NAN)


def test_unknown_steps_speed_or_usual_steps_widen_to_both_sides() -> None:
    known = easy(2.8)

    for unknown in (easy(2.8, 0.0, NAN), easy(NAN), easy(2.8, usual=Usual(2.8, None))):
        assert unknown.low < known.low < unknown.high


def test_a_sample_that_shows_nothing_may_be_anything_from_standing_to_usual_running() -> None:
    every = columns(60, 1.0, NAN, NAN, NAN)
    still = np.zeros(60, bool)

    found = easy_metres(*every, still, still, USUAL, RULE)

    assert found.low == 0
    assert found.high >= 60 * USUAL.speed_mps


def test_standing_counts_nothing_and_a_walk_of_unknown_speed_is_a_walk() -> None:
    every = columns(60, 1.0, 0.0, 0.0, 0.0)
    still = np.zeros(60, bool)

    assert easy_metres(*every, still, still, USUAL, RULE) == Interval(0.0, 0.0)
    unknown = easy(NAN, 0.0, 100.0, walking=True, seconds=60)
    assert 0 < unknown.low < 0.5 * 60 * 1.4 < unknown.high


def test_a_step_length_stands_for_cadence() -> None:
    steps = steps_from_length_spm(np.array([2.8, NAN, 2.8]), np.array([1.0, 1.0, 0.0]))

    assert steps[0] == pytest.approx(168)
    assert np.isnan(steps[1:]).all()


def test_units_hold_together() -> None:
    """Twice the seconds at half the samples is the same; metres come out in metres."""
    seconds, speed, slope, steps = columns(500, 2.0, 2.8, 0.0, 166.0)
    moving = np.ones(500, bool)

    found = easy_metres(seconds, speed, slope, steps, moving, moving, USUAL, RULE)

    assert found.low == pytest.approx(easy(2.8, seconds=1_000).low)
    assert found.low == pytest.approx(2_800)


def test_nothing_is_guessed_beyond_what_was_measured() -> None:
    one = np.ones(1)

    assert weight(one, one, np.array([0.16]), RULE) == weight(one, one, np.array([0.45]), RULE)
    assert weight(3 * one, one, 0 * one, RULE) == weight(2 * one, one, 0 * one, RULE)


def test_every_number_of_the_rule_is_in_the_knowledge() -> None:
    other = easy_rule(
        changed(
            easy_step_exponent=2.5,
            easy_speed_exponent=1.0,
            force_cadence_exponent=-0.3,
            easy_downhill_jolt_share=0.5,
            easy_downhill_deg=8,
            easy_walk_weight=0.4,
            easy_weight_most=3.0,
            load_speed_ratio_most=1.8,
            load_cadence_ratio_most=1.2,
            easy_downgrade_noise=0.01,
            easy_unknown_downgrade=0.1,
            load_unknown_cadence_share=0.1,
            load_unknown_speed_share=0.3,
            moving_mps=0.4,
        )
    )

    same = [each.name for each in fields(RULE) if getattr(RULE, each.name) == getattr(other, each.name)]
    assert same == []


def test_it_says_that_it_is_its_own_rule() -> None:
    for name in ("easy_step_exponent", "easy_speed_exponent", "easy_walk_weight"):
        row = KNOWLEDGE.thresholds[name]
        assert row.checked == "P"
        assert "own_rule" in row.sources


def test_cadence_as_the_runner_takes_it_hardly_matters() -> None:
    """Steps in a metre and force of a step nearly cancel: no advice on cadence follows from it."""
    assert easy(3.2, 0.0, natural(3.2) * 1.1).low == pytest.approx(easy(3.2, 0.0, natural(3.2)).low, rel=0.01)
