"""Single samples that cannot be: a value that jumps away and is back a second or two later."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from backstride.formats.halving import RUNNING_MPS
from backstride.formats.motion import FASTEST_ON_FOOT_MPS, steps_m
from backstride.formats.track import Columns, Flags, Track
from backstride.model.activity import Column, Sport
from backstride.model.channels import CHANNELS
from backstride.model.said import Said, listed, said

WIDEST = 2
"""Samples of a spike: what lasts longer may have been so."""
SPIKE_STEP_S = 2.0
"""The jump and the way back each take no longer; over more time a heart and a runner can change."""
HEART_JUMP_BPM = 40.0
"""No heart changes its rate so much within 2 s and back again; a sprint's rise has no way back."""
CADENCE_JUMP_SPM = 60.0
"""A third of a runner's cadence: nobody takes one or two steps of another gait between two of his own."""
CONTACT_JUMP_MS = 150.0
"""More than half of a runner's contact; walking has so much more, but not for one step."""
POWER_JUMP_W, POWER_JUMP_SHARE = 150.0, 0.75
"""A jump is more than 150 W and than three quarters of the run's own median: pods give means of seconds."""
HIGHEST_SPM, HIGHEST_S, SPRINT_MPS = 240.0, 5.0, 6.0
"""Only sprinters step faster than 240 times a minute: up to 5 s of it below 6 m/s are the sensor's slip."""
OUT_AND_BACK_M = 100.0
"""Receivers err by tens of metres among houses; more, out and back, would spoil the map."""
OUT_AND_BACK_ROWS, OUT_AND_BACK_S = 3, 10.0
"""A jump of more samples, or that takes longer, is left alone: the runner may have been there."""
RETURN_SHARE = 0.5
"""Back is where at most half of the way out is left; less is a receiver that zigzags on its way."""
OUT_AND_BACK_DEG = OUT_AND_BACK_M / 111_320 / np.sqrt(2)
"""A step of that length changes latitude or longitude by at least so much, wherever on Earth."""
HEIGHT_JUMP_M = 20.0
"""The height of such a position goes with it where it jumped too; a barometer's did not."""

_WORDS = {
    "heart_rate_bpm": said("heart rate"),
    "cadence_spm": said("cadence"),
    "stryd_cadence_spm": said("Stryd cadence"),
    "power_w": said("power"),
    "stryd_power_w": said("Stryd power"),
    "contact_ms": said("ground contact time"),
    "stryd_contact_ms": said("Stryd ground contact time"),
}
_JUMPS = {
    "heart_rate_bpm": HEART_JUMP_BPM,
    "cadence_spm": CADENCE_JUMP_SPM,
    "stryd_cadence_spm": CADENCE_JUMP_SPM,
    "power_w": POWER_JUMP_W,
    "stryd_power_w": POWER_JUMP_W,
    "contact_ms": CONTACT_JUMP_MS,
    "stryd_contact_ms": CONTACT_JUMP_MS,
}


def repair_spikes(track: Track, sport: Sport) -> Track:
    """Heart rates, cadences, powers and contact times that jump away and back are NaN, and counted.

    Of all but the heart rate only samples at running speed are judged: who stops for a second, stumbles down
    a path or rolls on a bicycle has such values in truth.
    """
    columns: Columns = {}
    lost: list[Said] = []
    on_foot = sport in ("run", "walk")
    for name, jump in _JUMPS.items():
        values = track.columns.get(name)
        if values is None or not (on_foot or name == "heart_rate_bpm"):
            continue
        rows = _spiked(track, name, values, jump)
        if rows.size:
            columns[name] = values.copy()
            columns[name][rows] = np.nan
            lost.append(said("{count} of {channel}", count=rows.size, channel=_WORDS[name]))
    if not lost:
        return track
    warning = said("impossible single values left out: {n}", n=listed(lost))
    return track.repaired("repair_spikes", track.columns | columns, warning)


def repair_position_spikes(track: Track, sport: Sport) -> Track:
    """Positions more than 100 m away for up to three samples, faster than the sport can be, are NaN.

    Out and back only: a position that jumps and stays there may be the better one.
    """
    latitude, longitude = track.columns.get("latitude_deg"), track.columns.get("longitude_deg")
    if latitude is None or longitude is None:
        return track
    placed = np.flatnonzero(~np.isnan(latitude + longitude))
    there = latitude[placed], longitude[placed]
    if not (_far(there[0]) | _far(there[1])).any():
        return track
    rows = placed[_out_and_back(track.time_s[placed], *there, _fastest_mps(sport))]
    if not rows.size:
        return track
    columns = {name: track.columns[name].copy() for name in ("latitude_deg", "longitude_deg")}
    for column in columns.values():
        column[rows] = np.nan
    columns |= _without_heights(track, rows)
    warning = said("positions that jump away and back are left out: {count}", count=rows.size)
    return track.repaired("repair_position_spikes", track.columns | columns, warning)


