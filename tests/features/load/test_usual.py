"""The usual is the middle run by running time, and is not made up."""

from __future__ import annotations

import numpy as np
from tests.features.load.made_up import KNOWLEDGE, NAN, changed

from backstride.features.load.usual import Usual, typical, usual

HOUR = np.full(5, 3_600.0)
NONE = np.full(5, NAN)


def test_one_race_does_not_change_the_usual() -> None:
    speed, cadence = np.array([2.7, 2.8, 2.9, 2.8, 4.6]), np.array([164.0, 166, 168, 166, 184])

    assert usual(HOUR, speed, cadence, NONE, KNOWLEDGE) == Usual(2.8, 166.0)


def test_long_runs_weigh_more() -> None:
    running_s = np.array([600.0, 600, 600, 7_200, 600])

    found = usual(running_s, np.array([4.0, 4, 4, 2.6, 4]), NONE, NONE, KNOWLEDGE)

    assert found == Usual(2.6, None)


def test_too_few_runs_have_no_usual() -> None:
    speed = np.array([NAN, NAN, NAN, 2.8, 2.8])

    assert usual(HOUR, speed, NONE, NONE, KNOWLEDGE) is None
    assert usual(HOUR, speed, NONE, NONE, changed(usual_least_runs=2)) == Usual(2.8, None)


def test_contact_time_is_that_of_runs_near_the_usual_speed() -> None:
    speed, contact = np.array([2.8, 2.8, 2.8, 2.8, 4.6]), np.array([260.0, NAN, 262, 261, 190])

    found = usual(HOUR, speed, NONE, contact, KNOWLEDGE)

    assert found == Usual(2.8, None, 261.0)


def test_only_the_newest_runs_count() -> None:
    speed = np.array([4.0, 4.0, 2.8, 2.8, 2.8])

    assert usual(HOUR, speed, NONE, NONE, changed(usual_runs=3)) == Usual(2.8, None)


def test_a_typical_runner_is_that_of_the_published_force() -> None:
    assert typical(KNOWLEDGE) == Usual(3.0, 165.0)
