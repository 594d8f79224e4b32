"""The exercise sessions of Health Connect with the samples of their time -> Activities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from backstride.formats.health_connect.database import Database
from backstride.formats.hold import on_common_rows
from backstride.formats.timed import Timed, activity_of
from backstride.formats.track import EARLIEST_S, LATEST_S, Track, repair_positions_at_zero, within_range
from backstride.model.activity import Activity, Column, Origin, Sport, Surface
from backstride.model.said import Said

TABLE = "exercise_session_record_table"
_COLUMNS = (
    *("row_id", "uuid", "app_info_id", "start_time", "end_time", "start_zone_offset", "exercise_type"),
    *("title", "notes", "session_rate_of_perceived_exertion"),
)
_SPORTS: dict[int, tuple[Sport, Surface | None]] = {
    33: ("run", None),
    34: ("run", "treadmill"),
    **dict.fromkeys((21, 40, 53), ("walk", None)),
    **dict.fromkeys((4, 5), ("ride", None)),
    **dict.fromkeys((48, 49), ("swim", None)),
    **dict.fromkeys((8, 45, 55), ("strength", None)),
}
"""https://cs.android.com/android/platform ... /ExerciseSessionType.java; the others are other.

These are the numbers of the platform, which the database holds.  Those of Jetpack's ExerciseSessionRecord,
which apps see, are others: there 56 is running, here it is a wheelchair."""
LONGEST_S = 4 * 86_400
_SERIES: dict[str, tuple[str, str, str]] = {
    "heart_rate_bpm": ("heart_rate_record_table", "heart_rate_record_series_table", "beats_per_minute"),
    "speed_mps": ("SpeedRecordTable", "speed_record_table", "speed"),
    "power_w": ("PowerRecordTable", "power_record_table", "power"),
    "cadence_spm": ("StepsCadenceRecordTable", "steps_cadence_record_table", "rate"),
}
"""Channel -> table of records, table of their samples, column.  Speed in m/s, power in W, rate in steps a
minute."""


@dataclass(frozen=True, slots=True)
class Session:
    """One row of the table of sessions."""

    row_id: int
    uuid: str
    app: float
    """Which app wrote it; NaN where that is not told."""
    start_s: float
    end_s: float
    offset: timedelta | None
    sport: Sport
    surface: Surface | None
    title: str | None
    note: str | None
    rpe: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """Samples of one channel by time, with the app that wrote each."""

    at_s: Column
    value: Column
    app: Column

    def of(self, session: Session) -> tuple[Column, Column]:
        """Those of the session's time, of its own app where that has any, else of the one with most."""
        first, last = np.searchsorted(self.at_s, (session.start_s, session.end_s + 1e-3))
        within = slice(int(first), int(last))
        own = _chosen(self.app[within], session.app)
        return self.at_s[within][own], self.value[within][own]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Distances or counts over stretches, by their start."""

    start_s: Column
    end_s: Column
    value: Column
    app: Column

    def of(self, session: Session) -> NDArray[np.float64]:
        """Start, end and value of those within the session's time, of one app."""
        first, last = np.searchsorted(self.start_s, (session.start_s - 1e-3, session.end_s))
        within = slice(int(first), int(last))
        rows = np.column_stack((self.start_s[within], self.end_s[within], self.value[within]))
        kept = _chosen(self.app[within], session.app) & (self.end_s[within] <= session.end_s + 1)
        return rows[kept]


@dataclass(frozen=True, slots=True)
class Samples:
    """Everything the sessions need of the other tables."""

    series: dict[str, Series]
    distance: Stretches
    routes: dict[int, NDArray[np.float64]]
    """By session: moment, latitude, longitude, altitude."""


def sessions_of(database: Database) -> Iterator[Session | None]:
    """One for each row; None for a row without a time."""
    for row in database.rows(TABLE, _COLUMNS):
        yield _session(row)


def samples_of(database: Database) -> Samples:
    """The samples of all channels."""
    series = {channel: _series(database, *names) for channel, names in _SERIES.items()}
    return Samples(
        {channel: each for channel, each in series.items() if each.at_s.size},
        stretches_of(database, "distance_record_table", "distance"),
        _routes(database),
    )


def stretches_of(database: Database, table: str, column: str) -> Stretches:
    """The values of a table whose records last from one moment to another."""
    rows = database.numbers(table, ("start_time", "end_time", column, "app_info_id"))
    rows = rows[np.isfinite(rows[:, :3]).all(axis=1) & (rows[:, 1] >= rows[:, 0]) & (rows[:, 2] > 0)]
    rows = np.unique(rows, axis=0)
    return Stretches(rows[:, 0] / 1000, rows[:, 1] / 1000, rows[:, 2], rows[:, 3])


