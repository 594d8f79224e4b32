"""Heart rates that a chest strap kept in its own memory, as `hr` messages: swimmers' watches hand them on.

The first message ties the strap's clock (1/1024 s) to the file's; each later one packs eight times of twelve
bits, which roll over every four seconds, and eight heart rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from backstride.formats.fit.columns import Table
from backstride.formats.fit.components import event_times_12
from backstride.formats.fit.file import Part
from backstride.formats.fit.records import unix_s
from backstride.model.activity import Column

TICKS_PER_S = 1024
ROLL_OVER = 1 << 12
NEAR_S = 2.0
"""A beat this far from a record still tells its heart rate."""

Beats: TypeAlias = tuple[Column, Column]


@dataclass(slots=True)
class _Strap:
    """The strap's clock as far as it has been read, and the beats."""

    anchor_s: float = nan
    anchor_tick: int = 0
    tick: int = 0
    times: list[float] = field(default_factory=list)
    bpm: list[float] = field(default_factory=list)

    def take(self, ticks: NDArray[np.int64], rates: Column) -> None:
        """Beats at these counts; without an anchor there is no telling when they were."""
        if not ticks.size:
            return
        self.tick = int(ticks[-1])
        if isnan(self.anchor_s):
            return
        known = rates[: ticks.size]
        self.times += (self.anchor_s + (ticks[: known.size] - self.anchor_tick) / TICKS_PER_S).tolist()
        self.bpm += known.tolist()


def beats_of(parts: Sequence[Part]) -> Beats | None:
    """Times in seconds since 1970, rising, and heart rates; None where no part has `hr` messages.

    Straps chain their beats behind the watch's own part, with the clock going on from part to part.
    """
    strap = _Strap()
    for part in parts:
        _read_strap(part.table("hr"), strap)
    if not strap.times:
        return None
    order = np.argsort(strap.times, kind="stable")
    return np.array(strap.times)[order], np.array(strap.bpm)[order]


def _read_strap(table: Table, strap: _Strap) -> None:
    rates = table.array("filtered_bpm")
    if table.rows == 0 or rates is None:
        return
    none = np.full(table.rows, np.nan)
    stamps, fractions = table.number("timestamp"), table.number("fractional_timestamp")
    anchors = unix_s(none if stamps is None else stamps)
    if fractions is not None:
        anchors = anchors + np.nan_to_num(fractions)
    events = table.array("event_timestamp")
    packed = table.raw("event_timestamp_12")
    for row in range(table.rows):
        own = none[:0] if events is None else events[row][~np.isnan(events[row])]
        if own.size:
            ticks = np.round(own * TICKS_PER_S).astype(np.int64)
            if not isnan(anchors[row]):
                strap.anchor_s, strap.anchor_tick = float(anchors[row]), int(ticks[0])
        else:
            ticks = _counted_on(packed[row], strap.tick)
        strap.take(ticks, rates[row])


def with_beats(channels: dict[str, Column], beats: Beats | None) -> dict[str, Column]:
    """The channels with the heart rate of the nearest beat, where there is one, in place of the watch's own.

    A strap has a memory for when its radio does not reach the watch: under water, where the watch's own
    optical reading is worthless too.
    """
    if beats is None or not channels:
        return channels
    times, bpm = beats[0][beats[1] > 0], beats[1][beats[1] > 0]
    if not times.size:
        return channels
    at = channels["time_s"]
    right = np.clip(np.searchsorted(times, at), 1, max(1, times.size - 1))
    right = np.minimum(right, times.size - 1)
    left = np.maximum(right - 1, 0)
    nearest = np.where(np.abs(at - times[left]) <= np.abs(times[right] - at), left, right)
    found = np.where(np.abs(times[nearest] - at) <= NEAR_S, bpm[nearest], np.nan)
    own = channels.get("heart_rate_bpm", np.full(at.size, np.nan))
    rate = np.where(np.isnan(found), own, found)
    return channels if np.isnan(rate).all() else channels | {"heart_rate_bpm": rate}


def _counted_on(packed: bytes | None, before: int) -> NDArray[np.int64]:
    """Whole counts from packed ones, each the first such after the one before it."""
    if packed is None or len(packed) % 3 or not len(packed):
        return np.zeros(0, np.int64)
    counts = event_times_12(np.frombuffer(packed, np.uint8)[None, :])[0]
    steps = np.diff(np.concatenate(([before % ROLL_OVER], counts))) % ROLL_OVER
    return np.asarray(before + np.cumsum(steps))
