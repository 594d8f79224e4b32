"""The bytes of a FIT file's messages as columns of numbers.

All messages of one type become one `Table`, in file order, whatever layouts they were written in.  A column
is made when it is asked for: the stored numbers are viewed where they lie, one stride a message, and turned
into floats with the invalid pattern as NaN and the field's scale and offset applied.  Floats are exact for
every stored number below 2^53.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.blocks import Places, blocks_of
from backstride.formats.fit.components import PACKED, Packed
from backstride.formats.fit.layout import (
    BYTES,
    STRING,
    Definition,
    DeveloperField,
    DeveloperSlot,
    Slot,
    text_in,
)
from backstride.formats.fit.profile import FieldFacts, MessageFacts, field_facts, message_facts
from backstride.formats.fit.times import Clock
from backstride.formats.fit.walk import Trail
from backstride.model.activity import Column


class Table:
    """All messages of one type in one part of a file, in file order."""

    def __init__(self, trail: Trail, message: int, clock: Clock) -> None:
        self.facts: MessageFacts = message_facts(message)
        self._blocks = blocks_of(trail, message)
        self._clock = clock
        self.rows = sum(block.places.size for block in self._blocks)
        self._slots: dict[str, list[tuple[int, Slot]]] = {}
        self._developer: dict[str, list[tuple[int, DeveloperSlot, DeveloperField]]] = {}
        self._order = self._file_order()
        for nth, block in enumerate(self._blocks):
            self._note_names(nth, block.definition, trail)

    def _note_names(self, nth: int, definition: Definition, trail: Trail) -> None:
        seen: set[str] = set()
        for slot in definition.slots:
            name = field_facts(self.facts, slot.number).name
            # A number that stands twice in one layout counts the first time.
            if name not in seen:
                seen.add(name)
                self._slots.setdefault(name, []).append((nth, slot))
        taken: set[str] = set()
        for each in definition.developer:
            # Where no description came first, a later one is better than none.
            described = each.described or trail.descriptions.get((each.index, each.number))
            if described is None:
                described = DeveloperField(
                    each.index,
                    each.number,
                    f"developer_{each.index}_{each.number}",
                    BYTES,
                    1.0,
                    0.0,
                    "",
                    None,
                )
            name = described.name if described.name not in taken else f"{described.name} ({described.index})"
            if name not in taken:
                taken.add(name)
                self._developer.setdefault(name, []).append((nth, each, described))

    def _file_order(self) -> NDArray[np.intp] | None:
        """What puts the blocks' rows in file order; None where they stand so already."""
        if len(self._blocks) < 2:
            return None
        places = np.concatenate([block.places for block in self._blocks])
        return None if (np.diff(places) > 0).all() else np.argsort(places, kind="stable")

    @property
    def places(self) -> Places:
        """Byte of each message's header."""
        places = [block.places for block in self._blocks]
        return self._ordered(np.concatenate(places)) if places else np.zeros(0, np.int64)

    def _ordered(self, column: NDArray[np.generic]) -> NDArray:  # type: ignore[type-arg]
        return column if self._order is None else column[self._order]

    @property
    def names(self) -> Iterator[str]:
        """Names of the native fields that some message has or that expand from them."""
        return iter(self._slots.keys() | self._expanded())

    def _expanded(self) -> set[str]:
        wide = {wide for short, wide in self.facts.expands.items() if short in self._slots}
        mine = {name: each.field for (number, name), each in PACKED.items() if number == self.facts.number}
        wide |= {name for name, inside in mine.items() if inside in self._slots}
        short = any(block.definition.short_starts for block in self._blocks)
        return wide | {"timestamp"} if short else wide

    @property
    def developer_fields(self) -> dict[str, tuple[DeveloperField, ...]]:
        """The developer fields by name, with each description it was written under."""
        return {
            name: tuple(dict.fromkeys(described for _, _, described in entries))
            for name, entries in self._developer.items()
        }

    def number(self, name: str) -> Column | None:
        """The native field as one number a message, (rows,); None where no message has it as a number."""
        column = self._timestamps() if name == "timestamp" else self._stored_number(name)
        for short, wide in self.facts.expands.items():
            if wide == name and (narrow := self.number(short)) is not None:
                column = _filled(column, narrow)
        packed = PACKED.get((self.facts.number, name))
        if packed is not None and (inside := self._unpacked(packed)) is not None:
            column = _filled(column, inside)
        return column

    def _stored_number(self, name: str) -> Column | None:
        parts = []
        for nth, slot in self._slots.get(name, ()):
            values = self._blocks[nth].numbers(slot.at, slot.size, slot.base)
            if values is not None and values.ndim == 1:
                parts.append((nth, _scaled(values, field_facts(self.facts, slot.number))))
        return self._joined(parts)

    def _unpacked(self, packed: Packed) -> Column | None:
        """A quantity packed into the bytes of another field, taken apart in file order."""
        entries = [
            (nth, slot) for nth, slot in self._slots.get(packed.field, ()) if slot.size == packed.width
        ]
        if not entries:
            return None
        rows, stored = [], []
        first = self._firsts()
        for nth, slot in entries:
            block = self._blocks[nth]
            every = block.stored.reshape(-1, block.definition.size)
            stored.append(every[:, slot.at : slot.at + slot.size])
            rows.append(np.arange(first[nth], first[nth + 1]))
        whole = np.full((self.rows, packed.width), 0xFF, np.uint8)
        whole[np.concatenate(rows)] = np.concatenate(stored)
        return packed.unpack(self._ordered(whole))

    def array(self, name: str) -> NDArray[np.float64] | None:
        """The native field as (rows, k), short ones filled up with NaN; None where none holds numbers."""
        slots = [(nth, slot, field_facts(self.facts, slot.number)) for nth, slot in self._slots.get(name, ())]
        return self._wide([(nth, slot.at, slot.size, slot.base, facts) for nth, slot, facts in slots])

    def _wide(self, places: list[tuple[int, int, int, int, FieldFacts]]) -> NDArray[np.float64] | None:
        parts = []
        for nth, at, size, base, facts in places:
            values = self._blocks[nth].numbers(at, size, base)
            if values is not None:
                parts.append((nth, _scaled(values if values.ndim == 2 else values[:, None], facts)))
        if not parts:
            return None
        whole = np.full((self.rows, max(values.shape[1] for _, values in parts)), np.nan)
        first = self._firsts()
        for nth, values in parts:
            whole[first[nth] : first[nth + 1], : values.shape[1]] = values
        return np.asarray(self._ordered(whole))

    def _firsts(self) -> NDArray[np.int64]:
        """The row each block begins at, before the rows are put in file order, and how many there are."""
        return np.cumsum([0, *(block.places.size for block in self._blocks)], dtype=np.int64)

    def texts(self, name: str) -> list[str | None]:
        """The native field as text, one a message; None where it is empty or no text."""
        slots = [(nth, each.at, each.size) for nth, each in self._slots.get(name, ()) if each.base == STRING]
        return [None if stored is None else text_in(stored) or None for stored in self._raw(slots)]

    def raw(self, name: str) -> list[bytes | None]:
        """The native field as bytes, one a message; None where it is no field of bytes."""
        return self._raw([(nth, e.at, e.size) for nth, e in self._slots.get(name, ()) if e.base == BYTES])

    def _raw(self, slots: list[tuple[int, int, int]]) -> list[bytes | None]:
        whole: list[bytes | None] = [None] * self.rows
        first = self._firsts()
        row = np.arange(self.rows) if self._order is None else np.argsort(self._order, kind="stable")
        for nth, at, size in slots:
            for place, stored in zip(
                row[first[nth] : first[nth + 1]], self._blocks[nth].raw(at, size), strict=True
            ):
                whole[place] = stored
        return whole

    def developer(self, name: str, described: DeveloperField | None = None) -> Column | None:
        """The developer field as one number a message, in its own unit; None where it holds none.

        With a description only the messages written under it, or under one that differs in no more than
        type and scale, count.
        """
        parts = []
        for nth, slot, own in self._developer.get(name, ()):
            if described is not None and (own.index, own.units) != (described.index, described.units):
                continue
            values = self._blocks[nth].numbers(slot.at, slot.size, own.base)
            if values is not None and values.ndim == 1:
                parts.append((nth, _scaled(values, _facts_of(own))))
        return self._joined(parts)

    def developer_array(self, name: str) -> NDArray[np.float64] | None:
        """The developer field as (rows, k), short ones filled up with NaN; None where it holds no numbers."""
        return self._wide(
            [(nth, e.at, e.size, own.base, _facts_of(own)) for nth, e, own in self._developer.get(name, ())]
        )

    def developer_texts(self, name: str) -> list[str | None]:
        """The developer field as text, one a message; None where it is empty or no text."""
        slots = [(nth, e.at, e.size) for nth, e, own in self._developer.get(name, ()) if own.base == STRING]
        return [None if stored is None else text_in(stored) or None for stored in self._raw(slots)]

    def numbers(self) -> dict[str, Column]:
        """Every native field that is a number, by name."""
        found = {name: self.number(name) for name in self.names}
        return {name: column for name, column in found.items() if column is not None}

    def developer_numbers(self) -> dict[str, Column]:
        """Every developer field that is a number, by name, each in its own unit."""
        found = {name: self.developer(name) for name in self._developer}
        return {name: column for name, column in found.items() if column is not None}

    def _joined(self, parts: list[tuple[int, Column]]) -> Column | None:
        """The blocks' values in file order, NaN for messages without the field."""
        if not parts:
            return None
        if len(self._blocks) == 1:
            return parts[0][1]
        whole = np.full(self.rows, np.nan)
        first = self._firsts()
        for nth, values in parts:
            whole[first[nth] : first[nth + 1]] = values
        return np.asarray(self._ordered(whole))

    def _timestamps(self) -> Column | None:
        column = self._stored_number("timestamp")
        if not self._clock.compressed:
            return column
        return self._clock.at(self.places, column)


def _scaled(values: NDArray[np.float64], facts: FieldFacts) -> NDArray[np.float64]:
    """The values in the field's unit."""
    if facts.scale != 1.0:
        values /= facts.scale
    if facts.offset:
        values -= facts.offset
    return values


def _facts_of(described: DeveloperField) -> FieldFacts:
    return FieldFacts(described.number, described.name, described.scale, described.offset)


def _filled(column: Column | None, other: Column) -> Column:
    """The column, and where it is not recorded the other."""
    if column is None:
        return other
    missing = np.isnan(column)
    return np.where(missing, other, column) if missing.any() else column
