"""FIT files: what watches of Garmin, COROS, Suunto, Polar, Wahoo and others record.

    bytes -> parts (fit_file) -> messages (fit_walk) -> columns (fit_columns) -> channels (fit_records)
          -> one Activity a session

A multisport file gives an activity a leg; a file of several parts gives those of each part; records without
a session, as a recording that broke off leaves them, give one activity summed up from the records.
"""

from __future__ import annotations

from datetime import tzinfo

import numpy as np

from backstride.formats.contents import Contents, Source, source_of
from backstride.formats.fit.activity import Whole, activity_of
from backstride.formats.fit.devices import device_of, file_offset, file_type
from backstride.formats.fit.file import Part, parts_of
from backstride.formats.fit.names import ACTIVITY, FILE_KINDS, UNKNOWN_KIND, sport_of, surface_of
from backstride.formats.fit.pauses import pauses_of
from backstride.formats.fit.profile import MESSAGE_NUMBERS
from backstride.formats.fit.records import channels_of
from backstride.formats.fit.sessions import Session, sessions_of, stretches_of
from backstride.formats.fit.straps import Beats, beats_of, with_beats
from backstride.model.activity import Activity, Column
from backstride.model.said import Said, said

NAME = "fit"
VERSION = 2
NO_SESSION = said("the file has no session: the recording broke off, and it is summed up from its records")

NO_SPORT = said("it does not name its sport; say so if it was a run")


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """The activities of a FIT file; none where it is a plan, a course or settings, and `kind` says which.

    `zone` is the runner's own, for files that tell neither their local time nor a place.

    Raises: BadFile when there is no FIT header or nothing sound behind it.
    """
    source = source_of(data, name, NAME, VERSION)
    parts = parts_of(data, source.name)
    activities: list[Activity] = []
    for part, behind in _with_straps(parts):
        activities += _activities(part, beats_of((part, *behind)), source, zone, len(activities))
    warnings = tuple(dict.fromkeys(warning for part in parts for warning in part.warnings))
    return Contents(tuple(activities), said("an activity") if activities else _kind(parts), warnings)


def _with_straps(parts: tuple[Part, ...]) -> list[tuple[Part, list[Part]]]:
    """Each part with the parts chained behind it that hold nothing but a strap's heart rates."""
    groups: list[tuple[Part, list[Part]]] = []
    for part in parts:
        if groups and set(part.message_numbers()) == {MESSAGE_NUMBERS["hr"]}:
            groups[-1][1].append(part)
        else:
            groups.append((part, []))
    return groups


def _kind(parts: tuple[Part, ...]) -> Said:
    """What a file without an activity is."""
    kinds = [file_type(part) for part in parts]
    told = [kind for kind in kinds if kind is not None and kind != ACTIVITY]
    if told:
        return FILE_KINDS.get(told[0], UNKNOWN_KIND)
    if any(part.table(name).rows for part in parts for name in ("session", "record")):
        return said("an activity of a watch whose clock was never set: its day is not known")
    return said("an activity file in which nothing was recorded") if ACTIVITY in kinds else UNKNOWN_KIND


def _activities(part: Part, beats: Beats | None, source: Source, zone: tzinfo, first: int) -> list[Activity]:
    """One activity a session; one for all records where there is no session."""
    if file_type(part) not in (None, ACTIVITY):
        return []
    told = sessions_of(part)
    sessions = told or [_sessionless(part)]
    # A swim's strokes are left out leg by leg, so the channels are read as for the first leg that is none.
    sports = {session.sport for session in sessions}
    channels = with_beats(channels_of(part, "swim" if sports == {"swim"} else "run"), beats)
    warnings = part.warnings if told else (*part.warnings, NO_SESSION)
    if not told and _told_sport(part) == (None, None):
        warnings = (*warnings, NO_SPORT)
    whole = Whole(
        source,
        zone,
        file_offset(part),
        device_of(part),
        stretches_of(part),
        pauses_of(part),
        () if beats is None else ("repair_heart_rate_from_strap",),
        warnings,
    )
    found: list[Activity] = []
    for session, rows in _split(sessions, channels):
        activity = activity_of(session, rows, whole, first + len(found))
        if activity is not None:
            found.append(activity)
    return found


def _split(sessions: list[Session], channels: dict[str, Column]) -> list[tuple[Session, dict[str, Column]]]:
    """Each session with the records from its start to the next session's start."""
    if len(sessions) == 1 or not channels:
        return [(session, channels if nth == 0 else {}) for nth, session in enumerate(sessions)]
    starts = np.array([np.nan if each.start_s is None else each.start_s for each in sessions])
    # Records before the first start, and those without a time, are the first session's.
    leg = np.searchsorted(starts[1:], channels["time_s"], "right")
    leg[np.isnan(channels["time_s"])] = 0
    return [
        (session, {name: column[leg == nth] for name, column in channels.items()})
        for nth, session in enumerate(sessions)
    ]


def _sessionless(part: Part) -> Session:
    """A session that states nothing but the sport, where the file tells it elsewhere."""
    sport, ground = _told_sport(part)
    known = sport_of(sport, ground)
    return Session(
        start_s=None,
        end_s=None,
        sport=known,
        surface=surface_of(known, ground),
        elapsed_s=None,
        moving_s=None,
        distance_m=None,
        climb_m=None,
        descent_m=None,
        rpe=None,
        averages={},
    )


def _told_sport(part: Part) -> tuple[int | None, int | None]:
    """Sport and sub-sport from the sport message, else from the first lap that tells."""
    table = part.table("sport")
    sport, ground = table.number("sport"), table.number("sub_sport")
    if sport is not None and not np.isnan(sport[0]):
        return int(sport[0]), None if ground is None or np.isnan(ground[0]) else int(ground[0])
    for stretch in stretches_of(part):
        if stretch.sport is not None:
            return stretch.sport, stretch.sub_sport
    return None, None