def _spiked(track: Track, name: str, values: Column, jump: float) -> NDArray[np.intp]:
    speed = track.columns.get("speed_mps")
    if name == "heart_rate_bpm":
        return _jumps_back(track.time_s, values, jump, None)
    if speed is None:
        return np.empty(0, np.intp)
    if name.endswith("power_w"):
        jump = max(jump, POWER_JUMP_SHARE * float(np.nanmedian(values)))
    lost = _jumps_back(track.time_s, values, jump, speed)
    if name.endswith("cadence_spm"):
        lost = np.union1d(lost, _too_high(track.time_s, values, speed))
    return lost


def _jumps_back(time: Column, values: Column, jump: float, speed: Column | None) -> NDArray[np.intp]:
    """Rows of one or two samples that lie beyond the jump from both neighbours, which are alike."""
    steps = np.diff(values)
    big = np.abs(steps) > jump
    if not big.any():
        return np.empty(0, np.intp)
    quick = big & (np.diff(time) <= SPIKE_STEP_S)
    if speed is not None:
        quick &= np.minimum(speed[:-1], speed[1:]) >= RUNNING_MPS
    found = []
    for width in range(1, WIDEST + 1):
        out = np.flatnonzero(quick[:-width] & quick[width:]) if quick.size > width else np.empty(0, np.intp)
        back = out + width
        alike = np.abs(values[back + 1] - values[out]) <= jump / 2
        # Between zeros a value may be the one that was measured.
        alike &= (values[out] > 0) & (values[back + 1] > 0) & (steps[out] * steps[back] < 0)
        alike &= time[back] - time[out + 1] <= SPIKE_STEP_S
        found += [out[alike] + nth for nth in range(1, width + 1)]
    return np.unique(np.concatenate(found))


def _too_high(time: Column, cadence: Column, speed: Column) -> NDArray[np.intp]:
    """Rows of cadences that only sprinters have, for a few seconds, at a speed below a sprint."""
    high = cadence > HIGHEST_SPM
    if not high.any():
        return np.empty(0, np.intp)
    rows = np.flatnonzero(high)
    group = np.concatenate(([0], np.cumsum(np.diff(rows) > 1)))
    first = np.flatnonzero(np.diff(group, prepend=-1))
    last = np.append(first[1:], rows.size) - 1
    brief = time[rows[last]] - time[rows[first]] <= HIGHEST_S
    slow = np.maximum.reduceat(np.where(np.isnan(speed[rows]), np.inf, speed[rows]), first) < SPRINT_MPS
    lost: NDArray[np.intp] = rows[(brief & slow)[group]]
    return lost


def _far(degrees: Column) -> Flags:
    return np.asarray(np.abs(np.diff(degrees)) > OUT_AND_BACK_DEG)


def _fastest_mps(sport: Sport) -> float:
    return FASTEST_ON_FOOT_MPS if sport in ("run", "walk") else CHANNELS["speed_mps"].high


def _out_and_back(time: Column, latitude: Column, longitude: Column, fastest_mps: float) -> NDArray[np.intp]:
    metres, seconds = steps_m(latitude, longitude), np.diff(time)
    jumped = (metres > OUT_AND_BACK_M) & (metres > fastest_mps * seconds)
    found = [np.empty(0, np.intp)]
    for width in range(1, OUT_AND_BACK_ROWS + 1):
        out = np.flatnonzero(jumped[:-width] & jumped[width:])
        back = out + width + 1
        ends = np.column_stack((out, back)).ravel()
        apart = steps_m(latitude[ends], longitude[ends])[::2]
        near = apart <= RETURN_SHARE * np.minimum(metres[out], metres[back - 1])
        stayed = out[near & (time[back] - time[out] <= OUT_AND_BACK_S)]
        found += [stayed + nth for nth in range(1, width + 1)]
    return np.unique(np.concatenate(found))


def _without_heights(track: Track, rows: NDArray[np.intp]) -> Columns:
    altitude = track.columns.get("altitude_m")
    if altitude is None:
        return {}
    known = ~np.isnan(altitude)
    known[rows] = False
    if not known.any():
        return {}
    expected = np.interp(track.time_s[rows], track.time_s[known], altitude[known])
    wild = np.abs(altitude[rows] - expected) > HEIGHT_JUMP_M
    if not wild.any():
        return {}
    heights = altitude.copy()
    heights[rows[wild]] = np.nan
    return {"altitude_m": heights}
