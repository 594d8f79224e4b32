"""Single values out of JSON that may hold anything: each is what was asked for, or None."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import isfinite

_MOST_LETTERS = 10_000
"""Of a note; a longer one is no note."""
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


def number(value: object) -> float | None:
    """A finite number, also where it is written as text; None for all else, as for true and false."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        told = float(value)
    except (ValueError, OverflowError):
        return None
    return told if isfinite(told) else None


def above_zero(value: object, factor: float = 1.0) -> float | None:
    """A number above zero, times a factor; None for zero too, which makers write for "not measured"."""
    told = number(value)
    return None if told is None or told <= 0 or not isfinite(told * factor) else told * factor


def text(value: object) -> str | None:
    """Words without blanks around them, and with a question mark for each half letter; None where empty."""
    if not isinstance(value, str) or len(value) > _MOST_LETTERS:
        return None
    return value.encode("utf-8", "replace").decode().replace("\0", "").strip() or None


def key(value: object) -> str | None:
    """An id as text, whether written as a whole number or as text; None where there is none."""
    if isinstance(value, str):
        return text(value)
    told = value if isinstance(value, int) and not isinstance(value, bool) else number(value)
    return None if told is None or told <= 0 or told != int(told) else str(int(told))


def member(value: object, *names: str) -> object:
    """What lies under names one inside the other; None where one of them is missing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def members(value: object) -> list[object]:
    """The entries of a list; none where it is no list."""
    return value if isinstance(value, list) else []


def day(value: object) -> date | None:
    """The day that an ISO text begins with, or that Fitbit's MM/DD/YY names; None where it names none."""
    told = text(value)
    if told is None:
        return None
    try:
        american = len(told) >= 8 and told[2:3] == "/"
        on = datetime.strptime(told[:8], "%m/%d/%y").date() if american else date.fromisoformat(told[:10])  # noqa: DTZ007
    except ValueError:
        return None
    return on if EARLIEST <= on < LATEST else None


def clock(value: object) -> datetime | None:
    """The moment an ISO text names, without a zone where it names none; None where it names none."""
    told = text(value)
    try:
        at = None if told is None else datetime.fromisoformat(told)
    except ValueError:
        return None
    return at if at is not None and EARLIEST <= at.date() < LATEST else None


def span_s(value: object) -> float | None:
    """Seconds of an ISO 8601 span of hours, minutes and seconds ("PT7H30M", "PT3019.875S"); else None."""
    told = text(value)
    if told is None or not told.startswith("PT") or len(told) > 40:
        return None
    seconds, digits = 0.0, ""
    for sign in told[2:]:
        if sign in "HMS":
            part = number(digits)
            if part is None:
                return None
            seconds, digits = seconds + part * {"H": 3600, "M": 60, "S": 1}[sign], ""
        else:
            digits += sign
    return None if digits or not isfinite(seconds) else seconds


def offset_minutes(value: object) -> timedelta | None:
    """An offset from UTC given in minutes; None where no place has it."""
    told = number(value)
    return None if told is None or abs(told) > 14 * 60 else timedelta(minutes=told)
