"""Writes FIT bytes for tests: definitions, data, developer fields, compressed headers, chains, checksums.

Kept apart from the program's own encoder on purpose, so that reader and writer cannot share a mistake:
everything goes through `struct`, one value at a time, and the checksum bit by bit.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any  # the values of a message are of many types

ENUM, SINT8, UINT8, STRING, BYTES = 0x00, 0x01, 0x02, 0x07, 0x0D
SINT16, UINT16, SINT32, UINT32 = 0x83, 0x84, 0x85, 0x86
FLOAT32, FLOAT64, UINT8Z, UINT16Z, UINT32Z = 0x88, 0x89, 0x0A, 0x8B, 0x8C

CODES = {
    ENUM: "B", SINT8: "b", UINT8: "B", UINT8Z: "B", BYTES: "B", SINT16: "h", UINT16: "H", UINT16Z: "H",
    SINT32: "i", UINT32: "I", UINT32Z: "I", FLOAT32: "f", FLOAT64: "d",
}  # fmt: skip
INVALID: dict[int, float] = {
    ENUM: 0xFF, SINT8: 0x7F, UINT8: 0xFF, UINT8Z: 0, BYTES: 0xFF, SINT16: 0x7FFF, UINT16: 0xFFFF,
    UINT16Z: 0, SINT32: 0x7FFFFFFF, UINT32: 0xFFFFFFFF, UINT32Z: 0, FLOAT32: float("nan"),
    FLOAT64: float("nan"),
}  # fmt: skip

Value = float | str | bytes | None | Sequence[float]
EPOCH = 631_065_600
START = 1_100_000_000
"""2024-11-08 11:33:20 UTC in FIT seconds."""


@dataclass(frozen=True, slots=True)
class F:
    """One field of a definition: number, base type, and how many values or bytes."""

    number: int
    base: int
    count: int = 1

    @property
    def size(self) -> int:
        return self.count if self.base == STRING else self.count * struct.calcsize(CODES[self.base])


@dataclass(frozen=True, slots=True)
class D:
    """One developer field of a definition."""

    number: int
    index: int
    base: int
    count: int = 1

    @property
    def field(self) -> F:
        return F(self.number, self.base, self.count)


def crc(data: bytes) -> int:
    """CRC-16/ARC, bit by bit."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def stored(slot: F, value: Value, big: bool = False) -> bytes:
    """The value as the field holds it; None is "not recorded"."""
    if slot.base == STRING:
        return str(value or "").encode()[: slot.count].ljust(slot.count, b"\0")
    if isinstance(value, bytes):
        return value.ljust(slot.size, b"\xff")
    values: list[Any] = list(value) if isinstance(value, (list, tuple)) else [value] * slot.count
    filled = [INVALID[slot.base] if each is None else each for each in values]
    if slot.base not in (FLOAT32, FLOAT64):
        filled = [int(each) for each in filled]
    return struct.pack((">" if big else "<") + CODES[slot.base] * slot.count, *filled)


def definition(
    local: int, message: int, fields: Sequence[F], developer: Sequence[D] = (), big: bool = False
) -> bytes:
    """A definition message."""
    head = struct.pack(
        ">BBBH" if big else "<BBBH", 0x40 | (0x20 if developer else 0) | local, 0, big, message
    )
    body = bytes([len(fields)]) + b"".join(bytes((f.number, f.size, f.base)) for f in fields)
    if developer:
        body += bytes([len(developer)])
        body += b"".join(bytes((d.number, d.field.size, d.index)) for d in developer)
    return head + body


@dataclass
class Writer:
    """Messages one after another; `file()` puts header and checksum around them."""

    body: bytearray = field(default_factory=bytearray)
    layouts: dict[int, tuple[list[F], list[D], bool]] = field(default_factory=dict)

    def define(
        self, local: int, message: int, fields: Sequence[F], developer: Sequence[D] = (), big: bool = False
    ) -> Writer:
        self.layouts[local] = (list(fields), list(developer), big)
        self.body += definition(local, message, fields, developer, big)
        return self

    def data(self, local: int, *values: Value) -> Writer:
        self.body += bytes([local]) + self._values(local, values)
        return self

    def compressed(self, local: int, offset_s: int, *values: Value) -> Writer:
        """A data message whose header holds the low five bits of its time."""
        self.body += bytes([0x80 | local << 5 | offset_s & 0x1F]) + self._values(local, values)
        return self

    def raw(self, data: bytes) -> Writer:
        self.body += data
        return self

    def _values(self, local: int, values: Sequence[Value]) -> bytes:
        fields, developer, big = self.layouts[local]
        slots = [*fields, *(each.field for each in developer)]
        return b"".join(stored(slot, value, big) for slot, value in zip(slots, values, strict=True))

    def file(self, header: int = 14, size: int | None = None, checksum: bool = True) -> bytes:
        """The whole file."""
        declared = len(self.body) if size is None else size
        head = struct.pack("<BBHI4s", header, 0x20, 2195, declared, b".FIT")
        if header == 14:
            head += struct.pack("<H", crc(head))
        whole = head + bytes(self.body)
        return whole + (struct.pack("<H", crc(whole)) if checksum else b"")


