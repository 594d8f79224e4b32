"""A cleaned track and what its file tells about it -> an Activity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np

from backstride.formats.climb import climb_and_descent_m
from backstride.formats.motion import recorded_s
from backstride.formats.sensors import trusted
from backstride.formats.track import LONGEST_S, Track
from backstride.formats.zones import local_start
from backstride.model.activity import Activity, Column, Device, Lap, Origin, Sport, Stream, Surface
from backstride.model.said import Said


@dataclass(frozen=True, slots=True)
class Timed:
    """One activity as its file tells it.  None is not told, and worked out of the track where it can be."""

    track: Track
    """Its times in seconds since 1970."""
    sport: Sport
    surface: Surface | None = None
    start_s: float | None = None
    """When it began, in seconds since 1970; never after the first point."""
    offset: timedelta | None = None
    """Of the file's own clock from UTC."""
    distance_m: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    averages: Mapping[str, float] = field(default_factory=dict)
    laps: tuple[Lap, ...] = ()
    title: str | None = None
    note: str | None = None
    device: Device | None = None
    repairs: tuple[str, ...] = ()
    warnings: tuple[Said, ...] = ()


def activity_of(timed: Timed, origin: Origin, zone: tzinfo) -> Activity:
    """The activity, with what the file leaves out worked out of its points."""
    track = trusted(timed.track, timed.sport)
    times = track.time_s
    start_s = _start_s(timed.start_s, times)
    utc = datetime.fromtimestamp(round(start_s, 3), UTC)
    start, zone_from = local_start(utc, timed.offset, _place(track), zone)
    climb = climb_and_descent_m(track.columns["altitude_m"]) if "altitude_m" in track.columns else None
    moving_s = timed.moving_s if timed.moving_s is not None else recorded_s(track)
    worked_out = _worked_out(timed, track, climb is not None, moving_s is not None)
    return Activity(
        start=start,
        zone_from=zone_from,
        sport=timed.sport,
        origin=origin,
        distance_m=_first_known(timed.distance_m, last_m(track)),
        moving_s=moving_s,
        elapsed_s=_first_known(timed.elapsed_s, float(times[-1]) - start_s if times.size > 1 else None),
        climb_m=None if climb is None else climb[0],
        descent_m=None if climb is None else climb[1],
        surface=timed.surface,
        title=timed.title,
        note=timed.note,
        averages=timed.averages,
        laps=timed.laps,
        stream=Stream(track.columns | {"time_s": times - start_s}) if times.size else Stream(),
        device=timed.device,
        repairs=(*timed.repairs, *track.repairs, *worked_out),
        warnings=(*timed.warnings, *track.warnings),
    )


def _start_s(told_s: float | None, times: Column) -> float:
    """The start as told, unless the points are earlier, or later than the longest activity lasts."""
    if not times.size:
        return 0.0 if told_s is None else told_s
    first, last = float(times[0]), float(times[-1])
    return first if told_s is None or told_s > first or last - told_s > LONGEST_S else told_s


def _worked_out(timed: Timed, track: Track, climbed: bool, moved: bool) -> tuple[str, ...]:
    """What is not the file's own account, by the names the runner's page gives the reasons for."""
    given = timed.track.columns
    found = {
        "distance_from_positions": "distance_m" in track.columns and "distance_m" not in given,
        "speed_from_distance": "speed_mps" in track.columns and "speed_mps" not in given,
        "moving_from_gaps": moved and timed.moving_s is None,
        "climb_from_altitude": climbed,
    }
    return tuple(name for name, was in found.items() if was)


def _place(track: Track) -> tuple[float, float] | None:
    if "latitude_deg" not in track.columns or "longitude_deg" not in track.columns:
        return None
    latitude, longitude = track.columns["latitude_deg"], track.columns["longitude_deg"]
    known = np.flatnonzero(~np.isnan(latitude) & ~np.isnan(longitude))
    return (float(latitude[known[0]]), float(longitude[known[0]])) if known.size else None


def last_m(track: Track) -> float | None:
    """The distance at the end, in metres; None where the track has no distance."""
    distance = track.columns.get("distance_m")
    if distance is None or np.isnan(distance).all():
        return None
    return float(np.nanmax(distance))


def _first_known(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)
