"""The samples that were taken during a workout, as the columns of its stream.

    heart rate   |     |     |     |        each at its own moments, from one source
    power        | | | | | | | | | |
    steps        [----)[-----)[----)        counts over stretches
    rows         | | | | | | | | | |        a row at every moment of any of them

In a row stands what holds there: the last sample, where it is not older than 10 s, and the cadence and
distance of the stretch it lies in.  Pauses have no rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from backstride.formats.apple.records import Kind, Samples
from backstride.formats.hold import held
from backstride.formats.track import Flags, Track, within_range
from backstride.model.activity import Column, Sport

LONGEST_STRETCH_S = 120
"""A count of steps over more says nothing of the cadence: phones count over up to 10 minutes."""
LONGEST_SPAN_S = 4 * 86_400
"""No workout is longer; one that is was never stopped."""
STRIDE_RATIO = (0.4, 0.6)
"""Speed over cadence and length: 1 where the length is a step's, 0.5 where it is a stride's."""
ENOUGH_ROWS = 20

_CHANNELS: dict[Kind, str] = {
    "heart_rate": "heart_rate_bpm",
    "speed": "speed_mps",
    "power": "power_w",
    "contact": "contact_ms",
    "oscillation": "vertical_oscillation_mm",
    "step_length": "step_length_mm",
}
_ON_FOOT: frozenset[Kind] = frozenset({"speed", "power", "contact", "oscillation", "step_length"})
"""Their types say Running."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """When a workout was under way, and which source recorded it."""

    start_s: float
    end_s: float
    sport: Sport
    source: int
    pauses: tuple[tuple[float, float], ...] = ()
    """Begin and end of each, by their begin."""


def track_of(samples: Mapping[Kind, Samples], stretch: Stretch) -> Track:
    """The rows of one workout, `time_s` in seconds since 1970; none where nothing was recorded during it."""
    chosen = _chosen(samples, stretch)
    rows = _rows(chosen, stretch)
    columns = {_CHANNELS[kind]: _held(each, rows) for kind, each in chosen.items() if kind in _CHANNELS}
    if "steps" in chosen:
        columns["cadence_spm"] = _cadence(chosen["steps"], rows)
    if "distance" in chosen:
        columns["distance_m"] = _distance(chosen["distance"], rows)
    known = np.zeros(rows.size, bool)
    for column in columns.values():
        known |= ~np.isnan(column)
    kept = {"time_s": rows[known]} | {name: column[known] for name, column in columns.items()}
    track = within_range(Track(kept, _stopped(rows[known], stretch)))
    return repair_step_length(track)


def repair_step_length(track: Track) -> Track:
    """Lengths that are of two steps, by the speed and the cadence of the same rows, are halved.

    Apple documents one step and its watches write that; apps that write the same type need not.
    """
    names = ("speed_mps", "cadence_spm", "step_length_mm")
    if any(name not in track.columns for name in names):
        return track
    speed, cadence, length = (track.columns[name] for name in names)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = 60_000 * speed / (cadence * length)
    known = ratio[np.isfinite(ratio) & (ratio > 0)]
    if known.size < ENOUGH_ROWS or not STRIDE_RATIO[0] <= float(np.median(known)) <= STRIDE_RATIO[1]:
        return track
    return track.repaired("repair_step_length", track.columns | {"step_length_mm": length / 2})


def _chosen(samples: Mapping[Kind, Samples], stretch: Stretch) -> dict[Kind, Samples]:
    """The samples of the workout, each kind of one source only: phone and watch count the same steps."""
    if stretch.end_s - stretch.start_s > LONGEST_SPAN_S:
        return {}
    chosen: dict[Kind, Samples] = {}
    for kind in ("heart_rate", *_CHANNELS, "steps", "distance"):
        if kind not in samples or not _fits(kind, stretch.sport):
            continue
        within = samples[kind].within(stretch.start_s, stretch.end_s)
        if within.start_s.size:
            chosen[kind] = within.of_source(_source(within, stretch.source))
    return chosen


def _fits(kind: Kind, sport: Sport) -> bool:
    if kind == "heart_rate":
        return True
    return sport == "run" or (sport == "walk" and kind not in _ON_FOOT)


def _source(samples: Samples, own: int) -> int:
    """The workout's own source where it has samples of the kind, else the one with the most."""
    counts = np.bincount(samples.source)
    return own if own < counts.size and counts[own] else int(counts.argmax())


def _rows(chosen: Mapping[Kind, Samples], stretch: Stretch) -> Column:
    """Every moment of any sample, without those in a pause."""
    moments = [each.start_s for kind, each in chosen.items() if kind in _CHANNELS]
    moments += [each.end_s for kind, each in chosen.items() if kind not in _CHANNELS]
    if not moments:
        return np.empty(0)
    rows = np.unique(np.concatenate(moments)).astype(np.float64)
    running = (rows >= np.floor(stretch.start_s)) & (rows <= stretch.end_s)
    for begin, end in stretch.pauses:
        running &= ~((rows > begin) & (rows < end))
    return np.asarray(rows[running])


def _held(samples: Samples, rows: Column) -> Column:
    """By row the last sample that is not older than 10 s, or that the row lies in."""
    at_s = samples.start_s.astype(np.float64)
    lasting_s = np.minimum(samples.end_s - at_s, LONGEST_STRETCH_S)
    return held(at_s, samples.value.astype(np.float64), rows, lasting_s)


def _cadence(steps: Samples, rows: Column) -> Column:
    """Steps of both feet per minute over the stretch that the row lies in."""
    lasting = steps.end_s.astype(np.float64) - steps.start_s
    at = np.searchsorted(steps.start_s, rows, "left") - 1
    last = np.maximum(at, 0)
    inside = (at >= 0) & (rows <= steps.end_s[last]) & (lasting[last] > 0)
    inside &= lasting[last] <= LONGEST_STRETCH_S
    with np.errstate(divide="ignore", invalid="ignore"):
        cadence = 60 * steps.value[last] / lasting[last]
    return np.where(inside & (cadence > 0), cadence, np.nan)


def _distance(stretches: Samples, rows: Column) -> Column:
    """Metres since the first stretch, even within each; NaN before the first and after the last."""
    begin, end = stretches.start_s.astype(np.float64), stretches.end_s.astype(np.float64)
    sums = np.cumsum(stretches.value, dtype=np.float64)
    moments = np.column_stack((begin, np.maximum(end, begin + 1e-3))).ravel()
    metres = np.column_stack((sums - stretches.value, sums)).ravel()
    moments = np.maximum.accumulate(moments)
    return np.interp(rows, moments, metres, np.nan, np.nan)


def _stopped(rows: Column, stretch: Stretch) -> Flags:
    stopped = np.zeros(rows.size, bool)
    ends = [end for _, end in stretch.pauses]
    after = np.searchsorted(rows, ends, "left")
    stopped[after[(after > 0) & (after < rows.size)]] = True
    return stopped