FILE_ID = [F(0, ENUM), F(1, UINT16), F(2, UINT16), F(3, UINT32Z), F(4, UINT32)]
RECORD = [
    F(253, UINT32), F(0, SINT32), F(1, SINT32), F(2, UINT16), F(3, UINT8), F(4, UINT8), F(53, UINT8),
    F(5, UINT32), F(6, UINT16), F(41, UINT16), F(39, UINT16),
]  # fmt: skip
"""timestamp, lat, long, altitude, heart rate, cadence, fraction, distance, speed, contact, oscillation."""
SESSION = [
    F(253, UINT32), F(2, UINT32), F(5, ENUM), F(6, ENUM), F(7, UINT32), F(8, UINT32), F(9, UINT32),
    F(22, UINT16), F(23, UINT16), F(16, UINT8), F(18, UINT8), F(193, UINT8),
]  # fmt: skip
"""timestamp, start, sport, sub-sport, elapsed, timer, distance, ascent, descent, heart rate, cadence, RPE."""
LAP = [F(253, UINT32), F(2, UINT32), F(7, UINT32), F(8, UINT32), F(9, UINT32), F(15, UINT8), F(17, UINT8)]
ACTIVITY = [F(253, UINT32), F(0, UINT32), F(1, UINT16), F(5, UINT32)]
EVENT = [F(253, UINT32), F(0, ENUM), F(1, ENUM)]
DESCRIPTION = [F(0, UINT8), F(1, UINT8), F(2, UINT8), F(3, STRING, 24), F(8, STRING, 16), F(15, UINT8)]


def semicircles(degrees: float) -> int:
    return round(degrees * 2**31 / 180)


def started(writer: Writer | None = None, kind: int = 4) -> Writer:
    """A writer that has written who wrote the file."""
    return (writer or Writer()).define(0, 0, FILE_ID).data(0, kind, 1, 4024, 1, START)


def record(nth: int, at: int = START, **changed: Value) -> list[Value]:
    """The values of one second of a run northwards from Lisbon."""
    values: dict[str, Value] = {
        "timestamp": at + nth,
        "latitude": semicircles(38.72 + nth * 2.7e-5),
        "longitude": semicircles(-9.14),
        "altitude": round((50 + nth * 0.2 + 500) * 5),
        "heart_rate": 120 + nth % 40,
        "cadence": 85,
        "fraction": 64,
        "distance": nth * 300,
        "speed": 3000,
        "contact": 2450,
        "oscillation": 853,
    }
    assert changed.keys() <= values.keys()
    return list((values | changed).values())


def session(seconds: int = 60, start: int = START, **changed: Value) -> list[Value]:
    """The values of the session of such a run."""
    values: dict[str, Value] = {
        "timestamp": start + seconds, "start": start, "sport": 1, "sub_sport": 0, "elapsed": seconds * 1000,
        "timer": seconds * 1000, "distance": seconds * 300, "ascent": 12, "descent": 3, "heart_rate": 140,
        "cadence": 85, "rpe": 40,
    }  # fmt: skip
    assert changed.keys() <= values.keys()
    return list((values | changed).values())


def run(seconds: int = 60, start: int = START, sport: int = 1, sub_sport: int = 0) -> Writer:
    """A whole run as a watch writes it: records, a lap, a session, and a local clock an hour ahead."""
    writer = started()
    writer.define(1, 20, RECORD)
    for nth in range(seconds):
        writer.data(1, *record(nth, start))
    writer.define(2, 19, LAP).data(
        2, start + seconds, start, seconds * 1000, seconds * 1000, seconds * 300, 140, 85
    )
    writer.define(3, 18, SESSION).data(3, *session(seconds, start, sport=sport, sub_sport=sub_sport))
    return writer.define(4, 34, ACTIVITY).data(4, start + seconds, seconds * 1000, 1, start + seconds + 3600)
