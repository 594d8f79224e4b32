"""Which file of Fitbit's account export is which, and what is read of it."""

from __future__ import annotations

from datetime import tzinfo

from backstride.formats.account.export import Export, Part, days_read
from backstride.formats.contents import Contents, source_of
from backstride.formats.fitbit import days, exercise_table, exercises
from backstride.formats.fitbit.kinds import SET_ASIDE
from backstride.model.said import said

READER = "fitbit_account"
VERSION = 1

EXPORT = Export(
    (
        Part(r"^exercise-\d", rb'"logId"[^{]*"activityName"', exercises.read),
        Part(r"^sleep-\d", rb'"dateOfSleep"', days_read(said("nights of sleep"), days.night)),
        Part(
            r"^resting_heart_rate-\d",
            rb'"value"\s*:\s*\{\s*"date"\s*:',
            days_read(said("resting heart rates"), days.resting_heart_rate),
        ),
        Part(
            r"^weight-\d",
            rb'"weight"\s*:[^{}]*"bmi"\s*:',
            days_read(said("weights"), days.weight),
        ),
    ),
    SET_ASIDE,
)


def knows(data: bytes, name: str) -> bool:
    """True where the bytes are JSON or a table of activities, and they or the name are of the export."""
    if exercise_table.begins(data) or EXPORT.knows(data, name):
        return True
    return name.lower().endswith(".csv") and EXPORT.kind(name) is not None


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """What a file of the export holds of runs or days; of all other files only what they are.

    `zone` is the runner's own, for rows whose clock is that.

    Raises: BadFile where it is no file of the export, or damaged beyond reading.
    """
    source = source_of(data, name, READER, VERSION)
    if exercise_table.begins(data):
        return exercise_table.read(data, source, zone)
    return EXPORT.read(data, source.name, source, zone)
