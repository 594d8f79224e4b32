"""The points of a track: texts as an XML file gives them, gathered into columns of floats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from backstride.model.activity import Column

BATCH = 4096
"""Rows kept as texts at one time: texts take five times the memory of numbers."""

_CLOCK_DIGITS = [11, 12, 14, 15, 17, 18, 20, 21, 22]
_CLOCK_WEIGHTS = np.array([36_000, 3_600, 600, 60, 10, 1, 0.1, 0.01, 0.001])
_CLOCK_LIMITS = np.array([2, 9, 5, 9, 5, 9, 9, 9, 9], np.uint8)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a file writes it."""

    at: datetime
    """Aware; UTC where the text names no zone."""
    offset: timedelta | None
    """From UTC, where the text names an offset other than Z or zero."""
    zoned: bool
    """False where the text names no zone at all."""


def moment(text: str | None) -> Moment | None:
    """The moment that an ISO 8601 text names, or None where it names none."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text.strip())
        if at.tzinfo is None:
            return Moment(at.replace(tzinfo=UTC), None, zoned=False)
        return Moment(at.astimezone(UTC), at.utcoffset() or None, zoned=True)
    except (ValueError, OverflowError):
        return None


def unix_s(text: str | None) -> float:
    """Seconds since 1970 in UTC; NaN where the text names no moment."""
    if text is None:
        return nan
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return nan
    return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).timestamp()


def number(text: str | None) -> float:
    """The number a text names, with a point or a comma; NaN where it names none, or no finite one."""
    if text is None:
        return nan
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return nan
    return value if abs(value) < float("inf") else nan


def some_number(text: str | None) -> float | None:
    """The number a text names, or None where it names none."""
    value = number(text)
    return None if isnan(value) else value


class Points:
    """Rows of texts, kept as columns of floats; a column is there only where a row had it.

    `names` gives for each channel the elements that may hold it, the most trusted first.  The time
    is always the element `time` and becomes the column `time_s`, in seconds since 1970.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self.first_time: str | None = None
        self.breaks: list[int] = []
        """Rows before which the recording was stopped."""
        self._names = names
        self._rows: list[Mapping[str, str]] = []
        self._batches: list[tuple[int, dict[str, Column]]] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, row: Mapping[str, str]) -> None:
        """Takes one point."""
        self._rows.append(row)
        self._count += 1
        if len(self._rows) >= BATCH:
            self._gather()

    def cut(self) -> None:
        """Marks that the recording was stopped before the next point."""
        if self._count and (not self.breaks or self.breaks[-1] != self._count):
            self.breaks.append(self._count)

    def columns(self) -> dict[str, Column]:
        """All rows so far, by channel, NaN where a row has none; `time_s` is always there."""
        self._gather()
        names = dict.fromkeys(chain(["time_s"], *(batch for _, batch in self._batches)))
        return {name: self._joined(name) for name in names}

    def stopped(self) -> NDArray[np.bool_]:
        """By row: true where the recording was stopped before it."""
        stopped = np.zeros(self._count, bool)
        stopped[[row for row in self.breaks if row < self._count]] = True
        return stopped

    def _joined(self, name: str) -> Column:
        parts = [batch[name] if name in batch else np.full(rows, np.nan) for rows, batch in self._batches]
        return np.concatenate(parts) if parts else np.empty(0)

    def _gather(self) -> None:
        if not self._rows:
            return
        rows, self._rows = self._rows, []
        seen = set(chain.from_iterable(rows))
        times = [row.get("time") for row in rows]
        if self.first_time is None:
            self.first_time = next((text for text in times if moment(text) is not None), None)
        columns = {"time_s": _times(times)}
        for channel, names in self._names.items():
            for name in names:
                if name in seen:
                    _fill(columns, channel, _numbers([row.get(name) for row in rows]))
        self._batches.append((len(rows), columns))


def _fill(columns: dict[str, Column], channel: str, values: Column) -> None:
    known = columns.get(channel)
    columns[channel] = values if known is None else np.where(np.isnan(known), values, known)


def _numbers(texts: Sequence[str | None]) -> Column:
    try:
        values = np.fromiter(map(float, texts), np.float64, len(texts))  # type: ignore[arg-type]
    except TypeError:  # a row has none
        values = _numbers_of_some(texts)
    except ValueError:
        return np.array([number(text) for text in texts])
    values[~np.isfinite(values)] = np.nan
    return values


def _numbers_of_some(texts: Sequence[str | None]) -> Column:
    try:
        return np.array([nan if text is None else float(text) for text in texts])
    except ValueError:
        return np.array([number(text) for text in texts])


def _times(texts: Sequence[str | None]) -> Column:
    known = [text for text in texts if text is not None]
    if len(known) == len(texts):
        quick = _times_of_one_day(known)
        if quick is not None:
            return quick
    return np.array([unix_s(text) for text in texts])


def _times_of_one_day(texts: Sequence[str]) -> Column | None:
    """Seconds since 1970 of texts all like `2024-05-01T06:30:00Z` and of one day; else None.

    Eight times as fast as one text after the other, and nearly all files are like that.
    """
    length = len(texts[0])
    day = unix_s(f"{texts[0][:10]}T00:00:00Z")
    joined = "".join(texts)
    if length not in (20, 24) or np.isnan(day) or not joined.isascii() or len(joined) != length * len(texts):
        return None
    signs = np.frombuffer(joined.encode(), np.uint8).reshape(-1, length)
    at = _CLOCK_DIGITS[: 6 if length == 20 else 9]
    fixed = [place for place in range(length) if place not in at]
    like = f"{texts[0][:10]}T00:00:00.000"[: length - 1] + "Z"
    if (signs[:, fixed] != np.frombuffer(like.encode(), np.uint8)[fixed]).any():
        return None
    digits = signs[:, at] - np.uint8(48)
    if (digits > _CLOCK_LIMITS[: len(at)]).any() or (digits[:, 0] * 10 + digits[:, 1] > 23).any():
        return None
    return np.asarray(day + digits @ _CLOCK_WEIGHTS[: len(at)])
