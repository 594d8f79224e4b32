"""What a FIT file's bytes say is what is read, value by value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats import fit_bytes as fb
from tests.formats.fit_bytes import D, F, Writer

from backstride.formats.fit.crc import PERIOD, crc16
from backstride.formats.fit.file import Part, parts_of
from backstride.formats.fit.profile import MESSAGES

RECORD = 20


def only_part(writer: Writer, **made: int | bool | None) -> Part:
    (part,) = parts_of(writer.file(**made), "made.fit")  # type: ignore[arg-type]
    assert part.warnings == ()
    return part


def numbers(part: Part, field: str) -> list[float]:
    column = part.table("record").number(field)
    assert column is not None
    return column.tolist()


@given(st.binary(max_size=200), st.sampled_from([0, 1, PERIOD - 3, PERIOD, 2 * PERIOD + 1]))
def test_the_checksum_is_the_one_worked_out_bit_by_bit(data: bytes, zeros: int) -> None:
    whole = data + bytes(zeros) + data[::-1]
    assert fb.crc(whole) == crc16(np.frombuffer(whole, np.uint8))


BASES = {
    fb.ENUM: (0, 254), fb.SINT8: (-128, 126), fb.UINT8: (0, 254), fb.UINT8Z: (1, 255),
    fb.SINT16: (-(2**15), 2**15 - 2), fb.UINT16: (0, 2**16 - 2), fb.UINT16Z: (1, 2**16 - 1),
    fb.SINT32: (-(2**31), 2**31 - 2), fb.UINT32: (0, 2**32 - 2), fb.UINT32Z: (1, 2**32 - 1),
}  # fmt: skip


@given(st.data(), st.booleans(), st.sampled_from(sorted(BASES)))
def test_whole_numbers_come_back_as_written_and_not_recorded_as_nan(
    data: st.DataObject, big: bool, base: int
) -> None:
    low, high = BASES[base]
    written = data.draw(st.lists(st.none() | st.integers(low, high), min_size=1, max_size=40))
    # Field 200 has no facts, so it comes unscaled.
    writer = fb.started().define(1, RECORD, [F(200, base), F(253, fb.UINT32)], big=big)
    for nth, value in enumerate(written):
        writer.data(1, value, fb.START + nth)
    part = only_part(writer)
    expected = [np.nan if value is None else float(value) for value in written]
    np.testing.assert_array_equal(expected, numbers(part, "unknown_200"))
    assert [float(fb.START + nth) for nth in range(len(written))] == numbers(part, "timestamp")


@given(st.lists(st.none() | st.floats(width=32, allow_nan=False), min_size=1, max_size=20), st.booleans())
def test_floats_come_back_as_written(written: list[float | None], big: bool) -> None:
    writer = fb.started().define(1, RECORD, [F(200, fb.FLOAT32)], big=big)
    for value in written:
        writer.data(1, value)
    expected = [np.nan if value is None else value for value in written]
    np.testing.assert_array_equal(expected, numbers(only_part(writer), "unknown_200"))


def test_a_signalling_nan_is_not_recorded_and_nothing_warns() -> None:
    writer = fb.started().define(1, RECORD, [F(200, fb.FLOAT32)]).data(1, 1.5)
    writer.raw(b"\x01\x01\x00\x80\x7f").raw(b"\x01\x00\x00\x80\x7f")
    np.testing.assert_array_equal([1.5, np.nan, np.inf], numbers(only_part(writer), "unknown_200"))


def test_developer_fields_may_be_texts_and_arrays() -> None:
    writer = described(described(fb.started(), "mood", fb.STRING, ""), "load", fb.SINT16, "N", 0, 1)
    writer.define(1, 18, [F(253, fb.UINT32)], [D(0, 0, fb.STRING, 8), D(1, 0, fb.SINT16, 3)])
    table = only_part(writer.data(1, fb.START, "good", [1, -2, None])).table("session")
    assert table.developer_texts("mood") == ["good"]
    np.testing.assert_array_equal([[1, -2, np.nan]], table.developer_array("load"))
    assert table.developer("mood") is None


def test_fields_come_in_their_units() -> None:
    part = only_part(fb.run(3))
    assert pytest.approx(numbers(part, "enhanced_altitude")) == [50.0, 50.2, 50.4]
    assert numbers(part, "distance") == [0.0, 3.0, 6.0]
    assert numbers(part, "stance_time") == [245.0] * 3
    assert numbers(part, "vertical_oscillation") == [85.3] * 3
    assert numbers(part, "fractional_cadence") == [0.5] * 3


def test_a_zero_is_a_zero_and_not_a_gap() -> None:
    writer = fb.started().define(1, RECORD, [F(7, fb.UINT16), F(5, fb.UINT32), F(1, fb.SINT32)])
    part = only_part(writer.data(1, 0, 0, 0))
    assert [0.0] == numbers(part, "power") == numbers(part, "distance") == numbers(part, "position_long")


def test_speed_and_altitude_stand_in_their_wide_fields_too() -> None:
    fields = [F(6, fb.UINT16), F(73, fb.UINT32), F(2, fb.UINT16)]
    writer = fb.started().define(1, RECORD, fields).data(1, 2500, None, 3000).data(1, 2500, 2600, None)
    part = only_part(writer)
    assert numbers(part, "enhanced_speed") == [2.5, 2.6]
    np.testing.assert_array_equal([100.0, np.nan], numbers(part, "enhanced_altitude"))


def test_texts_and_arrays_are_read() -> None:
    writer = fb.started().define(1, 12, [F(3, fb.STRING, 12), F(0, fb.ENUM)]).data(1, "Läufe", 1)
    writer.define(2, 78, [F(0, fb.UINT16, 3)]).data(2, [812, 820, None]).data(2, [799, None, None])
    part = only_part(writer)
    assert part.table("sport").texts("name") == ["Läufe"]
    beats = part.table("hrv").array("time")
    np.testing.assert_array_equal([[0.812, 0.82, np.nan], [0.799, np.nan, np.nan]], beats)
    assert part.table("hrv").number("time") is None


@pytest.mark.parametrize("header", [12, 14])
def test_both_lengths_of_header_are_read(header: int) -> None:
    part = only_part(fb.run(5), header=header)
    assert part.table("record").rows == 5


def test_layouts_may_change_and_interleave() -> None:
    """Records of two layouts come in file order, with NaN where one lacks a field."""
    writer = fb.started().define(1, RECORD, [F(253, fb.UINT32), F(3, fb.UINT8)])
    writer.define(2, RECORD, [F(253, fb.UINT32), F(7, fb.UINT16)], big=True)
    for nth in range(6):
        writer.data(1 + nth % 2, fb.START + nth, 100 + nth)
    part = only_part(writer)
    assert [float(fb.START + nth) for nth in range(6)] == numbers(part, "timestamp")
    np.testing.assert_array_equal([100, np.nan, 102, np.nan, 104, np.nan], numbers(part, "heart_rate"))
    np.testing.assert_array_equal([np.nan, 101, np.nan, 103, np.nan, 105], numbers(part, "power"))


@given(st.integers(1, 300), st.integers(1, 5), st.integers(0, 3))
def test_runs_of_equal_messages_are_found_whole(records: int, pause_every: int, tail: int) -> None:
    """However many records stand end to end, and whatever stands between, each is found once."""
    writer = fb.started().define(1, RECORD, [F(253, fb.UINT32), F(3, fb.UINT8)]).define(2, 21, fb.EVENT)
    for nth in range(records):
        writer.data(1, fb.START + nth, nth % 200)
        if nth % (pause_every * 7) == 0:
            writer.data(2, fb.START + nth, 0, 0)
    for _ in range(tail):
        writer.data(2, fb.START + records, 0, 4)
    part = only_part(writer)
    assert [float(fb.START + nth) for nth in range(records)] == numbers(part, "timestamp")
    assert (records - 1) // (pause_every * 7) + 1 + tail == part.table("event").rows


def described(writer: Writer, name: str, base: int, units: str, index: int = 0, number: int = 0) -> Writer:
    return writer.define(5, 206, fb.DESCRIPTION).data(5, index, number, base, name, units, None)


def test_a_developer_field_is_known_by_its_name() -> None:
    writer = described(fb.started(), "Power", fb.UINT16, "Watts")
    writer.define(1, RECORD, [F(253, fb.UINT32), F(7, fb.UINT16)], [D(0, 0, fb.UINT16)])
    table = only_part(writer.data(1, fb.START, 300, 250).data(1, fb.START + 1, 300, None)).table("record")
    assert table.numbers()["power"].tolist() == [300.0, 300.0]
    np.testing.assert_array_equal([250.0, np.nan], table.developer_numbers()["Power"])
    assert table.developer_fields["Power"][0].units == "Watts"


def test_a_developer_field_described_anew_keeps_what_came_before() -> None:
    """The same index and number mean a balance first and power later: neither is read as the other."""
    writer = described(fb.started(), "W' bal", fb.FLOAT32, "J")
    writer.define(1, RECORD, [F(253, fb.UINT32)], [D(0, 0, fb.FLOAT32)]).data(1, fb.START, 12.5)
    writer = described(writer, "Power", fb.UINT16, "Watts")
    writer.define(1, RECORD, [F(253, fb.UINT32)], [D(0, 0, fb.UINT16)]).data(1, fb.START + 1, 202)
    columns = only_part(writer).table("record").developer_numbers()
    np.testing.assert_array_equal([12.5, np.nan], columns["W' bal"])
    np.testing.assert_array_equal([np.nan, 202.0], columns["Power"])


def test_a_compressed_header_tells_the_next_such_second() -> None:
    """Five bits count on from the last whole time and roll over each 32 seconds."""
    writer = fb.started().define(0, RECORD, [F(253, fb.UINT32), F(3, fb.UINT8)]).data(0, fb.START, 100)
    writer.define(1, RECORD, [F(3, fb.UINT8)])
    for nth in range(1, 100, 3):
        writer.compressed(1, fb.START + nth, 100 + nth)
    part = only_part(writer)
    seconds = [0, *range(1, 100, 3)]
    assert [float(fb.START + nth) for nth in seconds] == numbers(part, "timestamp")
    assert [100.0 + nth for nth in seconds] == numbers(part, "heart_rate")


def test_compressed_speed_and_distance_are_unpacked() -> None:
    """12 bits of speed in 1/100 m/s, then 12 bits of distance in 1/16 m that roll over."""
    writer = fb.started().define(1, RECORD, [F(253, fb.UINT32), F(8, fb.BYTES, 3)])
    metres = [0.0, 100.0, 200.0, 300.0, 400.0]
    for nth, metre in enumerate(metres):
        packed = 350 | (int(metre * 16) % 4096) << 12
        writer.data(1, fb.START + nth, packed.to_bytes(3, "little"))
    writer.data(1, fb.START + 5, b"\xff\xff\xff")
    part = only_part(writer)
    np.testing.assert_array_equal([*metres, np.nan], numbers(part, "distance"))
    np.testing.assert_array_equal([3.5] * 5 + [np.nan], numbers(part, "enhanced_speed"))


def test_cycles_count_on_over_their_roll_over() -> None:
    writer = fb.started().define(1, RECORD, [F(253, fb.UINT32), F(18, fb.UINT8)])
    for nth, count in enumerate([250, 254, None, 3, 10]):
        writer.data(1, fb.START + nth, count)
    np.testing.assert_array_equal([250, 254, np.nan, 259, 266], numbers(only_part(writer), "total_cycles"))


def test_an_event_carries_its_short_data_in_its_long_field() -> None:
    writer = fb.started().define(1, 21, [*fb.EVENT, F(2, fb.UINT16)]).data(1, fb.START, 0, 0, 7)
    column = only_part(writer).table("event").number("data")
    assert column is not None
    assert column.tolist() == [7.0]


def test_chained_files_keep_apart_what_they_define() -> None:
    first = fb.run(4).file()
    second = fb.started().define(1, RECORD, [F(253, fb.UINT32), F(7, fb.UINT16)]).data(1, fb.START + 99, 210)
    parts = parts_of(first + second.file(), "chained.fit")
    assert [part.table("record").rows for part in parts] == [4, 1]
    assert numbers(parts[1], "power") == [210.0]
    assert parts[1].table("record").number("heart_rate") is None


def test_a_field_whose_size_does_not_fit_its_type_leaves_the_others_readable() -> None:
    """COROS declares three bytes of a two-byte number; the fields behind it still stand where they stand."""
    writer = fb.started()
    writer.raw(bytes((0x41, 0, 0, RECORD, 0, 3)) + bytes((253, 4, 0x86, 7, 3, 0x84, 3, 1, 0x02)))
    writer.raw(bytes([1]) + fb.START.to_bytes(4, "little") + b"abc" + bytes([150]))
    part = only_part(writer)
    assert numbers(part, "heart_rate") == [150.0]
    assert part.table("record").number("power") is None


def test_every_message_type_has_fields_with_names_of_their_own() -> None:
    for facts in MESSAGES.values():
        names = [each.name for each in facts.fields.values()]
        stamps = names.count("timestamp")
        assert len(names) - stamps == len(set(names) - {"timestamp"})
        assert all(each.scale > 0 for each in facts.fields.values())
