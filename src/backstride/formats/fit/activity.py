"""One Activity out of a session and its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np

from backstride.formats.climb import climb_and_descent_m
from backstride.formats.contents import Source
from backstride.formats.fit.pauses import Pauses, inside_pause, paused_s
from backstride.formats.fit.sessions import Session, Stretch, laps_within
from backstride.formats.motion import recorded_s
from backstride.formats.sensors import trusted
from backstride.formats.track import (
    LONGEST_S,
    Columns,
    Track,
    repair_dates,
    repair_far_records,
    repair_order,
    repair_positions_at_zero,
    within_range,
    without,
)
from backstride.formats.zones import local_start
from backstride.model.activity import Activity, Column, Device, Stream
from backstride.model.said import Said

EARLY_RECORDS_S = 86_400.0
"""Records this long before the stated start still belong to the session, and move its start."""
OFFSET_SLACK_M, OFFSET_SLACK_SHARE = 10.0, 0.05
"""How far the last distance may lie above the session's own before it must have begun elsewhere."""
ELAPSED_SLACK_S = 1.0
"""What rounding may take off the time that elapsed."""
LOWEST_LAND_M = -450.0
"""Below the shore of the Dead Sea: nobody runs there, and a stored 0 reads as -500 m."""
STEEPEST = 0.6
"""Climb over distance above which heights are noise: the steepest races on foot come to about 0.5."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What the activities of one part of a file have in common."""

    source: Source
    zone: tzinfo
    offset: timedelta | None
    device: Device | None
    stretches: list[Stretch]
    pauses: Pauses
    repairs: tuple[str, ...]
    """What was done to all of them."""
    warnings: tuple[Said, ...]


def activity_of(session: Session, channels: Columns, whole: Whole, index: int) -> Activity | None:
    """The activity; None where there is neither a time it began nor a record with one."""
    track = _track(session, channels, whole.pauses)
    start_s = _start_s(session, track)
    if start_s is None:
        return None
    end_s = _end_s(session, track, start_s)
    place = None if track is None else _first_place(track.columns)
    start, zone_from = local_start(datetime.fromtimestamp(start_s, UTC), whole.offset, place, whole.zone)
    moving_s = _moving_s(session, track, whole.pauses, start_s, end_s)
    elapsed_s = session.elapsed_s if session.elapsed_s is not None else _or_none(end_s - start_s)
    activity = Activity(
        start,
        zone_from,
        session.sport,
        whole.source.origin(index),
        distance_m=_distance_m(session, track),
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        climb_m=session.climb_m,
        descent_m=session.descent_m,
        surface=session.surface,
        rpe=session.rpe,
        averages=session.averages,
        laps=laps_within(whole.stretches, start_s, end_s),
        stream=_stream(track, start_s),
        device=whole.device,
        repairs=() if track is None else (*whole.repairs, *track.repairs),
        warnings=(*whole.warnings, *(() if track is None else track.warnings)),
    )
    return _with_climb(repair_elapsed(activity), track)


def repair_elapsed(activity: Activity) -> Activity:
    """The time that elapsed is no shorter than the timer's, as some programs write it."""
    elapsed, moving = activity.elapsed_s, activity.moving_s
    if elapsed is None or moving is None or moving <= elapsed + ELAPSED_SLACK_S:
        return activity
    return replace(activity, elapsed_s=moving, repairs=(*activity.repairs, "repair_elapsed"))


def _track(session: Session, channels: Columns, pauses: Pauses) -> Track | None:
    """The session's records with every repair done that they need; None where none has a time."""
    if not channels:
        return None
    track = repair_dates(Track(channels, np.zeros(channels["time_s"].size, bool)))
    if not track.time_s.size:
        return None
    track = repair_far_records(repair_order(track))
    track = repair_paused_records(track, pauses)
    track = repair_altitude(repair_positions_at_zero(track))
    if session.sport == "swim":
        # A swimmer's strokes are no steps.
        track = replace(track, columns=without(track.columns, "cadence_spm"))
    track = repair_distance_offset(within_range(track), session)
    told = {"distance_m", "speed_mps"} <= track.columns.keys()
    return trusted(track, session.sport, complete="latitude_deg" in track.columns and not told)


