"""Fitbit's files of days: nights, resting heart rate, weight."""

from __future__ import annotations

from math import sqrt

from backstride.formats.account.days import NO_DAY, NOTHING_MEASURED, Entry
from backstride.formats.account.values import above_zero, day, member
from backstride.model.history import DayRecord
from backstride.model.said import Said, said

MAKER = "fitbit"
POUND_KG = 0.45359237
_HEIGHTS_M = (1.3, 2.15)
_NAP = said("a nap; the night counts")
_TOO_LONG = said("a night of more than 24 hours")
_NO_UNIT = said("its weight fits its body mass index in no unit")


def night(entry: Entry) -> DayRecord | Said:
    """The sleep of a night by the day of waking up, without time awake."""
    on = day(entry.get("dateOfSleep")) or day(entry.get("endTime"))
    if on is None:
        return NO_DAY
    if entry.get("mainSleep") is False:
        return _NAP
    asleep_s = above_zero(entry.get("minutesAsleep"), 60)
    if asleep_s is None:
        return NOTHING_MEASURED
    return DayRecord(on, MAKER, sleep_s=asleep_s) if asleep_s <= 24 * 3600 else _TOO_LONG


def resting_heart_rate(entry: Entry) -> DayRecord | Said:
    """The day's resting heart rate; of a day without one Fitbit writes 0."""
    on = day(member(entry, "value", "date")) or day(entry.get("dateTime"))
    if on is None:
        return NO_DAY
    beats = above_zero(member(entry, "value", "value"))
    if beats is None or not 20 <= beats <= 150:
        return NOTHING_MEASURED
    return DayRecord(on, MAKER, resting_heart_rate_bpm=beats)


def weight(entry: Entry) -> DayRecord | Said:
    """The weight on a day, in the unit that its body mass index goes with.

    The export has pounds, but some say that it follows the account.  The two differ by 2.2, and the height
    that weight and index stand for by 1.5: only one of them is a height that grown people have.
    """
    on = day(entry.get("date"))
    if on is None:
        return NO_DAY
    told, index = above_zero(entry.get("weight")), above_zero(entry.get("bmi"))
    if told is None:
        return NOTHING_MEASURED
    units = (
        [POUND_KG]
        if index is None
        else [unit for unit in (POUND_KG, 1.0) if _HEIGHTS_M[0] <= sqrt(told * unit / index) <= _HEIGHTS_M[1]]
    )
    mass_kg = told * units[0] if len(units) == 1 else None
    if mass_kg is None or not 20 <= mass_kg <= 400:
        return _NO_UNIT
    return DayRecord(on, MAKER, mass_kg=mass_kg)
