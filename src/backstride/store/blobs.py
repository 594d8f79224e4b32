"""One stream column as a few bytes, and back.

A column is float64 with NaN where nothing was recorded.  It is kept as whole multiples of a step:

    values ── drop NaN ──> recorded ── /step, round ──> integers ── differences ──> zigzag ──> narrowest width
       └────── where NaN: one bit a row ──┐                          first one to the header        │
                                          v                                                 byte shuffle
    zstd( header | bits of the gaps, if any | low bytes of all differences | next bytes | ... ) <───┘

Gaps are a bitmap and not a sentinel value: a sentinel makes two huge jumps at every gap, which widen the
integers of the whole column, and no integer has to be forbidden.  A column without gaps has no bitmap.
The step stands in the header, so a blob stays readable when `CHANNELS` is changed.  zstd's checksum covers
it all, so a blob whose bytes have rotted is refused and never read as other numbers.
"""

from __future__ import annotations

import struct
import threading
from dataclasses import dataclass

import numpy as np
import zstandard
from numpy.typing import NDArray

from backstride.model.activity import Column
from backstride.model.said import said
from backstride.store.errors import DamagedStore, Unstorable

VERSION = 1
_HEADER = struct.Struct("<BBBxIdq")
"""Version, bytes per difference (0: all differences are zero), has gaps, rows, step, first integer."""

_MAX_WHOLE = 2.0**52
"""Integers up to here are exact in float64, and their differences fit in 64 bits."""

_MAX_ROWS = 2**32 - 1


@dataclass(frozen=True, slots=True)
class _Header:
    width: int
    has_gaps: bool
    rows: int
    step: float
    first: int


class _Zstd(threading.local):
    """A compressor and a decompressor for each thread: neither may be shared, and making one is slow."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=3, write_checksum=True)
        self.decompressor = zstandard.ZstdDecompressor()


_zstd = _Zstd()


def pack(values: Column, step: float) -> bytes:
    """Bytes from which `unpack` gives the column back, each value within half a step, NaN as NaN.

    A value that is a decimal multiple of the step (as devices write them) comes back bit for bit.

    Raises: Unstorable when the column is not one-dimensional, or holds an infinite value or one beyond
    2**52 steps.
    """
    if values.ndim != 1 or values.size > _MAX_ROWS:
        raise Unstorable(("a column must have one dimension and under 2**32 rows",))
    gaps = np.isnan(values)
    has_gaps = bool(gaps.any())
    whole = _whole(values[~gaps] if has_gaps else values, step)
    zigzag = _zigzag(np.diff(whole))
    width = _narrowest(zigzag)
    first = int(whole[0]) if whole.size else 0
    body = (np.packbits(gaps).tobytes() if has_gaps else b"") + _shuffle(zigzag, width)
    header = _HEADER.pack(VERSION, width, has_gaps, values.size, step, first)
    return _zstd.compressor.compress(header + body)


def unpack(blob: bytes) -> Column:
    """The column that `pack` was given, as a new float64 array; NaN where nothing was recorded.

    Raises: DamagedStore when the bytes are not what `pack` wrote.
    """
    try:
        raw = _zstd.decompressor.decompress(blob)
        return _unfold(_read_header(raw), memoryview(raw)[_HEADER.size :])
    except (struct.error, zstandard.ZstdError, ValueError) as error:
        raise DamagedStore(said("a stored column is damaged; `backstride doctor` says how badly")) from error


def _read_header(raw: bytes) -> _Header:
    version, width, has_gaps, rows, step, first = _HEADER.unpack_from(raw)
    if version != VERSION or width not in (0, 1, 2, 4, 8) or has_gaps not in (0, 1):
        raise ValueError("not a column header")
    return _Header(width, bool(has_gaps), rows, step, first)


def _unfold(header: _Header, body: memoryview) -> Column:
    if not header.has_gaps:
        return _values(header, body, header.rows)
    bitmap_size = (header.rows + 7) // 8
    bits = np.frombuffer(body, np.uint8, count=bitmap_size)
    recorded = np.unpackbits(bits, count=header.rows) == 0
    values = np.full(header.rows, np.nan)
    values[recorded] = _values(header, body[bitmap_size:], int(np.count_nonzero(recorded)))
    return values


def _values(header: _Header, body: memoryview, count: int) -> Column:
    """The recorded values, `count` of them."""
    differences = max(0, count - 1)
    if len(body) != differences * header.width:
        raise ValueError("not as long as its header says")
    whole = np.full(count, header.first, np.int64)
    if header.width and differences:
        whole[1:] += np.cumsum(_unzigzag(_unshuffle(body, header.width)), dtype=np.int64)
    per = _per_unit(header.step)
    return np.multiply(whole, header.step) if per is None else np.divide(whole, per)


def _whole(recorded: Column, step: float) -> NDArray[np.int64]:
    """Each value as a whole number of steps."""
    per = _per_unit(step)
    with np.errstate(over="ignore"):
        scaled = recorded / step if per is None else recorded * per
    if scaled.size and not np.abs(scaled).max() <= _MAX_WHOLE:
        raise Unstorable(("a column holds an infinite value, or one too large for its step",))
    return np.rint(scaled).astype(np.int64)


def _per_unit(step: float) -> int | None:
    """How many steps make one unit, where that is a whole number.

    Dividing by it gives 3 / 10 = 0.3; multiplying by the step gives 3 * 0.1 = 0.30000000000000004.
    """
    per = round(1 / step)
    return per if per >= 1 and 1 / per == step else None


def _zigzag(differences: NDArray[np.int64]) -> NDArray[np.uint64]:
    """0, -1, 1, -2, ... as 0, 1, 2, 3, ...: small either way is small."""
    return ((differences << 1) ^ (differences >> 63)).view(np.uint64)


def _unzigzag(zigzag: NDArray[np.unsignedinteger]) -> NDArray[np.signedinteger]:
    """The differences, still in the width they were kept in: every one of them fits."""
    signed = f"<i{zigzag.itemsize}"
    differences: NDArray[np.signedinteger] = (zigzag >> 1).view(signed) ^ -(zigzag & 1).view(signed)
    return differences


def _narrowest(zigzag: NDArray[np.uint64]) -> int:
    """Bytes each difference needs: 0, 1, 2, 4 or 8."""
    highest = int(zigzag.max()) if zigzag.size else 0
    needed = (highest.bit_length() + 7) // 8
    return next(width for width in (0, 1, 2, 4, 8) if width >= needed)


def _shuffle(zigzag: NDArray[np.uint64], width: int) -> bytes:
    """The lowest bytes of all differences, then the next ones: like lies beside like, and zstd likes that."""
    if width == 0:
        return b""
    narrow = zigzag.astype(f"<u{width}")
    return narrow.view(np.uint8).reshape(-1, width).T.tobytes()


def _unshuffle(body: memoryview, width: int) -> NDArray[np.unsignedinteger]:
    rows = np.frombuffer(body, np.uint8).reshape(width, -1).T
    return np.ascontiguousarray(rows).view(f"<u{width}").ravel()
