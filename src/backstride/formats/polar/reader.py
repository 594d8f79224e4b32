"""Which file of Polar Flow's account export is which, and what is read of it."""

from __future__ import annotations

from datetime import tzinfo

from backstride.formats.account.export import Export, Part, days_read
from backstride.formats.contents import Contents, source_of
from backstride.formats.polar import nights, sessions
from backstride.formats.polar.kinds import SET_ASIDE
from backstride.model.said import said

READER = "polar_account"
VERSION = 2

EXPORT = Export(
    (
        Part(
            r"^training-session[-_]",
            rb'"exercises"\s*:\s*\[[^\0]*"(?:durationMillis|timezoneOffset(?:Minutes)?|samples)"\s*:',
            sessions.read,
        ),
        Part(
            r"^sleep_result[-_]",
            rb'"sleepResult"\s*:',
            days_read(said("nights of sleep"), nights.sleep),
        ),
        Part(
            r"^nightly_recovery[-_](?!blob)",
            rb'"meanNightlyRecoveryRmssd"',
            days_read(said("a watch's overnight readings"), nights.recovery),
        ),
    ),
    SET_ASIDE,
    head_bytes=65_536,  # a session's own names may stand behind a long description of its device
)


def knows(data: bytes, name: str) -> bool:
    """True where the bytes begin as JSON, and they or the name are of a file of the export."""
    return EXPORT.knows(data, name)


def read(data: bytes, name: str, zone: tzinfo) -> Contents:
    """What a file of the export holds of runs or nights; of all other files only what they are.

    `zone` is the runner's own, for sessions that name no offset.

    Raises: BadFile where it is no file of the export, or damaged beyond reading.
    """
    source = source_of(data, name, READER, VERSION)
    return EXPORT.read(data, source.name, source, zone)
