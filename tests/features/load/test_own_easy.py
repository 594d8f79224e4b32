"""Own easy level kilometres of whole runs: exact for the usual run, and open where the record is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.made_up import DAY, KNOWLEDGE, LAST, look, streamed

from backstride.features.load.easy import easy_m, lumbar_load
from backstride.features.lookback import Lookback
from backstride.features.measures.memory import Measured
from backstride.model.activity import Activity, Column, Stream
from backstride.model.history import History

USUAL = {"speed_mps": 2.6, "cadence_spm": 168.0, "altitude_m": 100.0}


def as_usual(seconds: int = 1_200, back: int = 0, **other: float | Column) -> Activity:
    """A level run with everything on record, so many days ago."""
    told = streamed({**USUAL, **other}, seconds, LAST - DAY * back)
    return replace(told, distance_m=2.6 * seconds, moving_s=float(seconds))


def with_usual(*runs: Activity) -> Lookback:
    """The record of a runner who runs so, and ran these last."""
    before = tuple(as_usual(back=back) for back in range(1, 12))
    return look(History(activities=(*before[::-1], *runs)))


def test_a_kilometre_as_usual_on_the_level_is_one_own_easy_kilometre() -> None:
    run = as_usual()
    found = easy_m(run, with_usual(run))

    assert found is not None
    assert found.low == pytest.approx(found.high)
    assert found.high == pytest.approx(2.6 * 1_199, rel=1e-6)


def test_walking_it_is_worth_half_as_much_or_less() -> None:
    walk = as_usual(speed_mps=1.3, cadence_spm=110.0)
    found = easy_m(walk, with_usual(walk))

    assert found is not None
    assert 0.35 < found.high / (1.3 * 1_199) < 0.65


def test_ground_and_steps_that_are_not_on_record_open_the_ends() -> None:
    unknown = streamed({"speed_mps": 2.6}, 1_200)
    found, known = easy_m(unknown, with_usual(unknown)), easy_m(as_usual(), with_usual(as_usual()))

    assert found is not None
    assert known is not None
    assert found.low < known.low
    assert known.high < found.high


def test_without_a_course_in_time_there_is_none() -> None:
    bare = replace(as_usual(), stream=Stream())

    assert easy_m(bare, with_usual(bare)) is None
    assert lumbar_load(bare, with_usual(bare)) is None


def test_the_relative_load_of_an_own_easy_kilometre_is_a_hundred() -> None:
    run = as_usual(3_000)
    found = lumbar_load(run, with_usual(run))

    assert found is not None
    assert found.low == pytest.approx(100 * 2.6 * 2_999 / 1_000, rel=0.01)
    assert found.high == pytest.approx(found.low, rel=0.01)


def test_contact_time_counts_on_a_device_that_is_steady_and_not_on_a_noisy_one() -> None:
    chance = np.random.default_rng(3)
    shorter = as_usual(contact_ms=225.0)
    loads = []
    for noise_ms in (4.0, 25.0):
        before = tuple(
            as_usual(back=back, contact_ms=250.0 + noise_ms * chance.normal()) for back in range(40, 0, -1)
        )
        loads.append(lumbar_load(shorter, look(History(activities=(*before, shorter)))))

    trusted, ignored = loads
    assert trusted is not None
    assert ignored is not None
    assert (trusted.low + trusted.high) / 2 > 1.05 * (ignored.low + ignored.high) / 2


@given(st.integers(300, 2_000), st.floats(2.1, 4.0))
def test_a_run_in_two_halves_is_worth_what_it_is_worth_whole(half: int, speed: float) -> None:
    at = np.arange(2 * half + 1, dtype=np.float64)
    columns = {"speed_mps": speed + 0.2 * np.sin(at / 50), "cadence_spm": 168 + 3 * np.sin(at / 90)}
    whole = streamed(columns, at.size)
    first = streamed({name: column[: half + 1] for name, column in columns.items()}, half + 1)
    second = streamed({name: column[half:] for name, column in columns.items()}, half + 1)

    worth = [Measured(KNOWLEDGE)(run)["typical_easy_m"] for run in (whole, first, second)]

    for end in ("low", "high"):
        parts = [getattr(each, end) for each in worth]
        assert parts[0] == pytest.approx(parts[1] + parts[2], rel=1e-6)
    assert worth[0].value == pytest.approx((worth[0].low or 0) / 2 + (worth[0].high or 0) / 2)
