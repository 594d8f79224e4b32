"""`*_summarizedActivities.json`: one row for each activity of the account, without its recording.

    [{"summarizedActivitiesExport": [{"activityId": 1, "startTimeGmt": 1788638085000, ...}, ...]}]

Units as real rows show them (see `units`): lengths in cm, times in ms, speed in tenths of a m/s, moments in
ms since 1970, `startTimeLocal` moved by the offset.  `avgDoubleCadence` counts both feet, `avgRunCadence`
one.  `avgStrideLength` is one step in cm: a real row has 102.62, with an oscillation of 9.18 cm at 9.01 %.
`workoutRpe` is ten times what was chosen, as in FIT; `workoutFeel` is no exertion, and not read.  `calories`
are of no unit known for sure, and not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from backstride.formats.account.days import NO_OBJECT, Entry
from backstride.formats.account.json_text import entries
from backstride.formats.account.values import above_zero, clock, key, number, text
from backstride.formats.contents import Contents, Source
from backstride.formats.garmin.units import Units, units_of
from backstride.formats.sports import sport_named, surface_named
from backstride.formats.track import EARLIEST_S, LATEST_S
from backstride.formats.zones import local_start
from backstride.model.activity import Activity, Sport, ZoneFrom
from backstride.model.channels import CHANNELS
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, listed, said

WITHIN = "summarizedActivitiesExport"
KIND = said("a table of activities")
RPE_SCALE = 10

_PARENT = said("the whole of several sports; its parts follow as rows of their own")
_NO_START = said("it names no time at which it began")
_AGAIN = said("the same activity stands in an earlier row")
_PARENT_TYPES = frozenset({"multi_sport", "multisport"})


@dataclass(frozen=True, slots=True)
class Mean:
    """Which number of a row is the mean of a channel, and its factor to the channel's unit."""

    field: str
    factor: float = 1.0


MEANS: dict[str, Mean] = {
    "heart_rate_bpm": Mean("avgHr"),
    "power_w": Mean("avgPower"),
    "contact_ms": Mean("avgGroundContactTime"),
    "balance_left_share": Mean("avgGroundContactBalance", 0.01),
    "vertical_oscillation_mm": Mean("avgVerticalOscillation", 10),
    "vertical_ratio_share": Mean("avgVerticalRatio", 0.01),
    "step_length_mm": Mean("avgStrideLength", 10),
}
"""By channel; Garmin writes zero for what was not measured."""


def read(data: bytes, source: Source, zone: tzinfo) -> Contents:
    """Every activity of the table, and every row that is none.

    Raises: BadFile where no row can be read.
    """
    found = entries(data, source.name, WITHIN)
    activities: dict[str, Activity] = {}
    skipped: list[SkippedRow] = []
    for row, entry in enumerate(found.entries, 1):
        told = _row(entry, source, row, zone, activities)
        if isinstance(told, Activity):
            activities[told.service_id or f"row {row}"] = told
        else:
            skipped.append(SkippedRow(row, told))
    in_order = tuple(sorted(activities.values(), key=lambda each: each.start))
    return Contents(in_order, KIND, found.warnings, skipped=tuple(skipped))


def _row(
    entry: object, source: Source, row: int, zone: tzinfo, before: dict[str, Activity]
) -> Activity | Said:
    """The activity of one row, or why there is none."""
    if not isinstance(entry, dict):
        return NO_OBJECT
    word = text(entry.get("activityType"))
    if entry.get("parent") is True or word in _PARENT_TYPES:
        return _PARENT
    own = key(entry.get("activityId"))
    service_id = None if own is None else f"garmin:{own}"
    if service_id in before:
        return _AGAIN
    began = _began(entry)
    if began is None:
        return _NO_START
    return _activity(entry, began, service_id, source, row, zone)


