"""Sensors that went on saying one and the same thing when they no longer measured."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from backstride.formats.track import Columns, Flags, Track
from backstride.model.activity import Column, Sport
from backstride.model.said import Said, said

HEART_S = 600.0
"""No heart beats at one rate to the beat for 10 minutes."""
STEP_S = 300.0
"""No runner takes steps alike to the watt or millisecond for 5 minutes at changing speed."""
GAP_S = 30.0
"""Longer steps between samples do not count: nothing was measured in a pause."""
ENOUGH_SAMPLES = 60
"""Fewer samples in a stretch may be alike by chance."""
OTHERS = 3.0
"""A frozen stretch is at least three times as long as any other in which the channel stood still."""
CHANGES = 20.0
"""So often the channel would have changed there, at the rate it does elsewhere in the run."""
SPEED_SPREAD = 0.02
"""Standard deviation over mean from which a speed varies; that of a treadmill does less."""


@dataclass(frozen=True, slots=True)
class Sensor:
    """What a channel is called, and how long it can stay at one value at most."""

    called: Said
    longest_s: float = STEP_S
    by_speed: bool = True
    """Whether only a changing speed shows that it must change too."""


_SENSORS = {
    "heart_rate_bpm": Sensor(said("heart rate"), HEART_S, by_speed=False),
    "cadence_spm": Sensor(said("cadence")),
    "power_w": Sensor(said("power")),
    "contact_ms": Sensor(said("ground contact time")),
    "vertical_oscillation_mm": Sensor(said("vertical oscillation")),
    "stryd_cadence_spm": Sensor(said("Stryd cadence")),
    "stryd_power_w": Sensor(said("Stryd power")),
    "stryd_contact_ms": Sensor(said("Stryd ground contact time")),
    "stryd_vertical_oscillation_mm": Sensor(said("Stryd vertical oscillation")),
}


def repair_frozen_sensor(track: Track, sport: Sport) -> Track:
    """Values that stay the same for longer than a runner can make them are NaN, and told by sensor and time.

    Temperature, height and speed may stand still.  Zero steps and zero watts are of somebody who stands.  A
    channel at one value throughout is left: a program filled in its mean, and no sensor shows its scatter.
    """
    if track.time_s.size < ENOUGH_SAMPLES:
        return track
    steps = np.diff(track.time_s)
    clock = np.concatenate(([0.0], np.cumsum(np.where(steps > GAP_S, 0.0, steps))))
    if clock[-1] < STEP_S:
        return track
    columns: Columns = {}
    warnings: list[Said] = []
    for name, sensor in _SENSORS.items():
        values = track.columns.get(name)
        if values is None or (sensor.by_speed and sport not in ("run", "walk")):
            continue
        frozen = _frozen(clock, values, track.columns.get("speed_mps"), sensor)
        if frozen:
            columns[name] = values.copy()
            for first, last in frozen:
                columns[name][first : last + 1] = np.nan
            lasted = sum(float(clock[last] - clock[first]) for first, last in frozen)
            warnings.append(
                said(
                    "{sensor} stood still for {minutes} minutes; left out there",
                    sensor=sensor.called,
                    minutes=round(lasted / 60),
                )
            )
    if not warnings:
        return track
    track = track.repaired("repair_frozen_sensor", track.columns | columns)
    return replace(track, warnings=(*track.warnings, *warnings))


def _frozen(clock: Column, values: Column, speed: Column | None, sensor: Sensor) -> list[tuple[int, int]]:
    """First and last row of each frozen stretch."""
    changed = np.flatnonzero(values[1:] != values[:-1])  # NaN differs from all, itself too
    firsts, lasts = np.append(0, changed + 1), np.append(changed, values.size - 1)
    lasting = clock[lasts] - clock[firsts]
    long = lasting >= sensor.longest_s
    if not long.any():
        return []
    others_s = float(lasting[~long].max(initial=0.0))
    rate = _change_rate(values, firsts[long], lasts[long])
    return [
        (first, last)
        for first, last in zip(firsts[long].tolist(), lasts[long].tolist(), strict=True)
        if values[first] > 0
        and last - first + 1 >= ENOUGH_SAMPLES
        and clock[last] - clock[first] >= OTHERS * others_s
        and rate * (last - first) >= CHANGES
        and (not sensor.by_speed or _varies(speed, first, last))
    ]


def _change_rate(values: Column, firsts: NDArray[np.intp], lasts: NDArray[np.intp]) -> float:
    """By how much of the steps outside the stretches the value changes; 0 where too few are outside."""
    outside: Flags = ~np.isnan(values)
    for first, last in zip(firsts, lasts, strict=True):
        outside[first : last + 1] = False
    both = outside[1:] & outside[:-1]
    changes = int((both & (values[1:] != values[:-1])).sum())
    return changes / int(both.sum()) if changes >= CHANGES else 0.0


def _varies(speed: Column | None, first: int, last: int) -> bool:
    if speed is None:
        return False
    known = speed[first : last + 1]
    known = known[~np.isnan(known)]
    return known.size >= ENOUGH_SAMPLES and bool(np.std(known) > SPEED_SPREAD * np.mean(known))
