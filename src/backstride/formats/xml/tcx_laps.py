"""The laps of a TCX activity, and what they sum to."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from backstride.formats.motion import recorded_s
from backstride.formats.points import number, some_number, unix_s
from backstride.formats.timed import last_m
from backstride.formats.track import Track
from backstride.formats.xml.tcx_log import LapTold
from backstride.model.activity import Lap, Sport
from backstride.model.channels import CHANNELS
from backstride.model.said import Said, said

LAPS_SHORT_SHARE = 0.95
"""Laps that sum to less than this share of the points' distance leave a part of the activity out."""
LAPS_SHORT_SHARE_BY_POSITION = 0.5
"""The same where the points' distance is worked out of positions, whose errors add up."""
TIMER_SLACK_S = 60.0
"""How far a timer may run past the last point."""

_AVERAGES = {
    "heart_rate_bpm": ("mean_heart_rate",),
    "speed_mps": ("avgspeed",),
    "cadence_spm": ("avgruncadence", "cadence"),
    "power_w": ("avgwatts",),
}


def laps_of(told: Iterable[LapTold], start_s: float, sport: Sport, feet: int) -> tuple[Lap, ...]:
    """The laps as told; `feet` is what a cadence is to be multiplied by to count both."""
    return tuple(_lap(lap, start_s, sport, feet) for lap in told)


def totals(
    told: Iterable[LapTold], track: Track, elapsed_s: float, distance_given: bool
) -> tuple[float | None, float | None, tuple[Said, ...]]:
    """Distance in metres and timer in seconds as the laps sum them up, and what is wrong with them.

    None where the points know better: laps are left out of some files, and zero in others.
    `track` has its distance; `distance_given` says that the file gave it.
    """
    distance_m = _sum(lap.told.get("distancemeters") for lap in told)
    moving_s = _sum(lap.told.get("totaltimeseconds") for lap in told)
    by_points, by_gaps = last_m(track), recorded_s(track)
    share = LAPS_SHORT_SHARE if distance_given else LAPS_SHORT_SHARE_BY_POSITION
    if distance_m is not None and by_points is not None and distance_m < share * by_points:
        return (
            None,
            None,
            (
                said(
                    "its laps sum to {distance_m} m, its points to {by_points} m; the points count",
                    distance_m=round(distance_m),
                    by_points=round(by_points),
                ),
            ),
        )
    if moving_s is None or by_gaps is None:
        return distance_m, moving_s, ()
    if moving_s == 0 or moving_s > elapsed_s + TIMER_SLACK_S:
        return (
            distance_m,
            None,
            (
                said(
                    "its laps take {moving_s} s of {elapsed_s} s; the points count",
                    moving_s=round(moving_s),
                    elapsed_s=round(elapsed_s),
                ),
            ),
        )
    return distance_m, moving_s, ()


def last_end_s(told: Iterable[LapTold]) -> float:
    """When the last lap ended by its own account, in seconds since 1970; NaN where none says."""
    ends = [unix_s(lap.told.get("StartTime")) + number(lap.told.get("totaltimeseconds")) for lap in told]
    return float(np.nanmax(ends)) if np.isfinite(ends).any() else float("nan")


def _lap(lap: LapTold, start_s: float, sport: Sport, feet: int) -> Lap:
    began_s = unix_s(lap.told.get("StartTime")) - start_s
    texts = lap.told | ({} if lap.mean_heart_rate is None else {"mean_heart_rate": lap.mean_heart_rate})
    averages: dict[str, float] = {}
    for channel, names in _AVERAGES.items():
        value = some_number(next((texts[name] for name in names if name in texts), None))
        if value is None or (channel == "cadence_spm" and sport == "swim"):
            continue
        value *= feet if channel == "cadence_spm" else 1
        if CHANNELS[channel].low <= value <= CHANNELS[channel].high:
            averages[channel] = value
    return Lap(
        start_s=began_s if began_s >= 0 else 0.0,
        moving_s=some_number(lap.told.get("totaltimeseconds")),
        distance_m=some_number(lap.told.get("distancemeters")),
        averages=averages,
    )


def _sum(texts: Iterable[str | None]) -> float | None:
    known = [value for value in map(some_number, texts) if value is not None]
    return sum(known) if known else None
