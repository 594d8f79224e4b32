"""`exercise-*.json`: one row for each activity of a Fitbit account, without its recording.

    [{"logId": 1, "activityName": "Run", "startTime": "02/08/22 02:22:08", "duration": 1080000, ...}, ...]

Times are in ms; distance is in the unit that the row names, `speed` in that unit an hour, and `elevationGain`
in feet beside miles (42.001312 is 12.802 m) and in metres else.

`startTime` names no zone, and public readers of these files disagree whether it is UTC or the runner's clock.
Where a row has links to its heart rate or energy, they name the local day and clock; that settles it for the
row, and what the rows of a file settle is taken for those that have no link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from backstride.formats.account.days import NO_OBJECT, Entry
from backstride.formats.account.json_text import entries
from backstride.formats.account.values import above_zero, clock, key, text
from backstride.formats.contents import Contents, Source
from backstride.formats.sports import sport_named, surface_named
from backstride.formats.zones import local_start, plausible_offset
from backstride.model.activity import Activity, ZoneFrom
from backstride.model.channels import CHANNELS
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, said

KIND = said("a table of activities")
MS = 0.001
METRES = {"kilometer": 1000.0, "mile": 1609.344, "meter": 1.0, "yard": 0.9144, "km": 1000.0, "mi": 1609.344}
FOOT_M = 0.3048

_LOCAL = re.compile(r"/date/(\d{4}-\d\d-\d\d)/[^/]+/[^/]+/time/(\d\d:\d\d(?::\d\d)?)/")
_LINKS = ("heartRateLink", "caloriesLink", "stepsLink")
_AGREES = 2.0
_NO_START = said("it names no time at which it began")
_AGAIN = said("the same activity stands in an earlier row")
_AS_UTC = said("its time names no zone; taken as UTC, as other rows of the file show")
_AS_LOCAL = said("its time names no zone; taken as the runner's own clock, as other rows of the file show")
_GUESSED = said("its time names no zone; taken as the runner's own clock, and it may be hours off")
_NO_UNIT = said("its distance names no unit that is known; left out")
_NO_SENSE = said("its distance, time and speed do not fit one another; the distance is left out")


def read(data: bytes, source: Source, zone: tzinfo) -> Contents:
    """Every activity of the table, and every row that is none.

    Raises: BadFile where no row can be read.
    """
    found = entries(data, source.name)
    in_utc = _in_utc(found.entries)
    activities: dict[str, Activity] = {}
    skipped: list[SkippedRow] = []
    for row, entry in enumerate(found.entries, 1):
        told = _row(entry, source, row, zone, in_utc)
        if isinstance(told, Activity) and told.service_id in activities:
            told = _AGAIN
        if isinstance(told, Activity):
            activities[told.service_id or f"row {row}"] = told
        else:
            skipped.append(SkippedRow(row, told))
    in_order = tuple(sorted(activities.values(), key=lambda each: each.start))
    return Contents(in_order, KIND, found.warnings, skipped=tuple(skipped))


def _row(entry: object, source: Source, row: int, zone: tzinfo, in_utc: bool | None) -> Activity | Said:
    """The activity of one row, or why there is none."""
    if not isinstance(entry, dict):
        return NO_OBJECT
    told = _clock(entry)
    if told is None:
        return _NO_START
    start, zone_from, doubts = _started(told, _offset(entry), zone, in_utc)
    own, word = key(entry.get("logId")), text(entry.get("activityName"))
    sport = sport_named(word) or "other"
    elapsed_s = above_zero(entry.get("duration"), MS)
    moving_s = above_zero(entry.get("activeDuration"), MS) or elapsed_s
    distance_m, speed_mps, odd = _distance(entry, moving_s)
    return Activity(
        start=start,
        zone_from=zone_from,
        sport=sport,
        origin=source.origin(row - 1),
        distance_m=distance_m,
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        climb_m=_climb_m(entry),
        surface=surface_named(word, sport),
        title=word,
        averages=_averages(entry, speed_mps),
        service_id=None if own is None else f"fitbit:{own}",
        warnings=(*doubts, *odd),
    )


def _in_utc(rows: Iterable[object]) -> bool | None:
    """True where the links of some row show that times are UTC, false where they all show the local clock.

    None where no row has such a link, or where the runner's clock may itself be UTC.
    """
    offsets = [_offset(row) for row in rows if isinstance(row, dict)]
    known = [each for each in offsets if each is not None]
    return any(known) if known else None


def _clock(entry: Entry) -> datetime | None:
    told = text(entry.get("startTime")) or text(entry.get("originalStartTime"))
    try:
        return None if told is None else datetime.strptime(told, "%m/%d/%y %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return clock(told)


def _offset(entry: Entry) -> timedelta | None:
    """How far the local clock of the row's links is from the time it states; None without links."""
    told = _clock(entry)
    if told is None or told.tzinfo is not None:
        return None
    for name in _LINKS:
        found = _LOCAL.search(text(entry.get(name)) or "")
        local = None if found is None else clock(f"{found[1]}T{found[2]}")
        if local is not None:
            return plausible_offset(local - told)
    return None


def _started(
    told: datetime, offset: timedelta | None, zone: tzinfo, in_utc: bool | None
) -> tuple[datetime, ZoneFrom, tuple[Said, ...]]:
    if told.tzinfo is not None:
        return *local_start(told, told.utcoffset() or None, None, zone), ()
    if offset:
        return *local_start(told.replace(tzinfo=UTC), offset, None, zone), ()
    if offset is not None:  # the clock itself
        return told.replace(tzinfo=zone), "profile", ()
    if in_utc:
        return *local_start(told.replace(tzinfo=UTC), None, None, zone), (_AS_UTC,)
    return told.replace(tzinfo=zone), "profile", (_GUESSED if in_utc is None else _AS_LOCAL,)


def _distance(entry: Entry, moving_s: float | None) -> tuple[float | None, float | None, tuple[Said, ...]]:
    """Metres and metres per second, as far as they fit the time and one another."""
    told = above_zero(entry.get("distance"))
    if told is None:
        return None, None, ()
    metres = METRES.get((text(entry.get("distanceUnit")) or "").lower())
    if metres is None:
        return None, None, (_NO_UNIT,)
    speed_mps = above_zero(entry.get("speed"), metres / 3600)
    if moving_s is not None:
        mean = told * metres / moving_s
        fits = speed_mps is None or 1 / _AGREES <= mean / speed_mps <= _AGREES
        if not fits or mean > CHANNELS["speed_mps"].high:
            return None, None, (_NO_SENSE,)
    return told * metres, speed_mps, ()


def _climb_m(entry: Entry) -> float | None:
    """Metres up; zero is what a watch without a barometer writes."""
    unit = (text(entry.get("distanceUnit")) or "").lower()
    return above_zero(entry.get("elevationGain"), FOOT_M if unit in ("mile", "mi", "yard") else 1.0)


def _averages(entry: Entry, speed_mps: float | None) -> dict[str, float]:
    heart = above_zero(entry.get("averageHeartRate"))
    found = {"heart_rate_bpm": heart, "speed_mps": speed_mps}
    return {
        name: value
        for name, value in found.items()
        if value is not None and CHANNELS[name].low <= value <= CHANNELS[name].high
    }
