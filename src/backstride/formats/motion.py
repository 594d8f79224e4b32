"""How a track moved: distance and speed where the file gives none, and the pauses told apart.

Made for files that hold points but no account of the watch's timer (GPX, and TCX between its laps).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from backstride.formats.track import Flags, Track, within_range, without
from backstride.model.activity import Column, Sport
from backstride.model.channels import CHANNELS
from backstride.model.said import said

PAUSE_S = 30.0
PAUSE_STEPS = 10.0
"""A gap may be a pause when longer than 30 s and than ten usual steps between points."""
STANDING_MPS = 0.5
"""Getting on by less than this across a gap is a pause; more is a tunnel, or a watch that saves points."""
FASTEST_ON_FOOT_MPS = 12.5
"""No human runs faster (100 m in 9.58 s peaks at 12.4 m/s): a faster step is a jump of the receiver."""
FASTEST_ACROSS_GAP_MPS = 7.0
"""No human keeps this up: more distance than that across a gap was ridden."""
JUMP_SLACK_M = 20.0
"""What two positions may differ by error alone."""
DISTANCE_DOUBT = 0.3
RESET_M = 100.0
RESET_SHARE = 0.1
"""A distance of 100 m or more that falls to a tenth or less has started anew; less is a slip of a sensor."""
SPEED_SPAN_S = 6.0
"""Speed is distance over about this span around each point, since positions err by metres."""
EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG)."""


def completed(track: Track, sport: Sport) -> Track:
    """The same track with distance and speed, from the positions where the file gives none."""
    track = _with_distance(track, sport)
    return _with_speed(track)


def pauses(track: Track) -> Flags:
    """By step between two points: true where nobody moved and nothing was recorded.

    A gap is a step of more than 30 s and of more than ten usual steps, or one where the file says that
    the recording was stopped.  It is a pause unless the runner got on by 0.5 m/s across it.
    """
    time = track.time_s
    if time.size < 2:
        return np.zeros(0, bool)
    steps = np.diff(time)
    gap = (steps > max(PAUSE_S, PAUSE_STEPS * float(np.median(steps)))) | track.stopped[1:]
    distance = track.columns.get("distance_m")
    if distance is None:
        return gap
    with np.errstate(invalid="ignore"):
        return gap & ~(np.diff(distance) / steps >= STANDING_MPS)


def recorded_s(track: Track) -> float | None:
    """Seconds between the points without the pauses, as a watch's timer counts; None for one point."""
    if track.time_s.size < 2:
        return None
    return float(np.diff(track.time_s)[~pauses(track)].sum())


