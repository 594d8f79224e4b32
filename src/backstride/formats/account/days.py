"""Entries that tell of one day each -> one record for each day, and why the others gave none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date

from backstride.model.history import DayRecord
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, said

Entry = dict[str, object]
Told = Callable[[Entry], DayRecord | Said]
"""The day an entry tells of, or why it tells of none."""

NO_OBJECT = said("no entry with names and values")
NO_DAY = said("it names no day")
NOTHING_MEASURED = said("nothing was measured on that day")
_AGAIN = said("another entry tells of the same day")


def days_of(entries: Iterable[object], told: Told) -> tuple[tuple[DayRecord, ...], tuple[SkippedRow, ...]]:
    """One record for each day, by day, and every entry that is none of them.

    Of two entries for one day the longer night counts, or else the later one; what it leaves out is taken
    from the other.
    """
    days: dict[date, tuple[int, DayRecord]] = {}
    skipped: list[SkippedRow] = []
    for row, entry in enumerate(entries, 1):
        record = told(entry) if isinstance(entry, dict) else NO_OBJECT
        if not isinstance(record, DayRecord):
            skipped.append(SkippedRow(row, record))
            continue
        before = days.get(record.on)
        if before is None:
            days[record.on] = row, record
            continue
        (lost, less), (kept, more) = sorted((before, (row, record)), key=lambda each: each[1].sleep_s or 0)
        skipped.append(SkippedRow(lost, _AGAIN))
        days[record.on] = kept, _filled(more, less)
    records = tuple(days[on][1] for on in sorted(days))
    return records, tuple(sorted(skipped, key=lambda each: each.row))


def measured(record: DayRecord) -> DayRecord | Said:
    """The record, or why it is none: nothing was measured."""
    numbers = (getattr(record, each.name) for each in fields(record) if each.name not in ("on", "maker"))
    return NOTHING_MEASURED if all(each is None for each in numbers) else record


def _filled(record: DayRecord, other: DayRecord) -> DayRecord:
    lacking = {
        each.name: getattr(other, each.name) for each in fields(record) if getattr(record, each.name) is None
    }
    return replace(record, **lacking)
