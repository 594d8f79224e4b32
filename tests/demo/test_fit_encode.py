"""The FIT encoder: what was put in is what others read out, and what does not fit is refused."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.formats.fit.encode import (
    Field,
    Layout,
    OwnField,
    encode,
    fit_seconds,
    messages,
    own_fields,
    rows,
    semicircles,
)
from backstride.formats.fit.encode_values import BASE_BYTES, BaseName, Kind
from backstride.formats.fit.file import parts_of
from backstride.model.errors import BadInput

fitdecode = pytest.importorskip("fitdecode", reason="fitdecode is the outside reader that checks the encoder")

FLOATS: tuple[BaseName, ...] = ("float32", "float64")
WHOLE = tuple(base for base in BASE_BYTES if base not in (*FLOATS, "string"))
_FILE_ID = messages(Layout("file_id", (Field("type", "enum"),)), {"type": 4})


@dataclass(frozen=True)
class Drawn:
    """A layout, and the rows to write with it."""

    layout: Layout
    values: dict[str, list[object]]


def _numbers(base: BaseName) -> st.SearchStrategy[float]:
    if base in FLOATS:
        return st.floats(width=32 if base == "float32" else 64, allow_nan=False, allow_infinity=False)
    _, low, high = Kind(base).limits()
    return st.integers(low, high)


def _cells(field: Field | OwnField) -> st.SearchStrategy[object]:
    if field.base == "string":
        signs = st.characters(min_codepoint=32, max_codepoint=126)
        return st.text(signs, max_size=field.count - 1).map(str.rstrip)
    known = st.none() | _numbers(field.base)
    return known if field.count == 1 else st.lists(known, min_size=field.count, max_size=field.count)


@st.composite
def _drawn(draw: st.DrawFn) -> Drawn:
    bases = draw(st.lists(st.sampled_from(sorted(BASE_BYTES)), min_size=1, max_size=6))
    sizes = [draw(st.integers(2, 12) if base == "string" else st.integers(1, 3)) for base in bases]
    fields = [
        Field(f"unknown_{nth}", base, size) for nth, (base, size) in enumerate(zip(bases, sizes, strict=True))
    ]
    cut = draw(st.integers(1, len(fields)))
    own = tuple(
        OwnField(f"own {nth}", nth, each.base, "u", count=each.count) for nth, each in enumerate(fields[cut:])
    )
    layout = Layout(
        f"unknown_{draw(st.integers(0xFF00, 0xFFFE))}",
        tuple(fields[:cut]),
        own,
        draw(st.integers(0, 15)),
        draw(st.booleans()),
    )
    count = draw(st.integers(1, 4))
    values = {each.name: [draw(_cells(each)) for _ in range(count)] for each in layout.every}
    return Drawn(layout, values)


def _file(drawn: Drawn) -> bytes:
    described = own_fields(drawn.layout.own, bytes(range(16))) if drawn.layout.own else b""
    return encode((_FILE_ID, described, messages(drawn.layout, drawn.values)))  # type: ignore[arg-type]


def _frames(data: bytes) -> list[object]:
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        return [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]


def _cells_in(value: object, base: BaseName) -> list[object]:
    """The cells of one field, gaps as None, the same for what was written and for what fitdecode tells.

    It tells a field of gaps alone as one gap, an empty text as a gap, and the gaps among bytes as 255.
    """
    cells = list(value) if isinstance(value, (list, tuple, bytes)) else [value]
    gaps = [None, "", *([255] if base == "byte" else [])]
    plain = [None if each in gaps or each != each else each for each in cells]
    return plain if any(each is not None for each in plain) else [None]


@settings(deadline=None)
@given(_drawn())
def test_what_was_written_is_what_fitdecode_reads(drawn: Drawn) -> None:
    """Every base type, array, text and developer field, in either byte order, with gaps as gaps."""
    frames = _frames(_file(drawn))[-len(next(iter(drawn.values.values()))) :]
    for nth, frame in enumerate(frames):
        for told, field in zip(frame.fields, drawn.layout.every, strict=True):  # type: ignore[attr-defined]
            written = _cells_in(drawn.values[field.name][nth], field.base)
            assert written == _cells_in(told.raw_value, field.base)


@settings(deadline=None)
@given(_drawn())
def test_what_was_written_is_what_our_decoder_reads(drawn: Drawn) -> None:
    """Numbers come back as they were, with NaN for a gap."""
    (part,) = parts_of(_file(drawn), "made.fit")
    table = part.table_of(drawn.layout.number)
    assert not part.warnings
    for field in drawn.layout.fields:
        if field.base in ("string", "byte"):
            continue
        read = table.number(field.name) if field.count == 1 else table.array(field.name)
        assert read is not None
        written = np.array(drawn.values[field.name], dtype=np.float64)
        np.testing.assert_array_equal(written, read)


@pytest.mark.parametrize("base", WHOLE)
def test_the_ends_of_every_base_type_can_be_written_and_nothing_beyond(base: BaseName) -> None:
    """The pattern that means "not recorded" is no value."""
    invalid, low, high = Kind(base).limits()
    layout = Layout("unknown_65000", (Field("unknown_1", base),))
    assert 2 * (1 + Kind(base).size) == len(rows(layout, {"unknown_1": [low, high]}))
    for beyond in {low - 1, high + 1, invalid}:
        with pytest.raises(BadInput, match="unknown_1: a value lies outside"):
            rows(layout, {"unknown_1": [beyond]})


def test_every_fault_of_the_columns_is_named_at_once() -> None:
    layout = Layout("record", (Field("heart_rate", "uint8"), Field("enhanced_speed", "uint32")))
    with pytest.raises(BadInput) as refused:
        rows(layout, {"heart_rate": [100, 255], "enhanced_speed": [-1.0, 2.0], "nowhere": 3})
    assert list(refused.value.faults) == [
        "record.nowhere: not in the layout",
        "record.heart_rate: a value lies outside 0 to 254, all that the field can hold",
        "record.enhanced_speed: a value lies outside 0 to 4.29497e+06, all that the field can hold",
    ]


def test_columns_of_unlike_length_are_refused() -> None:
    layout = Layout("record", (Field("heart_rate", "uint8"), Field("cadence", "uint8")))
    with pytest.raises(BadInput, match="as many"):
        rows(layout, {"heart_rate": [1, 2, 3], "cadence": [1, 2]})


@pytest.mark.parametrize(
    ("layout", "fault"),
    [
        (Layout("recrod", ()), "recrod: no such name"),
        (Layout("record", (Field("hart_rate", "uint8"),)), "hart_rate: no such name"),
        (Layout("record", (Field("heart_rate", "uint8"),), local=16), "local type 16"),
        (Layout("record", (Field("unknown_1", "string", 256),)), "256 bytes"),
        (Layout("record", (Field("unknown_1", "uint8", 0),)), "0 bytes"),
        (Layout("record", (Field("heart_rate", "uint8"),) * 2), "two fields of one name"),
    ],
)
def test_a_layout_that_cannot_be_written_is_refused(layout: Layout, fault: str) -> None:
    with pytest.raises(BadInput, match=fault):
        messages(layout, {})


def test_a_text_that_leaves_no_room_for_its_closing_zero_is_refused() -> None:
    layout = Layout("workout", (Field("wkt_name", "string", 4),))
    assert b"abc\0" in messages(layout, {"wkt_name": "abc"})
    with pytest.raises(BadInput, match="do not fit in 4"):
        messages(layout, {"wkt_name": "abcd"})


def test_values_are_given_in_the_units_of_the_profile() -> None:
    """Scale and offset of a field are the encoder's business."""
    layout = Layout("record", (Field("enhanced_altitude", "uint32"), Field("stance_time", "uint16")))
    (frame,) = _frames(encode((messages(layout, {"enhanced_altitude": -10.2, "stance_time": 265.3}),)))
    assert pytest.approx(frame.get_value("enhanced_altitude")) == -10.2  # type: ignore[attr-defined]
    assert pytest.approx(frame.get_value("stance_time")) == 265.3  # type: ignore[attr-defined]


def test_the_half_circle_is_the_same_place_from_both_sides() -> None:
    """180 degrees east has no number of its own: it is written as 180 west."""
    read = semicircles(np.array([180.0, -180.0, 0.0, 90.0, np.nan]))
    np.testing.assert_array_equal([-(2.0**31), -(2.0**31), 0.0, 2.0**30, np.nan], read)


def test_the_epoch_is_the_last_day_of_1989() -> None:
    assert fit_seconds(datetime(1989, 12, 31, tzinfo=UTC)) == 0
    assert fit_seconds(datetime(2021, 9, 8, 1, 46, 40, tzinfo=UTC)) == 1_000_000_000
