"""A workout as told, with the samples taken during it -> Activities: one, or one for each sport in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from math import isnan
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backstride.formats.apple import statistics
from backstride.formats.apple.dates import unix_s_of
from backstride.formats.apple.lazily import Lazily, Shelf
from backstride.formats.apple.quantities import METRES, quantity_with_unit
from backstride.formats.apple.records import Kind, Samples
from backstride.formats.apple.streams import Stretch, track_of
from backstride.formats.apple.workouts import LegTold, WorkoutTold
from backstride.formats.timed import Timed, activity_of
from backstride.model.activity import Activity, Device, Lap, Origin, Sport, Stream
from backstride.model.said import Said

_SPORTS: dict[str, Sport] = {
    "Running": "run",
    "Walking": "walk",
    "Hiking": "walk",
    "Cycling": "ride",
    "HandCycling": "ride",
    "Swimming": "swim",
    "TraditionalStrengthTraining": "strength",
    "CoreTraining": "strength",
    "FunctionalStrengthTraining": "strength",
    "CrossTraining": "strength",
}
"""HKWorkoutActivityType... -> sport; the others are other."""
_SEVERAL_SPORTS = "SwimBikeRun"
_SPORT_BY_DISTANCE: dict[str, Sport] = {
    "DistanceSwimming": "swim",
    "DistanceCycling": "ride",
    "DistanceWalkingRunning": "run",
}
"""A leg has no name of its own; the changes between sports have no distance."""
TIMER_SLACK_S = 60.0
"""A duration longer than from start to end by more is not one of this workout."""
_PAUSES = frozenset({"HKWorkoutEventTypePause", "HKWorkoutEventTypeMotionPaused"})
_RESUMES = frozenset({"HKWorkoutEventTypeResume", "HKWorkoutEventTypeMotionResumed"})
_DEVICE = re.compile(r"\b(manufacturer|software):([^,<>]{1,40})|\b(hardware):([A-Za-z]+\d+,\d+)")
"""Of `<<HKDevice: 0x28>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, ...>`."""


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes one activity: a workout, or the leg in one sport of a workout in several."""

    workout: WorkoutTold
    leg: LegTold
    sport: Sport
    start_s: float
    """Seconds since 1970."""
    laps: tuple[LegTold, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the workouts in their file."""

    samples: Mapping[Kind, Samples]
    source_named: Callable[[str], int]
    folder: str
    """Of the file in its archive: empty, or with a slash at its end."""
    zone: tzinfo
    warnings: tuple[Said, ...]
    shelf: Shelf = field(default_factory=list)


def parts_of(workout: WorkoutTold) -> list[Part]:
    """The activities that one workout is; none where it has no date."""
    word = workout.whole.told.get("workoutActivityType", "").removeprefix("HKWorkoutActivityType")
    if word == _SEVERAL_SPORTS and len(workout.legs) > 1:
        legs = [(leg, sport) for leg in workout.legs if (sport := _sport_by_distance(leg)) is not None]
        parts = [Part(workout, leg, sport, _start_s(leg)) for leg, sport in legs]
    else:
        laps = tuple(workout.legs) if len(workout.legs) > 1 else ()
        parts = [Part(workout, workout.whole, _SPORTS.get(word, "other"), _start_s(workout.whole), laps)]
    return [part for part in parts if not isnan(part.start_s)]


def activity_from(part: Part, around: Around, origin: Origin) -> Activity:
    """The activity with the samples of its time; its columns are made again whenever they are asked for."""
    place = _zone(part.workout)
    activity = _with_columns(part, around, origin, place)
    climb_m = quantity_with_unit(part.workout.metadata.get("HKElevationAscended"), METRES)
    route = part.workout.route
    return replace(
        activity,
        zone_from="profile" if place is None else "file",
        climb_m=climb_m if part.leg is part.workout.whole else None,
        service_id=_service_id(part),
        file=None if route is None else around.folder + route.lstrip("/"),
        stream=_lazily(activity, part, around),
    )


def _with_columns(part: Part, around: Around, origin: Origin, place: tzinfo | None) -> Activity:
    end_s = max(part.start_s, _end_s(part.leg, part.start_s))
    own = around.source_named(part.workout.whole.told.get("sourceName", ""))
    pauses = _pauses(part.workout, part.start_s, end_s)
    track = track_of(around.samples, Stretch(part.start_s, end_s, part.sport, own, pauses))
    averages = statistics.averages(part.leg, part.sport)
    if "repair_step_length" in track.repairs and "step_length_mm" in averages:
        averages["step_length_mm"] /= 2
    elapsed_s = end_s - part.start_s
    moving_s = statistics.moving_s(part.leg)
    if moving_s is None or moving_s > elapsed_s + TIMER_SLACK_S:
        moving_s = elapsed_s - sum(end - begin for begin, end in pauses)
    indoors = part.workout.metadata.get("HKIndoorWorkout") == "1" and part.sport in ("run", "walk")
    timed = Timed(
        track=track,
        sport=part.sport,
        surface="treadmill" if indoors else None,
        start_s=part.start_s,
        distance_m=statistics.distance_m(part.leg, part.sport),
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        averages=averages,
        laps=tuple(lap for leg in part.laps if (lap := _lap(leg, part)) is not None),
        device=_device(part.workout.whole.told.get("device", "")),
        warnings=around.warnings,
    )
    return activity_of(timed, origin, around.zone if place is None else place)


def _lazily(activity: Activity, part: Part, around: Around) -> Stream:
    if not activity.stream:
        return activity.stream

    def columns() -> Stream:
        return _with_columns(part, around, activity.origin, UTC).stream

    return Stream(Lazily(tuple(activity.stream), columns, around.shelf))


def _sport_by_distance(leg: LegTold) -> Sport | None:
    return next((sport for name, sport in _SPORT_BY_DISTANCE.items() if name in leg.statistics), None)


def _start_s(leg: LegTold) -> float:
    return unix_s_of(leg.told.get("startDate"))


def _end_s(leg: LegTold, start_s: float) -> float:
    """When it ended; where it does not say, after its duration."""
    end_s = unix_s_of(leg.told.get("endDate"))
    return start_s + (statistics.moving_s(leg) or 0) if isnan(end_s) else end_s


def _pauses(workout: WorkoutTold, start_s: float, end_s: float) -> tuple[tuple[float, float], ...]:
    """Begin and end of each; the last may last to the end.

    The watch writes its own pauses beside those by hand, at the same moments: both are one pause.
    """
    told = [(unix_s_of(event.get("date")), event.get("type", "")) for event in workout.events]
    told = [(at, what) for at, what in told if start_s <= at <= end_s and what in _PAUSES | _RESUMES]
    found: list[tuple[float, float]] = []
    begin: float | None = None
    for at, what in sorted(told, key=lambda event: event[0]):
        if what in _PAUSES:
            begin = at if begin is None else begin
        elif begin is not None:
            found.append((begin, at))
            begin = None
    return tuple(found) if begin is None else (*found, (begin, end_s))


def _lap(leg: LegTold, part: Part) -> Lap | None:
    start_s = _start_s(leg) - part.start_s
    if isnan(start_s) or start_s < 0:
        return None
    return Lap(
        start_s,
        statistics.moving_s(leg),
        statistics.distance_m(leg, part.sport),
        statistics.averages(leg, part.sport),
    )


def _zone(workout: WorkoutTold) -> ZoneInfo | None:
    """The zone of the place; the dates are in that of the phone on the day of the export."""
    try:
        return ZoneInfo(workout.metadata.get("HKTimeZone", ""))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _service_id(part: Part) -> str:
    """The start and the sport: an export numbers no workout.

    The source is left out.  Its name is that of a person's watch and changes when the watch is renamed, and
    what another app wrote of the same run from the same second on is a copy of it.
    """
    return f"apple:{datetime.fromtimestamp(part.start_s, UTC):%Y%m%dT%H%M%SZ}-{part.sport}"


def _device(told: str) -> Device | None:
    """The device without its name, which people give it."""
    parts = {key or hardware: value.strip() or kind for key, value, hardware, kind in _DEVICE.findall(told)}
    maker = parts.get("manufacturer")
    if maker is None:
        return None
    return Device("Apple" if maker == "Apple Inc." else maker, parts.get("hardware"), parts.get("software"))
