"""What was run on a day: by the second, by laps, or as a whole, and never more than is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.features.made_up import DAY, LAST, look, run

from backstride.features.longest import longest_30_days
from backstride.features.run_days import habits, run_days
from backstride.model.activity import Activity, Lap, Stream
from backstride.model.history import History


def walk_run(rounds: int = 8, run_s: int = 120, walk_s: int = 60) -> Activity:
    """Rounds of running at 2.8 m/s and walking at 1.4 m/s, a sample each second."""
    speed = np.tile(np.repeat([2.8, 1.4], [run_s, walk_s]), rounds)
    time = np.arange(speed.size, dtype=np.float64)
    stream = Stream({"time_s": time, "speed_mps": speed})
    return replace(run(LAST, 3.4), moving_s=float(speed.size), stream=stream)


def test_by_the_second() -> None:
    (day,) = run_days(look(History(activities=(walk_run(),))), [LAST])

    assert day.running_s == pytest.approx(960, abs=2)
    assert day.moving_s == pytest.approx(1440, abs=2)
    assert day.run_mps == pytest.approx(2.8, rel=0.02)
    assert day.distance_m == pytest.approx(3400)
    assert (day.at.hour, day.sport) == (7, "run")


def test_by_laps_of_which_each_was_run_or_walked() -> None:
    laps = tuple(lap for nth in range(8) for lap in (Lap(nth * 180, 120, 336), Lap(nth * 180 + 120, 60, 84)))
    (day,) = run_days(look(History(activities=(replace(run(LAST, 3.4), moving_s=1440, laps=laps),))), [LAST])

    assert (day.running_s, day.moving_s) == (960, 1440)


def test_what_tells_no_running_from_walking_is_not_known() -> None:
    one_lap = (Lap(0, 1440, 3400),)
    gap = (Lap(0, 120, None), Lap(120, 60, 84))
    for laps in ((), one_lap, gap):
        (day,) = run_days(look(History(activities=(replace(run(LAST), laps=laps),))), [LAST])
        assert day.running_s is None


def test_all_runs_of_a_day_together_and_a_walk_beside_them() -> None:
    walk = replace(run(LAST, 2, hour=9), sport="walk")
    both = (run(LAST, 3), run(LAST, 2, hour=18), walk, run(LAST - DAY, 9))
    runs, walks = run_days(look(History(activities=both)), [LAST])

    assert (runs.sport, runs.distance_m, len(runs.activities)) == ("run", 5000, 2)
    assert (walks.sport, walks.distance_m, walks.running_s) == ("walk", 2000, 0)


def test_one_run_without_a_distance_leaves_the_whole_unknown() -> None:
    (day,) = run_days(look(History(activities=(run(LAST, 3), run(LAST, None, hour=18)))), [LAST])

    assert day.distance_m is None
    assert day.moving_s is None


def test_the_usual_pace_is_that_of_the_days_before() -> None:
    before = tuple(run(LAST - DAY * back) for back in (2, 4, 6, 8))
    few, known = (
        run_days(look(History(activities=(*runs, walk_run()))), [LAST])[0] for runs in (before[:2], before)
    )

    assert few.easy_mps is None
    assert known.easy_mps == pytest.approx(1000 / 360)


def test_whether_the_walk_after_a_run_is_on_record() -> None:
    without, with_it, unknown = (
        habits(seen, [longest_30_days(seen)]).records_strolls
        for seen in (
            look(History(activities=(walk_run(walk_s=30),))),
            look(History(activities=(walk_run(walk_s=120),))),
            look(History(activities=(run(LAST),))),
        )
    )

    assert (without, with_it, unknown) == (False, True, None)
