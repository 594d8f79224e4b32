"""`training-session*.json`: one session of Polar Flow, with the samples and the way of each of its exercises.

Both generations are read: the newer (`startTime`, `timezoneOffsetMinutes`, `durationMillis`, numbers for
sports) and the older (`timeZoneOffset`, ISO spans as "PT3019.875S", words for sports).  All times are of the
local clock without a zone, which stands beside them in minutes.  `feeling` tells how the runner was,
not how hard it was: it is no perceived exertion, and not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, timedelta, tzinfo

import numpy as np

from backstride.formats.account.json_text import document
from backstride.formats.account.values import (
    above_zero,
    clock,
    key,
    member,
    members,
    offset_minutes,
    span_s,
    text,
)
from backstride.formats.contents import Contents, Source
from backstride.formats.device import device_named
from backstride.formats.motion import repair_distance_resets
from backstride.formats.polar.altitude import Altitude, above_the_sea
from backstride.formats.polar.laps import laps_of
from backstride.formats.polar.pauses import Pause, outside, paused_s, pauses_of, spread
from backstride.formats.polar.samples import Clock, columns_of, series_of, way_of
from backstride.formats.polar.sports import sport_of
from backstride.formats.timed import Timed, activity_of
from backstride.formats.track import Track, cleaned
from backstride.model.activity import Activity, Origin, Sport
from backstride.model.channels import CHANNELS
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, said

ACTIVITY = said("an activity")
MS = 0.001
_NO_START = said("it names no time at which it began")
_NO_OFFSET = said("its times name no zone; taken as the runner's own clock")
_ID_IN_NAME = re.compile(r"^training-session[-_][\dT-]+?[-_](\d{6,})-")


def read(data: bytes, source: Source, zone: tzinfo) -> Contents:
    """Each exercise of the session, or the session itself where it has none.

    Raises: BadFile where the file cannot be read.
    """
    found = document(data, source.name)
    session = found.value
    parts = members(member(session, "exercises")) or [session]
    own = key(member(session, "identifier", "id")) or _id_in(source.name)
    activities: list[Activity] = []
    skipped: list[SkippedRow] = []
    for index, exercise in enumerate(parts):
        activity = _activity(exercise, session, source.origin(index), zone, found.warnings)
        if activity is None:
            skipped.append(SkippedRow(index + 1, _NO_START))
            continue
        several = "" if len(parts) == 1 else f"-{index + 1}"
        activities.append(replace(activity, service_id=None if own is None else f"polar:{own}{several}"))
    in_order = tuple(sorted(activities, key=lambda each: each.start))
    kind = ACTIVITY if activities else said("an activity without a date")
    return Contents(in_order, kind, found.warnings, skipped=tuple(skipped))


def _id_in(name: str) -> str | None:
    found = _ID_IN_NAME.match(name)
    return None if found is None else found[1]


@dataclass(frozen=True, slots=True)
class _When:
    """When an exercise was, in seconds since 1970, and by which clock."""

    offset: timedelta | None
    clock: Clock
    start_s: float
    elapsed_s: float | None
    pauses: tuple[Pause, ...]


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What was recorded, second by second, and what became of its altitude."""

    track: Track
    altitude: Altitude
    repairs: tuple[str, ...]


def _activity(
    exercise: object, session: object, origin: Origin, zone: tzinfo, warnings: tuple[Said, ...]
) -> Activity | None:
    """The exercise as it is told; None where it has no date."""
    when = _when(exercise, session, zone)
    if when is None:
        return None
    sport, surface, doubts = sport_of(exercise, session)
    distance_m = _first(
        above_zero(member(exercise, "distanceMeters")), above_zero(member(exercise, "distance"))
    )
    recorded = _recorded(exercise, when, sport, distance_m)
    timed = Timed(
        track=recorded.track,
        sport=sport,
        surface=surface,
        start_s=when.start_s,
        offset=when.offset,
        distance_m=distance_m,
        moving_s=_moving_s(exercise, when),
        elapsed_s=when.elapsed_s,
        averages=_averages(exercise, session),
        laps=laps_of(exercise),
        title=text(member(session, "name")),
        note=text(member(session, "note")),
        device=device_named(_product(session), None),
        repairs=recorded.repairs,
        warnings=(
            *warnings,
            *doubts,
            *recorded.altitude.warnings,
            *(() if when.offset is not None else (_NO_OFFSET,)),
        ),
    )
    return _with_own_climb(activity_of(timed, origin, zone), exercise, recorded.altitude)


