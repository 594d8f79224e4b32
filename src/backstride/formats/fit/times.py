"""The time of each message of a FIT file, also where its header holds only the low five bits of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.layout import COMPRESSED
from backstride.formats.fit.missed import stamps_at
from backstride.formats.fit.walk import Trail
from backstride.model.activity import Column

ROLL_OVER_S = 32
"""The five bits of a compressed header come round each 32 s."""

_Longs = NDArray[np.int64]


class Clock:
    """The running time of one part: the last whole timestamp, moved on by each compressed header."""

    def __init__(self, trail: Trail) -> None:
        self.compressed = trail.compressed
        self._trail = trail
        self._known: tuple[_Longs, Column] | None = None

    def at(self, places: _Longs, own: Column | None) -> Column:
        """FIT seconds of the messages at these places: their own, else what their compressed header says.

        NaN for a compressed header before any whole timestamp.
        """
        if self._known is None:
            self._known = _running_times(self._trail)
        stood, times = self._known
        nth = np.minimum(np.searchsorted(stood, places), max(0, stood.size - 1))
        found = (
            np.where(stood[nth] == places, times[nth], np.nan) if stood.size else np.full(places.size, np.nan)
        )
        return found if own is None else np.where(np.isnan(found), own, found)


def _running_times(trail: Trail) -> tuple[_Longs, Column]:
    """Places of all messages that tell a time, in order, and the FIT seconds they tell."""
    whole: list[tuple[_Longs, _Longs]] = []
    short: list[tuple[_Longs, _Longs]] = []
    for definition in trail.definitions:
        places = definition.places()
        headers = trail.view[places]
        small = headers >= COMPRESSED
        short.append((places[small], (headers[small] & 0x1F).astype(np.int64)))
        if definition.stamp_at is not None:
            stamps = stamps_at(trail.view, places[~small] + definition.stamp_at, definition.little)
            valid = stamps != 0xFFFF_FFFF
            whole.append((places[~small][valid], stamps[valid]))
    stood = np.concatenate([places for places, _ in whole + short] or [np.zeros(0, np.int64)])
    values = np.concatenate([value for _, value in whole + short] or [np.zeros(0, np.int64)])
    is_whole = np.zeros(stood.size, bool)
    is_whole[: sum(places.size for places, _ in whole)] = True
    order = np.argsort(stood, kind="stable")
    return stood[order], _counted_on(values[order], is_whole[order])


def _counted_on(values: _Longs, is_whole: NDArray[np.bool_]) -> Column:
    """Each whole time as it stands; each five-bit time as the first such moment after the one before it."""
    times = np.full(values.size, np.nan)
    first = np.flatnonzero(is_whole)
    if not first.size:
        return times
    before = np.concatenate(([0], values[:-1]))
    steps = np.where(is_whole, 0, (values - before) % ROLL_OVER_S)
    passed = np.cumsum(steps)
    group = np.cumsum(is_whole) - 1
    known = group >= 0
    base = first[group[known]]
    times[known] = values[base] + passed[known] - passed[base]
    return times
