"""Stride against the runner's own usual: same device, like speeds, and beyond the runner's own scatter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from tests.features.made_up import DAY, LAST, WATCH, drawn, look, run, streamed, told, value_of, weekly

from backstride.features.form import FORM, FormRow, form_change
from backstride.features.walking import walking_more
from backstride.model.activity import Activity, Device
from backstride.model.findings import Finding
from backstride.model.history import History
from backstride.model.text import Missing

ROWS = {row.id: row for row in FORM}
CHANNEL = {
    "cadence_changed": "cadence_spm",
    "contact_changed": "contact_ms",
    "balance_changed": "balance_left_share",
    "vertical_oscillation_changed": "vertical_oscillation_mm",
    "vertical_ratio_changed": "vertical_ratio_share",
    "step_length_changed": "step_length_mm",
}
LARGE = {
    "cadence_changed": 8.0,
    "contact_changed": 20.0,
    "balance_changed": 0.03,
    "vertical_oscillation_changed": 8.0,
    "vertical_ratio_changed": 0.008,
    "step_length_changed": 60.0,
}
OTHER = Device("made up", "watch two")
facts = pytest.mark.parametrize("fact", ROWS)


def usual(fact: str, speed_mps: float) -> float:
    """A made-up runner's line, with the slopes that wearables show."""
    return {
        "cadence_changed": 125 + 15 * speed_mps,
        "contact_changed": 160 + 305 / speed_mps,
        "balance_changed": 0.497,
        "vertical_oscillation_changed": 85 - 3 * speed_mps,
        "vertical_ratio_changed": 0.13 - 0.018 * speed_mps,
        "step_length_changed": 300 + 240 * speed_mps,
    }[fact]


def scatter(fact: str, back: int) -> float:
    """Up and down from run to run, so that no line fits exactly."""
    size = LARGE[fact] / 9
    return size if back // 4 % 2 == 0 else -size


def runs(
    fact: str,
    shift: float = 0.0,
    device: Callable[[int], Device | None] = lambda back: WATCH,
    speed: Callable[[int], float] = lambda back: 2.6 + 0.1 * (back % 7),
) -> History:
    """A run every fourth day for four months; the last 28 days are off the line by `shift`."""

    def one(back: int) -> Activity:
        off = (shift if back < 28 else 0.0) + scatter(fact, back)
        stated = {CHANNEL[fact]: usual(fact, speed(back)) + off, "speed_mps": speed(back)}
        return replace(run(LAST - DAY * back), averages=stated, device=device(back))

    return History(activities=tuple(one(back) for back in range(120, -1, -4)))


def yes(fact: str, answer: bool = True) -> dict[str, bool]:
    """What a finding supplies: nothing where the figure is described only."""
    return {fact: answer} if ROWS[fact].is_fact else {}


def says_same(finding: Finding) -> bool:
    return finding.statement.id == "features.form_same"


def changed(fact: str, history: History) -> Finding:
    return form_change(ROWS[fact], look(history))


@facts
def test_a_shift_beyond_the_own_scatter_is_told_either_way(fact: str) -> None:
    up, down = changed(fact, runs(fact, LARGE[fact])), changed(fact, runs(fact, -LARGE[fact]))

    assert (up.facts, down.facts) == (yes(fact), yes(fact))
    assert (up.statement.id, down.statement.id) == ("features.form_up", "features.form_down")
    assert value_of(up) == pytest.approx(LARGE[fact], rel=0.2)
    assert value_of(down) == pytest.approx(-LARGE[fact], rel=0.2)


@facts
def test_the_usual_stride_is_a_no(fact: str) -> None:
    assert says_same(changed(fact, runs(fact)))


@facts
def test_running_at_another_of_the_own_speeds_is_no_change_of_stride(fact: str) -> None:
    history = runs(fact, speed=lambda back: 3.2 if back < 28 else 2.6 + 0.1 * (back % 7))

    assert says_same(changed(fact, history))


@pytest.mark.parametrize("fact", ["cadence_changed", "contact_changed"])
def test_speeds_never_run_before_are_not_extrapolated_to(fact: str) -> None:
    finding = changed(fact, runs(fact, LARGE[fact], speed=lambda back: 4.5 if back < 28 else 2.8))

    assert finding.facts == {}
    assert finding.statement.id == "features.form_too_few"


@facts
def test_a_change_of_device_is_never_a_change_of_stride(fact: str) -> None:
    finding = changed(fact, runs(fact, LARGE[fact], device=lambda back: OTHER if back < 28 else WATCH))

    assert finding.facts == {}
    assert finding.statement.id == "features.form_device_changed"
    assert isinstance(finding.value, Missing)


