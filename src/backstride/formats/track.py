"""The points of a GPX or TCX file as they can be trusted: dated, in order, one a moment, plausible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from backstride.model.activity import Column, Sport
from backstride.model.channels import CHANNELS
from backstride.model.said import Said, listed, said

Columns: TypeAlias = dict[str, Column]
Flags: TypeAlias = NDArray[np.bool_]

EARLIEST_S = 631_152_000.0
"""1990-01-01: no recorder of tracks is older; earlier dates are clocks that were never set."""
LATEST_S = 4_102_444_800.0
"""2100-01-01."""
STRAY_GAP_S = 86_400.0
STRAY_SHARE = 0.01
"""A cluster of points further than a day from the others, and of less than this share, is a wrong clock."""
LONGEST_S = CHANNELS["time_s"].high
"""No activity is longer."""


@dataclass(frozen=True, slots=True)
class Track:
    """The points of one activity; `time_s` in seconds since 1970, strictly rising."""

    columns: Columns
    stopped: Flags
    """By row: true where the file says that the recording was stopped before it."""
    repairs: tuple[str, ...] = ()
    warnings: tuple[Said, ...] = ()

    @property
    def time_s(self) -> Column:
        """Seconds since 1970."""
        return self.columns["time_s"]

    def repaired(self, repair: str, columns: Columns, warning: Said | None = None) -> Track:
        """The same track with other columns, and the name of what was done."""
        more = () if warning is None else (warning,)
        return replace(
            self, columns=columns, repairs=(*self.repairs, repair), warnings=(*self.warnings, *more)
        )


def cleaned(columns: Columns, stopped: Flags, sport: Sport) -> Track:
    """The points with every repair done that they need."""
    track = repair_dates(Track(columns, stopped))
    track = repair_far_records(repair_order(track))
    track = repair_positions_at_zero(track)
    track = cadence_of_both_feet(track, sport)
    return within_range(track)


def repair_dates(track: Track) -> Track:
    """Points without a date, before 1990 or after 2100, or days away from nearly all others, are left out."""
    time = track.time_s
    dated = (time >= EARLIEST_S) & (time < LATEST_S)
    dated[dated] = ~_stray(time[dated])
    lost = int(time.size - dated.sum())
    if not lost:
        return track
    carried = track.stopped.copy()
    # A stop before a point that is left out is a stop before the next that is kept.
    for row in np.flatnonzero(track.stopped & ~dated):
        carried[row + int(np.argmax(dated[row:])) if dated[row:].any() else row] = True
    kept = {name: column[dated] for name, column in track.columns.items()}
    track = replace(track, stopped=carried[dated])
    return track.repaired(
        "repair_dates",
        kept,
        said("{lost} of {size} points have no time that can be right; left out", lost=lost, size=time.size),
    )


def repair_order(track: Track) -> Track:
    """Points by time; those of one moment become one, the first value given for each channel counting."""
    steps = np.diff(track.time_s)
    if (steps > 0).all():
        return track
    order = np.argsort(track.time_s, kind="stable")
    time, place = np.unique(track.time_s[order], return_inverse=True)
    columns = {name: _merged(column[order], place, time.size) for name, column in track.columns.items()}
    columns["time_s"] = time
    stopped = np.zeros(time.size, bool)
    stopped[place[track.stopped[order]]] = True
    track = replace(track, stopped=stopped)
    if (steps < 0).any():
        return track.repaired("repair_point_order", columns)
    return track.repaired("repair_equal_times", columns)


def repair_far_records(track: Track) -> Track:
    """Records are left out that lie further from the middle one than the longest activity can be."""
    if not track.time_s.size or track.time_s[-1] - track.time_s[0] <= LONGEST_S:
        return track
    middle = float(track.time_s[track.time_s.size // 2])
    near = np.abs(track.time_s - middle) <= LONGEST_S / 2
    kept = {name: column[near] for name, column in track.columns.items()}
    track = replace(track, stopped=track.stopped[near])
    return track.repaired("repair_far_records", kept, said("records from another month are left out"))


def repair_positions_at_zero(track: Track) -> Track:
    """A position of exactly 0 / 0 is not recorded: receivers without a fix write it, as do treadmills."""
    latitude, longitude = track.columns.get("latitude_deg"), track.columns.get("longitude_deg")
    if latitude is None or longitude is None:
        return replace(track, columns=without(track.columns, "latitude_deg", "longitude_deg"))
    nowhere = (latitude == 0) & (longitude == 0)
    half = np.isnan(latitude) != np.isnan(longitude)
    if not (nowhere | half).any():
        return track
    lost = nowhere | half
    columns = track.columns | {
        "latitude_deg": np.where(lost, np.nan, latitude),
        "longitude_deg": np.where(lost, np.nan, longitude),
    }
    return (
        track.repaired("repair_positions_at_zero", columns)
        if nowhere.any()
        else replace(track, columns=columns)
    )


def cadence_of_both_feet(track: Track, sport: Sport) -> Track:
    """Cadence as steps of both feet.

    GPX and TCX count one foot (Garmin's TrackPointExtension and ActivityExtension say rpm), but some
    programs write both.  One foot of a runner never goes 120 times a minute, of a walker never 80:
    where the middle value is above, both feet are counted already.  A swimmer's strokes are no steps.
    """
    cadence = track.columns.get("cadence_spm")
    if cadence is None:
        return track
    if sport == "swim":
        return replace(track, columns=without(track.columns, "cadence_spm"))
    moving = cadence[cadence > 0]
    both = {"run": 120.0, "walk": 80.0}.get(sport, np.inf)
    if moving.size and float(np.median(moving)) > both:
        return track.repaired("repair_cadence_of_both_feet", track.columns)
    return replace(track, columns=track.columns | {"cadence_spm": 2 * cadence})


def within_range(track: Track) -> Track:
    """Values outside their channel's range are NaN, and counted; columns without any value are gone."""
    columns: Columns = {}
    lost: list[Said] = []
    for name, column in track.columns.items():
        if name == "time_s":
            columns[name] = column
            continue
        row = CHANNELS[name]
        inside = (column >= row.low) & (column <= row.high)
        outside = int((~inside & ~np.isnan(column)).sum())
        if outside:
            lost.append(said("{outside} of {name}", outside=outside, name=name))
            column = np.where(inside, column, np.nan)
        if inside.any():
            columns[name] = column
    warnings = (said("values out of range left out: {n}", n=listed(lost)),) if lost else ()
    return replace(track, columns=columns, warnings=(*track.warnings, *warnings))


def _stray(time: Column) -> Flags:
    stray = np.zeros(time.size, bool)
    if time.size < 2:
        return stray
    order = np.argsort(time, kind="stable")
    cluster = np.concatenate(([0], np.cumsum(np.diff(time[order]) > STRAY_GAP_S)))
    sizes = np.bincount(cluster)
    small = (sizes < STRAY_SHARE * time.size) | ((sizes == 1) & (time.size > 10))
    stray[order] = small[cluster]
    return stray


def _merged(column: Column, place: NDArray[np.intp], size: int) -> Column:
    out = np.full(size, np.nan)
    known = np.flatnonzero(~np.isnan(column))[::-1]
    out[place[known]] = column[known]
    return out


def without(columns: Columns, *names: str) -> Columns:
    """The columns but the named ones."""
    return {name: column for name, column in columns.items() if name not in names}
