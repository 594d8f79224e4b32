"""A table whose columns are known: each cell by row and by what it tells."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from backstride.formats.tables.clock import left_share, seconds
from backstride.formats.tables.dates import Dates, dates_of
from backstride.formats.tables.grid import Grid
from backstride.formats.tables.numbers import decimal_sign, number, told
from backstride.model.said import Said, said

LONGEST_TEXT = 4_000
"""Of a title or a note; services hold theirs shorter."""

_WORDS = frozenset(
    {"id", "kind", "date", "utc", "favorite", "title", "description", "private_note", "gear", "shoe", "file"}
)
"""What tells no number, so that a title such as "5,3 km" says nothing of how the table writes them."""


def folded(name: str) -> str:
    """A column's name as it is compared: no case, no doubled blanks, one way of writing each letter."""
    return " ".join(unicodedata.normalize("NFKC", name).replace("’", "'").casefold().split())


def places_of(header: Sequence[str], names: Collection[str]) -> list[int]:
    """Every place at which one of these names stands in the header, from the left."""
    return [at for at, name in enumerate(header) if folded(name) in names]


@dataclass(frozen=True)
class Sheet:
    """A grid, and at which place of it each thing stands.  Rows are counted from 0."""

    grid: Grid
    places: Mapping[str, int]
    """What a column tells -> its place."""

    def text(self, row: int, field: str) -> str | None:
        """The words of a cell; None where it holds none."""
        words = "".join(sign for sign in self._cell(row, field) if sign.isprintable() or sign == "\n").strip()
        return None if told(words) is None else words[:LONGEST_TEXT]

    def number(self, row: int, field: str) -> float | None:
        """The number of a cell; None where it holds none."""
        return number(self._cell(row, field), self._signs.get(field, self._sign))

    def above_zero(self, row: int, field: str) -> float | None:
        """The number of a cell in a column where makers fill in 0 for "not recorded"."""
        value = self.number(row, field)
        return value if value is not None and value > 0 else None

    def seconds(self, row: int, field: str) -> float | None:
        """The duration of a cell, above zero; None where it holds none."""
        return seconds(self._cell(row, field))

    def left_share(self, row: int, field: str) -> float | None:
        """The left foot's share of a cell that tells a balance; None where it holds none."""
        return left_share(self._cell(row, field))

    def dates(self, field: str) -> Dates:
        """The moments of a whole column."""
        return dates_of(self.column(field))

    def column(self, field: str) -> list[str]:
        """Every cell of a column; empty ones where there is no such column."""
        return [self._cell(row, field) for row in range(len(self.grid.rows))]

    def misfit(self, row: int) -> Said | None:
        """Why a row cannot be trusted, where its cells are not those that the header names."""
        cells = self.grid.misfits.get(row + 1)
        width = len(self.grid.header)
        if cells is not None and cells > width:
            return said("it has {cells} cells, the header names {width}", cells=cells, width=width)
        if self.grid.cut_short and row == len(self.grid.rows) - 1:
            return said("the file ends in the middle of it")
        return None

    def _cell(self, row: int, field: str) -> str:
        place, cells = self.places.get(field), self.grid.rows[row]
        return "" if place is None or place >= len(cells) else cells[place]

    @cached_property
    def _signs(self) -> dict[str, str]:
        """The decimal sign of each column that tells it itself."""
        told_by = {field: decimal_sign(self.column(field)) for field in self.places if field not in _WORDS}
        return {field: sign for field, sign in told_by.items() if sign is not None}

    @cached_property
    def _sign(self) -> str:
        """The decimal sign of the table, for columns that do not tell theirs."""
        signs = list(self._signs.values())
        return "," if signs.count(",") > signs.count(".") else "."
