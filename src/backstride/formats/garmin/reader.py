"""Which file of Garmin's account export is which, and what is read of it."""

from __future__ import annotations

from datetime import tzinfo

from backstride.formats.account.export import Export, Part, days_read
from backstride.formats.account.names import nameless
from backstride.formats.contents import Contents, source_of
from backstride.formats.garmin import gear, summaries, wellness
from backstride.formats.garmin.kinds import SET_ASIDE
from backstride.model.said import said

READER = "garmin_account"
VERSION = 1

EXPORT = Export(
    (
        Part(r"summarizedActivities", rb'"summarizedActivitiesExport"', summaries.read),
        Part(r"(?:^|_)gear\.json$", rb'"gearDTOS"', gear.read),
        Part(
            r"(?:^|_)sleepData",
            rb'"sleepWindowConfirmationType"',
            days_read(said("nights of sleep"), wellness.night),
        ),
        Part(
            r"(?:^|_)UDSFile_",
            rb'"includesWellnessData"|"wellnessStartTimeGmt"',
            days_read(said("daily totals of a watch"), wellness.daily_totals),
        ),
        Part(
            r"(?:^|_)healthStatusData",
            rb'"createTimestampUTC"[^{]*"metrics"|"metrics"[^{]*\{"type":\s*"HRV"',
            days_read(said("a watch's overnight readings"), wellness.health_status),
        ),
        Part(
            r"(?:^|_)userBioMetrics\.json$",
            rb'"metaData"[^\]]*"weight"\s*:\s*\{',
            days_read(said("measures of the body"), wellness.weight),
        ),
    ),
    SET_ASIDE,
)


def knows(data: bytes, name: str) -> bool:
    """True where the bytes begin as JSON, and they or the name are of a file of the export."""
    return EXPORT.knows(data, name)


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """What a file of the export holds of runs, shoes or days; of all other files only what they are.

    `zone` is the runner's own, for rows that name neither their local time nor a place.  The account's
    e-mail address, which most files begin with, is in nothing that is returned or raised.

    Raises: BadFile where it is no file of the export, or damaged beyond reading.
    """
    bare = name.replace("\\", "/").rpartition("/")[2]
    source = source_of(data, nameless(bare, EXPORT.word(bare)), READER, VERSION)
    return EXPORT.read(data, bare, source, zone)
