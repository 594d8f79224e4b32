"""One column of values as the bits a FIT field keeps them in, or a sentence that says what does not fit.

The numbers of the base types: https://developer.garmin.com/fit/protocol/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.layout import BASE_TYPES

# fmt: off
BaseName = Literal[
    "enum", "sint8", "uint8", "sint16", "uint16", "sint32", "uint32", "string", "float32", "float64",
    "uint8z", "uint16z", "uint32z", "byte", "sint64", "uint64", "uint64z",
]
"""The base types by their name in the protocol; the ones ending in z take 0 for "not recorded"."""

BASE_BYTES: dict[BaseName, int] = {
    "enum": 0x00, "sint8": 0x01, "uint8": 0x02, "sint16": 0x83, "uint16": 0x84, "sint32": 0x85,
    "uint32": 0x86, "string": 0x07, "float32": 0x88, "float64": 0x89, "uint8z": 0x0A, "uint16z": 0x8B,
    "uint32z": 0x8C, "byte": 0x0D, "sint64": 0x8E, "uint64": 0x8F, "uint64z": 0x90,
}
# fmt: on

Scalar: TypeAlias = float | str | None
Values: TypeAlias = (
    Scalar | Sequence[Scalar] | Sequence[Sequence[Scalar]] | NDArray[np.floating] | NDArray[np.integer]
)
"""One value for every row, or one for each; for an array field, rows of `count`.  NaN and None are "not
recorded"."""

Bits: TypeAlias = NDArray[np.generic]
_Floats: TypeAlias = NDArray[np.float64]

_LONG = 8
"""Bytes of the widest whole numbers."""
_NUMBER = 0x1F
"""The bits of a base type's byte that are its number; the rest only says whether byte order matters."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of one field are kept: `stored = (value + offset) * scale`."""

    base: BaseName
    count: int = 1
    """Values in an array; for a string its bytes, the closing zero counted."""
    scale: float = 1.0
    offset: float = 0.0

    @property
    def width(self) -> int:
        """Bytes of one value; 1 for a string."""
        return 1 if self._unsized else BASE_TYPES[BASE_BYTES[self.base] & _NUMBER].size

    @property
    def size(self) -> int:
        """Bytes of the whole field."""
        return self.width * self.count

    @property
    def letter(self) -> str:
        """NumPy's letter and width for the numbers, without byte order."""
        return "u1" if self._unsized else BASE_TYPES[BASE_BYTES[self.base] & _NUMBER].code

    @property
    def _unsized(self) -> bool:
        # The table of sizes leaves these two out, because they hold no numbers.
        return self.base in ("string", "byte")

    def limits(self) -> tuple[int, int, int]:
        """The pattern for "not recorded" of a whole number, and the lowest and highest that are none."""
        info = np.iinfo(self.letter)
        if self.base.endswith("z"):
            return 0, 1, int(info.max)
        return int(info.max), int(info.min), int(info.max) - 1


def stored(values: Values, kind: Kind) -> Bits:
    """The bits of one column: a row for each value, or one row where there is one value for all.

    An array field has two dimensions.  Floats stand as the whole numbers of their bits.

    Raises: ValueError where a value does not fit; nothing is ever cut to fit.
    """
    if kind.base == "string":
        return _texts(values, kind.count)
    bits = _float_bits(values, kind) if kind.letter[0] == "f" else _whole_bits(values, kind)
    return bits if kind.count > 1 else bits.reshape(-1)


def _texts(values: Values, size: int) -> Bits:
    given = np.asarray(values, dtype=object).reshape(-1)
    texts = ["" if text is None else str(text) for text in given]
    coded = [text.encode() for text in texts]
    longest = max(map(len, coded), default=0)
    if longest >= size:
        raise ValueError(f"a text of {longest} bytes and its closing zero do not fit in {size}")
    return np.array(coded, f"S{size}")


def _floats(values: Values, count: int) -> _Floats:
    """Rows of `count` floats, NaN for None.  Raises: ValueError where they are no such rows."""
    if values is None:
        return np.full((1, count), np.nan)
    return np.asarray(values, dtype=np.float64).reshape(-1, count)


def _float_bits(values: Values, kind: Kind) -> Bits:
    scaled = (_floats(values, kind.count) + kind.offset) * kind.scale
    with np.errstate(over="ignore"):
        narrow = scaled.astype(kind.letter)
    if np.isinf(narrow).any():
        raise ValueError(f"a value is too large for a float of {kind.width} bytes")
    # The protocol's "not recorded" is one certain NaN: all ones.
    whole = f"u{kind.width}"
    bits: Bits = np.where(np.isnan(narrow), np.array(-1).astype(whole), narrow.view(whole))
    return bits


def _whole_bits(values: Values, kind: Kind) -> Bits:
    if kind.width == _LONG and kind.scale == 1 and kind.offset == 0:
        return _long_bits(values, kind)
    floats = np.rint((_floats(values, kind.count) + kind.offset) * kind.scale)
    known = ~np.isnan(floats)
    if known.any():
        _check_range(float(floats[known].min()), float(floats[known].max()), kind)
    bits = np.full(floats.shape, kind.limits()[0], kind.letter)
    bits[known] = floats[known].astype(kind.letter)
    return bits


def _long_bits(values: Values, kind: Kind) -> Bits:
    """Whole numbers of 64 bits, one by one in Python's own numbers: a float has no room for them all."""
    cells = np.asarray(values, dtype=object).reshape(-1, kind.count)
    told = [None if cell is None or cell != cell else int(cell) for cell in cells.reshape(-1)]
    known = [cell for cell in told if cell is not None]
    if known:
        _check_range(min(known), max(known), kind)
    invalid = kind.limits()[0]
    return np.array([invalid if cell is None else cell for cell in told], kind.letter).reshape(cells.shape)


def _check_range(lowest: float, highest: float, kind: Kind) -> None:
    _, low, high = kind.limits()
    if low <= lowest and highest <= high:
        return
    ends = [end / kind.scale - kind.offset for end in (low, high)]
    raise ValueError(f"a value lies outside {ends[0]:,g} to {ends[1]:,g}, all that the field can hold")