def _when(exercise: object, session: object, zone: tzinfo) -> _When | None:
    offset = _offset(exercise, session)
    local = _clock_in(offset, zone)
    start_s = _first(local(member(exercise, "startTime")), local(member(session, "startTime")))
    if start_s is None:
        return None
    end_s = local(member(exercise, "stopTime"))
    elapsed_s = None if end_s is None or end_s <= start_s else end_s - start_s
    return _When(offset, local, start_s, elapsed_s, pauses_of(exercise, local))


def _recorded(exercise: object, when: _When, sport: Sport, distance_m: float | None) -> _Recorded:
    """Samples and way over one clock, without what was recorded in pauses, and cleaned."""
    series = series_of(exercise, when.start_s, when.clock)
    apart = spread(series, when.pauses, when.start_s, when.elapsed_s)
    way = way_of(exercise, when.start_s, when.clock)
    way = spread(way, when.pauses, when.start_s, when.elapsed_s)
    columns, stopped = outside(columns_of(apart, way), when.pauses)
    altitude = Altitude(None)
    if "altitude_m" in columns:
        altitude = above_the_sea(columns.pop("altitude_m"), distance_m)
    if altitude.altitude_m is not None:
        columns["altitude_m"] = altitude.altitude_m
    track = repair_distance_resets(cleaned(columns, stopped, sport))
    moved = () if apart is series else ("repair_paused_samples",)
    return _Recorded(_without_still_distance(track), altitude, (*altitude.repairs, *moved))


def _offset(exercise: object, session: object) -> timedelta | None:
    for part in (exercise, session):
        for name in ("timezoneOffsetMinutes", "timezoneOffset", "timeZoneOffset"):
            told = offset_minutes(member(part, name))
            if told is not None:
                return told
    return None


def _clock_in(offset: timedelta | None, zone: tzinfo) -> Clock:
    """What reads the file's local clock: by its own offset, or else as the clock of the runner's zone."""

    def seconds(value: object) -> float | None:
        told = clock(value)
        if told is None:
            return None
        if told.tzinfo is None:
            told = told.replace(tzinfo=zone) if offset is None else told.replace(tzinfo=UTC) - offset
        return told.timestamp()

    return seconds


def _moving_s(exercise: object, when: _When) -> float | None:
    """The time without the pauses, whether or not the stated duration holds them."""
    told = above_zero(member(exercise, "durationMillis"), MS)
    told = span_s(member(exercise, "duration")) if told is None else told
    if told is None or when.elapsed_s is None or not when.pauses:
        return told
    return min(told, max(when.elapsed_s - paused_s(when.pauses), 0.0))


def _with_own_climb(activity: Activity, exercise: object, altitude: Altitude) -> Activity:
    """The climb that Polar states, or that of an altitude which itself was dropped."""
    ascent = _first(above_zero(member(exercise, "ascentMeters")), above_zero(member(exercise, "ascent")))
    descent = _first(above_zero(member(exercise, "descentMeters")), above_zero(member(exercise, "descent")))
    if ascent is None and descent is None:
        if altitude.climb_m is None:
            return activity
        return replace(activity, climb_m=altitude.climb_m, descent_m=altitude.descent_m)
    repairs = tuple(each for each in activity.repairs if each != "climb_from_altitude")
    return replace(activity, climb_m=ascent, descent_m=descent, repairs=repairs)


def _without_still_distance(track: Track) -> Track:
    """Indoors without a sensor the distance stays zero throughout: it was not measured."""
    distance = track.columns.get("distance_m")
    if distance is None or np.nanmax(distance) > 0:
        return track
    lacking = ("distance_m", "speed_mps")
    return replace(track, columns={name: each for name, each in track.columns.items() if name not in lacking})


def _averages(exercise: object, session: object) -> dict[str, float]:
    """The mean heart rate that the file states."""
    stated = [
        member(exercise, "heartRate", "avg"),
        *(
            member(each, "avg")
            for each in members(member(exercise, "statistics", "statistics"))
            if member(each, "type") == "STATISTICS_TYPE_HEART_RATE"
        ),
    ]
    if len(members(member(session, "exercises"))) <= 1:
        stated += [member(session, "hrAvg"), member(session, "averageHeartRate")]
    row = CHANNELS["heart_rate_bpm"]
    heart = next((told for told in map(above_zero, stated) if told is not None), None)
    return {row.name: heart} if heart is not None and row.low <= heart <= row.high else {}


def _product(session: object) -> str | None:
    told = text(member(session, "product", "modelName"))
    return told if told is None or told.lower().startswith("polar") else f"Polar {told}"


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)
