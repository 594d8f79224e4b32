"""The load of the low back is told against the runner's own easy step, adds up, and is one of three words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.load.made_up import KNOWLEDGE, NAN, USUAL, changed, columns

from backstride.features.load.draws import COUNT, Spread
from backstride.features.load.force import force_plate
from backstride.features.load.lumbar import (
    LumbarLoad,
    Posture,
    collapsed,
    direction,
    press_bw,
    run_load,
)
from backstride.features.load.usual import Usual
from backstride.model.activity import Column
from backstride.model.findings import Interval


def load(
    speed: float | Column = 2.8,
    cadence: float | Column = 166.0,
    contact_ms: float | Column = NAN,
    *,
    seconds: int = 600,
    posture: Posture | None = None,
    usual: Usual = USUAL,
    plate: bool = False,
) -> LumbarLoad:
    every = columns(seconds, 1.0, speed, cadence, contact_ms)
    contact = force_plate(KNOWLEDGE) if plate else None
    found = run_load(*every, np.ones(seconds, bool), usual, KNOWLEDGE, posture, contact)
    assert found is not None
    return found


def test_an_own_easy_level_kilometre_is_100_whatever_is_not_known() -> None:
    seconds = 1_000
    found = load(2.8, seconds=seconds).worlds / (2.8 * seconds / 1_000)

    assert found == pytest.approx(np.full((4, COUNT), 100.0))


def test_the_press_of_a_typical_step_is_that_of_the_study() -> None:
    """2.5 body weights, 2.1 to 3.1: our band is wider, as 25 other runners showed that it must be."""
    found = Spread(press_bw(np.full((COUNT, 1), 2.35), np.full(COUNT, 12.0), KNOWLEDGE)[:, 0])

    assert found.middle == pytest.approx(2.5, abs=0.02)
    assert 2.0 < found.interval(KNOWLEDGE).low < 2.3
    assert 2.8 < found.interval(KNOWLEDGE).high < 3.2


def test_five_degrees_of_lean_press_about_15_percent_more_or_less() -> None:
    force, lean = np.full((COUNT, 1), 2.35), np.full(COUNT, 12.0)
    now = press_bw(force, lean, KNOWLEDGE)

    assert press_bw(force, lean + 5, KNOWLEDGE)[0] / now[0] == pytest.approx(1.155, abs=0.03)
    assert press_bw(force, lean - 5, KNOWLEDGE)[0] / now[0] == pytest.approx(0.842, abs=0.03)


@given(st.integers(1, 599), st.integers(0, 2**32 - 1))
def test_the_halves_of_a_run_add_up_to_the_whole(cut: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    seconds, speed, cadence, contact = columns(
        600, 1.0, chance.uniform(1, 5, 600), chance.uniform(140, 200, 600), chance.uniform(180, 300, 600)
    )
    speed[chance.random(600) < 0.1] = NAN
    cadence[chance.random(600) < 0.1] = NAN
    running = chance.random(600) < 0.9
    usual, plate = Usual(2.8, 166.0, 250.0), force_plate(KNOWLEDGE)

    def of(part: slice) -> Column:
        found = run_load(
            *(each[part] for each in (seconds, speed, cadence, contact)),
            running[part],
            usual,
            KNOWLEDGE,
            None,
            plate,
        )
        assert found is not None
        return found.worlds

    assert of(slice(cut)) + of(slice(cut, None)) == pytest.approx(of(slice(None)))


def test_a_long_run_is_worked_out_in_parts_and_is_the_same() -> None:
    assert load(seconds=5_000).worlds == pytest.approx(load(seconds=500).worlds * 10)


def test_steps_or_speed_that_are_not_recorded_widen_the_load() -> None:
    known, steps, speed = load(), load(cadence=NAN), load(speed=NAN)

    for unknown in (steps, speed):
        band = unknown.interval(KNOWLEDGE)
        assert band.low < known.interval(KNOWLEDGE).low
        assert band.high > known.interval(KNOWLEDGE).high


def test_a_sensors_faults_do_not_blow_the_load_up() -> None:
    assert load(cadence=3.0).worlds == pytest.approx(load(cadence=NAN).worlds)
    assert load(speed=40.0).worlds == pytest.approx(load(speed=5.6).worlds)


def test_without_a_usual_cadence_there_is_no_load() -> None:
    every = columns(600, 1.0, 2.8, 166.0, NAN)

    assert run_load(*every, np.ones(600, bool), Usual(2.8, None), KNOWLEDGE) is None


def test_walking_and_standing_add_nothing() -> None:
    every = columns(600, 1.0, 1.4, 110.0, NAN)

    found = run_load(*every, np.zeros(600, bool), USUAL, KNOWLEDGE)

    assert found is not None
    assert (found.worlds == 0).all()


@given(st.floats(1.001, 3))
def test_more_of_the_same_running_is_likely_higher(more: float) -> None:
    once = load()

    assert direction(LumbarLoad(once.worlds * more), once, KNOWLEDGE) == "likely higher"
    assert direction(once, LumbarLoad(once.worlds * more), KNOWLEDGE) == "likely lower"
    assert direction(once, once, KNOWLEDGE) == "unclear"


def test_lighter_is_likely_lower_and_more_lean_likely_higher_whoever_measured_lean() -> None:
    for lean in (None, 8.0):
        now = load(posture=Posture(lean))
        assert direction(load(posture=Posture(lean, 0.0, 0.95)), now, KNOWLEDGE) == "likely lower"
        assert direction(load(posture=Posture(lean, 5.0)), now, KNOWLEDGE) == "likely higher"


def test_a_trusted_contact_time_is_taken_and_an_unknown_one_is_not() -> None:
    usual = Usual(2.8, 166.0, 250.0)

    assert load(contact_ms=220.0, usual=usual, plate=True).worlds[2, 0] > 1.3 * load(usual=usual).worlds[2, 0]
    assert load(contact_ms=220.0, usual=usual).worlds == pytest.approx(load(usual=usual).worlds)
    assert load(contact_ms=220.0, plate=True).worlds == pytest.approx(load().worlds)


@pytest.mark.parametrize(
    ("ratios", "word"),
    [
        ([(0.7, 0.9), (0.5, 0.99)], "likely lower"),
        ([(1.01, 1.2), (1.1, 2.0)], "likely higher"),
        ([(0.7, 0.9), (0.9, 1.1)], "unclear"),
        ([(0.7, 0.9), (1.1, 1.2)], "unclear"),
        ([(1.0, 1.0)], "unclear"),
    ],
)
def test_a_word_is_said_only_where_every_exponent_agrees(
    ratios: list[tuple[float, float]], word: str
) -> None:
    assert collapsed([Interval(*ratio) for ratio in ratios]) == word


def test_the_constants_are_those_in_the_knowledge() -> None:
    force, lean = np.full((COUNT, 1), 2.35), np.full(COUNT, 12.0)
    now = press_bw(force, lean, KNOWLEDGE)[0, 0]

    for name, value in (
        ("lumbar_phi", 0.5),
        ("lumbar_trunk_m", 0.3),
        ("lumbar_offset_m", 0.02),
        ("lumbar_arm_m", 0.05),
        ("lumbar_floor_bw", 0.5),
    ):
        assert press_bw(force, lean, changed(**{name: value}))[0, 0] != pytest.approx(now), name
    every = columns(600, 1.0, 2.8, 166.0, NAN)
    one = run_load(*every, np.ones(600, bool), USUAL, changed(lumbar_exponents=(3.0,)))
    assert one is not None
    assert one.worlds.shape == (1, COUNT)
