"""Polar's files of nights: sleep, and nightly recovery with its RMSSD in ms."""

from __future__ import annotations

from backstride.formats.account.days import NO_DAY, NOTHING_MEASURED, Entry
from backstride.formats.account.values import above_zero, day, member, span_s
from backstride.model.history import DayRecord
from backstride.model.said import Said, said

MAKER = "polar"
_TOO_LONG = said("a night of more than 24 hours")


def sleep(entry: Entry) -> DayRecord | Said:
    """The sleep of a night by the day of waking up, without time awake."""
    on = day(entry.get("night"))
    if on is None:
        return NO_DAY
    asleep_s = span_s(member(entry, "evaluation", "asleepDuration"))
    if not asleep_s:
        return NOTHING_MEASURED
    return DayRecord(on, MAKER, sleep_s=asleep_s) if asleep_s <= 24 * 3600 else _TOO_LONG


def recovery(entry: Entry) -> DayRecord | Said:
    """The mean RMSSD of a night's first hours."""
    on = day(entry.get("night"))
    if on is None:
        return NO_DAY
    rmssd_ms = above_zero(entry.get("meanNightlyRecoveryRmssd"))
    if rmssd_ms is None or rmssd_ms > 400:
        return NOTHING_MEASURED
    return DayRecord(on, MAKER, hrv_rmssd_ms=rmssd_ms)