@facts
def test_runs_of_another_device_in_between_do_not_count(fact: str) -> None:
    """Every other run came from a watch that reads much higher: the line is of one watch alone."""
    mixed = runs(fact, device=lambda back: OTHER if back % 8 == 0 and back >= 8 else WATCH)
    higher = tuple(
        _off(fact, each, 10 * LARGE[fact]) if each.device == OTHER else each for each in mixed.activities
    )

    assert says_same(changed(fact, replace(mixed, activities=higher)))


def _off(fact: str, activity: Activity, by: float) -> Activity:
    stated = {**activity.averages, CHANNEL[fact]: activity.averages[CHANNEL[fact]] + by}
    return replace(activity, averages=stated)


def test_a_pod_and_a_watch_on_the_same_runner_are_not_compared() -> None:
    """The earlier runs have the watch's own contact time, the recent ones only a pod's, which reads lower."""

    def one(back: int) -> Activity:
        channel = "stryd_contact_ms" if back < 28 else "contact_ms"
        number = 220.0 if back < 28 else 260.0 + back % 3
        return streamed({"speed_mps": 2.6 + 0.02 * (back % 9), channel: number}, 120, LAST - DAY * back)

    finding = changed("contact_changed", History(activities=tuple(one(back) for back in range(120, -1, -4))))

    assert finding.facts == {}


def test_an_unknown_device_leaves_contact_and_balance_open_but_not_cadence() -> None:
    found = {fact: changed(fact, runs(fact, device=lambda back: None)) for fact in ROWS}

    assert found["cadence_changed"].facts == {"cadence_changed": False}
    for fact in set(ROWS) - {"cadence_changed"}:
        assert found[fact].facts == {}
        assert found[fact].statement.id == "features.form_no_device"


@facts
def test_a_stride_that_is_not_on_record_is_missing(fact: str) -> None:
    finding = changed(fact, drawn(weekly("8 . 8 . . 8 .", 12)))

    assert finding.facts == {}
    assert finding.statement.id == "features.form_not_recorded"


@facts
def test_a_handful_of_earlier_runs_make_no_usual(fact: str) -> None:
    history = runs(fact, LARGE[fact])
    short = replace(history, activities=history.activities[-14:])

    assert changed(fact, short).statement.id == "features.form_too_few"


@facts
def test_a_shift_below_the_least_change_is_none_however_steady_the_runner(fact: str) -> None:
    row: FormRow = ROWS[fact]
    seen = look(runs(fact))
    steady = replace(seen.history, activities=tuple(_still(fact, each) for each in seen.history.activities))

    below, beyond = (look(_shifted(fact, steady, part * seen.number(row.least))) for part in (0.9, 1.1))

    assert says_same(form_change(row, below))
    assert form_change(row, beyond).statement.id == "features.form_up"


@facts
def test_a_shift_within_the_own_scatter_is_none_though_beyond_the_least_change(fact: str) -> None:
    """Every second earlier run lies far above the line, every other as far below it."""
    history = runs(fact, 1.5 * LARGE[fact] / 2)
    wild = tuple(
        _off(fact, each, LARGE[fact] * (-1) ** number) for number, each in enumerate(history.activities)
    )

    finding = changed(fact, replace(history, activities=wild))

    assert True not in finding.facts.values()
    assert finding.statement.id in ("features.form_same", "features.form_too_scattered")


def _still(fact: str, activity: Activity) -> Activity:
    """The run exactly on the line."""
    speed = activity.averages["speed_mps"]
    return replace(activity, averages={"speed_mps": speed, CHANNEL[fact]: usual(fact, speed)})


def _shifted(fact: str, history: History, by: float) -> History:
    def one(activity: Activity) -> Activity:
        return _off(fact, activity, by if (LAST - activity.on).days < 28 else 0.0)

    return replace(history, activities=tuple(one(each) for each in history.activities))


def shares(before: float, since: float) -> History:
    """A run every third day, of which a share was run; the pain began 30 days ago."""

    def one(back: int) -> Activity:
        share = since if back < 30 else before
        speed = np.where(np.arange(600) < 600 * share, 3.0, 1.3)
        return streamed({"speed_mps": speed}, on=LAST - DAY * back)

    return History(activities=tuple(one(back) for back in range(90, -1, -3)))


BEGAN = told(LAST - DAY * 30)


def test_walking_more_since_the_onset_is_told_with_both_shares() -> None:
    finding = walking_more(look(shares(1.0, 0.7), onset=BEGAN))

    assert finding.facts == {"walking_more": True}
    assert value_of(finding) == pytest.approx(-0.3, abs=0.01)


def test_running_as_much_as_before_is_a_no() -> None:
    assert walking_more(look(shares(0.95, 0.9), onset=BEGAN)).facts == {"walking_more": False}


def test_without_streams_or_an_onset_walking_is_not_known() -> None:
    assert walking_more(look(drawn(weekly("8 . 8 . . 8 .", 12)), onset=BEGAN)).facts == {}
    assert walking_more(look(shares(1.0, 0.7))).facts == {}
