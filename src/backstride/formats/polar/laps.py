"""The laps of a Polar exercise: those of the button, or where there are none those of each kilometre."""

from __future__ import annotations

from backstride.formats.account.values import above_zero, member, members, span_s
from backstride.model.activity import Lap
from backstride.model.channels import CHANNELS

_MS = 0.001


def laps_of(exercise: object) -> tuple[Lap, ...]:
    """In order, each beginning where the one before ended: their split times count from either end."""
    held = member(exercise, "laps")
    told = members(held) or members(member(held, "laps"))
    told = told or members(member(held, "autoLaps")) or members(member(exercise, "autoLaps"))
    laps: list[Lap] = []
    begun_s = 0.0
    for each in told:
        moving_s = above_zero(member(each, "durationMillis"), _MS) or span_s(member(each, "duration"))
        distance_m = above_zero(member(each, "distanceMeters")) or above_zero(member(each, "distance"))
        laps.append(Lap(begun_s, moving_s, distance_m, _averages(each)))
        begun_s += moving_s or 0.0
    return tuple(laps)


def _averages(lap: object) -> dict[str, float]:
    stated = [member(lap, "heartRate", "avg")]
    for each in members(member(lap, "statistics", "statistics")):
        if member(each, "type") == "STATISTICS_TYPE_HEART_RATE":
            stated.append(member(each, "avg"))
    row = CHANNELS["heart_rate_bpm"]
    heart = next((told for told in map(above_zero, stated) if told is not None), None)
    return {row.name: heart} if heart is not None and row.low <= heart <= row.high else {}
