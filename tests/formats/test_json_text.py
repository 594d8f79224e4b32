"""What becomes of JSON that is damaged, half text, or hostile."""

from __future__ import annotations

import json
from math import isnan
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.formats.account.json_text import MOST_DAMAGES, begins_as_json, document, entries
from backstride.formats.account.values import above_zero, clock, day, key, number, span_s, text
from backstride.model.errors import BadFile

ROWS = [{"id": n, "name": f"run {n}", "splits": [{"at": 1}, {"at": 2}]} for n in range(6)]
LIST = json.dumps(ROWS).encode()
WRAPPED = json.dumps([{"rows": ROWS}]).encode()


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b" \r\n\t"])
def test_a_mark_or_blanks_before_it_do_not_hide_json(before: bytes) -> None:
    assert begins_as_json(before + LIST)
    assert len(entries(before + LIST, "x").entries) == 6


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_wide_letters_are_read_where_a_mark_tells_of_them(coding: str) -> None:
    mark = {"utf-16": b"", "utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe"}[coding]
    data = mark + LIST.decode().encode(coding)
    assert begins_as_json(data)
    assert len(entries(data, "x").entries) == 6


def test_bare_nan_and_infinity_are_no_numbers_but_lose_nothing_else() -> None:
    value = document(b'{"a": NaN, "b": [1, -Infinity, Infinity], "c": 2}', "x").value
    assert isinstance(value, dict)
    assert isnan(value["a"])
    assert [number(each) for each in (value["a"], *value["b"], value["c"])] == [None, 1, None, None, 2]


def test_of_equal_keys_the_last_counts() -> None:
    assert document(b'{"a": 1, "a": 2}', "x").value == {"a": 2}


def test_half_letters_become_question_marks() -> None:
    value = document(b'{"name": "run \\ud83d home \\ud83d\\ude00"}', "x").value
    assert isinstance(value, dict)
    told = text(value["name"])
    assert told == "run ? home \U0001f600"
    assert told.encode()


def test_bytes_that_are_no_text_are_told_and_lose_nothing_else() -> None:
    found = entries(LIST.replace(b"run 3", b"run \xff"), "x")
    assert len(found.entries) == 6
    assert "no text at byte" in found.warnings[0]


@pytest.mark.parametrize(("data", "within"), [(LIST, None), (WRAPPED, "rows")])
def test_a_list_cut_anywhere_keeps_every_entry_before_the_cut(data: bytes, within: str | None) -> None:
    for cut in range(len(data)):
        whole = data[:cut].decode().count("]}")
        try:
            found = entries(data[:cut], "x", within)
        except BadFile:
            assert whole == 0
        else:
            assert list(found.entries) == ROWS[: min(whole, 6)]
            assert found.warnings


@pytest.mark.parametrize(("data", "within"), [(LIST, None), (WRAPPED, "rows")])
@pytest.mark.parametrize("bad", range(6))
def test_one_damaged_entry_loses_no_other(data: bytes, within: str | None, bad: int) -> None:
    found = entries(data.replace(b'"name": "run %d"' % bad, b'"name": oops'), "x", within)
    assert list(found.entries) == [row for row in ROWS if row["id"] != bad]
    assert "damaged at 1 places" in found.warnings[0]


def test_a_document_cut_short_keeps_what_came_before() -> None:
    found = document(b'{"a": [1, 2, 3], "b": {"c": "cut', "x")
    assert found.value == {"a": [1, 2, 3]}
    assert "damaged at byte" in found.warnings[0]


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<html></html>", b"[", b'{"a"', b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe\x00"],
)
def test_what_cannot_be_read_is_refused_with_its_place(data: bytes) -> None:
    for reading in (document, entries):
        with pytest.raises(BadFile) as refused:
            reading(data, "x.json")
        assert refused.value.where.startswith("byte")
        assert refused.value.path == "x.json"


def test_numbers_of_thousands_of_digits_are_no_numbers() -> None:
    value = document(b'{"a": %s, "b": 1e999, "c": 3}' % (b"9" * 5000), "x").value
    assert isinstance(value, dict)
    assert [number(each) for each in value.values()] == [None, None, 3]


def test_an_id_keeps_all_its_digits() -> None:
    value = document(b'[123456789012345678, "00042", 7.0, 7.5, true, null, 0]', "x").value
    assert isinstance(value, list)
    assert [key(each) for each in value] == ["123456789012345678", "00042", "7", None, None, None, None]


def test_single_values_are_what_was_asked_for_or_none() -> None:
    assert [above_zero(each) for each in (0, -1, True, "--", "", None, [], "12.5")] == [*[None] * 7, 12.5]
    days = ("02/08/24 00:00:00", "2024-02-08T01:00", "2024-13-01", "0001-01-01", 5)
    assert [str(day(each)) for each in days] == ["2024-02-08", "2024-02-08", "None", "None", "None"]
    assert [span_s(each) for each in ("PT7H30M", "PT3019.875S", "PT", "PTxS", "7H", None)] == [
        27000.0, 3019.875, 0.0, None, None, None]  # fmt: skip
    assert clock("2024-02-08T01:00:00Z") is not None
    assert clock("yesterday") is None


@given(st.binary(max_size=200))
def test_whether_it_is_json_is_told_of_any_bytes(data: bytes) -> None:
    assert begins_as_json(data) in (True, False)


@pytest.mark.parametrize("entry", [b'{"id":oops},', b'{"id":1,', b'{"id":[[[[,'])
def test_a_list_of_nothing_but_damage_takes_no_time(entry: bytes) -> None:
    began = perf_counter()
    found = entries(b'[{"id":1},' + entry * 100_000, "x")
    assert found.entries[:1] == ({"id": 1},)
    assert f"damaged at {MOST_DAMAGES} places" in found.warnings[0]
    assert perf_counter() - began < 5