def repair_paused_records(track: Track, pauses: Pauses) -> Track:
    """Records made while the timer stood still are left out, unless that is most of them.

    Some recorders go on writing through a pause.  Where most records lie in pauses the timer events are
    not to be trusted, and the records stay.
    """
    inside = inside_pause(track.time_s, pauses)
    if not inside.any() or inside.mean() > 0.5:
        return track
    kept = {name: column[~inside] for name, column in track.columns.items()}
    track = replace(track, stopped=track.stopped[~inside])
    return track.repaired("repair_paused_records", kept)


def repair_altitude(track: Track) -> Track:
    """Heights below any land are not recorded: a stored zero reads as 500 m below the sea."""
    altitude = track.columns.get("altitude_m")
    if altitude is None or not (altitude < LOWEST_LAND_M).any():
        return track
    columns = track.columns | {"altitude_m": np.where(altitude < LOWEST_LAND_M, np.nan, altitude)}
    return track.repaired("repair_altitude", columns)


def repair_distance_offset(track: Track, session: Session) -> Track:
    """Distance counts from the session's own start, where a multisport watch counts through."""
    distance = track.columns.get("distance_m")
    if distance is None or session.distance_m is None:
        return track
    known = distance[~np.isnan(distance)]
    if not known.size or known[0] <= OFFSET_SLACK_M:
        return track
    if known.max() <= session.distance_m * (1 + OFFSET_SLACK_SHARE) + OFFSET_SLACK_M:
        return track
    moved = track.columns | {"distance_m": distance - known[0]}
    return within_range(track.repaired("repair_distance_offset", moved))


def _start_s(session: Session, track: Track | None) -> float | None:
    """The stated start; the first record where none is stated, or it is a little earlier, or weeks away."""
    first = None if track is None else float(track.time_s[0])
    if session.start_s is None or first is None:
        return first if session.start_s is None else session.start_s
    if abs(first - session.start_s) > LONGEST_S / 2:
        return first
    return first if session.start_s - EARLY_RECORDS_S < first < session.start_s else session.start_s


def _end_s(session: Session, track: Track | None, start_s: float) -> float:
    ends = [start_s, session.end_s or start_s, start_s + (session.elapsed_s or 0.0)]
    if track is not None:
        ends.append(float(track.time_s[-1]))
    return max(ends)


def _distance_m(session: Session, track: Track | None) -> float | None:
    """As stated, else the furthest that a record tells."""
    if session.distance_m is not None or track is None:
        return session.distance_m
    distance = track.columns.get("distance_m")
    return None if distance is None else float(np.nanmax(distance))


def _moving_s(
    session: Session, track: Track | None, pauses: Pauses, start_s: float, end_s: float
) -> float | None:
    """The timer's own time; else what elapsed less the pauses, told by events or else by gaps."""
    if session.moving_s is not None:
        return session.moving_s
    if pauses:
        return _or_none(end_s - start_s - paused_s(pauses, start_s, end_s))
    return None if track is None else recorded_s(track)


def _stream(track: Track | None, start_s: float) -> Stream:
    """The channels with `time_s` from the start; records from before the start are left out."""
    if track is None:
        return Stream()
    time = track.time_s - start_s
    inside = (time >= 0) & (time <= LONGEST_S)
    if not inside.any():
        return Stream()
    columns: dict[str, Column] = {
        name: column[inside] for name, column in track.columns.items() if name != "time_s"
    }
    return Stream({"time_s": time[inside], **{n: c for n, c in columns.items() if not np.isnan(c).all()}})


def _with_climb(activity: Activity, track: Track | None) -> Activity:
    """With climb and descent worked out from the heights where the file states neither."""
    if activity.climb_m is not None or activity.descent_m is not None or track is None:
        return activity
    altitude = track.columns.get("altitude_m")
    both = None if altitude is None else climb_and_descent_m(altitude)
    if both is None or activity.distance_m is None or max(both) > STEEPEST * activity.distance_m:
        return activity
    return replace(
        activity, climb_m=both[0], descent_m=both[1], repairs=(*activity.repairs, "climb_from_altitude")
    )


def _first_place(columns: Mapping[str, Column]) -> tuple[float, float] | None:
    latitude, longitude = columns.get("latitude_deg"), columns.get("longitude_deg")
    if latitude is None or longitude is None:
        return None
    placed = np.flatnonzero(~(np.isnan(latitude) | np.isnan(longitude)))
    if not placed.size:
        return None
    return float(latitude[placed[0]]), float(longitude[placed[0]])


def _or_none(seconds: float) -> float | None:
    """None for no time at all: one record has no length."""
    return seconds if seconds > 0 else None
