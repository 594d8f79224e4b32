"""Activities as rows, and back, exactly."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backstride.model.activity import Activity, Device, Lap, Origin, Stream
from backstride.store.errors import Unstorable
from backstride.store.laps import StoredLaps
from backstride.store.records import (
    from_json,
    names_from_json,
    names_to_json,
    plain_text,
    said_from_json,
    said_to_json,
    to_json,
)
from backstride.store.streams import PackedStream, StoredColumns, add_stream, channels_of_all, pack_stream

_NUMBERS = ("distance_m", "moving_s", "elapsed_s", "climb_m", "descent_m", "rpe")
_TEXTS = ("sport", "zone_from", "surface", "shoe", "title", "note", "service_id", "file")
_JSON = ("averages", "laps", "device", "repairs", "warnings")
_ORIGIN = ("sha256", "file_index", "file_name", "reader", "reader_version")
_START = ("start_us", "zone_name", "offset_s")
COLUMNS = ("id", *_ORIGIN, *_START, *_TEXTS, *_NUMBERS, *_JSON)
"""Of the table `activity`, without its number."""
_INSERT = f"INSERT INTO activity ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class PackedActivity:
    """An activity ready to be stored: the slow part, done before the store is locked."""

    id: str
    reader: str
    reader_version: int
    row: tuple[str | int | float | None, ...]
    stream: PackedStream


def pack_activities(activities: Sequence[Activity], sha256: str) -> tuple[PackedActivity, ...]:
    """Each activity as a row and its columns as bytes.

    Raises: Unstorable naming every fault of every activity: one from other bytes than `sha256`, a start
    without zone, a number that is not finite, a column that cannot be packed.
    """
    packed: list[PackedActivity] = []
    faults: list[str] = []
    for place, activity in enumerate(activities):
        try:
            packed.append(_pack(activity, sha256))
        except Unstorable as error:
            faults.extend(f"activity {place}: {fault}" for fault in error.each)
    if len({one.id for one in packed}) < len(packed):
        faults.append("two activities with the same place in the file")
    if faults:
        raise Unstorable(tuple(faults))
    return tuple(packed)


def _pack(activity: Activity, sha256: str) -> PackedActivity:
    faults = tuple(_faults(activity, sha256))
    if faults:
        raise Unstorable(faults)
    stream = pack_stream(activity.stream)
    origin = activity.origin
    row = (activity.id, *_origin_row(origin), *_start_row(activity.start), *_rest_of_row(activity))
    return PackedActivity(activity.id, origin.reader, origin.reader_version, row, stream)


def _faults(activity: Activity, sha256: str) -> Iterator[str]:
    if activity.origin.sha256 != sha256:
        yield "its origin is not the hash of the bytes handed in"
    if activity.start.utcoffset() is None:
        yield "a start without a zone"
    for name in _NUMBERS:
        value = getattr(activity, name)
        if value is not None and not math.isfinite(value):
            yield f"{name} is not a finite number"


def _origin_row(origin: Origin) -> tuple[str | int, ...]:
    return (origin.sha256, origin.index, plain_text(origin.name), origin.reader, origin.reader_version)


def _start_row(start: datetime) -> tuple[str | int | float | None, ...]:
    """The instant in whole microseconds, the zone's name where it has one, and its offset at that instant.

    The offset stands beside the name so that the local day stays what it was when the rules of a zone change
    its name or a machine does not know it.
    """
    offset = start.utcoffset() or timedelta()
    zone_name = start.tzinfo.key if isinstance(start.tzinfo, ZoneInfo) else None
    return ((start - _EPOCH) // _MICROSECOND, zone_name, offset.total_seconds())


def _rest_of_row(activity: Activity) -> tuple[str | float | None, ...]:
    texts = (getattr(activity, name) for name in _TEXTS)
    numbers = (getattr(activity, name) for name in _NUMBERS)
    return (
        *(None if text is None else plain_text(text) for text in texts),
        *(None if number is None else float(number) for number in numbers),
        to_json(_floats(activity.averages)),
        to_json([_lap(lap) for lap in activity.laps]),
        None if activity.device is None else to_json(activity.device),
        names_to_json(activity.repairs),
        said_to_json(activity.warnings),
    )


def _floats(averages: Mapping[str, float]) -> dict[str, float]:
    return {name: float(value) for name, value in averages.items()}


def _lap(lap: Lap) -> dict[str, object]:
    """Plain numbers, also where a reader gave NumPy's."""
    return {
        "start_s": float(lap.start_s),
        "moving_s": None if lap.moving_s is None else float(lap.moving_s),
        "distance_m": None if lap.distance_m is None else float(lap.distance_m),
        "averages": _floats(lap.averages),
    }


