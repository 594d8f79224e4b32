"""Dialects of tables: encodings, separators, quotes, and what no table of activities can hold."""

from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.formats.tables.grid import LONGEST_CELL, MOST_COLUMNS, grid_of, head_of
from backstride.model.errors import BadFile

PLAIN = "Tid,Namn\n1:00,Löpning\n2:00,Gång\n"
ROWS = (("1:00", "Löpning"), ("2:00", "Gång"))


@pytest.mark.parametrize(
    ("data", "repairs"),
    [
        (PLAIN.encode(), ()),
        (codecs.BOM_UTF8 + PLAIN.encode(), ()),
        (PLAIN.encode("utf-16"), ("repair_encoding",)),
        (PLAIN.encode("utf-16-le"), ("repair_encoding",)),
        (PLAIN.encode("utf-16-be"), ("repair_encoding",)),
        (PLAIN.encode("cp1252"), ("repair_encoding",)),
        (PLAIN.replace(",", ";").encode(), ()),
        (PLAIN.replace(",", "\t").encode(), ()),
        (PLAIN.replace("\n", "\r\n").encode(), ()),
        (PLAIN.replace("\n", "\r").encode(), ()),
        (b"sep=;\r\n" + PLAIN.replace(",", ";").encode(), ()),
        (PLAIN.replace("\n", "\n\n").encode(), ()),
    ],
)
def test_one_table_is_read_alike_from_every_dialect(data: bytes, repairs: tuple[str, ...]) -> None:
    grid = grid_of(data, "list.csv")
    assert (("Tid", "Namn"), ROWS, repairs) == (grid.header, grid.rows, grid.repairs)
    assert not grid.misfits
    assert not grid.cut_short


def test_a_wide_header_over_narrow_rows_costs_no_more_than_its_bytes() -> None:
    """A row keeps the cells that it has; padded to the header these would be two hundred million."""
    grid = grid_of(b"," * (MOST_COLUMNS - 2) + b"x\n" + b"1\n" * 100_000, "list.csv")
    assert {len(row) for row in grid.rows} == {1}


def test_a_quoted_cell_keeps_its_newlines_separators_and_doubled_quotes() -> None:
    (row,) = grid_of(b'a,b,c\n1,"two,\nlines of ""it""",3\n', "list.csv").rows
    assert row == ("1", 'two,\nlines of "it"', "3")


def test_quotes_after_a_backslash_are_read_as_a_named_repair() -> None:
    grid = grid_of(b'a,b,c\n1,"she said \\"go, now\\"",3\n4,"x, y",6\n', "list.csv")
    assert grid.rows == (("1", 'she said "go, now"', "3"), ("4", "x, y", "6"))
    assert grid.repairs == ("repair_backslash_quotes",)


def test_a_backslash_that_ends_a_cell_is_only_a_backslash() -> None:
    grid = grid_of(b'a,b\n"home\\","x"\n', "list.csv")
    assert grid.rows == (("home\\", "x"),)
    assert not grid.repairs


def test_one_damaged_letter_does_not_change_all_the_others() -> None:
    grid = grid_of(PLAIN.encode() + b"3:00,\xffL\xc3\xb6pning\n", "list.csv")
    assert grid.rows[0] == ROWS[0]
    assert grid.repairs == ("repair_encoding",)


def test_a_file_that_ends_in_the_middle_of_a_row_is_known_to() -> None:
    assert grid_of(b"a,b,c\n1,2,3\n4,5", "list.csv").cut_short
    assert not grid_of(b"a,b,c\n1,2,3\n4,5,6", "list.csv").cut_short


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1," + b"x" * (LONGEST_CELL + 1),
        b"a,b\n1," + b"x" * 200_000,
        b"a,b\n" + b"," * (MOST_COLUMNS + 1),
        b'a,b\n"' + b"never closed\n" * 20_000,
    ],
)
def test_a_row_or_cell_absurdly_long_is_refused_with_its_line(data: bytes) -> None:
    with pytest.raises(BadFile, match="more cells, rows or letters") as refused:
        grid_of(data, "list.csv")
    assert refused.value.where.startswith("line")


@pytest.mark.parametrize(
    "data", [b"", b"\0\0\0\0", b"<html>,</html>", b"{}", b"[1,2]", b"\x89PNG\r\n\x1a\n", b"\x0e\x10"]
)
def test_what_is_no_table_has_no_header(data: bytes) -> None:
    assert head_of(data) is None


@given(st.binary(max_size=300))
def test_any_bytes_have_a_header_or_none_and_never_raise(data: bytes) -> None:
    head_of(data)
    with suppress(BadFile):
        grid_of(data, "x.csv")
