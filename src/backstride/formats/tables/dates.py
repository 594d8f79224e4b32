"""Dates with times of the day, as exports write them in many languages.

07/05/2020 may be May or July.  The whole column is asked: one date of it that can only be read in one way
decides for all; then an order in which all of them rise or fall, as exports are sorted by date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import pairwise

from backstride.formats.tables.months import month_named
from backstride.formats.tables.numbers import told

FIRST_YEAR, LAST_YEAR = 1990, 2099

_ISO = re.compile(r"(\d{4})([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)\.?")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?")
_NUMERIC = re.compile(r"\b(\d{1,2})([/.-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\b")
_TIME = re.compile(
    r"(\d{1,2})(?::|\s?h\s?|時|时|시)\s?(\d{2})(?:(?::|分|분|\s?min\s?)\s?(\d{2})(?:[.,]\d+)?)?"
)
_DOTTED_TIME = re.compile(r"\b(\d{1,2})\.(\d{2})(?:\.(\d{2}))?\b")
_ZONE = re.compile(r"(?<=\d)\s*(?:Z|UTC|GMT|([+-])(\d{2}):?(\d{2}))\s*$", re.IGNORECASE)
_AFTERNOON = re.compile(r"(?<![^\W\d_])p\.?\s?m\b|午後|下午|오후", re.IGNORECASE)
_MORNING = re.compile(r"(?<![^\W\d_])a\.?\s?m\b|午前|上午|오전", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """One date as it stands: year, the two numbers that are day and month, and the time of the day."""

    year: int
    first: int
    second: int
    clock: tuple[int, int, int]
    order: str | None
    """"dm" or "md" where it is known which of the two numbers is which."""
    offset: timedelta | None = None
    """From UTC, where the cell itself names it."""

    def at(self, order: str) -> datetime | None:
        """The moment with `first` and `second` taken in this order; None where there is no such day."""
        day, month = (self.first, self.second) if (self.order or order) == "dm" else (self.second, self.first)
        try:
            naive = datetime(self.year, month, day, *self.clock)  # noqa: DTZ001  # the caller knows the zone
        except ValueError:
            return None
        return naive if self.offset is None else naive.replace(tzinfo=timezone(self.offset))


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one column; each naive unless the cell names its zone, None where it is none."""

    moments: tuple[datetime | None, ...]
    undecided: frozenset[int]
    """Places of dates that may be read in two ways where nothing decides."""


def dates_of(cells: Sequence[str]) -> Dates:
    """The moments that a column of dates tells, read in one and the same order."""
    each = [_told(cell) for cell in cells]
    order = _order(each)
    if order is not None:
        return Dates(tuple(None if one is None else one.at(order) for one in each), frozenset())
    open_ones = frozenset(at for at, one in enumerate(each) if one is not None and _open(one))
    moments = tuple(None if one is None or at in open_ones else one.at("dm") for at, one in enumerate(each))
    return Dates(moments, open_ones)


def _open(one: Told) -> bool:
    return one.order is None and one.first != one.second


def _order(each: Sequence[Told | None]) -> str | None:
    """Which of day and month comes first in the column; None where nothing decides."""
    asked = [one for one in each if one is not None and one.order is None]
    if not asked:
        return "dm"
    fits = {order: sum(one.at(order) is not None for one in asked) for order in ("dm", "md")}
    if fits["dm"] != fits["md"]:
        return max(fits, key=lambda order: fits[order])
    if not any(_open(one) for one in asked):
        return "dm"
    sorted_in = [order for order in ("dm", "md") if _sorted([one.at(order) for one in asked])]
    return sorted_in[0] if len(sorted_in) == 1 and len(asked) > 3 else None


def _sorted(moments: list[datetime | None]) -> bool:
    known = [moment.replace(tzinfo=None) for moment in moments if moment is not None]
    pairs = list(pairwise(known))
    return all(one <= two for one, two in pairs) or all(one >= two for one, two in pairs)


def _told(cell: str) -> Told | None:
    text = told(cell)
    if text is None or len(text) > 80:
        return None
    text = unicodedata.normalize("NFKC", text)
    text, offset = _without_zone(text)
    day, rest = _day(text)
    if day is None:
        return None
    year, first, second, order = day
    if year < 100:
        year += 2000
    clock = _clock(rest)
    if clock is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Told(year, first, second, clock, order, offset)


def _without_zone(text: str) -> tuple[str, timedelta | None]:
    found = _ZONE.search(text)
    if found is None or ":" not in text[: found.start()]:
        return text, None
    if found[1] is None:
        return text[: found.start()], timedelta(0)
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if offset > timedelta(hours=14):
        return text, None
    return text[: found.start()], offset if found[1] == "+" else -offset


def _day(text: str) -> tuple[tuple[int, int, int, str | None] | None, str]:
    """Year, the two other numbers and their order; and the text without them."""
    iso = _ISO.search(text)
    if iso:
        return (int(iso[1]), int(iso[3]), int(iso[4]), "md"), _cut(text, iso)
    cjk = _CJK.search(text)
    if cjk:
        return (int(cjk[1]), int(cjk[2]), int(cjk[3]), "md"), _cut(text, cjk)
    numeric = _NUMERIC.search(text)
    if numeric and (len(numeric[4]) == 4 or not _YEAR.search(text)):  # else it is a time: 2022 15.53.35
        # Points part days from months only where days come first.
        order = "dm" if numeric[2] == "." else None
        return (int(numeric[4]), int(numeric[1]), int(numeric[3]), order), _cut(text, numeric)
    return _worded_day(text)


def _worded_day(text: str) -> tuple[tuple[int, int, int, str | None] | None, str]:
    """A date with the month's name.  Days of the week may look like months (French mar. is both),
    so that the last name counts, and the time of the day is left out before the day is looked for."""
    names = [(found, month) for found in _WORD.finditer(text) if (month := month_named(found[0]))]
    year = _YEAR.search(text)
    if not names or year is None:
        return None, text
    found, month = names[-1]
    rest = _cut(_cut(text, year), found) if year.start() > found.start() else _cut(_cut(text, found), year)
    clock = _TIME.search(rest)
    day = _SMALL.search(_cut(rest, clock) if clock else rest)
    if day is None:
        return None, text
    without = rest if clock else rest.replace(day[0], " ", 1)
    return (int(year[0]), int(day[0]), month, "dm"), without


def _clock(text: str) -> tuple[int, int, int] | None:
    """The time of the day in what is left of a date; midnight where none stands there."""
    found = _TIME.search(text) or _DOTTED_TIME.search(text)
    if found is None:
        return (0, 0, 0) if not any(sign.isdigit() for sign in text) else None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if hour <= 12 and _AFTERNOON.search(text):
        hour = hour % 12 + 12
    elif hour == 12 and _MORNING.search(text):
        hour = 0
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
