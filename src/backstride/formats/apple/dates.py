"""The dates of an Apple Health export, thousands at a time.

2024-05-01 08:30:00 +0200      since iOS 8.1; the zone is that of the phone that exports
20140927153220-0700            iOS 8.0
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import nan

import numpy as np
from numpy.typing import NDArray

from backstride.formats.track import EARLIEST_S, LATEST_S
from backstride.model.activity import Column

_LENGTH = len(b"2024-05-01 08:30:00 +0200")
_DIGITS = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 21, 22, 23, 24]
_SIGNS = [4, 7, 10, 13, 16, 19]
_LIKE = np.frombuffer(b"--" + b" ::" + b" ", np.uint8)
_PLUS, _MINUS = ord("+"), ord("-")
_LAST_DAY = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_OTHER_FORMS = (
    "%Y-%m-%d %H:%M:%S %z",
    "%Y%m%d%H%M%S%z",
    "%Y-%m-%d %H:%M:%S.%f %z",
    "%Y-%m-%d %I:%M:%S %p %z",
)


def unix_s_and_offset_s(texts: Sequence[bytes]) -> tuple[Column, Column]:
    """Seconds since 1970 in UTC, and the offset from UTC in seconds; NaN where a text is no date.

    No date before 1990 or after 2100 is one: nothing recorded it.
    """
    if not texts:
        return np.empty(0), np.empty(0)
    if min(map(len, texts)) != _LENGTH or max(map(len, texts)) != _LENGTH:
        return _one_by_one(texts)
    signs = np.frombuffer(b"".join(texts), np.uint8).reshape(-1, _LENGTH)
    digits = signs[:, _DIGITS].astype(np.int32) - ord("0")
    zone = signs[:, 20]
    alike = (signs[:, _SIGNS] == _LIKE).all() and ((digits >= 0) & (digits <= 9)).all()
    if not alike or not ((zone == _PLUS) | (zone == _MINUS)).all():
        return _one_by_one(texts)
    return _worked_out(digits, np.where(zone == _MINUS, -1.0, 1.0))


def unix_s_of(text: str | None) -> float:
    """Seconds since 1970 in UTC; NaN where the text is no date."""
    return nan if text is None else _one(text.encode("utf-8", "replace"))[0]


def _worked_out(digits: NDArray[np.int32], zone_sign: Column) -> tuple[Column, Column]:
    year = digits[:, :4] @ np.array([1000, 100, 10, 1], np.int32)
    month, day, hour, minute, second, zone_hour, zone_minute = (
        digits[:, at] * 10 + digits[:, at + 1] for at in range(4, 18, 2)
    )
    sound = (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 61)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    sound &= day <= _LAST_DAY[np.clip(month, 0, 12)] - ((month == 2) & ~leap)
    offset_s = zone_sign * (zone_hour * 3600 + zone_minute * 60)
    local_s = _days(year, month, day) * 86_400.0 + hour * 3600.0 + minute * 60.0 + second
    utc_s = np.where(sound, local_s - offset_s, np.nan)
    return _in_our_time(utc_s), offset_s


def _days(year: NDArray[np.int32], month: NDArray[np.int32], day: NDArray[np.int32]) -> NDArray[np.int32]:
    """Days since 1970 in the Gregorian calendar, counting years from March so that leap days come last."""
    years = year - (month <= 2)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return years * 365 + years // 4 - years // 100 + years // 400 + day_of_year - 719_468


def _in_our_time(utc_s: Column) -> Column:
    return np.where((utc_s >= EARLIEST_S) & (utc_s < LATEST_S), utc_s, np.nan)


def _one_by_one(texts: Sequence[bytes]) -> tuple[Column, Column]:
    both = np.array([_one(text) for text in texts])
    return _in_our_time(both[:, 0]), both[:, 1]


def _one(raw: bytes) -> tuple[float, float]:
    text = raw.decode("utf-8", "replace").replace("\u202f", " ").strip()
    for form in _OTHER_FORMS:
        try:
            at = datetime.strptime(text, form)  # noqa: DTZ007  every form has a zone
            offset = at.utcoffset()
            assert offset is not None
            return at.timestamp(), offset.total_seconds()
        except (ValueError, OverflowError):
            continue
    try:
        at = datetime.fromisoformat(text)
        offset = at.utcoffset()
        return (nan, nan) if offset is None else (at.timestamp(), offset.total_seconds())
    except (ValueError, OverflowError):
        return nan, nan
