"""Stretches of a run in which the watch counted the steps of one foot.

spm  170 171 170 |  85  86  85  85  |  171 170
m/s  3.0 3.1 3.0 | 3.0 3.0 3.1 3.0  |  3.0 3.1      the same speed: the steps were not twice as long
"""

from __future__ import annotations

import numpy as np

from backstride.formats.track import Flags, Track
from backstride.model.activity import Column, Sport
from backstride.model.said import said

HALF_LOW, HALF_HIGH = 0.4, 0.6
"""Of the run's own median cadence: about half."""
FULL_SHARE = 0.8
"""From here on a cadence is the runner's usual."""
USUAL_LOW_SPM, USUAL_HIGH_SPM = 140.0, 230.0
"""A median outside is no runner's of two feet: the whole activity was counted otherwise, or walked."""
RUNNING_MPS = 2.2
"""People change from a walk to a run at about 2 m/s: above this nearly nobody walks."""
LONGEST_WALKED_STEP_M = 1.25
"""Nobody walks with longer steps; a runner of whom one foot counts seems to."""
LEAST_S = 30.0
"""A shorter stretch may be a walk whose speed lags behind: watches smooth it over up to 20 s."""
JOIN_S = 5.0
"""Halved samples no further apart are one stretch; and from the last full one to the first half no longer."""
MOST_OTHERS = 0.2
"""Of the samples in a stretch that are not halved: with more the cadence flickers, and nothing is clear."""
BESIDE_S, BESIDE_ROWS = 20.0, 5
"""What counts as beside a stretch, and how many usual samples must be there."""
SPREAD = 0.2
"""Highest tenth less lowest tenth, as a share of the middle: half a cadence is as even as a whole one."""
STEP_LOW, STEP_HIGH = 0.8, 1.25
"""The step of the doubled cadence over that beside it: walkers' steps are shorter than runners' by more."""
ENOUGH_ROWS = 60
"""Fewer samples of running give no median to go by."""


def repair_cadence_halving(track: Track, sport: Sport) -> Track:
    """The cadence is doubled where it fell to half and speed and steps beside it show that the run went on.

    Whole activities of one foot are another repair's; walking stays as it is.
    """
    cadence, speed = track.columns.get("cadence_spm"), track.columns.get("speed_mps")
    if sport != "run" or cadence is None or speed is None:
        return track
    ever = np.zeros(cadence.size, bool)
    # The median rises with what is doubled, and may show more; a value over half of it never doubles again.
    while (halved := _halved(track.time_s, cadence, speed)).any():
        cadence = np.where(halved, 2 * cadence, cadence)
        ever |= halved
    if not ever.any():
        return track
    seconds = float(np.minimum(np.diff(track.time_s), JOIN_S)[ever[1:]].sum())
    warning = said("for {seconds} s one foot alone was counted; doubled there", seconds=round(seconds))
    return track.repaired("repair_cadence_halving", track.columns | {"cadence_spm": cadence}, warning)


def _halved(time: Column, cadence: Column, speed: Column) -> Flags:
    none = np.zeros(time.size, bool)
    running = (speed >= RUNNING_MPS) & (cadence > 0)
    steps = cadence[running]
    if steps.size < ENOUGH_ROWS:
        return none
    usual = float(np.median(steps))
    half = (cadence <= HALF_HIGH * usual) & running
    if not USUAL_LOW_SPM <= usual <= USUAL_HIGH_SPM or not half.any():
        return none
    half &= (cadence >= HALF_LOW * usual) & (60 * speed >= LONGEST_WALKED_STEP_M * cadence)
    full = running & (cadence >= FULL_SHARE * usual)
    for first, last in _stretches(time, half):
        within = half[first : last + 1]
        if within.mean() >= 1 - MOST_OTHERS and _clear(time, cadence, speed, half, full, first, last):
            none[first : last + 1] = within
    return none


def _stretches(time: Column, half: Flags) -> list[tuple[int, int]]:
    """First and last row of each stretch that lasts long enough."""
    rows = np.flatnonzero(half)
    if not rows.size:
        return []
    cuts = np.flatnonzero(np.diff(time[rows]) > JOIN_S)
    first, last = rows[np.append(0, cuts + 1)], rows[np.append(cuts, rows.size - 1)]
    long = time[last] - time[first] >= LEAST_S
    return list(zip(first[long].tolist(), last[long].tolist(), strict=True))


def _clear(
    time: Column, cadence: Column, speed: Column, half: Flags, full: Flags, first: int, last: int
) -> bool:
    """True where both sides are usual running with the same steps; at an end of the recording one side."""
    rows = first + np.flatnonzero(half[first : last + 1])
    low, middle, high = np.percentile(cadence[rows], (10, 50, 90))
    if high - low > SPREAD * middle:
        return False
    step = float(np.median(speed[rows] / (2 * cadence[rows])))
    before = slice(int(np.searchsorted(time, time[first] - BESIDE_S)), first)
    after = slice(last + 1, int(np.searchsorted(time, time[last] + BESIDE_S, "right")))
    sides = [side for side in (before, after) if side.stop > side.start]
    return bool(sides) and all(
        _goes_on(time, cadence, speed, full, side, step, float(time[first]), float(time[last]))
        for side in sides
    )


def _goes_on(
    time: Column,
    cadence: Column,
    speed: Column,
    full: Flags,
    side: slice,
    step: float,
    first_s: float,
    last_s: float,
) -> bool:
    rows = side.start + np.flatnonzero(full[side])
    if rows.size < BESIDE_ROWS:
        return False
    apart_s = np.minimum(np.abs(time[rows] - first_s), np.abs(time[rows] - last_s)).min()
    usual = float(np.median(speed[rows] / cadence[rows]))
    return bool(apart_s <= JOIN_S and STEP_LOW <= step / usual <= STEP_HIGH)
