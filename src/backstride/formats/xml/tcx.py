"""TCX: Garmin's Training Center XML, with its laps, and the sensor values of its activity extension.

The format: https://www8.garmin.com/xmlschemas/TrainingCenterDatabasev2.xsd and
https://www8.garmin.com/xmlschemas/ActivityExtensionv2.xsd .  Both count cadence of one foot.
"""

from __future__ import annotations

from datetime import timedelta, tzinfo
from math import isnan

from backstride.formats.contents import Contents, source_of
from backstride.formats.device import device_named
from backstride.formats.motion import completed, repair_distance_resets
from backstride.formats.points import moment, unix_s
from backstride.formats.sports import sport_named, surface_named
from backstride.formats.timed import Timed, activity_of
from backstride.formats.track import EARLIEST_S, LATEST_S, Track, cleaned
from backstride.formats.xml.events import parse
from backstride.formats.xml.tcx_laps import laps_of, last_end_s, totals
from backstride.formats.xml.tcx_log import SHAPE, ActivityTold, TcxLog
from backstride.model.errors import BadFile
from backstride.model.said import Said, said

READER = "tcx"
VERSION = 2
ACTIVITY = said("an activity")

START_SLACK_S = 3600.0
"""A lap may begin this long before its first point (a late satellite fix); more is a wrong clock."""


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """The recorded activities of a TCX file; a file of courses or workouts alone holds none.

    `zone` is the runner's own, for activities without a position.

    Raises: BadFile where it is no TCX, or where it is damaged before the first lap or point.
    """
    parsed = parse(data, name, SHAPE, TcxLog)
    log, warnings = parsed.sink, parsed.warnings()
    told = [each for each in log.activities if each.laps or len(each.points)]
    if parsed.damages and not told:
        first = parsed.damages[0]
        raise BadFile(
            name,
            said("line {line}", line=first.line),
            said("damaged before the first point ({why})", why=first.why),
        )
    source = source_of(data, name, READER, VERSION)
    timed = [_timed(each, parsed.repairs, warnings) for each in told]
    dated = [each for each in timed if each is not None]
    activities = tuple(activity_of(each, source.origin(index), zone) for index, each in enumerate(dated))
    if activities:
        return Contents(activities, ACTIVITY, warnings)
    return Contents((), said("an activity without a date") if told else log.kind(), warnings)


def _timed(told: ActivityTold, repairs: tuple[str, ...], warnings: tuple[Said, ...]) -> Timed | None:
    """The activity as told; None where nothing in it is dated."""
    word = told.told.get("Sport")
    sport = sport_named(word) or "other"
    track = repair_distance_resets(cleaned(*told.track(), sport))
    start_s = _start_s(told, track)
    if start_s is None:
        return None
    feet = 1 if "repair_cadence_of_both_feet" in track.repairs else 2
    laps = laps_of(told.laps, start_s, sport, feet)
    elapsed_s = _elapsed_s(told, track, start_s)
    distance_m, moving_s, doubts = totals(
        told.laps, completed(track, sport), elapsed_s, "distance_m" in track.columns
    )
    return Timed(
        track=track,
        sport=sport,
        surface=surface_named(word, sport),
        start_s=start_s,
        offset=_offset(told),
        distance_m=distance_m,
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        averages=laps[0].averages if len(laps) == 1 else {},
        laps=laps,
        note=told.told.get("notes"),
        device=device_named(told.creator.get("name"), _version(told.creator)),
        repairs=repairs,
        warnings=(*warnings, *_zone_doubts(told), *doubts),
    )


def _start_s(told: ActivityTold, track: Track) -> float | None:
    """When it began, in seconds since 1970: the first lap or point, or where neither is dated the id."""
    stated = [unix_s(lap.told.get("StartTime")) for lap in told.laps[:1]]
    stated.append(unix_s(told.told.get("id")))
    first = next((each for each in stated if EARLIEST_S <= each < LATEST_S), None)
    if not track.time_s.size:
        return first
    point = float(track.time_s[0])
    return first if first is not None and 0 <= point - first <= START_SLACK_S else point


def _elapsed_s(told: ActivityTold, track: Track, start_s: float) -> float:
    ends = [last_end_s(told.laps), *track.time_s[-1:].tolist()]
    return max((end - start_s for end in ends if not isnan(end)), default=0.0)


def _offset(told: ActivityTold) -> timedelta | None:
    """The offset from UTC of the times, where they are not in UTC."""
    first = moment(told.points.first_time) or moment(told.told.get("id"))
    return None if first is None else first.offset


def _zone_doubts(told: ActivityTold) -> tuple[Said, ...]:
    first = moment(told.points.first_time) or moment(told.told.get("id"))
    if first is None or first.zoned:
        return ()
    return (said("its times name no zone; taken as UTC, as the format has it"),)


def _version(creator: dict[str, str]) -> str | None:
    major, minor = creator.get("versionmajor"), creator.get("versionminor")
    return None if major is None else f"{major}.{minor or 0}"
