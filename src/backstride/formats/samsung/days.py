"""Samsung Health's tables of days -> day records: steps, and body mass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from backstride.formats.samsung.table import Row, above_zero, offset_of, unix_s_of
from backstride.model.history import DayRecord
from backstride.model.ledger import SkippedRow
from backstride.model.said import said

MAKER = "samsung"
_ALL_SOURCES = "-2"
"""source_type of the row in which phone and watch are one; each also has a row of its own."""
MOST_STEPS = 200_000
MASS_KG = (20.0, 400.0)


@dataclass(frozen=True, slots=True)
class Days:
    """What a table of days gave; with what was left out it is all its rows."""

    days: tuple[DayRecord, ...]
    skipped: tuple[SkippedRow, ...]


def steps_of(rows: Iterable[Row]) -> Days:
    """Steps by day: those of all sources together, else of the source that has most; never a sum."""
    return _best(rows, "day_time", _steps, lambda row, value: (row.get("source_type") == _ALL_SOURCES, value))


def mass_of(rows: Iterable[Row]) -> Days:
    """Body mass by day, the last of each."""
    return _best(
        rows, "start_time", _mass, lambda row, value: (True, unix_s_of(row.get("start_time")) or 0.0)
    )


def _steps(on: date, row: Row) -> DayRecord | None:
    steps = above_zero(row, "step_count") or above_zero(row, "count")
    return None if steps is None or steps > MOST_STEPS else DayRecord(on, MAKER, steps=steps)


def _mass(on: date, row: Row) -> DayRecord | None:
    mass_kg = above_zero(row, "weight")
    sound = mass_kg is not None and MASS_KG[0] <= mass_kg <= MASS_KG[1]
    return DayRecord(on, MAKER, mass_kg=mass_kg) if sound else None


def _best(
    rows: Iterable[Row],
    column: str,
    make: Callable[[date, Row], DayRecord | None],
    rank: Callable[[Row, float], tuple[bool, float]],
) -> Days:
    best: dict[date, tuple[tuple[bool, float], int, DayRecord]] = {}
    skipped: list[SkippedRow] = []
    for at, row in enumerate(rows, 1):
        on = _day(row, column)
        record = None if on is None else make(on, row)
        if on is None or record is None:
            skipped.append(SkippedRow(at, said("no day, or no value that can be right")))
            continue
        found = (rank(row, record.steps or 0.0), at, record)
        if on in best:
            first, second = sorted((best[on], found), key=lambda each: each[0])
            skipped.append(SkippedRow(first[1], said("another count of the same day")))
            found = second
        best[on] = found
    days = tuple(best[on][2] for on in sorted(best))
    return Days(days, tuple(sorted(skipped, key=lambda each: each.row)))


def _day(row: Row, column: str) -> date | None:
    """The local day.  `day_time` is its midnight as if it were in UTC; other moments are in UTC."""
    at_s = unix_s_of(row.get(column))
    if at_s is None:
        return None
    at = datetime.fromtimestamp(at_s, UTC)
    midnight = column == "day_time" and (at.hour, at.minute) == (0, 0)
    return at.date() if midnight else (at + (offset_of(row) or timedelta(0))).date()
