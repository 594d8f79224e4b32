"""The made-up runner's two years as a plain list of planned runs: when, how far, how fast, where, with what.

A week has three or four runs and 25 to 32 km, a third to a half of it in the long run on its last day; every
fourth week is cut back.  No run but one goes more than a tenth beyond the longest of the 30 days before it,
leaving out the first weeks and the weeks after the holiday.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from backstride.app.demo.story import BEFORE_M, SPIKE_M, WEEKS, Story

Recorder = Literal["phone", "watch", "gym"]
Effort = Literal["easy", "steady", "long"]

EFFORT_SPEED_MPS: dict[Effort, float] = {"easy": 2.75, "steady": 2.95, "long": 2.68}
"""Over the flat, in the middle of the two years."""
EFFORT_RPE: dict[Effort, float] = {"easy": 3, "steady": 5, "long": 4}

_GAIN_MPS = 0.10
"""Faster over the two years."""
_SKIPPED_SHARE = 0.03
_RPE_NOTED_SHARE = 0.6
_PAUSED_SHARE = 0.25
_LAST_LONG_M = {96: 12_600.0, 97: 13_200.0, 98: BEFORE_M, 99: 10_800.0, 100: SPIKE_M}
"""Long runs of the five weeks that the story hangs on."""
_SINCE_M = (
    (2, 5_000),
    (5, 3_600),
    (8, 4_000),
    (11, 4_500),
    (14, 5_000),
    (16, 4_600),
    (19, 5_200),
    (21, 5_500),
)
"""Runs since the pain: days after the long one that was too long, and how far."""
_GYM_WEEKS = (36, 38, 40, 42, 44)
"""In the first winter, when the watch stayed at home and the gym's treadmill kept the record."""


@dataclass(frozen=True, slots=True)
class RunPlan:
    """One run as it was meant to be."""

    on: date
    hour: float
    """Of the local clock."""
    effort: Effort
    distance_m: float
    speed_mps: float
    """Over the flat, while running."""
    recorder: Recorder
    treadmill: bool = False
    every_second: bool = False
    walk_share: float = 0.0
    """Of the distance, in short pieces all along; 0 is one drink on a long run at most."""
    contact_shift_ms: float = 0.0
    """Longer on the ground than the runner's own line."""
    pause_s: int = 0
    """How long the recording was stopped on the way."""
    rpe: float | None = None


def plan_runs(story: Story, seed: int) -> tuple[RunPlan, ...]:
    """All runs in order, the same for the same story and seed; no two on one day."""
    chance = np.random.default_rng([seed, 0])
    runs = [*_usual_runs(story, chance), *_runs_since(story, chance)]
    return tuple(run for run in sorted(runs, key=lambda run: run.on) if run.on not in story.holiday)


def _usual_runs(story: Story, chance: np.random.Generator) -> Iterator[RunPlan]:
    for week in range(story.week_of(story.spike_on) + 1):
        long_m = _LAST_LONG_M.get(week) or _long_run_m(story, week, chance)
        yield _run(story, story.day(week, 6), "long", long_m, chance)
        short_m = _short_runs_m(week) * chance.uniform(0.85, 1.15)
        for nth, share in _short_runs(week):
            # The four weeks before count in full: what changed then is told by the story, not by chance.
            if week < WEEKS - 8 and chance.random() < _SKIPPED_SHARE:
                continue
            effort: Effort = "steady" if nth == 3 and not _cut_back(week) else "easy"
            distance_m = share * short_m * chance.uniform(0.95, 1.05)
            yield _run(story, story.day(week, nth), effort, distance_m, chance)


def _cut_back(week: int) -> bool:
    return week % 4 == 3


def _long_run_m(story: Story, week: int, chance: np.random.Generator) -> float:
    """Grows to 12 km over the first weeks, and again after the holiday; then stays between 12.2 and 13.2."""
    usual = chance.uniform(12_200, 13_200)
    since_holiday = week - story.week_of(story.holiday.last)
    if 0 <= since_holiday < 4:
        usual = min(usual, 9_500 + 900 * since_holiday)
    usual = min(usual, 8_000 + 450 * week)
    return usual * (0.78 if _cut_back(week) else 1.0)


def _short_runs(week: int) -> tuple[tuple[int, float], ...]:
    """Days of the week that have another run, and its share of their distance together."""
    if _cut_back(week) or week % 2:
        return ((1, 0.46), (3, 0.54))
    return ((1, 0.32), (3, 0.40), (5, 0.28))


def _short_runs_m(week: int) -> float:
    if _cut_back(week):
        return 10_000
    return min(16_000, 11_000 + 500 * week)


def _run(story: Story, on: date, effort: Effort, distance_m: float, chance: np.random.Generator) -> RunPlan:
    day = (on - story.first).days
    gain_mps = _GAIN_MPS * (day / (7 * WEEKS) - 0.5)
    in_gym = effort == "steady" and story.week_of(on) in _GYM_WEEKS
    noted = chance.random() < _RPE_NOTED_SHARE
    paused = chance.random() < _PAUSED_SHARE
    winter = on.month in (12, 1) and day < 7 * (WEEKS - 12)
    return RunPlan(
        on=on,
        hour=float(chance.uniform(8, 10) if effort == "long" else chance.uniform(17, 19)),
        effort=effort,
        distance_m=float(distance_m),
        speed_mps=float(EFFORT_SPEED_MPS[effort] + gain_mps + chance.normal(0, 0.05)),
        recorder="gym" if in_gym else "watch" if on >= story.watch_on else "phone",
        treadmill=in_gym or (winter and effort == "steady" and on >= story.watch_on),
        every_second=on >= story.every_second_on,
        pause_s=int(chance.integers(20, 120)) if paused and not in_gym else 0,
        rpe=EFFORT_RPE[effort] + float(chance.integers(0, 2)) if noted else None,
    )


def _runs_since(story: Story, chance: np.random.Generator) -> Iterator[RunPlan]:
    """Fewer and shorter runs since the pain, with walking all along and a little longer on the ground."""
    for days, distance_m in _SINCE_M:
        on = story.spike_on + timedelta(days=days)
        if on > story.until:
            continue
        yield RunPlan(
            on=on,
            hour=float(chance.uniform(17, 19)),
            effort="easy",
            distance_m=float(distance_m * chance.uniform(0.98, 1.02)),
            speed_mps=float(EFFORT_SPEED_MPS["easy"] - 0.05 + chance.normal(0, 0.05)),
            recorder="watch",
            every_second=True,
            walk_share=float(chance.uniform(0.12, 0.18)),
            contact_shift_ms=12.0,
            rpe=float(chance.integers(3, 6)),
        )
