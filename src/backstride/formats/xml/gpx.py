"""GPX: the tracks of a GPS log, version 1.0 and 1.1, with the sensor values of the common extensions.

A GPX file says nothing of a timer, of distance or of speed, and often not even the sport.  Distance and
speed come from the positions and pauses from the gaps, as `motion` describes.

The format: https://www.topografix.com/GPX/1/1/ .  Garmin's TrackPointExtension counts cadence of one foot:
https://www8.garmin.com/xmlschemas/TrackPointExtensionv1.xsd .
"""

from __future__ import annotations

from datetime import timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backstride.formats.contents import Contents, source_of
from backstride.formats.device import device_named
from backstride.formats.motion import made_up_times, repair_distance
from backstride.formats.sports import surface_named
from backstride.formats.timed import Timed, activity_of
from backstride.formats.track import Track, cleaned
from backstride.formats.xml.events import parse
from backstride.formats.xml.gpx_log import SHAPE, GpxLog, TrackTold
from backstride.formats.xml.gpx_sport import sport_of_track
from backstride.model.activity import Activity
from backstride.model.errors import BadFile
from backstride.model.said import Said, said

READER = "gpx"
VERSION = 2


ACTIVITY = said("an activity")


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """The recorded activities of a GPX file; a file of routes or places alone holds none.

    `zone` is the runner's own, for tracks without a position.

    Raises: BadFile where it is no GPX, or where it is damaged before the first point.
    """
    parsed = parse(data, name, SHAPE, GpxLog)
    log, warnings = parsed.sink, parsed.warnings()
    if parsed.damages and not log.points:
        first = parsed.damages[0]
        raise BadFile(
            name,
            said("line {line}", line=first.line),
            said("damaged before the first point ({why})", why=first.why),
        )
    source = source_of(data, name, READER, VERSION)
    activities: list[Activity] = []
    kind = log.kind()
    for told in log.recordings():
        timed = _timed(told, log, parsed.repairs, warnings)
        kind = kind_of(timed.track)
        if kind == ACTIVITY:
            activities.append(activity_of(timed, source.origin(len(activities)), zone))
    return Contents(tuple(activities), ACTIVITY if activities else kind, warnings)


def kind_of(track: Track) -> Said:
    """What a track with times is, in plain words: mostly an activity."""
    if track.time_s.size == 0:
        return said("a track whose clock was never set")
    if track.time_s.size == 1:
        return said("a track of a single point")
    return said("a route with made-up times") if made_up_times(track) else ACTIVITY


def _timed(told: TrackTold, log: GpxLog, repairs: tuple[str, ...], warnings: tuple[Said, ...]) -> Timed:
    word, title = told.told.get("type"), told.told.get("name")
    sport, doubt = sport_of_track(word, title, log.metadata.get("name"))
    track = repair_distance(cleaned(told.columns, told.stopped, sport), sport)
    return Timed(
        track=track,
        sport=sport,
        surface=surface_named(word, sport),
        offset=_offset(told, log),
        title=title or log.metadata.get("name"),
        note=told.told.get("cmt") or told.told.get("desc"),
        device=device_named(None, log.root.get("creator")),
        repairs=repairs,
        warnings=(*warnings, *_doubts(told, doubt)),
    )


def _doubts(told: TrackTold, sport: Said | None) -> tuple[Said, ...]:
    doubts = () if sport is None else (sport,)
    if told.first_moment is not None and not told.first_moment.zoned:
        return (*doubts, said("its times name no zone; taken as UTC, as the format has it"))
    return doubts


def _offset(told: TrackTold, log: GpxLog) -> timedelta | None:
    """The offset from UTC of the first time, or of the zone that Abvio's programs name beside it."""
    first = told.first_moment
    if first is None or first.offset is not None:
        return None if first is None else first.offset
    named = told.told.get("starttimezone") or log.root.get("starttimezone")
    try:
        return first.at.astimezone(ZoneInfo(named.strip())).utcoffset() if named else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
