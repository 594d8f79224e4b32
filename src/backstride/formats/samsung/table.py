"""One table of a Samsung Health export, by the bare names of its columns.

com.samsung.shealth.exercise,7005009,17                              what the table is, its version
title,source_type,com.samsung.health.exercise.datauuid,...           some columns with the table's prefix
,4,00000000-0000-0000-0000-000000000001,...,                         one more comma than the header has
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import TypeAlias

from backstride.formats.points import number
from backstride.formats.track import EARLIEST_S, LATEST_S

Row: TypeAlias = Mapping[str, str]

_BOM = b"\xef\xbb\xbf"
_FIRST = b"com.samsung."
_OFFSET = re.compile(r"UTC([+-])(\d\d):?(\d\d)")
_MILLISECONDS = re.compile(r"-?\d{9,14}")


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    name: str
    """As the maker calls it: com.samsung.shealth.exercise."""
    rows: tuple[Row, ...]
    """Bare column name -> text; where two columns have one bare name the first that is filled counts."""
    whole: bool
    """False where the end is not to be read."""


def is_table(data: bytes) -> bool:
    """True where the first line is that of such a table."""
    return data[:64].removeprefix(_BOM).startswith(_FIRST)


def table_of(data: bytes) -> Table:
    """The table; rows without any value are no rows."""
    text = data.removeprefix(_BOM).decode("utf-8", "replace").replace("\0", "")
    first, _, rest = text.partition("\n")
    name = re.sub(r"[^\w.]", "", first.split(",")[0])[:80]
    lines = csv.reader(StringIO(rest, newline=""))
    found: list[Row] = []
    try:
        names = [column.strip().rpartition(".")[2] for column in next(lines, [])]
        found.extend(_filled(names, lines))
    except csv.Error:
        return Table(name, tuple(found), whole=False)
    return Table(name, tuple(found), whole=True)


def _filled(names: list[str], lines: Iterator[list[str]]) -> Iterator[Row]:
    for line in lines:
        row: dict[str, str] = {}
        for name, cell in zip(names, line, strict=False):
            if cell.strip():
                row.setdefault(name, cell.strip())
        if row:
            yield row


def offset_of(row: Row) -> timedelta | None:
    """The offset from UTC: `UTC+0200`, in the first exports milliseconds; None where there is none."""
    text = row.get("time_offset", "")
    found = _OFFSET.fullmatch(text)
    if found is not None:
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return -offset if found[1] == "-" else offset
    milliseconds = number(text or None)
    return timedelta(milliseconds=milliseconds) if abs(milliseconds) <= 14 * 3_600_000 else None


def unix_s_of(text: str | None) -> float | None:
    """Seconds since 1970 of a moment in UTC, written as a date or in milliseconds; None where it is none."""
    if text is None:
        return None
    try:
        if _MILLISECONDS.fullmatch(text):
            seconds = int(text) / 1000
        else:
            at = datetime.fromisoformat(text)
            seconds = (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
    return seconds if EARLIEST_S <= seconds < LATEST_S else None


def above_zero(row: Row, column: str) -> float | None:
    """The number in a column; None where there is none, or zero, which stands for not measured."""
    value = number(row.get(column))
    return value if value > 0 else None
