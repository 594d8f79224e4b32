"""How the messages of a FIT file lie in its bytes: base types, definitions, developer field descriptions."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.profile import TIMESTAMP

FIELD_DESCRIPTION = 206
"""Number of the message that describes a developer field."""

MESG_DEFINITION = 0x40
DEVELOPER_DATA = 0x20
COMPRESSED = 0x80
"""Bits of a message's header byte."""

STRING, BYTES = 7, 13
"""Numbers of the two base types that hold no numbers."""


@dataclass(frozen=True, slots=True)
class BaseType:
    """How one number is stored, and which pattern stands for "not recorded"."""

    code: str
    """NumPy's, without byte order."""
    size: int
    invalid: int | None
    """None for floats, where it is a NaN already."""


BASE_TYPES: dict[int, BaseType] = {
    0: BaseType("u1", 1, 0xFF),
    1: BaseType("i1", 1, 0x7F),
    2: BaseType("u1", 1, 0xFF),
    3: BaseType("i2", 2, 0x7FFF),
    4: BaseType("u2", 2, 0xFFFF),
    5: BaseType("i4", 4, 0x7FFF_FFFF),
    6: BaseType("u4", 4, 0xFFFF_FFFF),
    8: BaseType("f4", 4, None),
    9: BaseType("f8", 8, None),
    10: BaseType("u1", 1, 0),
    11: BaseType("u2", 2, 0),
    12: BaseType("u4", 4, 0),
    14: BaseType("i8", 8, 0x7FFF_FFFF_FFFF_FFFF),
    15: BaseType("u8", 8, 0xFFFF_FFFF_FFFF_FFFF),
    16: BaseType("u8", 8, 0),
}
"""By the low five bits of the base type byte; the upper three say only whether byte order matters."""


@dataclass(frozen=True, slots=True)
class DeveloperField:
    """What a field_description message says of one developer field."""

    index: int
    """Of the app that writes it, in this file."""
    number: int
    name: str
    base: int
    scale: float
    offset: float
    units: str
    native: int | None
    """The record field it stands for, where it says so."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a definition."""

    at: int
    """Bytes from the message's header byte."""
    size: int
    number: int
    base: int


@dataclass(frozen=True, slots=True)
class DeveloperSlot:
    """One developer field of a definition."""

    at: int
    size: int
    number: int
    index: int
    described: DeveloperField | None
    """As described before this definition stood; None where no description came first."""


@dataclass(slots=True)
class Definition:
    """The layout of one kind of message, and where messages of that layout start."""

    message: int
    little: bool
    size: int
    """Whole, with the header byte."""
    slots: tuple[Slot, ...]
    developer: tuple[DeveloperSlot, ...]
    stamp_at: int | None
    """Bytes from the header byte to the timestamp; None where it has none of four bytes."""
    starts: list[int] = field(default_factory=list)
    """Places of header bytes of messages that stand alone."""
    short_starts: list[int] = field(default_factory=list)
    """The same, for messages with a compressed timestamp."""
    runs: list[tuple[int, int]] = field(default_factory=list)
    """Place of the first header byte, and count, of messages that stand end to end."""

    @property
    def count(self) -> int:
        """How many messages have this layout."""
        return len(self.starts) + len(self.short_starts) + sum(count for _, count in self.runs)

    def places(self) -> NDArray[np.int64]:
        """Where all its messages start, in file order."""
        ends = [(first, first + count * self.size) for first, count in self.runs]
        parts = [np.arange(first, end, self.size) for first, end in ends]
        parts += [np.array(some, np.int64) for some in (self.starts, self.short_starts) if some]
        if len(parts) == 1:
            return parts[0]
        return np.sort(np.concatenate(parts)) if parts else np.zeros(0, np.int64)

    def last_places(self, most: int) -> list[int]:
        """Where its last messages start: up to `most` of each way they were noted, in no order."""
        places = self.starts[-most:] + self.short_starts[-most:]
        for first, count in self.runs[-most:]:
            places.extend(first + nth * self.size for nth in range(max(0, count - most), count))
        return places

    def drop_last(self) -> None:
        """Forget the message that stands last."""
        last = max(self.last_places(1))
        for some in (self.starts, self.short_starts):
            if some and some[-1] == last:
                some.pop()
                return
        first, count = self.runs.pop()
        if count > 1:
            self.runs.append((first, count - 1))


