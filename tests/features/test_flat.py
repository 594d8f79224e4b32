"""Stride on the flat: hills, stops and sprints are left out; drift within a run is at equal speed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.made_up import KNOWLEDGE, streamed

from backstride.features.measures.grade import grade_of
from backstride.features.measures.memory import Measured
from backstride.features.runs import samples
from backstride.model.activity import Activity
from backstride.model.findings import Worked

SECONDS = 1_800
AT = np.arange(SECONDS)


def worked(name: str, activity: Activity) -> Worked:
    return Measured(KNOWLEDGE)(activity)[name]


def value(name: str, activity: Activity) -> float:
    found = worked(name, activity).value
    assert found is not None
    return found


def test_a_hill_is_no_change_of_step_rate() -> None:
    """Half the run is flat, half climbs at 5 % with ten steps a minute more."""
    climbing = AT >= SECONDS / 2
    columns = {
        "speed_mps": 3.0,
        "altitude_m": np.maximum(0.0, AT - SECONDS / 2) * 3.0 * 0.05,
        "cadence_spm": np.where(climbing, 180.0, 170.0),
    }

    hilly = streamed(columns, SECONDS)

    assert value("running_cadence_spm", hilly) == pytest.approx(175, abs=0.1)
    assert value("flat_cadence_spm", hilly) == pytest.approx(170, abs=0.2)
    assert worked("flat_cadence_spm", hilly).channels == ("cadence_spm", "speed_mps", "altitude_m")


def test_a_run_without_any_flat_has_no_stride_on_the_flat() -> None:
    hilly = streamed({"speed_mps": 3.0, "altitude_m": AT * 3.0 * 0.05, "cadence_spm": 175.0}, SECONDS)

    assert worked("flat_cadence_spm", hilly) == Worked(None, (), "too_little_flat")


def test_where_the_ground_is_not_known_all_steady_running_counts_and_it_shows() -> None:
    found = worked("flat_cadence_spm", streamed({"speed_mps": 3.0, "cadence_spm": 170.0}, SECONDS))

    assert found == Worked(pytest.approx(170.0), ("cadence_spm", "speed_mps"))  # type: ignore[arg-type]


def test_a_sprint_and_a_stop_are_left_out() -> None:
    speed = np.full(SECONDS, 3.0) + 0.1 * np.sin(AT)
    cadence = np.full(SECONDS, 170.0)
    speed[400:420], cadence[400:420] = 6.0, 200.0
    speed[900:930], cadence[900:930] = 0.0, 0.0

    found = streamed({"speed_mps": speed, "cadence_spm": cadence}, SECONDS)

    assert value("flat_cadence_spm", found) == pytest.approx(170, abs=0.01)
    assert value("flat_speed_mps", found) == pytest.approx(3.0, abs=0.01)


def test_a_watch_and_a_pod_on_the_same_run_stay_apart() -> None:
    both = streamed({"speed_mps": 3.0, "contact_ms": 250.0, "stryd_contact_ms": 230.0}, SECONDS)
    pod = streamed({"speed_mps": 3.0, "stryd_contact_ms": 230.0}, SECONDS)

    assert worked("flat_contact_ms", both).channels[0] == "contact_ms"
    assert value("flat_contact_ms", both) == pytest.approx(250)
    assert value("flat_stryd_contact_ms", both) == pytest.approx(230)
    assert worked("flat_contact_ms", pod).channels[0] == "stryd_contact_ms"


@given(st.floats(-0.2, 0.2), st.floats(0, 3_000))
def test_an_even_slope_is_that_slope_everywhere_at_any_height(slope: float, height_m: float) -> None:
    activity = streamed({"speed_mps": 3.0, "altitude_m": height_m + slope * 3.0 * AT}, SECONDS)
    run = samples(activity, KNOWLEDGE)
    assert run is not None

    found = grade_of(run, activity.stream, 100, KNOWLEDGE)

    assert found == pytest.approx(np.full(SECONDS, slope), abs=0.004)


def test_where_altitude_is_missing_the_grade_is_not_known() -> None:
    altitude = np.where(AT < 900, np.nan, 20.0)
    activity = streamed({"speed_mps": 3.0, "altitude_m": altitude}, SECONDS)
    run = samples(activity, KNOWLEDGE)
    assert run is not None

    found = grade_of(run, activity.stream, 100, KNOWLEDGE)

    assert np.isnan(found[:900]).all()
    assert found[900:] == pytest.approx(np.zeros(900))


def tiring(by_ms: float, slower_mps: float = 0.0, slope: float = 250.0) -> Activity:
    """Contact time rises evenly by so much over a run that slows evenly, on a line of its own over speed."""
    chance = np.random.default_rng(4)
    part = AT / SECONDS
    speed = 3.0 - slower_mps * part + 0.15 * chance.standard_normal(SECONDS)
    contact = 165 + slope / speed + by_ms * part + 3 * chance.standard_normal(SECONDS)
    return streamed({"speed_mps": speed, "contact_ms": contact}, SECONDS)


@pytest.mark.parametrize("slower_mps", [0.0, 0.3])
def test_contact_time_that_rises_at_equal_speed_is_drift(slower_mps: float) -> None:
    assert value("drift_contact_ms", tiring(15, slower_mps)) == pytest.approx(10, abs=2)


@pytest.mark.parametrize("slope", [200.0, 305.0, 400.0])
def test_slowing_down_is_no_drift_of_contact_time(slope: float) -> None:
    assert value("drift_contact_ms", tiring(0, 0.3, slope)) == pytest.approx(0, abs=2.5)


def test_a_short_run_has_no_drift() -> None:
    short = streamed({"speed_mps": 3.0, "contact_ms": 250.0}, 400)

    assert worked("drift_contact_ms", short).value is None


@given(st.floats(-0.02, 0.02), st.floats(0.45, 0.55))
def test_drift_of_balance_is_the_same_wherever_it_began(by: float, level: float) -> None:
    balance = level + by * (AT >= SECONDS / 2)

    found = value(
        "drift_balance_left_share", streamed({"speed_mps": 3.0, "balance_left_share": balance}, SECONDS)
    )

    assert found == pytest.approx(by, abs=1e-9)


def test_a_list_without_streams_has_the_means_of_whole_runs_and_no_drift() -> None:
    stated = replace(streamed({}), averages={"contact_ms": 250.0})

    assert worked("flat_contact_ms", stated) == Worked(250.0, ("contact_ms",))
    assert worked("drift_contact_ms", stated).value is None
