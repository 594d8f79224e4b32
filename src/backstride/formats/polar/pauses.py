"""The pauses of a Polar exercise, and what they do to its samples."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backstride.formats.account.values import member, members
from backstride.formats.polar.samples import Clock, Series
from backstride.model.activity import Column

Pause = tuple[float, float]
"""From and to, in seconds since 1970."""

SLACK_S = 0.5
"""What is noted this long after a pause began was measured before it."""


def pauses_of(exercise: object, clock: Clock) -> tuple[Pause, ...]:
    """When the recording was stopped by hand, in order."""
    found = (
        (clock(member(each, "startTime")), clock(member(each, "endTime")))
        for each in members(member(exercise, "pauseTimes"))
    )
    return tuple(sorted((a, b) for a, b in found if a is not None and b is not None and a < b))


def paused_s(pauses: tuple[Pause, ...]) -> float:
    """How long they are together."""
    return sum(end - begin for begin, end in pauses)


def spread(
    series: list[Series], pauses: tuple[Pause, ...], start_s: float, elapsed_s: float | None
) -> list[Series]:
    """The values at the time of day they were taken, where the file runs on over the pauses.

    Values one after the other, and milliseconds since the start, may count the pauses or not.  Their end
    tells: the longest channel ends when the exercise did, or as much before as its pauses are long.
    """
    lost = paused_s(pauses)
    ends = [float(np.nanmax(each.time_s)) for each in series if not np.isnan(each.time_s).all()]
    if elapsed_s is None or lost < 2 or not ends:
        return series
    lasted = max(ends) - start_s
    if abs(lasted - elapsed_s) <= abs(lasted - (elapsed_s - lost)):
        return series
    return [replace(each, time_s=_moved(each.time_s, pauses)) for each in series]


def outside(
    columns: dict[str, Column], pauses: tuple[Pause, ...]
) -> tuple[dict[str, Column], NDArray[np.bool_]]:
    """The rows that were not paused, and before which of them the recording had been stopped."""
    times = columns["time_s"]
    kept = np.ones(times.size, bool)
    for begin, end in pauses:
        kept &= ~((times > begin + SLACK_S) & (times < end))
    times = times[kept]
    stopped = np.zeros(times.size, bool)
    for begin, end in pauses:
        after = int(np.searchsorted(times, end))
        if 0 < after < times.size and times[after - 1] <= begin + 1:
            stopped[after] = True
    return {name: column[kept] for name, column in columns.items()}, stopped


def _moved(times: Column, pauses: tuple[Pause, ...]) -> Column:
    moved = times.copy()
    for begin, end in pauses:
        moved[moved > begin + SLACK_S] += end - begin
    return moved
