"""Damaged FIT files: what is sound is kept, every fault is told with its byte, and nothing ever breaks."""

from __future__ import annotations

import contextlib
import random
import struct
import time
import tracemalloc
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.formats import fit_bytes as fb
from tests.formats.fit_bytes import D, F, Writer

from backstride.formats.contents import Contents
from backstride.formats.fit.reader import read
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadFile

UTC = ZoneInfo("UTC")
SOUND = fb.run(200).file()
SIZE = 1 + sum(each.size for each in fb.RECORD)
"""Bytes of one record message."""


def contents(data: bytes) -> Contents:
    return read(data, "made.fit", UTC)


def rows(data: bytes) -> int:
    return sum(activity.stream.rows for activity in contents(data).activities)


def told(data: bytes, words: str) -> bool:
    found = contents(data)
    return any(words in warning for warning in found.warnings) and all(
        any(words in warning for warning in activity.warnings) for activity in found.activities
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 40, b"not a fit file", SOUND[:8], SOUND[:11], SOUND[14:]],
    ids=["empty", "zeros", "text", "no magic", "half a magic", "no header"],
)
def test_what_is_no_fit_file_is_refused_with_the_place_and_the_mend(data: bytes) -> None:
    with pytest.raises(BadFile, match="header") as refused:
        contents(data)
    assert (refused.value.path, refused.value.where) == ("made.fit", "byte 0")


@pytest.mark.parametrize("size", [12, 14, 15, 20])
def test_a_file_that_ends_behind_its_header_is_refused(size: int) -> None:
    with pytest.raises(BadFile, match=r"made\.fit: at byte") as refused:
        contents(SOUND[:size])
    assert refused.value.why


def test_a_wrong_checksum_is_a_warning_and_loses_nothing() -> None:
    data = SOUND[:-2] + bytes(2)
    assert rows(data) == 200
    assert told(data, f"at byte {len(SOUND) - 2:,}: the checksum does not fit")


def test_a_missing_checksum_is_a_warning() -> None:
    assert rows(SOUND[:-2]) == 200
    assert told(SOUND[:-2], "checksum at the end is missing")


@pytest.mark.parametrize("kept", [0.25, 0.5, 0.9])
def test_a_file_cut_short_keeps_every_whole_record_before_the_cut(kept: float) -> None:
    """Those that end before the cut are all there."""
    data = SOUND[: int(len(SOUND) * kept)]
    head = SOUND.index(bytes([1]) + struct.pack("<I", fb.START))
    whole = (len(data) - head) // SIZE
    assert min(200, whole) == rows(data)
    assert told(data, f"cut short at byte {len(data):,}")


def test_a_header_of_size_zero_is_read_to_the_end() -> None:
    data = fb.run(50).file(size=0)
    assert rows(data) == 50
    assert told(data, "the header says the file is empty")


def test_a_header_that_says_too_little_does_not_lose_the_rest() -> None:
    assert rows(fb.run(50).file(size=300)) == 50


def test_junk_before_the_header_is_passed_over_and_told() -> None:
    assert rows(b"\r\nsome proxy's greeting\r\n\r\n" + SOUND) == 200
    assert told(b"junk" + SOUND, "4 bytes stand before the header")


def test_junk_behind_the_end_is_passed_over_and_told() -> None:
    assert rows(SOUND + b"</html>") == 200
    assert told(SOUND + b"</html>", "7 bytes behind the end")


def test_a_chained_part_that_is_damaged_leaves_the_other_whole() -> None:
    data = SOUND + fb.run(100, fb.START + 90_000).file()[:1000]
    first, second = contents(data).activities
    assert (first.stream.rows, min(30, second.stream.rows)) == (200, 30)


def first_record() -> int:
    return SOUND.index(bytes([1]) + struct.pack("<I", fb.START))


@pytest.mark.parametrize("junk", [b"\x5f", b"\xff" * 7, bytes(range(16, 56)), b"\x30" * 500])
def test_junk_between_two_records_costs_at_most_those_beside_it(junk: bytes) -> None:
    at = first_record() + 100 * SIZE
    data = SOUND[:at] + junk + SOUND[at:]
    assert 198 <= rows(data) <= 200
    assert told(data, "damaged at byte")


@pytest.mark.parametrize("lost", [1, 7, 30, 45, 400])
def test_lost_bytes_cost_at_most_the_records_they_touch(lost: int) -> None:
    at = first_record() + 100 * SIZE + 11
    assert 200 - lost // SIZE - 3 <= rows(SOUND[:at] + SOUND[at + lost :]) <= 200


def test_a_value_that_was_flipped_loses_no_record() -> None:
    at = first_record() + 50 * SIZE + 14
    data = SOUND[:at] + bytes([SOUND[at] ^ 0xFF]) + SOUND[at + 1 :]
    assert rows(data) == 200
    assert told(data, "the checksum does not fit")


def test_a_layout_that_makes_no_sense_is_passed_over() -> None:
    """Byte order 7 and base types that do not exist are damage, not a layout."""
    at = first_record() + 100 * SIZE
    nonsense = bytes((0x41, 0, 7, 20, 0, 2, 253, 4, 0x86, 3, 1, 0x02))
    assert 198 <= rows(SOUND[:at] + nonsense + SOUND[at:]) <= 200


def test_a_data_message_of_a_type_nobody_defined_is_told() -> None:
    writer = fb.started().raw(bytes([7, 1, 2, 3]))
    found = contents(writer.file())
    assert any("no message can begin here" in warning for warning in found.warnings)


