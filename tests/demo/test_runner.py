"""The plan of the made-up runner's two years holds its story, whatever the seed and the last day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.app.demo.runner import RunPlan, plan_runs
from backstride.app.demo.story import BEFORE_M, SPIKE_M, WEEKS, Story

_LAST_DAYS = st.dates(date(2005, 1, 1), date(2060, 12, 31))
_SEEDS = st.integers(0, 2**32)


def _week_km(story: Story, runs: tuple[RunPlan, ...]) -> list[float]:
    return [
        sum(run.distance_m for run in runs if story.week_of(run.on) == week) / 1000 for week in range(WEEKS)
    ]


@settings(max_examples=40, deadline=None)
@given(_LAST_DAYS, _SEEDS)
def test_there_are_about_three_and_a_half_runs_a_week_and_never_two_on_a_day(until: date, seed: int) -> None:
    runs = plan_runs(Story(until), seed)
    assert 330 <= len(runs) <= 380
    assert len({run.on for run in runs}) == len(runs)
    assert list(runs) == sorted(runs, key=lambda run: run.on)
    assert Story(until).first <= runs[0].on
    assert runs[-1].on == until


@settings(max_examples=40, deadline=None)
@given(_LAST_DAYS, _SEEDS)
def test_only_one_run_of_the_last_half_year_goes_beyond_the_longest_of_30_days(
    until: date, seed: int
) -> None:
    """It is 57 % longer, three weeks before the end, and the pain begins two days after it."""
    story = Story(until)
    runs = {run.on: run.distance_m for run in plan_runs(story, seed)}
    ratios = {on: runs[on] / _longest_before(runs, on) for on in runs if on > until - timedelta(days=180)}
    assert {story.spike_on: SPIKE_M / BEFORE_M} == {on: ratio for on, ratio in ratios.items() if ratio > 1.1}
    assert round(ratios[story.spike_on], 2) == 1.57
    assert story.onset_on - story.spike_on == timedelta(days=2)
    assert until - story.spike_on == timedelta(days=21)
    assert story.onset_on - story.new_shoes_on == timedelta(days=21)


def _longest_before(runs: dict[date, float], on: date) -> float:
    return max(length_m for day, length_m in runs.items() if timedelta(0) < on - day <= timedelta(days=30))


@settings(max_examples=40, deadline=None)
@given(_SEEDS)
def test_weeks_are_steady_with_every_fourth_cut_back(seed: int) -> None:
    story = Story(date(2026, 3, 22))
    weeks = _week_km(story, plan_runs(story, seed))
    away = {story.week_of(story.holiday.first) + nth for nth in range(-1, 7)}
    usual = [week for week in range(16, story.week_of(story.spike_on)) if week not in away]
    full = [weeks[week] for week in usual if week % 4 != 3]
    cut = [weeks[week] for week in usual if week % 4 == 3]
    # Runs that were skipped make a full week shorter, never longer; the long run is never skipped.
    assert all(12 <= km <= 33 for km in full)
    assert sum(24 <= km <= 33 for km in full) >= 0.8 * len(full)
    assert all(9 <= km <= 23 for km in cut)


@settings(max_examples=40, deadline=None)
@given(_SEEDS)
def test_nothing_is_recorded_on_holiday(seed: int) -> None:
    story = Story(date(2026, 3, 22))
    assert story.holiday.days == 16
    assert not [run for run in plan_runs(story, seed) if run.on in story.holiday]


def test_since_the_pain_the_runs_are_shorter_with_walking_all_along() -> None:
    story = Story(date(2026, 3, 22))
    runs = plan_runs(story, 1)
    since = [run for run in runs if run.on >= story.onset_on]
    before = [run for run in runs if run.on < story.onset_on]
    assert len(since) == 8
    assert all(run.walk_share > 0.1 and run.distance_m < 6_000 and run.contact_shift_ms > 0 for run in since)
    assert all(run.walk_share == 0 and run.contact_shift_ms == 0 for run in before)


def test_the_recorders_follow_one_another() -> None:
    """First a phone, then a watch that saves room, then one that keeps every second; five runs in a gym."""
    story = Story(date(2026, 3, 22))
    runs = plan_runs(story, 1)
    assert all((run.recorder == "phone") == (run.on < story.watch_on) for run in runs)
    assert all(run.every_second == (run.on >= story.every_second_on) for run in runs)
    assert sum(run.recorder == "gym" for run in runs) in range(4, 6)
    assert all(run.treadmill for run in runs if run.recorder == "gym")
