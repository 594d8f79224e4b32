"""What an Apple Health export tells of each day: sleep, pulse at rest, steps, body mass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np

from backstride.formats.apple.records import Kind, Samples
from backstride.model.history import DayRecord

MAKER = "apple"
NAP_GAP_S = 2 * 3600
"""Sleep after so long awake is another sleep; the day of a sleep is that of waking up from it."""

_RANGES: dict[str, tuple[float, float]] = {
    "sleep_s": (600, 20 * 3600),
    "resting_heart_rate_bpm": (20, 150),
    "hrv_sdnn_ms": (1, 500),
    "steps": (1, 200_000),
    "mass_kg": (20, 400),
}
"""What a day can have; what is outside is not recorded."""


def days_of(samples: Mapping[Kind, Samples]) -> tuple[DayRecord, ...]:
    """One for each local day of which anything is told, by day."""
    days: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for name, told in (
        ("sleep_s", _sleep(samples)),
        ("resting_heart_rate_bpm", _last(samples, "resting_heart_rate")),
        ("hrv_sdnn_ms", _of_one_source(samples, "sdnn", mean=True)),
        ("steps", _of_one_source(samples, "steps", mean=False)),
        ("mass_kg", _last(samples, "mass")),
    ):
        low, high = _RANGES[name]
        for day, value in told:
            if low <= value <= high:
                days[day][name] = value
    return tuple(
        DayRecord(date(1970, 1, 1) + timedelta(days=day), MAKER, **days[day]) for day in sorted(days)
    )


def _last(samples: Mapping[Kind, Samples], kind: Kind) -> Iterator[tuple[int, float]]:
    """The last of each day: the watch writes a better one over the day."""
    if kind in samples:
        days, values = samples[kind].days, samples[kind].value
        last = np.flatnonzero(np.append(days[1:] != days[:-1], True))
        yield from zip(days[last].tolist(), values[last].astype(float).round(3).tolist(), strict=True)


def _of_one_source(samples: Mapping[Kind, Samples], kind: Kind, mean: bool) -> Iterator[tuple[int, float]]:
    """The sum of the source that has most of each day, or the mean of the one with most samples.

    Phone and watch count the same steps, so that they are never added up.
    """
    if kind not in samples:
        return
    found = samples[kind]
    keys, place = np.unique((found.days << 16) + found.source, return_inverse=True)
    sums = np.bincount(place, found.value)
    counts = np.bincount(place)
    weight = counts if mean else sums
    best: dict[int, int] = {}
    for at, key in enumerate(keys.tolist()):
        day = key >> 16
        if day not in best or weight[at] > weight[best[day]]:
            best[day] = at
    for day, at in best.items():
        yield day, float(sums[at] / counts[at]) if mean else float(sums[at])


def _sleep(samples: Mapping[Kind, Samples]) -> Iterator[tuple[int, float]]:
    """Seconds asleep by the day of waking up, whichever of the sources noticed."""
    if "asleep" not in samples:
        return
    asleep = samples["asleep"]
    start_s, end_s = asleep.start_s.astype(np.int64), asleep.end_s.astype(np.int64)
    until_s = np.maximum.accumulate(end_s)
    before_s = np.concatenate((start_s[:1], until_s[:-1]))
    added_s = np.maximum(0, end_s - np.maximum(start_s, before_s))
    sleep = np.concatenate(([0], np.cumsum(start_s[1:] - until_s[:-1] > NAP_GAP_S)))
    last = np.flatnonzero(np.append(sleep[1:] != sleep[:-1], True))
    woke = (until_s[last] + asleep.offset_quarters[last].astype(np.int64) * 900) // 86_400
    totals: defaultdict[int, float] = defaultdict(float)
    for day, seconds in zip(woke.tolist(), np.bincount(sleep, added_s).tolist(), strict=True):
        totals[day] += seconds
    yield from totals.items()