def definition_bomb() -> bytes:
    """60,000 different layouts of 30 fields each."""
    writer = Writer()
    for nth in range(60_000):
        fields = [F(nth % 250, fb.UINT8), F(nth // 250, fb.UINT8), *(F(each, fb.UINT8) for each in range(28))]
        writer.body += fb.definition(1, 20, fields)
    return writer.file(checksum=False)


def description_bomb() -> bytes:
    """A description told anew before each of 30,000 layouts."""
    writer = fb.started()
    for nth in range(30_000):
        writer.define(5, 206, [F(0, fb.UINT8), F(1, fb.UINT8), F(3, fb.STRING, 8)]).data(5, 0, 0, f"f{nth}")
        writer.define(1, 20, [F(3, fb.UINT8)], [D(0, 0, fb.UINT8)]).data(1, 120, 1)
    return writer.file(checksum=False)


def width_bomb() -> bytes:
    """Records of one byte beside one layout of 255 fields: a wide table would be empty but for one row."""
    writer = Writer().define(1, 20, [F(number, fb.UINT8) for number in range(253)]).data(1, *[1] * 253)
    writer.define(2, 20, [])
    writer.body += bytes([2]) * 1_000_000
    return writer.file(checksum=False)


def trap_bomb() -> bytes:
    """Headers that can begin nothing, with candidates for a sound place all between them."""
    writer = fb.started().define(1, 20, [F(253, fb.UINT32), F(3, fb.UINT8)])
    trap = bytes([0x3B, 1]) + struct.pack("<I", fb.START) + b"\x3b"
    writer.body += trap * 150_000
    return writer.file(checksum=False)


def header_bomb() -> bytes:
    """Thousands of empty files chained."""
    return Writer().file() * 5_000 + SOUND


@pytest.mark.parametrize("bomb", [definition_bomb, description_bomb, width_bomb, trap_bomb, header_bomb])
def test_a_file_made_to_exhaust_the_reader_is_over_in_bounded_time_and_memory(bomb) -> None:  # type: ignore[no-untyped-def]
    data = bomb()
    tracemalloc.start()
    begun = time.process_time()
    try:
        with contextlib.suppress(BadFile):
            contents(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - begun < 30
    assert peak < 200_000_000 + 60 * len(data)


def outcome(data: bytes) -> tuple[BadFile | None, Contents | None]:
    try:
        return None, contents(data)
    except BadFile as refused:
        return refused, None


def check(data: bytes) -> None:
    """Either refused in words or read into known channels in range."""
    refused, found = outcome(data)
    if found is None:
        assert refused is not None
        assert refused.path == "made.fit"
        assert refused.where
        assert refused.why
        return
    assert found.kind
    for activity in found.activities:
        for name, column in activity.stream.items():
            row = CHANNELS[name]
            assert column.size == activity.stream.rows
            assert not ((column < row.low) | (column > row.high)).any()


@given(st.binary(max_size=3000))
@example(b"")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check(data)


@given(st.binary(max_size=2000), st.sampled_from([12, 14]))
def test_any_bytes_behind_a_sound_header_are_read_or_refused(body: bytes, header: int) -> None:
    check(Writer(bytearray(body)).file(header=header))


def compressed_file() -> bytes:
    writer = fb.started().define(0, 20, [F(253, fb.UINT32), F(8, fb.BYTES, 3)]).data(0, fb.START, b"abc")
    return writer.define(1, 20, [F(3, fb.UINT8)]).compressed(1, 3, 99).file()


def developer_file() -> bytes:
    writer = fb.started().define(5, 206, fb.DESCRIPTION)
    writer.data(5, 0, 0, fb.UINT16, "Form Power", "Watts", 7)
    writer.define(1, 20, fb.RECORD, [D(0, 0, fb.UINT16)], big=True)
    return writer.data(1, *fb.record(0), 70).file()


def strap_file() -> bytes:
    writer = fb.started().define(2, 132, [F(253, fb.UINT32), F(9, fb.UINT32), F(6, fb.UINT8)])
    writer.data(2, fb.START, 4000, 99).define(2, 132, [F(6, fb.UINT8, 8), F(10, fb.BYTES, 12)])
    writer.data(2, [99] * 8, b"abcdefghijkl").define(1, 20, fb.RECORD)
    return writer.data(1, *fb.record(0)).file()


SEEDS = (
    fb.run(20).file(),
    fb.run(20).file(header=12),
    fb.run(8).file() + fb.run(8, fb.START + 9000).file(),
    compressed_file(),
    developer_file(),
    strap_file(),
)


def mutated(data: bytes, seed: int) -> bytes:
    """Some of: cut, flipped bytes, a span lost, a span told twice, two places swapped."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if len(changed) < 4:
            break
        first, last = sorted(chance.sample(range(len(changed)), 2))
        match chance.randrange(5):
            case 0:
                del changed[max(16, first) :]
            case 1:
                for _ in range(chance.randint(1, 20)):
                    changed[chance.randrange(len(changed))] = chance.randrange(256)
            case 2:
                del changed[first : min(last, first + 80)]
            case 3:
                changed[first:first] = changed[first : min(last, first + 80)]
            case _:
                changed[first], changed[last] = changed[last], changed[first]
    return bytes(changed)


@settings(max_examples=400)
@given(st.integers(0, len(SEEDS) - 1), st.integers(0, 2**32))
def test_mutations_of_sound_files_are_read_or_refused(which: int, seed: int) -> None:
    check(mutated(SEEDS[which], seed))
