"""The seconds of one run: which of them are moving, and which are running."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity, Column, Stream

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Samples:
    """One run, sample by sample; every array has the stream's length."""

    seconds: Column
    """How long each sample stands for; 0 at a gap, which is left out and not bridged."""
    moving: Mask
    running: Mask
    speed_mps: Column
    """NaN where neither speed nor distance was recorded."""

    @property
    def moving_s(self) -> float:
        """Seconds known to be moving."""
        return float(self.seconds[self.moving].sum())

    @property
    def running_s(self) -> float:
        """Seconds known to be running."""
        return float(self.seconds[self.running].sum())

    def mean_running(self, column: Column, least_s: float) -> float | None:
        """Mean of a column over running, weighted by time; None with less than `least_s` of it recorded."""
        kept = self.running & np.isfinite(column)
        seconds = self.seconds[kept]
        if seconds.sum() < least_s:
            return None
        return float(np.average(column[kept], weights=seconds))


def samples(activity: Activity, knowledge: Knowledge) -> Samples | None:
    """The samples of one run; None without a stream that has speed, distance or cadence.

    Running is from `run_walk_mps` on, or from `run_walk_spm` on at any pace faster than `moving_mps`: a
    slow runner still steps faster than a walker.  Moving is from `moving_mps` on, or any such cadence.
    A sample with neither is neither.
    """
    stream = activity.stream
    if stream.rows < 2 or not {"speed_mps", "distance_m", "cadence_spm"} & set(stream):
        return None
    time_s = stream["time_s"]
    nothing = np.full(time_s.size, np.nan)
    speed = _speed(stream, nothing)
    cadence = stream.get("cadence_spm", nothing)
    stepping = cadence >= knowledge.number("run_walk_spm")
    moving = (speed >= knowledge.number("moving_mps")) | (np.isnan(speed) & (cadence > 0))
    running = moving & ((speed >= knowledge.number("run_walk_mps")) | stepping)
    return Samples(_seconds(time_s, knowledge.number("stream_gap_s")), moving, running, speed)


def _seconds(time_s: Column, gap_s: float) -> Column:
    """Time up to the next sample, where that is no further than a gap; the last sample stands for none."""
    steps = np.diff(time_s, append=time_s[-1])
    kept: Column = np.where((steps > 0) & (steps <= gap_s), steps, 0.0)
    return kept


def _speed(stream: Stream, nothing: Column) -> Column:
    """Speed as recorded, else from distance over time to the next sample."""
    if "speed_mps" in stream:
        return stream["speed_mps"]
    if "distance_m" not in stream:
        return nothing
    steps = np.diff(stream["time_s"], append=np.nan)
    metres = np.diff(stream["distance_m"], append=np.nan)
    speed: Column = np.divide(metres, steps, out=nothing.copy(), where=steps > 0)
    return speed