def are_stored(connection: sqlite3.Connection, sha256: str, packed: Sequence[PackedActivity]) -> bool:
    """True when each is stored already, read by the same reader in the same version or a newer one."""
    rows = connection.execute("SELECT id, reader, reader_version FROM activity WHERE sha256 = ?", (sha256,))
    stored: dict[str, tuple[str, int]] = {name: (reader, version) for name, reader, version in rows}
    return all(_as_new(stored.get(one.id), one) for one in packed)


def _as_new(stored: tuple[str, int] | None, one: PackedActivity) -> bool:
    return stored is not None and stored[0] == one.reader and stored[1] >= one.reader_version


def replace_activities(connection: sqlite3.Connection, sha256: str, packed: Sequence[PackedActivity]) -> None:
    """The file's activities are exactly these: what an older reading of the same bytes gave is gone."""
    connection.execute("DELETE FROM activity WHERE sha256 = ?", (sha256,))
    for one in packed:
        number = connection.execute(_INSERT, one.row).lastrowid
        if number is None:
            raise AssertionError("an insert has a row id")
        add_stream(connection, number, one.stream)


def activities(connection: sqlite3.Connection) -> tuple[Activity, ...]:
    """Every activity, oldest first, its columns fetched when asked for."""
    channels = channels_of_all(connection)
    rows = connection.execute(f"SELECT no, {', '.join(COLUMNS)} FROM activity ORDER BY start_us, id")
    return tuple(_unpack(connection, row, channels) for row in rows)


def activity(connection: sqlite3.Connection, activity_id: str) -> Activity | None:
    """The activity of that id, its columns fetched when asked for; None where there is none."""
    query = f"SELECT no, {', '.join(COLUMNS)} FROM activity WHERE id = ?"
    row = connection.execute(query, (activity_id,)).fetchone()
    if row is None:
        return None
    names = connection.execute("SELECT channel FROM stream_column WHERE activity = ? ORDER BY rowid", row[:1])
    return _unpack(connection, row, {row[0]: tuple(name for (name,) in names)})


# Any: a row's values are what `_pack` put there.
def _unpack(
    connection: sqlite3.Connection, row: Iterable[Any], channels: Mapping[int, tuple[str, ...]]
) -> Activity:
    number, *values = row
    names = channels.get(number)
    stream = Stream() if names is None else Stream(StoredColumns(connection, number, names))
    return as_activity(values, stream)


def as_activity(values: Iterable[Any], stream: Stream) -> Activity:
    """The activity of one row: a value for each of `COLUMNS`, as `pack_activities` makes them.

    Raises: ValueError, KeyError or TypeError where they are not.
    """
    found = dict(zip(COLUMNS, values, strict=True))
    return Activity(
        start=_start(found["start_us"], found["zone_name"], found["offset_s"]),
        origin=Origin(
            found["sha256"],
            found["file_name"],
            found["reader"],
            found["reader_version"],
            found["file_index"],
        ),
        **{name: found[name] for name in (*_TEXTS, *_NUMBERS)},
        averages=json.loads(found["averages"]),
        laps=() if found["laps"] == "[]" else StoredLaps(found["laps"]),
        stream=stream,
        device=None if found["device"] is None else from_json(Device, found["device"]),
        repairs=names_from_json(found["repairs"]),
        warnings=said_from_json(found["warnings"]),
    )


def _start(start_us: int, zone_name: str | None, offset_s: float) -> datetime:
    """The instant in its zone: by name where this machine knows it and it gives the offset stored beside."""
    instant = _EPOCH + start_us * _MICROSECOND
    offset = timedelta(seconds=offset_s)
    if zone_name is not None:
        try:
            local = instant.astimezone(ZoneInfo(zone_name))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return instant.astimezone(timezone(offset))
        if local.utcoffset() == offset:
            return local
    return instant.astimezone(timezone(offset))