def _activity(
    entry: Entry,
    began: tuple[datetime, timedelta | None],
    service_id: str | None,
    source: Source,
    row: int,
    zone: tzinfo,
) -> Activity:
    word = text(entry.get("activityType"))
    sport = sport_named(word) or sport_named(text(entry.get("sportType"))) or "other"
    distance, duration = above_zero(entry.get("distance")), above_zero(entry.get("duration"))
    units = units_of(distance, duration, above_zero(entry.get("avgSpeed")), sport)
    start, zone_from = _started(began, entry, zone)
    averages, odd = _averages(entry, units, sport)
    cadence, repairs = _cadence_spm(entry, sport)
    if cadence is not None:
        averages["cadence_spm"] = cadence
    rpe = above_zero(entry.get("workoutRpe")) or above_zero(entry.get("directWorkoutRpe"))
    return Activity(
        start=start,
        zone_from=zone_from,
        sport=sport,
        origin=source.origin(row - 1),
        distance_m=_trusted(units, distance, units.metres),
        moving_s=_trusted(units, duration, units.seconds),
        elapsed_s=_trusted(units, above_zero(entry.get("elapsedDuration")), units.seconds),
        climb_m=_height_m(entry.get("elevationGain"), units),
        descent_m=_height_m(entry.get("elevationLoss"), units),
        surface=surface_named(word, sport),
        rpe=None if rpe is None or rpe > 100 else rpe / RPE_SCALE,
        title=text(entry.get("name")),
        note=text(entry.get("description")),
        averages=averages,
        service_id=service_id,
        repairs=(*units.repairs, *repairs),
        warnings=(*units.warnings, *odd),
    )


def _began(entry: Entry) -> tuple[datetime, timedelta | None] | None:
    """The start and the local clock's offset; where only the local clock is told, without a zone."""
    utc = _moment(entry.get("startTimeGmt")) or _moment(entry.get("beginTimestamp"))
    local = _moment(entry.get("startTimeLocal"))
    if utc is not None:
        return utc.replace(tzinfo=UTC), None if local is None else local - utc
    return None if local is None else (local, None)


def _moment(value: object) -> datetime | None:
    """A moment in ms since 1970, or as ISO text, without a zone; None where it is none."""
    told = number(value)
    if told is None:
        at = clock(value)
        return at if at is None or at.tzinfo is None else at.astimezone(UTC).replace(tzinfo=None)
    if not EARLIEST_S <= told / 1000 < LATEST_S:
        return None
    return datetime.fromtimestamp(round(told / 1000, 3), UTC).replace(tzinfo=None)


def _started(
    began: tuple[datetime, timedelta | None], entry: Entry, zone: tzinfo
) -> tuple[datetime, ZoneFrom]:
    start, offset = began
    if start.tzinfo is None:
        return start.replace(tzinfo=zone), "profile"
    latitude, longitude = number(entry.get("startLatitude")), number(entry.get("startLongitude"))
    place = None if latitude is None or longitude is None else (latitude, longitude)
    return local_start(start, offset, place, zone)


def _trusted(units: Units, value: float | None, factor: float) -> float | None:
    return None if value is None or not units.trusted else value * factor


def _height_m(value: object, units: Units) -> float | None:
    """Metres up or down, in the unit of the row's distance; zero is flat, and real."""
    told = number(value)
    return None if told is None or told < 0 or not units.trusted else told * units.metres


def _averages(entry: Entry, units: Units, sport: Sport) -> tuple[dict[str, float], tuple[Said, ...]]:
    """The means that their channels can have, and what had to be left out."""
    found: dict[str, float] = {}
    odd: list[Said] = []
    for channel, mean in MEANS.items():
        value = above_zero(entry.get(mean.field), mean.factor)
        if value is None:
            continue
        if CHANNELS[channel].low <= value <= CHANNELS[channel].high:
            found[channel] = value
        else:
            odd.append(said("{name} of {value}", name=mean.field, value=f"{value / mean.factor:g}"))
    speed = _trusted(units, above_zero(entry.get("avgSpeed")), units.speed)
    if speed is not None and speed <= CHANNELS["speed_mps"].high:
        found["speed_mps"] = speed
    return found, (said("values out of range left out: {n}", n=listed(odd)),) if odd else ()


def _cadence_spm(entry: Entry, sport: Sport) -> tuple[float | None, tuple[str, ...]]:
    """Steps a minute of both feet; one foot of a runner never goes 120 times, so more is both already."""
    if sport not in ("run", "walk"):
        return None, ()
    both, one = above_zero(entry.get("avgDoubleCadence")), above_zero(entry.get("avgRunCadence"))
    repairs: tuple[str, ...] = ()
    if both is None and one is not None:
        counted = one > {"run": 120.0, "walk": 80.0}[sport]
        both, repairs = (one, ("repair_cadence_of_both_feet",)) if counted else (2 * one, ())
    return (both, repairs) if both is not None and both <= CHANNELS["cadence_spm"].high else (None, ())
