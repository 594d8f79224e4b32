"""Android's Health Connect: health_connect_export.db, as its backup's zip holds it."""

from __future__ import annotations

import sqlite3
from datetime import tzinfo

from backstride.formats.contents import Contents, source_of
from backstride.formats.health_connect.database import Database, is_health_connect, opened
from backstride.formats.health_connect.days import days_of
from backstride.formats.health_connect.sessions import (
    TABLE,
    Session,
    activity_from,
    samples_of,
    sessions_of,
)
from backstride.model.errors import BadFile
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, said

READER = "health_connect"
VERSION = 2
EXPORT = said("a Health Connect export")


def knows(data: bytes, name: str) -> bool:
    """True for a database with Health Connect's table of exercises."""
    return is_health_connect(data)


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """Every exercise session as an activity, and every day of which something is told.

    What stands in `skipped` counts sessions.

    Raises: BadFile where it is no such database, or one that is damaged before its table of exercises.
    """
    bare = name.replace("\\", "/").rpartition("/")[2]
    if not is_health_connect(data):
        raise BadFile(bare, said("byte {at}", at=0), said("this is no export of Health Connect"))
    try:
        with opened(data) as database:
            if database.has(TABLE, "row_id", "start_time", "end_time"):
                return _contents(database, data, bare, zone)
    except (sqlite3.Error, ValueError, MemoryError):
        pass
    raise BadFile(
        bare,
        said("its list of tables"),
        said("the database is damaged or cut short; export it from Health Connect again"),
    )


def _contents(database: Database, data: bytes, name: str, zone: tzinfo) -> Contents:
    told = list(sessions_of(database))
    samples = samples_of(database)
    days = days_of(database)
    warnings = _warnings(database)
    skipped = tuple(
        SkippedRow(row, said("a session without a time that can be right"))
        for row, each in enumerate(told, 1)
        if each is None
    )
    sessions: list[Session] = sorted(filter(None, told), key=lambda each: each.start_s)
    source = source_of(data, name, READER, VERSION)
    activities = tuple(
        activity_from(each, samples, source.origin(index), zone, warnings)
        for index, each in enumerate(sessions)
    )
    return Contents(activities, EXPORT, warnings, (), days, skipped)


def _warnings(database: Database) -> tuple[Said, ...]:
    found: list[Said] = []
    if database.cut_short:
        found.append(said("the file is cut short; what stands before was read; export it again"))
    if n := database.damaged:
        found.append(said("the database is damaged: {n} of its tables could not be read to their end", n=n))
    return tuple(found)
