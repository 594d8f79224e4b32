"""The channels of one run for a picture, and its kilometres for the table behind it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from backstride.features.measures.reading import Reading, opened
from backstride.features.runs import Mask
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity, Column
from backstride.model.text import Unit
from backstride.model.traces import Along, Portion, RunTraces, Trace

_SHOWN: tuple[tuple[str, tuple[str, ...], Unit], ...] = (
    ("heart_rate", ("heart_rate_bpm",), "bpm"),
    ("cadence", ("cadence_spm", "stryd_cadence_spm"), "spm"),
    ("contact", ("contact_ms", "stryd_contact_ms"), "ms"),
    ("oscillation", ("vertical_oscillation_mm", "stryd_vertical_oscillation_mm"), "mm"),
    ("balance", ("balance_left_share",), "share"),
)
"""Name, the channels it may be taken from, the first that is there, and its unit."""
_WHILE_MOVING = frozenset({"pace", "cadence", "contact", "oscillation", "balance"})
"""Standing still these are no stride, and a pace of nothing is no pace."""


def traces(run: Activity, along: Along, most: int, knowledge: Knowledge) -> RunTraces | None:
    """The channels of a run in at most `most` stretches of equal time or distance.

    A stretch without a sample is a gap, and so is one of which the channel recorded nothing.  The stretches
    are no shorter than two samples usually lie apart, so that a watch that writes seldom makes no gaps.
    None without a stream, or along a distance that is not recorded.
    """
    reading = opened(run, knowledge)
    stream = reading.activity.stream
    if stream.rows < 2 or (along == "distance" and "distance_m" not in stream):
        return None
    place = stream["time_s"] if along == "time" else np.fmax.accumulate(stream["distance_m"])
    known = np.isfinite(place) & (place >= 0)
    if known.sum() < 2 or place[known].max() <= 0:
        return None
    end = float(place[known].max())
    steps = np.diff(place[known])
    usual = float(np.percentile(steps[steps > 0], 90)) if (steps > 0).any() else end
    stretches = int(min(most, max(1.0, end // (usual * 1.05))))
    at = np.minimum((place[known] / end * stretches).astype(np.int64), stretches - 1)
    found = (
        _trace(name, channel, unit, column[known], at, stretches)
        for name, channel, unit, column in _columns(reading)
    )
    return RunTraces(along, end, tuple(each for each in found if np.isfinite(each.mean).any()))


def _columns(reading: Reading) -> list[tuple[str, str, Unit, Column]]:
    """Name, channel, unit and values of what is shown, pace first and grade last."""
    stream, samples = reading.activity.stream, reading.samples
    found: list[tuple[str, str, Unit, Column]] = []
    if samples is not None:
        from_channel = "speed_mps" if "speed_mps" in stream else "distance_m"
        found.append(("pace", from_channel, "mps", samples.speed_mps))
    for name, channels, unit in _SHOWN:
        channel = next((each for each in channels if each in stream), None)
        if channel is not None:
            found.append((name, channel, unit, stream[channel]))
    if reading.grade is not None:
        found.append(("grade", "altitude_m", "share", reading.grade))
    moving: Mask | None = None if samples is None else samples.moving
    return [
        (name, channel, unit, _only(column, moving) if name in _WHILE_MOVING else column)
        for name, channel, unit, column in found
    ]


def _only(column: Column, moving: Mask | None) -> Column:
    return column if moving is None else np.where(moving, column, np.nan)


def _trace(
    name: str, channel: str, unit: Unit, column: Column, at: NDArray[np.int64], stretches: int
) -> Trace:
    there = np.isfinite(column)
    place, values = at[there], column[there]
    count = np.bincount(place, minlength=stretches)
    total = np.bincount(place, weights=values, minlength=stretches)
    mean = np.divide(total, count, out=np.full(stretches, np.nan), where=count > 0)
    low, high = np.full(stretches, np.inf), np.full(stretches, -np.inf)
    np.minimum.at(low, place, values)
    np.maximum.at(high, place, values)
    none = count == 0
    low[none] = high[none] = np.nan
    return Trace(name, channel, unit, mean, low, high)


def portions(run: Activity, each_m: float, knowledge: Knowledge) -> tuple[Portion, ...]:
    """A run kilometre by kilometre (or mile by mile), the last as long as it is; none without distance."""
    reading = opened(run, knowledge)
    stream, samples = reading.activity.stream, reading.samples
    if samples is None or "distance_m" not in stream:
        return ()
    far = np.fmax.accumulate(stream["distance_m"])
    known = np.isfinite(far)
    if not known.any() or far[known].max() <= 0:
        return ()
    whole = float(far[known].max())
    count = int(np.ceil(whole / each_m - 1e-6))
    at = np.minimum((far[known] / each_m).astype(np.int64), count - 1)
    seconds = np.where(samples.moving, samples.seconds, 0.0)[known]
    columns = [(name, column[known]) for name, _, _, column in _columns(reading) if name != "pace"]
    return tuple(
        Portion(
            number + 1,
            min(each_m, whole - number * each_m),
            float(seconds[at == number].sum()) or None,
            {name: float(np.nanmean(part)) for name, column in columns if _any(part := column[at == number])},
        )
        for number in range(count)
    )


def laps(run: Activity) -> tuple[Portion, ...]:
    """The laps as the watch summed them up."""
    names = {channel: name for name, channels, _ in _SHOWN for channel in reversed(channels)}
    return tuple(
        Portion(
            number,
            lap.distance_m,
            lap.moving_s,
            {names[channel]: value for channel, value in lap.averages.items() if channel in names},
        )
        for number, lap in enumerate(run.laps, start=1)
    )


def thirds(trace: Trace) -> tuple[float, float] | None:
    """The means of the first and the last third of the way; None where either has little of it recorded."""
    third = trace.mean.size // 3
    if third < 3:
        return None
    first, last = trace.mean[:third], trace.mean[-third:]
    if min(np.isfinite(first).mean(), np.isfinite(last).mean()) < 0.5:
        return None
    return float(np.nanmean(first)), float(np.nanmean(last))


def _any(values: Column) -> bool:
    return bool(np.isfinite(values).any())
