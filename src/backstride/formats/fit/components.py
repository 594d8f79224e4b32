"""Quantities that FIT packs into the bytes of another field, and counters that roll over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.model.activity import Column

_Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Packed:
    """Where a quantity is packed, and how it is taken out."""

    field: str
    width: int
    """Bytes of it: a field of another width holds something else."""
    unpack: Callable[[_Bytes], Column]
    """(rows, width) stored bytes in file order, 0xFF where not recorded -> (rows,) in the quantity's unit."""


def accumulated(counts: NDArray[np.int64], valid: NDArray[np.bool_], bits: int) -> NDArray[np.int64]:
    """What a counter of so many bits has come to, counted on over each roll-over; garbage where not valid.

    The first valid count is taken as it stands.
    """
    total = np.zeros(counts.size, np.int64)
    known = np.flatnonzero(valid)
    if known.size:
        steps = np.diff(counts[known]) % (1 << bits)
        total[known] = counts[known[0]] + np.concatenate(([0], np.cumsum(steps)))
    return total


def _speed(stored: _Bytes) -> Column:
    """m/s: 12 bits in 1/100 m/s."""
    low = stored.astype(np.int64)
    speed = (low[:, 0] | (low[:, 1] & 0x0F) << 8) / 100.0
    speed[_absent(stored)] = np.nan
    return np.asarray(speed)


def _distance(stored: _Bytes) -> Column:
    """Metres since the first message: 12 bits in 1/16 m, rolling over each 256 m."""
    low = stored.astype(np.int64)
    counts = low[:, 1] >> 4 | low[:, 2] << 4
    absent = _absent(stored)
    distance = accumulated(counts, ~absent, 12) / 16.0
    distance[absent] = np.nan
    return np.asarray(distance)


def _cycles(stored: _Bytes) -> Column:
    absent = _absent(stored)
    cycles = accumulated(stored[:, 0].astype(np.int64), ~absent, 8).astype(np.float64)
    cycles[absent] = np.nan
    return cycles


def _absent(stored: _Bytes) -> NDArray[np.bool_]:
    return np.asarray((stored == 0xFF).all(axis=1))


RECORD = 20
PACKED: dict[tuple[int, str], Packed] = {
    (RECORD, "speed"): Packed("compressed_speed_distance", 3, _speed),
    (RECORD, "distance"): Packed("compressed_speed_distance", 3, _distance),
    (RECORD, "enhanced_speed"): Packed("compressed_speed_distance", 3, _speed),
    (RECORD, "total_cycles"): Packed("cycles", 1, _cycles),
}
"""By message number and the name of the quantity."""


def event_times_12(stored: _Bytes) -> NDArray[np.int64]:
    """12-bit counts packed end to end, low bits first: (rows, 3k) bytes -> (rows, 2k) counts."""
    low = stored.astype(np.int64)
    even = low[:, 0::3] | (low[:, 1::3] & 0x0F) << 8
    odd = low[:, 1::3] >> 4 | low[:, 2::3] << 4
    return np.stack((even, odd), axis=2).reshape(stored.shape[0], -1)
