"""Columns of other copies on the base's clock, fetched and worked out only when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backstride.copies.lag import lag_s
from backstride.model.activity import Column, Stream

BRIDGED_S = 10.0
"""Between two samples further apart nothing is known."""
NEAR_S = 1.0
"""A lone sample counts for this long on either side."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One copy's recording, and where on the base's clock it begins."""

    stream: Stream
    begins_s: float
    """Its zero on the base's clock, as the starts tell it."""
    own_clock: bool
    """Another device recorded it, whose clock may be off by seconds."""


class Joined(Mapping[str, Column]):
    """The base's own columns, and those that only other copies have, on the base's clock.

    `spine` is the base's recording, or where it has none the recordings of its parts, one after another.
    `others` tells for each further channel which copies give it, each for its own time.
    """

    __slots__ = ("_lags", "_others", "_spine")

    def __init__(self, spine: Sequence[Piece], others: Mapping[str, Sequence[Piece]]) -> None:
        self._spine, self._others = tuple(spine), dict(others)
        self._lags: dict[Piece, float] = {}

    def __getitem__(self, channel: str) -> Column:
        if channel in self._others:
            return self._taken(channel)
        if len(self._spine) == 1 and self._spine[0].begins_s == 0:
            return self._spine[0].stream[channel]
        return self._end_to_end(channel)

    def __contains__(self, channel: object) -> bool:
        return channel in self._others or any(channel in piece.stream for piece in self._spine)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*(name for each in self._spine for name in each.stream), *self._others)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _taken(self, channel: str) -> Column:
        """What the copies recorded at the moments of the base; NaN where they did not."""
        times = self["time_s"]
        column = np.full(times.shape, np.nan)
        for piece in self._others[channel]:
            theirs = piece.stream["time_s"] + piece.begins_s + self._lag_s(piece)
            taken = resampled(times, theirs, _continued(channel, piece.stream[channel], column))
            column = np.where(np.isnan(column), taken, column)
        return column

    def _lag_s(self, piece: Piece) -> float:
        if not piece.own_clock:
            return 0.0
        if piece not in self._lags:
            self._lags[piece] = lag_s(Joined(self._spine, {}), piece.stream, piece.begins_s)
        return self._lags[piece]

    def _end_to_end(self, channel: str) -> Column:
        """The pieces' columns one after another; the distance goes on from where it was."""
        columns: list[Column] = []
        last_s = -np.inf
        for piece in self._spine:
            times = piece.stream["time_s"] + piece.begins_s
            later = times > last_s
            last_s = max(last_s, float(times[later][-1])) if later.any() else last_s
            column = piece.stream[channel] if channel in piece.stream else np.full(times.shape, np.nan)
            if channel == "time_s":
                column = times
            so_far = np.concatenate(columns) if columns else np.empty(0)
            columns.append(_continued(channel, column[later], so_far))
        return np.concatenate(columns)


def _continued(channel: str, column: Column, so_far: Column) -> Column:
    """The column, with the distance of what came before it added where it is a distance."""
    if channel != "distance_m" or np.isnan(so_far).all():
        return column
    return column + float(np.nanmax(so_far))


def resampled(times: Column, theirs: Column, values: Column) -> Column:
    """Values at `times`, straight between samples at most 10 s apart; NaN elsewhere.

    `theirs` are the moments of the samples, rising, on the same clock.
    """
    known = ~np.isnan(values)
    at, samples = theirs[known], values[known]
    if at.size == 0:
        return np.full(times.shape, np.nan)
    after = np.searchsorted(at, times).clip(0, at.size - 1)
    before = (after - 1).clip(0)
    nearest = np.where(np.abs(times - at[before]) <= np.abs(times - at[after]), before, after)
    between = (at[before] <= times) & (times <= at[after]) & (at[after] - at[before] <= BRIDGED_S)
    near = np.abs(times - at[nearest]) <= NEAR_S
    return np.where(between, np.interp(times, at, samples), np.where(near, samples[nearest], np.nan))
