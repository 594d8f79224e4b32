"""Samsung Health's "download personal data": its table of exercises, their recordings, and tables of days.

What else the export holds, some sixty tables and thousands of small files, is set aside in words.
"""

from __future__ import annotations

import re
from datetime import tzinfo

from backstride.formats.contents import Contents, source_of
from backstride.formats.samsung.days import mass_of, steps_of
from backstride.formats.samsung.exercises import activity_or_why
from backstride.formats.samsung.recording import (
    activity_of_samples,
    is_named_as_recording,
    is_recording,
    samples_of,
)
from backstride.formats.samsung.table import Table, is_table, table_of
from backstride.model.activity import Activity
from backstride.model.errors import BadFile
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, said

READER = "samsung"
VERSION = 2
RECORDING = said("a recording of Samsung Health")
NO_VALUES = said("a recording of Samsung Health without a value")
SIDE_FILE = said("a side file of Samsung Health; it holds no run")
EXERCISES = said("a table of exercises of Samsung Health")
STEPS = said("a table of steps of Samsung Health")
MASS = said("a table of body mass of Samsung Health")

_EXERCISES = frozenset({"com.samsung.shealth.exercise", "com.samsung.health.exercise"})
_STEPS = frozenset(
    {"com.samsung.shealth.tracker.pedometer_day_summary", "com.samsung.shealth.step_daily_trend"}
)
_MASS = frozenset({"com.samsung.health.weight"})
_CUT = said("the file is cut short or damaged; what stands before was read")
_SIDE_FILE = re.compile(
    r"(?:^|/)[0-9A-Fa-f-]{36}\.(?:[\w.]*com\.samsung\.[\w.]+|binning_data|sensing_status|extra_data|"
    r"heart_rate|achievement|additional(?:_internal)?|\w*_internal)(?:\.json)?$"
)


def knows(data: bytes, name: str) -> bool:
    """True for a table by its first line, for a recording by its samples, for other files by their name."""
    if is_table(data) or is_recording(data):
        return True
    named = is_named_as_recording(name) or _SIDE_FILE.search(name.replace("\\", "/")) is not None
    return named and data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """What one file of the export holds.

    Raises: BadFile where it is neither a table nor JSON.
    """
    if is_table(data):
        return _of_table(data, name, zone)
    if is_recording(data) or is_named_as_recording(name):
        return _of_recording(data, name, zone)
    if _SIDE_FILE.search(name.replace("\\", "/")) is None:
        raise _refused(name)
    return Contents((), SIDE_FILE)


def _of_table(data: bytes, name: str, zone: tzinfo) -> Contents:
    table = table_of(data)
    warnings = () if table.whole else (_CUT,)
    if table.name in _EXERCISES:
        return _exercises(table, data, name, zone, warnings)
    if table.name in _STEPS or table.name in _MASS:
        steps = table.name in _STEPS
        found = steps_of(table.rows) if steps else mass_of(table.rows)
        return Contents((), STEPS if steps else MASS, warnings, (), found.days, found.skipped)
    return Contents(
        (), said("a table of Samsung Health ({table}); it holds no run", table=table.name), warnings
    )


def _exercises(table: Table, data: bytes, name: str, zone: tzinfo, warnings: tuple[Said, ...]) -> Contents:
    source = source_of(data, name, READER, VERSION)
    activities: list[Activity] = []
    skipped: list[SkippedRow] = []
    for row, told in enumerate(table.rows, 1):
        found = activity_or_why(told, source.origin(row - 1), zone)
        if isinstance(found, Activity):
            activities.append(found)
        else:
            skipped.append(SkippedRow(row, found))
    activities.sort(key=lambda activity: activity.start)
    return Contents(tuple(activities), EXERCISES, warnings, (), (), tuple(skipped))


def _of_recording(data: bytes, name: str, zone: tzinfo) -> Contents:
    found = samples_of(data)
    if found is None:
        raise _refused(name)
    samples, whole = found
    warnings = () if whole else (_CUT,)
    origin = source_of(data, name, READER, VERSION).origin(0)
    activity = activity_of_samples(samples, name, origin, zone, warnings)
    return (
        Contents((), NO_VALUES, warnings) if activity is None else Contents((activity,), RECORDING, warnings)
    )


def _refused(name: str) -> BadFile:
    return BadFile(
        name.replace("\\", "/").rpartition("/")[2],
        said("byte {at}", at=0),
        said("this is no table and no recording of Samsung Health; download the data again"),
    )
