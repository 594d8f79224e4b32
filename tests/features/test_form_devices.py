"""A new device is never a change of form: what measured the runs, and what one device reads above another."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.features.made_up import DAY, LAST, WATCH, look, run, streamed
from tests.features.test_form import CHANNEL, LARGE, OTHER, ROWS, changed, facts, runs, says_same

from backstride.features.form import DRIFT, form_change, residuals
from backstride.model.activity import Activity, Device
from backstride.model.findings import Finding
from backstride.model.history import History
from backstride.model.text import Quantity

CALLED = ("features.form_up", "features.form_down")
quick = settings(max_examples=25, deadline=None)


def off(fact: str, history: History, by: float, where: Callable[[Activity], bool]) -> History:
    """The history with the figure of some runs higher by a number."""
    channel = CHANNEL[fact]

    def one(activity: Activity) -> Activity:
        if not where(activity):
            return activity
        told = {**activity.averages, channel: activity.averages[channel] + by}
        return replace(activity, averages=told)

    return History(activities=tuple(one(activity) for activity in history.activities))


def alternating(fact: str, shift: float = 0.0) -> History:
    """Two watches worn in turn, and both already before the runs that are compared."""
    history = runs(fact, shift, device=lambda back: OTHER if back // 4 % 3 == 1 else WATCH)
    return History(activities=(*_earlier(history, 124), *history.activities))


def _earlier(history: History, days: int) -> tuple[Activity, ...]:
    """The same runs once more, so many days before."""
    return tuple(
        replace(each, start=each.start - timedelta(days=days), origin=replace(each.origin, index=days))
        for each in history.activities
    )


def back(activity: Activity) -> int:
    return (LAST - activity.on).days


def numbers(finding: Finding) -> tuple[str, float, float, float]:
    assert isinstance(finding.value, Quantity), finding.statement
    value = finding.value
    assert value.low is not None
    assert value.high is not None
    return finding.statement.id, value.value, value.low, value.high


@facts
@quick
@given(seed=st.integers(0, 1_000), shift=st.sampled_from([0.0, 0.4, 1.0]))
def test_the_order_of_activities_does_not_matter(fact: str, seed: int, shift: float) -> None:
    history = alternating(fact, shift * LARGE[fact])
    mixed = list(history.activities)
    random.Random(seed).shuffle(mixed)

    assert changed(fact, History(activities=tuple(mixed))) == changed(fact, history)


@facts
@quick
@given(by=st.floats(-2, 2), shift=st.sampled_from([0.0, 1.0]))
def test_what_one_device_reads_above_another_changes_nothing(fact: str, by: float, shift: float) -> None:
    history = alternating(fact, shift * LARGE[fact])

    apart = off(fact, history, by * LARGE[fact], lambda activity: activity.device == OTHER)

    before, after = numbers(changed(fact, history)), numbers(changed(fact, apart))
    assert after[0] == before[0]
    assert after[1:] == pytest.approx(before[1:], abs=LARGE[fact] / 100)


@facts
@quick
@given(late_mps=st.floats(2.5, 3.3), slope=st.floats(0.7, 1.3), chance=st.integers(0, 1_000))
def test_faster_or_slower_on_the_own_line_is_no_change(
    fact: str, late_mps: float, slope: float, chance: int
) -> None:
    """The runner's own line is steeper or flatter than others'."""
    early_mps = np.random.default_rng(chance).uniform(2.5, 3.3, 121).tolist()
    history = runs(fact, speed=lambda back: late_mps if back < 28 else early_mps[back])

    def own(activity: Activity) -> Activity:
        told = dict(activity.averages)
        axis = told["speed_mps"] - 2.9
        told[CHANNEL[fact]] += (slope - 1) * axis * LARGE[fact]
        return replace(activity, averages=told)

    finding = changed(fact, History(activities=tuple(own(each) for each in history.activities)))

    assert finding.statement.id not in CALLED


@facts
@quick
@given(
    days=st.integers(0, 120),
    by=st.floats(-3, 3),
    kind=st.sampled_from(["device", "strap"]),
)
def test_whenever_a_new_device_is_first_worn_it_is_no_change(
    fact: str, days: int, by: float, kind: str
) -> None:
    """From some day on another watch is worn, or a strap with the same watch, and reads otherwise."""
    history = runs(fact)

    def new(activity: Activity) -> bool:
        return back(activity) < days

    def one(activity: Activity) -> Activity:
        if not new(activity):
            return activity
        if kind == "device" or not ROWS[fact].sensor or fact == "balance_changed":
            return replace(activity, device=OTHER)
        return replace(activity, averages={**activity.averages, "balance_left_share": 0.5})

    moved = off(fact, history, by * LARGE[fact], new)

    finding = changed(fact, History(activities=tuple(one(each) for each in moved.activities)))

    assert finding.statement.id not in CALLED


@facts
def test_a_change_is_told_again_once_the_new_device_has_a_usual_of_its_own(fact: str) -> None:
    """The other watch was worn for four months, or for eight, after the first."""
    history = runs(fact, LARGE[fact], device=lambda _: OTHER)
    before = _earlier(history, 124)
    first, long_before = (
        tuple(replace(each, device=WATCH) for each in _earlier(history, days)) for days in (124, 248)
    )

    four = changed(fact, History(activities=(*first, *history.activities)))
    eight = changed(fact, History(activities=(*long_before, *before, *history.activities)))

    assert four.statement.id == "features.form_device_changed"
    assert eight.statement.id == "features.form_up"


@facts
def test_a_change_that_comes_with_new_software_is_named_and_left_open(fact: str) -> None:
    def one(activity: Activity) -> Activity:
        return replace(activity, device=replace(WATCH, software="2.0" if back(activity) < 28 else "1.9"))

    shifted, same = (
        History(activities=tuple(one(each) for each in runs(fact, shift).activities))
        for shift in (LARGE[fact], 0.0)
    )

    finding = changed(fact, shifted)
    assert finding.facts == {}
    assert not finding.notable
    assert finding.statement.id == "features.form_software_changed"
    assert finding.statement.values["began"] == LAST - DAY * 24
    assert says_same(changed(fact, same))


def podded(shift: float, both: int, adds: float = -20.0) -> History:
    """The watch alone, then both for some runs before the last 28 days, then the pod alone."""

    def one(back: int) -> Activity:
        speed = 2.6 + 0.1 * (back // 4 % 7)
        contact = 160 + 305 / speed + (2 if back // 4 % 2 else -2) + (shift if back < 28 else 0)
        native = {} if back < 28 else {"contact_ms": contact}
        pod = {"stryd_contact_ms": contact + adds + back // 4 % 3} if back < 28 + 4 * both else {}
        return replace(run(LAST - DAY * back), averages={"speed_mps": speed, **native, **pod}, device=WATCH)

    return History(activities=tuple(one(back) for back in range(120, -1, -4)))


def test_runs_that_a_watch_and_a_pod_both_measured_bridge_from_one_to_the_other() -> None:
    assert changed("contact_changed", podded(0.0, both=5)).facts == {"contact_changed": False}
    assert changed("contact_changed", podded(20.0, both=5)).facts == {"contact_changed": True}


def test_without_such_runs_a_pod_is_a_new_device() -> None:
    finding = changed("contact_changed", podded(0.0, both=0))

    assert finding.facts == {}
    assert finding.statement.id == "features.form_device_changed"


def test_a_pod_that_came_with_a_new_watch_does_not_make_the_watch_known() -> None:
    """Both measure every run of the new watch; what they add to the old one nobody has seen."""

    def one(activity: Activity) -> Activity:
        if back(activity) >= 60:
            return activity
        told = {**activity.averages, "contact_ms": activity.averages["contact_ms"] + 25}
        pod = told["contact_ms"] - 10 + back(activity) % 3
        return replace(activity, device=OTHER, averages={**told, "stryd_contact_ms": pod})

    history = runs("contact_changed", 20.0)

    finding = changed("contact_changed", History(activities=tuple(one(each) for each in history.activities)))

    assert finding.statement.id == "features.form_device_changed"


@pytest.mark.parametrize(("on", "id"), [(60, "form_up"), (12, "form_device_changed")])
def test_a_watch_borrowed_once_leaves_it_open_only_within_the_weeks_that_are_judged(on: int, id: str) -> None:
    history = runs("contact_changed", 20.0, device=lambda back: OTHER if back == on else WATCH)

    assert changed("contact_changed", history).statement.id == f"features.{id}"


def test_a_balance_that_came_out_even_is_told_but_not_first() -> None:
    history = runs("balance_changed")
    even, uneven = (
        off("balance_changed", off("balance_changed", history, first, lambda _: True), by, recent)
        for first, by in ((-0.03, 0.033), (0.0, 0.033))
    )

    assert changed("balance_changed", even).facts == {"balance_changed": True}
    assert not changed("balance_changed", even).notable
    assert changed("balance_changed", uneven).notable


def recent(activity: Activity) -> bool:
    return back(activity) < 28


def test_a_belt_is_not_held_against_the_road() -> None:
    """All recent runs are on a treadmill, none of the earlier ones; then half of both are."""

    def going(every: int) -> History:
        history = off("contact_changed", runs("contact_changed"), 15.0, lambda each: belt(each, every))
        return History(
            activities=tuple(
                replace(each, surface="treadmill") if belt(each, every) else each
                for each in history.activities
            )
        )

    def belt(activity: Activity, every: int) -> bool:
        return recent(activity) if every == 0 else back(activity) // 4 % every == 0

    assert changed("contact_changed", going(0)).statement.id == "features.form_too_few"
    assert changed("contact_changed", going(3)).facts == {"contact_changed": False}


def test_the_picture_has_a_break_and_no_step_where_the_watch_changed() -> None:
    history = runs("contact_changed", device=lambda back: OTHER if back < 60 else WATCH)
    higher = off("contact_changed", history, 30.0, lambda activity: activity.device == OTHER)

    series = residuals(look(higher), "contact_changed")

    assert [(each.kind, each.on, each.was, each.now) for each in series.breaks] == [
        ("device", LAST - DAY * 56, "made up watch one", "made up watch two")
    ]
    assert {point.segment for point in series.points} == {0, 1}
    assert all(abs(point.residual) < 8 for point in series.points)
    assert all(point.sure > 0 for point in series.points)
    old, new = series.segments
    assert (new.added, new.added_low, new.added_high) == (0, 0, 0)
    assert old.added_low < -30 < old.added_high


def test_the_picture_shows_a_change_as_a_change() -> None:
    series = residuals(look(runs("contact_changed", 20.0)), "contact_changed")

    late = [point.residual for point in series.points if point.on > LAST - DAY * 28]
    early = [point.residual for point in series.points if point.on <= LAST - DAY * 28]

    assert np.mean(late) == pytest.approx(20, abs=4)
    assert np.mean(early) == pytest.approx(0, abs=4)
    assert not series.breaks


def test_a_watch_worn_since_two_weeks_is_in_the_picture_beside_the_old_one() -> None:
    history = runs("contact_changed", device=lambda back: OTHER if back < 12 else WATCH)
    higher = off("contact_changed", history, 30.0, lambda activity: activity.device == OTHER)

    series = residuals(look(higher), "contact_changed")

    assert len(series.points) == len(history.activities)
    assert [each.device for each in series.segments] == ["made up watch one", "made up watch two"]
    assert all(abs(point.residual) < 8 for point in series.points)


def test_a_picture_of_nothing_has_no_points() -> None:
    series = residuals(look(History()), "balance_changed")

    assert (series.points, series.segments, series.breaks) == ((), (), ())


def test_software_is_named_as_a_break_and_makes_no_segment() -> None:
    def one(activity: Activity) -> Activity:
        return replace(activity, device=replace(WATCH, software="2.0" if back(activity) < 60 else "1.9"))

    history = History(activities=tuple(one(each) for each in runs("cadence_changed").activities))

    series = residuals(look(history), "cadence_changed")

    assert [(each.kind, each.was, each.now) for each in series.breaks] == [("software", "1.9", "2.0")]
    assert {point.segment for point in series.points} == {0}


def drifting(late_ms: float, device: Device = WATCH) -> History:
    """A run every fourth day whose contact time rises by 5 ms; in the last 28 days by more."""

    def one(back: int) -> Activity:
        by = 5.0 + (back // 4 % 3 - 1) + (late_ms if back < 28 else 0.0)
        contact = 250 + by * (np.arange(900) >= 450)
        return replace(
            streamed({"speed_mps": 3.0, "contact_ms": contact}, 900, LAST - DAY * back), device=device
        )

    return History(activities=tuple(one(back) for back in range(120, -1, -4)))


def test_more_drift_within_runs_than_usual_is_described_only() -> None:
    row = next(row for row in DRIFT if row.id == "contact_drift")
    more, same = form_change(row, look(drifting(12.0))), form_change(row, look(drifting(0.0)))

    assert more.statement.id == "features.form_up"
    assert more.facts == {}
    assert not more.notable
    assert says_same(same)
