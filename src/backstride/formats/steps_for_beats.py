"""A heart rate that is the cadence: optical watches may lock onto the swing of the arm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from backstride.formats.track import Flags, Track
from backstride.model.activity import Column, Sport
from backstride.model.said import said

NEAR_BPM = 4.0
"""A locked sensor shows the steps but for the lag and the rounding of both."""
LEAST_S = 300.0
"""Shorter, the two may cross by chance."""
JOIN_S = 5.0
NEAR_SHARE = 0.9
"""So much of the stretch the two are near."""
OTHERWISE_BPM, OTHERWISE_S = 15.0, 300.0
"""Elsewhere they differ by more, for at least so long: else a heart of 170 may belong to a cadence of 170."""
CHANGE_ROWS = 5
ALIKE = 0.6
"""Correlation of their changes over five samples: a heart answers steps after half a minute, not at once."""


def warned_of_steps_for_beats(track: Track, sport: Sport) -> Track:
    """The same track, with a warning where the heart rate goes with each change of the cadence.

    Nothing is left out: what the heart did then is not known, and it may have been so.
    """
    heart, cadence = track.columns.get("heart_rate_bpm"), track.columns.get("cadence_spm")
    if sport != "run" or heart is None or cadence is None:
        return track
    apart = np.abs(heart - cadence)
    near = apart <= NEAR_BPM
    rows = np.flatnonzero(near)
    if rows.size < 2 or track.time_s[rows[-1]] - track.time_s[rows[0]] < LEAST_S:
        return track
    cuts = np.flatnonzero(np.diff(track.time_s[rows]) > JOIN_S)
    first, last = rows[np.append(0, cuts + 1)], rows[np.append(cuts, rows.size - 1)]
    long = track.time_s[last] - track.time_s[first] >= LEAST_S
    stretches = [slice(a, b + 1) for a, b in zip(first[long].tolist(), last[long].tolist(), strict=True)]
    locked = [each for each in stretches if near[each].mean() >= NEAR_SHARE and _alike(heart, cadence, each)]
    if not locked or not _otherwise_apart(track.time_s, apart, locked):
        return track
    seconds = sum(float(track.time_s[each][-1] - track.time_s[each][0]) for each in locked)
    warning = said(
        "heart rate follows the cadence for {minutes} minutes; the watch may have counted steps",
        minutes=round(seconds / 60),
    )
    return replace(track, warnings=(*track.warnings, warning))


def _alike(heart: Column, cadence: Column, stretch: slice) -> bool:
    """True where what the one changes by over a few samples is what the other does."""
    changes = [column[stretch][CHANGE_ROWS:] - column[stretch][:-CHANGE_ROWS] for column in (heart, cadence)]
    known = ~np.isnan(changes[0] + changes[1])
    one, other = (each[known] for each in changes)
    if one.size < CHANGE_ROWS or np.std(one) == 0 or np.std(other) == 0:
        return False
    return bool(np.corrcoef(one, other)[0, 1] >= ALIKE)


def _otherwise_apart(time: Column, apart: Column, locked: list[slice]) -> bool:
    outside: Flags = ~np.isnan(apart)
    for each in locked:
        outside[each] = False
    lasting_s = float(np.minimum(np.diff(time), JOIN_S)[outside[1:]].sum())
    return lasting_s >= OTHERWISE_S and float(np.median(apart[outside])) >= OTHERWISE_BPM