def steps_m(latitude_deg: Column, longitude_deg: Column) -> Column:
    """Great-circle distances between neighbours, by haversine on a sphere."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    north, east = np.diff(latitude) / 2, np.diff(longitude) / 2
    square = np.sin(north) ** 2 + np.cos(latitude[:-1]) * np.cos(latitude[1:]) * np.sin(east) ** 2
    return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(square, 0, 1))))


def made_up_times(track: Track) -> bool:
    """True where half of the steps are faster than anything on the ground: a planned route."""
    distance = distance_by_position(track, None)
    if distance is None:
        return False
    speed = np.diff(distance) / np.diff(track.time_s)
    speed = speed[speed > 0]
    return bool(speed.size) and float(np.median(speed)) > CHANNELS["speed_mps"].high


def repair_distance(track: Track, sport: Sport) -> Track:
    """Given distances that fall, or that the positions belie by over 30 %, are left out.

    For files whose distances follow no standard: some extensions count from the last point.
    """
    given, placed = track.columns.get("distance_m"), distance_by_position(track, sport)
    if given is None or placed is None:
        return track
    known = given[~np.isnan(given)]
    total, by_position = float(known.max()), float(np.nanmax(placed))
    if (np.diff(known) >= 0).all() and abs(total - by_position) <= DISTANCE_DOUBT * max(total, by_position):
        return track
    return track.repaired("repair_distance", without(track.columns, "distance_m"))


def repair_distance_resets(track: Track) -> Track:
    """Distances that start anew at each lap are counted on."""
    given = track.columns.get("distance_m")
    if given is None:
        return track
    rows = np.flatnonzero(~np.isnan(given))
    known = given[rows]
    anew = (known[:-1] >= RESET_M) & (known[1:] <= RESET_SHARE * known[:-1])
    if not anew.any():
        return track
    before = np.concatenate(([0.0], np.cumsum(np.where(anew, known[:-1], 0.0))))
    distance = given.copy()
    distance[rows] = known + before
    return track.repaired("repair_distance_resets", track.columns | {"distance_m": distance})


def distance_by_position(track: Track, sport: Sport | None) -> Column | None:
    """Metres since the first position, NaN where there is none; None without two positions.

    For a sport, jumps of the receiver and rides across a gap add nothing; for None every step counts.
    """
    if "latitude_deg" not in track.columns or "longitude_deg" not in track.columns:
        return None
    placed = np.flatnonzero(~np.isnan(track.columns["latitude_deg"]))
    if placed.size < 2:
        return None
    steps = steps_m(track.columns["latitude_deg"][placed], track.columns["longitude_deg"][placed])
    if sport is not None:
        steps = np.where(_jumped(steps, np.diff(track.time_s[placed]), sport), 0.0, steps)
    distance = np.full(track.time_s.size, np.nan)
    distance[placed] = np.concatenate(([0.0], np.cumsum(steps)))
    return distance


def _jumped(steps: Column, seconds: Column, sport: Sport) -> Flags:
    if sport not in ("run", "walk"):
        return steps > CHANNELS["speed_mps"].high * seconds + JUMP_SLACK_M
    fastest = np.where(seconds > PAUSE_S, FASTEST_ACROSS_GAP_MPS, FASTEST_ON_FOOT_MPS)
    return steps > fastest * seconds + JUMP_SLACK_M


def _with_distance(track: Track, sport: Sport) -> Track:
    if "distance_m" in track.columns:
        return track
    distance = distance_by_position(track, sport)
    if distance is None:
        return track
    every = distance_by_position(track, None)
    assert every is not None
    lost = float(np.nanmax(every) - np.nanmax(distance))
    columns = track.columns | {"distance_m": distance}
    if lost <= 0:
        return replace(track, columns=columns)
    return track.repaired(
        "repair_jumps",
        columns,
        said("{lost} m in jumps too fast for a {sport} left out", lost=round(lost), sport=sport),
    )


def _with_speed(track: Track) -> Track:
    distance = track.columns.get("distance_m")
    given = track.columns.get("speed_mps")
    if distance is None:
        return track
    derived = _speed_by_distance(track.time_s, distance, pauses(track))
    if given is not None:
        unit = _speed_unit(given, derived)
        if unit == 1.0:
            return track
        if unit is not None:
            return track.repaired("repair_speed_unit", track.columns | {"speed_mps": given / unit})
    if np.isnan(derived).all():
        return replace(track, columns=without(track.columns, "speed_mps"))
    columns = track.columns | {"speed_mps": derived}
    if given is not None:
        track = track.repaired(
            "repair_speed_unit", columns, said("its speeds do not fit its distances; not used")
        )
    return within_range(replace(track, columns=columns))


def _speed_unit(given: Column, derived: Column) -> float | None:
    """What the given speeds are to be divided by: 1, 3.6 for km/h, or None where neither fits."""
    with np.errstate(invalid="ignore"):
        both = (derived > STANDING_MPS) & (given > 0)
    if both.sum() < 10:
        return 1.0
    ratio = float(np.median(given[both] / derived[both]))
    if 3.2 <= ratio <= 4.0:
        return 3.6
    return 1.0 if 0.5 <= ratio <= 2.0 else None


def _speed_by_distance(time: Column, distance: Column, paused: Flags) -> Column:
    """Distance over time across about `SPEED_SPAN_S` around each point, never across a pause."""
    speed = np.full(time.size, np.nan)
    rows = np.flatnonzero(~np.isnan(distance))
    if rows.size < 2:
        return speed
    at, metres = time[rows], distance[rows]
    piece = np.concatenate(([0], np.cumsum(paused)))[rows]
    first, last = np.searchsorted(piece, piece, "left"), np.searchsorted(piece, piece, "right") - 1
    own = np.arange(rows.size)
    begin = np.minimum(np.searchsorted(at, at - SPEED_SPAN_S / 2, "left"), np.maximum(own - 1, 0))
    end = np.maximum(
        np.searchsorted(at, at + SPEED_SPAN_S / 2, "right") - 1, np.minimum(own + 1, rows.size - 1)
    )
    begin, end = np.maximum(begin, first), np.minimum(end, last)
    known = end > begin
    speed[rows[known]] = (metres[end] - metres[begin])[known] / (at[end] - at[begin])[known]
    return speed