Descriptions = dict[tuple[int, int], DeveloperField]
"""By the app's index and the field's number, as they stand at one place of the file."""


def definition_length(data: bytes, at: int, end: int) -> int | None:
    """Bytes of the definition message at `at`; None where it would run past `end`."""
    if at + 6 > end:
        return None
    length = 6 + 3 * data[at + 5]
    if data[at] & DEVELOPER_DATA:
        if at + length >= end:
            return None
        length += 1 + 3 * data[at + length]
    return length if at + length <= end else None


def definition_at(data: bytes, at: int, descriptions: Descriptions) -> Definition:
    """The definition message that starts at `at`; it must lie whole in the data."""
    little = data[at + 2] == 0
    place, stamp_at, p = 1, None, at + 6
    slots = []
    for _ in range(data[at + 5]):
        number, size, base = data[p], data[p + 1], data[p + 2] & 0x1F
        if number == TIMESTAMP and size == 4:
            stamp_at = place
        slots.append(Slot(place, size, number, base))
        place, p = place + size, p + 3
    developer = []
    if data[at] & DEVELOPER_DATA:
        count, p = data[p], p + 1
        for _ in range(count):
            number, size, index = data[p], data[p + 1], data[p + 2]
            described = descriptions.get((index, number))
            developer.append(DeveloperSlot(place, size, number, index, described))
            place, p = place + size, p + 3
    message = int.from_bytes(data[at + 3 : at + 5], "little" if little else "big")
    return Definition(message, little, place, tuple(slots), tuple(developer), stamp_at)


def is_possible(data: bytes, at: int) -> bool:
    """True when the definition could have been written by a device: byte order 0 or 1, known base types.

    One unknown base type is let pass, for a type that the protocol may yet add.
    """
    if data[at] & 0x10 or data[at + 2] > 1:
        return False
    bases = data[at + 8 : at + 6 + 3 * data[at + 5] : 3]
    return sum(base & 0x1F > 16 for base in bases) <= 1


def is_likely(data: bytes, at: int) -> bool:
    """True when it is hardly anything but a definition: used where the bytes before it are damaged."""
    if data[at] & 0x10 or data[at + 1] != 0 or data[at + 2] > 1 or data[at + 5] == 0:
        return False
    stop = at + 6 + 3 * data[at + 5]
    numbers, sizes, bases = data[at + 6 : stop : 3], data[at + 7 : stop : 3], data[at + 8 : stop : 3]
    if len(set(numbers)) != len(numbers) or 0 in sizes:
        return False
    for size, base in zip(sizes, bases, strict=True):
        known = BASE_TYPES.get(base & 0x1F)
        if known is None and base not in (STRING, BYTES):
            return False
        if known is not None and (size % known.size or bool(base & 0x80) != (known.size > 1)):
            return False
    return True


def description_at(data: bytes, at: int, definition: Definition) -> DeveloperField | None:
    """The developer field that the field_description message at `at` describes; None without its two keys."""
    values: dict[int, int] = {}
    texts: dict[int, str] = {}
    for slot in definition.slots:
        stored = data[at + slot.at : at + slot.at + slot.size]
        base = BASE_TYPES.get(slot.base)
        if slot.base == STRING:
            texts[slot.number] = text_in(stored)
        elif base is not None and base.invalid is not None and slot.size >= base.size:
            value = int.from_bytes(stored[: base.size], "little" if definition.little else "big")
            if value != base.invalid:
                values[slot.number] = value
    index, number = values.get(0), values.get(1)
    if index is None or number is None:
        return None
    offset = values.get(7, 0)
    return DeveloperField(
        index,
        number,
        texts.get(3) or f"developer_{index}_{number}",
        values.get(2, BYTES) & 0x1F,
        float(values.get(6, 1) or 1),
        float(offset - 256 if offset > 127 else offset),
        texts.get(8, ""),
        values.get(15),
    )


def text_in(stored: bytes) -> str:
    """The text up to the first zero byte; bytes that are no UTF-8 stand as the replacement sign."""
    return stored.split(b"\0", 1)[0].decode("utf-8", "replace").strip()
