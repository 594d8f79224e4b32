"""Garmin's files of days: nights, daily totals, overnight health status, weight.

Nothing of it is documented by Garmin.  Public readers of real exports agree that `calendarDate` of a night is
the day of waking up, that `restingHeartRate` of the daily totals is a mean over a week and
`currentDayRestingHeartRate` the day's own, and that weight is in grams.  The overnight HRV is RMSSD in ms, as
Garmin describes its "HRV status".
"""

from __future__ import annotations

from backstride.formats.account.days import NO_DAY, NOTHING_MEASURED, Entry, measured
from backstride.formats.account.values import above_zero, day, member, members
from backstride.model.history import DayRecord
from backstride.model.said import Said, said

MAKER = "garmin"
_STAGES = ("deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds")
_LONGEST_NIGHT_S = 24 * 3600.0
_TOO_LONG = said("a night of more than 24 hours")
_NO_WEIGHT = said("it tells no weight")


def night(entry: Entry) -> DayRecord | Said:
    """A night's sleep by the day of waking up, without time awake; a nap or a watch taken off has none."""
    on = day(entry.get("calendarDate"))
    if on is None:
        return NO_DAY
    stages = [above_zero(entry.get(name)) for name in _STAGES]
    known = [each for each in stages if each is not None]
    if not known:
        return NOTHING_MEASURED
    return DayRecord(on, MAKER, sleep_s=sum(known)) if sum(known) <= _LONGEST_NIGHT_S else _TOO_LONG


def daily_totals(entry: Entry) -> DayRecord | Said:
    """Steps and resting heart rate of a day; zero steps are a watch that was not worn."""
    on = day(entry.get("calendarDate"))
    if on is None:
        return NO_DAY
    resting = _beats(entry.get("currentDayRestingHeartRate")) or _beats(entry.get("restingHeartRate"))
    steps = above_zero(entry.get("totalSteps"))
    return measured(DayRecord(on, MAKER, resting_heart_rate_bpm=resting, steps=steps))


def health_status(entry: Entry) -> DayRecord | Said:
    """The overnight HRV; of a night that was not measured Garmin writes 0."""
    on = day(entry.get("calendarDate"))
    if on is None:
        return NO_DAY
    for metric in members(entry.get("metrics")):
        if member(metric, "type") == "HRV":
            return measured(DayRecord(on, MAKER, hrv_rmssd_ms=_rmssd_ms(member(metric, "value"))))
    return NOTHING_MEASURED


def weight(entry: Entry) -> DayRecord | Said:
    """The weight on a day; entries for other measures of the body have none."""
    on = day(member(entry, "metaData", "calendarDate"))
    if on is None:
        return NO_DAY
    mass_kg = above_zero(member(entry, "weight", "weight"), 0.001)
    if mass_kg is None or not 20 <= mass_kg <= 400:
        return _NO_WEIGHT
    return DayRecord(on, MAKER, mass_kg=mass_kg)


def _beats(value: object) -> float | None:
    told = above_zero(value)
    return told if told is not None and 20 <= told <= 150 else None


def _rmssd_ms(value: object) -> float | None:
    told = above_zero(value)
    return told if told is not None and told <= 400 else None