def activity_from(
    session: Session, samples: Samples, origin: Origin, zone: tzinfo, warnings: tuple[Said, ...]
) -> Activity:
    """The session with the samples of its time."""
    walked = samples.distance.of(session)
    timed = Timed(
        track=_track(session, samples, walked),
        sport=session.sport,
        surface=session.surface,
        start_s=session.start_s,
        offset=session.offset,
        distance_m=float(walked[:, 2].sum()) or None,
        elapsed_s=session.end_s - session.start_s,
        title=session.title,
        note=session.note,
        warnings=warnings,
    )
    activity = activity_of(timed, origin, zone)
    return replace(activity, service_id=f"health_connect:{session.uuid}", rpe=session.rpe)


def _track(session: Session, samples: Samples, walked: NDArray[np.float64]) -> Track:
    channels = {name: each.of(session) for name, each in samples.series.items()}
    if session.sport not in ("run", "walk"):
        channels.pop("cadence_spm", None)
    if len(walked) > 1:
        ends_s = np.append(walked[0, 0], np.maximum.accumulate(walked[:, 1]))
        channels["distance_m"] = ends_s, np.append(0.0, np.cumsum(walked[:, 2]))
    route = samples.routes.get(session.row_id)
    if route is not None:
        for at, name in enumerate(("latitude_deg", "longitude_deg", "altitude_m"), 1):
            channels[name] = route[:, 0], route[:, at]
    columns = on_common_rows({name: each for name, each in channels.items() if each[0].size})
    kept = (columns["time_s"] >= session.start_s) & (columns["time_s"] <= session.end_s + 1)
    columns = {name: column[kept] for name, column in columns.items()}
    track = Track(columns, np.zeros(columns["time_s"].size, bool))
    return within_range(repair_positions_at_zero(track))


def _series(database: Database, records: str, samples: str, column: str) -> Series:
    owners = database.numbers(records, ("row_id", "app_info_id"))
    rows = database.numbers(samples, ("epoch_millis", column, "parent_key"))
    rows = rows[np.isfinite(rows).all(axis=1) & (rows[:, 1] > 0)]
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    owners = owners[np.argsort(owners[:, 0])]
    app = np.full(len(rows), np.nan)
    if len(owners):
        at = np.minimum(np.searchsorted(owners[:, 0], rows[:, 2]), len(owners) - 1)
        app = np.where(owners[at, 0] == rows[:, 2], owners[at, 1], np.nan)
    return Series(rows[:, 0] / 1000, rows[:, 1], app)


def _routes(database: Database) -> dict[int, NDArray[np.float64]]:
    rows = database.numbers(
        "exercise_route_table", ("timestamp_millis", "latitude", "longitude", "altitude", "parent_key")
    )
    rows = rows[np.isfinite(rows[:, [0, 1, 2, 4]]).all(axis=1)]
    rows[:, 0] /= 1000
    rows = rows[np.argsort(rows[:, 4], kind="stable")]
    keys, begins = np.unique(rows[:, 4], return_index=True)
    parts = np.split(rows[:, :4], begins[1:]) if len(keys) else []
    return {int(key): part for key, part in zip(keys, parts, strict=True)}


def _chosen(apps: Column, own: float) -> NDArray[np.bool_]:
    """True for the samples of one app: the same run is often written by several."""
    if (apps == own).any():
        return np.asarray(apps == own)
    known, counts = np.unique(apps[~np.isnan(apps)], return_counts=True)
    if not known.size:
        return np.ones(apps.size, bool)
    return np.asarray(apps == known[counts.argmax()])


def _session(row: tuple[object, ...]) -> Session | None:
    row_id, uuid, app, start_ms, end_ms, offset_s, kind, title, note, rpe = row
    start_s, end_s = _number(start_ms, 1000), _number(end_ms, 1000)
    if start_s is None or end_s is None or not EARLIEST_S <= start_s <= end_s < LATEST_S:
        return None
    if end_s - start_s > LONGEST_S:
        return None
    offset = _number(offset_s, 1)
    effort = _number(rpe, 1)
    sport, surface = _SPORTS.get(int(_number(kind, 1) or 0), ("other", None))
    return Session(
        row_id=int(_number(row_id, 1) or 0),
        uuid=uuid.hex() if isinstance(uuid, bytes) and uuid else f"{int(start_s)}",
        app=_number(app, 1) or np.nan,
        start_s=start_s,
        end_s=end_s,
        offset=timedelta(seconds=offset) if offset is not None and abs(offset) <= 86_400 else None,
        sport=sport,
        surface=surface,
        title=title if isinstance(title, str) and title else None,
        note=note if isinstance(note, str) and note else None,
        # Where none is told some phones have the smallest float there is.
        rpe=effort if effort is not None and 0.5 <= effort <= 10 else None,
    )


def _number(value: object, unit: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return value / unit if abs(value) < 1e15 else None
