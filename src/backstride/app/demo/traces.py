"""A planned run, second by second: the body goes over the ground, and the numbers follow.

Speed is worked out along the way (grade, tiredness, walking, unevenness), turned into time, and read off at
each whole second; everything else follows from the speed at that second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.app.demo import physiology as body
from backstride.app.demo.ground import degrees, loop_for
from backstride.app.demo.runner import RunPlan
from backstride.model.activity import Column

_STEP_M = 2.0
_TIRED_AFTER_M, _TIRED_PER_10_KM = 10_000.0, 0.04
_WALK_EVERY_M = 700.0
_DRINK_AT, _DRINK_M = 0.62, 70.0
"""On a long run: where along it, and how far walked."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One run, sample by sample; all columns of one length.  NaN where the body or the place gives none."""

    clock_s: Column
    """Whole seconds since the start, with the pause in it."""
    distance_m: Column
    speed_mps: Column
    altitude_m: Column
    latitude_deg: Column
    longitude_deg: Column
    heart_rate_bpm: Column
    cadence_spm: Column
    contact_ms: Column
    oscillation_mm: Column
    balance_left_share: Column
    walking: NDArray[np.bool_]
    moving_s: float
    """Without the pause, to the last metre."""
    pause_at_s: float | None
    """When the recording was stopped, in `clock_s`; None where it was not."""
    pause_s: int
    climb_m: float
    descent_m: float

    @property
    def step_length_mm(self) -> Column:
        """Length of one step while running, from speed and cadence."""
        return np.where(self.walking, np.nan, 60_000 * self.speed_mps / self.cadence_spm)


@dataclass(frozen=True, slots=True)
class _Way:
    """The run along the way, each `_STEP_M` metres."""

    along_m: Column
    speed_mps: Column
    grade: Column
    walking: NDArray[np.bool_]


def make_trace(plan: RunPlan, chance: np.random.Generator) -> Trace:
    """The run as it went; the same for the same plan and state of chance."""
    day = body.draw_day(chance)
    way = _way(plan, chance)
    passed_s = np.concatenate(([0.0], np.cumsum(np.diff(way.along_m) / way.speed_mps[:-1])))
    seconds = np.arange(int(passed_s[-1]) + 1, dtype=np.float64)
    along_m = np.interp(seconds, passed_s, way.along_m)
    nearest = np.minimum((along_m / _STEP_M).astype(np.int64), way.along_m.size - 1)
    speed_mps, grade, walking = way.speed_mps[nearest], way.grade[nearest], way.walking[nearest]
    latitude, longitude, altitude = _place(plan, along_m, chance)
    climb_m, descent_m = _ups_and_downs(plan, way)
    running = np.where(walking, np.nan, 1.0)
    tired_ms = 3.0 * np.maximum(0.0, seconds / 3600 - 0.75)
    return Trace(
        clock_s=seconds + np.where(seconds > _pause_at(plan, seconds), plan.pause_s, 0),
        distance_m=along_m,
        speed_mps=speed_mps,
        altitude_m=altitude,
        latitude_deg=latitude,
        longitude_deg=longitude,
        heart_rate_bpm=body.heart_rate_bpm(speed_mps, grade)
        + day.heart_bpm
        + _wander(seconds.size, 15, 1.2, chance),
        cadence_spm=_cadence_spm(speed_mps, walking) + day.cadence_spm + _jitter(seconds.size, 1.2, chance),
        contact_ms=running * (body.contact_ms(speed_mps) + day.contact_ms + plan.contact_shift_ms + tired_ms)
        + _jitter(seconds.size, 4.0, chance),
        oscillation_mm=running * (body.oscillation_mm(speed_mps) + day.oscillation_mm)
        + _jitter(seconds.size, 2.0, chance),
        balance_left_share=running * (body.BALANCE_LEFT_SHARE + day.balance_share)
        + _jitter(seconds.size, 0.006, chance),
        walking=walking,
        moving_s=float(passed_s[-1]),
        pause_at_s=_pause_at(plan, seconds) if plan.pause_s else None,
        pause_s=plan.pause_s,
        climb_m=climb_m,
        descent_m=descent_m,
    )


def _way(plan: RunPlan, chance: np.random.Generator) -> _Way:
    along_m = np.append(np.arange(0, plan.distance_m, _STEP_M), plan.distance_m)
    grade = np.zeros(along_m.size) if plan.treadmill else loop_for(plan.distance_m).grade(along_m)
    tired = 1 - _TIRED_PER_10_KM * np.maximum(0, along_m - _TIRED_AFTER_M) / 10_000
    uneven = 1 + _wander(along_m.size, 40, 0.006 if plan.treadmill else 0.03, chance)
    walking = _walking(plan, along_m)
    running_mps = plan.speed_mps * body.slope_factor(grade) * tired
    return _Way(along_m, np.where(walking, body.WALK_MPS, running_mps) * uneven, grade, walking)


def _walking(plan: RunPlan, along_m: Column) -> NDArray[np.bool_]:
    if plan.walk_share > 0:
        return np.asarray(along_m % _WALK_EVERY_M > _WALK_EVERY_M * (1 - plan.walk_share))
    if plan.effort != "long" or plan.treadmill:
        return np.zeros(along_m.size, bool)
    drink_m = _DRINK_AT * plan.distance_m
    return np.asarray((along_m >= drink_m) & (along_m < drink_m + _DRINK_M))


def _cadence_spm(speed_mps: Column, walking: NDArray[np.bool_]) -> Column:
    return np.where(walking, body.walking_cadence_spm(speed_mps), body.running_cadence_spm(speed_mps))


def _place(plan: RunPlan, along_m: Column, chance: np.random.Generator) -> tuple[Column, Column, Column]:
    """Latitude, longitude and altitude as a receiver sees them; NaN on a treadmill."""
    if plan.treadmill:
        nowhere = np.full(along_m.size, np.nan)
        return nowhere, nowhere, nowhere
    loop = loop_for(plan.distance_m)
    east_m, north_m = loop.place_m(along_m)
    east_m = east_m + _wander(along_m.size, 25, 1.5, chance)
    north_m = north_m + _wander(along_m.size, 25, 1.5, chance)
    altitude_m = loop.height_m(along_m) + _wander(along_m.size, 60, 0.4, chance)
    return *degrees(east_m, north_m), altitude_m


def _ups_and_downs(plan: RunPlan, way: _Way) -> tuple[float, float]:
    if plan.treadmill:
        return 0.0, 0.0
    steps = np.diff(loop_for(plan.distance_m).height_m(way.along_m))
    return float(steps[steps > 0].sum()), float(-steps[steps < 0].sum())


def _pause_at(plan: RunPlan, seconds: Column) -> float:
    """Two fifths into the run, whole seconds."""
    return float(int(0.4 * seconds.size))


def _jitter(count: int, spread: float, chance: np.random.Generator) -> Column:
    """From sample to sample, each for itself."""
    return spread * chance.standard_normal(count)


def _wander(count: int, every: int, spread: float, chance: np.random.Generator) -> Column:
    """A line that bends at random each `every` samples."""
    bends = np.arange(0, count + every, every)
    return np.interp(np.arange(count), bends, spread * chance.standard_normal(bends.size))
