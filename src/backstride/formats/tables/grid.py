"""The text of a table as its header and rows, in whichever dialect it is written.

What is known of the dialects: commas (Strava, Garmin), semicolons and tabs (after a spreadsheet of a country
with decimal commas), "sep=;" in front (Excel), newlines inside quoted cells (Strava's descriptions), quotes
doubled (all) or after a backslash (Strava's descriptions of some years).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice

from backstride.formats.tables.encoding import HEAD_BYTES, decoded
from backstride.model.errors import BadFile
from backstride.model.said import said

MOST_COLUMNS = 2_000
MOST_ROWS = 1_000_000
MOST_BYTES = 64 << 20
"""Twenty years of a service's list have about 10 MB, and a table takes several times its size in memory."""
LONGEST_CELL = 100_000
"""In letters.  The longest cells are descriptions, which services hold to a few thousand."""

_SIGNS = (",", ";", "\t")
_REPAIR_BACKSLASHES = "repair_backslash_quotes"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its header and its rows, none wider than the header; cells that a row lacks are not there."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    misfits: dict[int, int]
    """Row counted from 1 -> how many cells it has, where that is not what the header names."""
    cut_short: bool
    """The last row ends before its last cell."""
    repairs: tuple[str, ...]


def head_of(data: bytes) -> tuple[str, ...] | None:
    """The cells of the first line; None where the bytes are no table.  Never raises."""
    first = rows_of_head(data, 1)
    return first[0] if first else None


def rows_of_head(data: bytes, count: int) -> list[tuple[str, ...]]:
    """The first lines of a table, header and all, each as cells; empty where the bytes are no table."""
    head = data[:HEAD_BYTES]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"[", b""):
        return []
    text = decoded(head).text
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text[:200]):
        return []
    sign, text = _separator(text)
    try:
        rows = [_stripped(row) for row in islice(filter(any, _reader(text, sign, None)), count)]
    except csv.Error:
        return []
    return rows if rows and 1 <= len(rows[0]) <= MOST_COLUMNS else []


def grid_of(data: bytes, name: str) -> Grid:
    """The whole table.

    Raises: BadFile where it has no header, or a row or a cell that no table of activities can have.
    """
    if len(data) > MOST_BYTES:
        raise _too_large(name, 1)
    table = decoded(data)
    sign, text = _separator(table.text)
    plain = _rows(text, sign, None, name)
    repairs = table.repairs
    if "\\" in text and _odd(plain):
        escaped = _rows(text, sign, "\\", name)
        if _odd(escaped) < _odd(plain):
            plain, repairs = escaped, (*repairs, _REPAIR_BACKSLASHES)
    if not plain or not any(plain[0]):
        raise BadFile(name, said("line {line}", line=1), said("the table has no header"))
    return _fitted(plain, not text.endswith(("\n", "\r")), repairs)


def _fitted(lines: list[tuple[str, ...]], open_end: bool, repairs: tuple[str, ...]) -> Grid:
    header, *rows = lines
    width = len(header)
    misfits = {at: len(row) for at, row in enumerate(rows, 1) if len(row) != width}
    cut_short = open_end and len(rows) in misfits and misfits[len(rows)] < width
    return Grid(header, tuple(row[:width] for row in rows), misfits, cut_short, repairs)


def _rows(text: str, sign: str, escape: str | None, name: str) -> list[tuple[str, ...]]:
    """Every line that is not empty, its cells without the blanks around them."""
    rows: list[tuple[str, ...]] = []
    reader = _reader(text, sign, escape)
    try:
        for row in reader:
            if len(row) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in row):
                raise _too_large(name, reader.line_num)
            if any(row):
                rows.append(_stripped(row))
            if len(rows) > MOST_ROWS:
                raise _too_large(name, reader.line_num)
    except csv.Error:
        raise _too_large(name, reader.line_num) from None  # all it can object to is a cell past its limit
    return rows


def _too_large(name: str, line: int) -> BadFile:
    why = said("more cells, rows or letters than a table of activities has; export it again")
    return BadFile(name, said("line {line}", line=line), why)


def _reader(text: str, sign: str, escape: str | None):  # type: ignore[no-untyped-def]  # csv's type has no name
    return csv.reader(io.StringIO(text, newline=""), delimiter=sign, escapechar=escape)


def _stripped(row: list[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row)


def _odd(rows: list[tuple[str, ...]]) -> int:
    """How many rows are not as wide as the header."""
    return sum(len(row) != len(rows[0]) for row in rows) if rows else 0


def _separator(text: str) -> tuple[str, str]:
    """What stands between cells, and the text from its header on."""
    line, _, rest = text.partition("\n")
    if line.lower().startswith("sep=") and line.strip()[4:] in _SIGNS:  # Excel's own hint to itself
        return line.strip()[4:], rest
    header = line if line.count('"') % 2 == 0 else text[:HEAD_BYTES]
    bare = "".join(part for at, part in enumerate(header.split('"')) if at % 2 == 0)
    return max(_SIGNS, key=bare.count), text
