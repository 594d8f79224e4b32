"""The totals and means that a workout or a leg of it states."""

from __future__ import annotations

from collections.abc import Mapping

from backstride.formats.apple.quantities import (
    A_MINUTE,
    COUNT,
    METRES,
    MILLIMETRES,
    MILLISECONDS,
    SECONDS,
    SPEEDS,
    WATTS,
    quantity,
)
from backstride.formats.apple.workouts import LegTold
from backstride.model.activity import Sport
from backstride.model.channels import CHANNELS

_DISTANCES: dict[Sport, str] = {
    "run": "DistanceWalkingRunning",
    "walk": "DistanceWalkingRunning",
    "ride": "DistanceCycling",
    "swim": "DistanceSwimming",
}
_AVERAGES: dict[str, tuple[str, Mapping[str, float]]] = {
    "HeartRate": ("heart_rate_bpm", A_MINUTE),
    "RunningSpeed": ("speed_mps", SPEEDS),
    "RunningPower": ("power_w", WATTS),
    "CyclingPower": ("power_w", WATTS),
    "RunningGroundContactTime": ("contact_ms", MILLISECONDS),
    "RunningVerticalOscillation": ("vertical_oscillation_mm", MILLIMETRES),
    "RunningStrideLength": ("step_length_mm", MILLIMETRES),
}


def distance_m(leg: LegTold, sport: Sport) -> float | None:
    """The distance of the workout's own sport; None where it states none, or zero as gym work does.

    Since iOS 16 it stands in the statistics, before in attributes of the workout.
    """
    told = leg.statistics.get(_DISTANCES.get(sport, ""), {})
    metres = quantity(told.get("sum"), told.get("unit"), METRES)
    if metres is None:
        metres = quantity(leg.told.get("totalDistance"), leg.told.get("totalDistanceUnit"), METRES)
    return metres or None


def moving_s(leg: LegTold) -> float | None:
    """The duration, from which pauses are taken; None where it states none."""
    return quantity(leg.told.get("duration"), leg.told.get("durationUnit", "min"), SECONDS)


def averages(leg: LegTold, sport: Sport) -> dict[str, float]:
    """The means it states, by channel; cadence is its steps over its duration."""
    found: dict[str, float] = {}
    for name, (channel, units) in _AVERAGES.items():
        told = leg.statistics.get(name, {})
        _keep(found, channel, quantity(told.get("average"), told.get("unit"), units))
    told = leg.statistics.get("StepCount", {})
    steps, seconds = quantity(told.get("sum"), told.get("unit"), COUNT), moving_s(leg)
    if steps and seconds and sport in ("run", "walk"):
        _keep(found, "cadence_spm", 60 * steps / seconds)
    return found


def _keep(found: dict[str, float], channel: str, value: float | None) -> None:
    if value is not None and CHANNELS[channel].low <= value <= CHANNELS[channel].high:
        found[channel] = value
