"""Which activities are made of several records, and which two might be one: for the runner to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from backstride.app.reconcile import is_row
from backstride.app.record import ids_of
from backstride.copies import each_once
from backstride.copies.record import told_pairs
from backstride.model.activity import Activity, Sport
from backstride.model.errors import BadInput
from backstride.model.history import History, Sameness
from backstride.model.said import said
from backstride.store.store import Store

ALIKE_SHARE = 0.03
"""Two runs of one day are shown beside one another where lengths and times differ by no more."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record as it came in.  None is not recorded."""

    id: str
    file: str
    reader: str
    start: datetime
    distance_m: float | None
    time_s: float | None
    is_row: bool
    """True for totals alone out of a table."""


@dataclass(frozen=True, slots=True)
class Made:
    """One activity, and the records it is made of, the one it is based on first."""

    id: str
    start: datetime
    sport: Sport
    title: str
    distance_m: float | None
    time_s: float | None
    records: tuple[RecordLine, ...]
    told: bool
    """True where the runner said that some of them are one."""

    @property
    def on(self) -> date:
        """The local day it began."""
        return self.start.date()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two activities that might be one, or that the runner holds apart."""

    first: Made
    second: Made
    told: bool
    """True where the runner said that they are two."""
    at_once: bool
    """True where both go on at the same time; else they are of one day and about as long."""


@dataclass(frozen=True, slots=True)
class CopiesList:
    """What there is to decide, newest first."""

    joined: tuple[Made, ...]
    """Activities of more than one record."""
    pairs: tuple[Pair, ...]


def copies_list(history: History) -> CopiesList:
    """All of it; nothing is fetched from a stream."""
    apart, together = told_pairs(history.sameness)
    held_one = {id for pair in together for id in pair}
    held_apart = {frozenset(pair) for pair in apart}
    records = {each.id: each for each in history.activities}
    every = [_made(each, records, held_one) for each in each_once(history).activities]
    joined = tuple(each for each in reversed(every) if len(each.records) > 1)
    pairs = sorted(_pairs(every, held_apart), key=lambda each: each.first.start.timestamp(), reverse=True)
    return CopiesList(joined, tuple(pairs))


def _made(each: Activity, records: dict[str, Activity], held_one: set[str]) -> Made:
    lines = tuple(_line(records[id]) for id in ids_of(each) if id in records)
    told = sum(line.id in held_one for line in lines) > 1
    time_s = each.moving_s or each.elapsed_s
    return Made(each.id, each.start, each.sport, each.title or "", each.distance_m, time_s, lines, told)


def _line(one: Activity) -> RecordLine:
    time_s = one.moving_s or one.elapsed_s
    return RecordLine(
        one.id, one.origin.name, one.origin.reader, one.start, one.distance_m, time_s, is_row(one)
    )


def _pairs(every: list[Made], held_apart: set[frozenset[str]]) -> Iterator[Pair]:
    """Looked for among those that began on the same day or the evening before."""
    for place, one in enumerate(every):
        for other in every[place + 1 :]:
            if (other.start.date() - one.start.date()).days > 1:
                break
            told = any(frozenset((a.id, b.id)) in held_apart for a in one.records for b in other.records)
            at_once = one.time_s is not None and _seconds_after(one, other) < one.time_s
            if told or ("run" in (one.sport, other.sport) and (at_once or _alike(one, other))):
                yield Pair(one, other, told, at_once)


def _seconds_after(one: Made, other: Made) -> float:
    return (other.start - one.start).total_seconds()


def _alike(one: Made, other: Made) -> bool:
    """A row of a table that may have the wrong hour.  Two recordings, or rows of one table, are two runs."""
    rows = [all(line.is_row for line in each.records) for each in (one, other)]
    files = {line.file for line in one.records} & {line.file for line in other.records}
    return (
        one.on == other.on
        and any(rows)
        and not files
        and _close(one.distance_m, other.distance_m)
        and _close(one.time_s, other.time_s)
    )


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= ALIKE_SHARE * max(one, other)


def part_record(store: Store, record: str) -> tuple[int, ...]:
    """Diary rows by which that record is held apart from all others it was joined with.

    Raises: BadInput where the record stands alone already.
    """
    found = next((each for each in copies_list(store.history()).joined if _has(each, record)), None)
    if found is None:
        raise BadInput((said("{id}: stands alone already", id=record),))
    return store.add(*(Sameness(record, each.id, False) for each in found.records if each.id != record))


def join_activities(store: Store, first: str, second: str) -> tuple[int, ...]:
    """Diary rows by which two activities are one from now on, with every record of both.

    Raises: BadInput where one of them is not there.
    """
    records = {id: ids_of(each) for each in each_once(store.history()).activities for id in ids_of(each)}
    if missing := [id for id in (first, second) if id not in records]:
        raise BadInput((said("{id}: no activity has such an id; see: backstride runs", id=missing[0]),))
    mine, theirs = records[first], records[second]
    if mine == theirs:
        raise BadInput((said("{id}: both are the same record; give two", id=first),))
    return store.add(*(Sameness(one, other, True) for one in mine for other in theirs))


def _has(made: Made, record: str) -> bool:
    return any(line.id == record for line in made.records)
