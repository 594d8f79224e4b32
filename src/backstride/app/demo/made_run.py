"""One run of the made-up runner as it went: second by second, and as the file that recorded it."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from backstride.app.demo import gym, phone, watch
from backstride.app.demo.runner import RunPlan
from backstride.app.demo.story import ZONE
from backstride.app.demo.traces import Trace, make_trace
from backstride.model.activity import Column
from backstride.model.history import Shoe


@dataclass(frozen=True, slots=True)
class MadeRun:
    """What every maker's export tells in its own way."""

    plan: RunPlan
    start: datetime
    """Aware, in the zone of the place."""
    trace: Trace
    data: bytes
    """The file of the watch, the phone or the treadmill."""

    @property
    def elapsed_s(self) -> float:
        """With the pause."""
        return float(self.trace.clock_s[-1])

    @property
    def moving_s(self) -> float:
        """Without the pause."""
        return self.trace.moving_s

    @property
    def distance_m(self) -> float:
        """All of it."""
        return float(self.trace.distance_m[-1])

    @property
    def end(self) -> datetime:
        """When it was over, by the same clock."""
        return self.start + timedelta(seconds=self.elapsed_s)

    @property
    def offset_s(self) -> int:
        """How far the local clock is ahead of UTC."""
        return round((self.start.utcoffset() or timedelta()).total_seconds())

    @property
    def pause_s(self) -> tuple[float, float] | None:
        """From and to in seconds since the start; None where it was not stopped."""
        at = self.trace.pause_at_s
        return None if at is None else (at, at + self.trace.pause_s)

    @property
    def steps(self) -> int:
        """Of both feet."""
        return round(float(np.sum(self.trace.cadence_spm)) / 60)


def made_run(plan: RunPlan, seed: int) -> MadeRun:
    """The run as it went; the same for the same plan and seed."""
    # Each run has its own chance, so that one run changed leaves all others as they are.
    chance = np.random.default_rng([seed, plan.on.toordinal()])
    trace = make_trace(plan, chance)
    return MadeRun(plan, start_of(plan), trace, _run_file(plan, trace, chance))


def start_of(plan: RunPlan) -> datetime:
    """When a run began, whole seconds, by the local clock."""
    midnight = datetime.combine(plan.on, time(), ZoneInfo(ZONE))
    return midnight + timedelta(seconds=round(3600 * plan.hour))


def mean_of(column: Column) -> float:
    """The mean of what was recorded."""
    return float(np.nanmean(column))


def shoe_worn(on: date, shoes: Sequence[Shoe]) -> Shoe | None:
    """The pair in use on a day; None where the list has none so old."""
    worn = (shoe for shoe in shoes if shoe.in_use_from is None or shoe.in_use_from <= on)
    return next(reversed(tuple(worn)), None)


def _run_file(plan: RunPlan, trace: Trace, chance: np.random.Generator) -> bytes:
    match plan.recorder:
        case "phone":
            return phone.run_file(trace, start_of(plan))
        case "gym":
            return gzip.compress(gym.run_file(trace, start_of(plan)), mtime=0)
        case "watch":
            return watch.run_file(plan, trace, start_of(plan), chance)
