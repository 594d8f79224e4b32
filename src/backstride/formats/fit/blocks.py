"""The messages of one layout, gathered end to end, and single fields of them as they are stored."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.layout import BASE_TYPES, Definition
from backstride.formats.fit.walk import Trail

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """The messages of one layout."""

    definition: Definition
    places: Places
    """Byte of each message's header."""
    stored: NDArray[np.uint8]
    """Their bytes end to end."""

    def numbers(self, slot_at: int, size: int, base: int) -> NDArray[np.float64] | None:
        """The field's numbers, (n,) or (n, k) for an array, NaN where invalid; None where it holds none."""
        kind = BASE_TYPES.get(base)
        if kind is None or size % kind.size or not size:
            return None
        dtype = np.dtype(("<" if self.definition.little else ">") + kind.code)
        rows, stride, each = self.places.size, self.definition.size, size // kind.size
        if each == 1:
            stored: NDArray[np.generic] = np.ndarray((rows,), dtype, self.stored, slot_at, (stride,))
        else:
            stored = np.ndarray((rows, each), dtype, self.stored, slot_at, (stride, kind.size))
        if kind.invalid is None:
            # A damaged float may be a signalling NaN, which NumPy would warn of.
            with np.errstate(invalid="ignore", over="ignore"):
                return stored.astype(np.float64)
        values = stored.astype(np.float64)
        missing = stored == kind.invalid if kind.size == 8 else values == kind.invalid
        values[missing] = np.nan
        return values

    def raw(self, slot_at: int, size: int) -> list[bytes]:
        """The field's bytes as they stand."""
        stride, whole = self.definition.size, self.stored.tobytes()
        return [whole[at + slot_at : at + slot_at + size] for at in range(0, len(whole), stride)]


def blocks_of(trail: Trail, message: int) -> list[Block]:
    """The messages of one type, a block for each layout."""
    return [
        _block(trail, definition)
        for definition in trail.definitions
        if definition.message == message and definition.count
    ]


def _block(trail: Trail, definition: Definition) -> Block:
    places, size = definition.places(), definition.size
    if len(definition.runs) == 1 and not definition.starts and not definition.short_starts:
        first = int(places[0])
        return Block(definition, places, trail.view[first : first + places.size * size])
    # One fancy index over overlapping messages gathers them all.
    every = np.ndarray((trail.view.size - size + 1,), f"V{size}", trail.data, 0, (1,))
    return Block(definition, places, every[places].view(np.uint8))
