"""The samples of an Apple Health export, kept as small arrays: 15 bytes for one of 400 in the file."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from backstride.formats.apple.dates import unix_s_and_offset_s
from backstride.formats.apple.quantities import (
    A_MINUTE,
    COUNT,
    KILOGRAMS,
    METRES,
    MILLIMETRES,
    MILLISECONDS,
    SPEEDS,
    WATTS,
)
from backstride.formats.points import number
from backstride.model.activity import Column

Kind = Literal[
    "heart_rate",
    "steps",
    "speed",
    "power",
    "contact",
    "oscillation",
    "step_length",
    "distance",
    "resting_heart_rate",
    "sdnn",
    "asleep",
    "mass",
]

RawRecord: TypeAlias = tuple[bytes, bytes, bytes, bytes, bytes]
"""Source name, unit, start, end and value, as the file writes them."""

_ASLEEP = b"HKCategoryValueSleepAnalysisAsleep"
"""Followed by Core, Deep, REM or Unspecified since iOS 16; the others are InBed and Awake."""


RECORD_TYPES: dict[bytes, tuple[Kind, Mapping[str, float]]] = {
    b"HKQuantityTypeIdentifierHeartRate": ("heart_rate", A_MINUTE),
    b"HKQuantityTypeIdentifierStepCount": ("steps", COUNT),
    b"HKQuantityTypeIdentifierRunningSpeed": ("speed", SPEEDS),
    b"HKQuantityTypeIdentifierRunningPower": ("power", WATTS),
    b"HKQuantityTypeIdentifierRunningGroundContactTime": ("contact", MILLISECONDS),
    b"HKQuantityTypeIdentifierRunningVerticalOscillation": ("oscillation", MILLIMETRES),
    # https://developer.apple.com/documentation/healthkit/hkquantitytypeidentifier/runningstridelength
    # "the distance covered by a single step while running", whatever the name says.
    b"HKQuantityTypeIdentifierRunningStrideLength": ("step_length", MILLIMETRES),
    b"HKQuantityTypeIdentifierDistanceWalkingRunning": ("distance", METRES),
    b"HKQuantityTypeIdentifierRestingHeartRate": ("resting_heart_rate", A_MINUTE),
    b"HKQuantityTypeIdentifierHeartRateVariabilitySDNN": ("sdnn", MILLISECONDS),
    b"HKCategoryTypeIdentifierSleepAnalysis": ("asleep", {}),
    b"HKQuantityTypeIdentifierBodyMass": ("mass", KILOGRAMS),
}
"""Type as written -> what it is here, and its units.  Other types are passed over."""


@dataclass(frozen=True, slots=True)
class Samples:
    """All samples of one kind by their start; no two are the same."""

    start_s: NDArray[np.uint32]
    """Seconds since 1970 in UTC."""
    end_s: NDArray[np.uint32]
    value: NDArray[np.float32]
    """In the unit of its channel: metres, millimetres, milliseconds, kilograms."""
    source: NDArray[np.uint16]
    """Which app or watch, by its number in this file."""
    offset_quarters: NDArray[np.int8]
    """Quarters of an hour that the phone's clock was ahead of UTC."""

    def within(self, begin_s: float, end_s: float) -> Samples:
        """Those that begin in a span; shares the memory."""
        first = int(np.searchsorted(self.start_s, max(0, int(begin_s)), "left"))
        last = int(np.searchsorted(self.start_s, max(0, int(end_s)), "right"))
        return self.at(slice(first, last))

    def of_source(self, source: int) -> Samples:
        """Those of one source."""
        return self.at(np.flatnonzero(self.source == source))

    def at(self, rows: slice | NDArray[np.integer[Any]]) -> Samples:
        """Some of them, in the order given."""
        return Samples(
            self.start_s[rows],
            self.end_s[rows],
            self.value[rows],
            self.source[rows],
            self.offset_quarters[rows],
        )

    @property
    def days(self) -> NDArray[np.int64]:
        """The local day each began on, in days since 1970."""
        return (self.start_s.astype(np.int64) + self.offset_quarters.astype(np.int64) * 900) // 86_400


class Records:
    """Takes samples as the file writes them, a batch at a time, and gives them sorted."""

    def __init__(self) -> None:
        self.unsound = 0
        """How many had no date or no value that can be right."""
        self._sources: dict[str, int] = {}
        self._spelled: dict[bytes, int] = {}
        self._batches: dict[Kind, list[Samples]] = {}

    def source_named(self, name: str) -> int:
        """The number of a source; above 65,535 of them the rest are one."""
        return self._sources.setdefault(name, min(len(self._sources), 65_535))

    def _source(self, raw: bytes) -> int:
        number = self._spelled.get(raw)
        if number is None:
            text = html.unescape(raw.decode("utf-8", "replace"))
            number = self._spelled[raw] = self.source_named(text)
        return number

    def add(self, record_type: bytes, records: Sequence[RawRecord]) -> None:
        """Takes records of one of `RECORD_TYPES`."""
        kind, known_units = RECORD_TYPES[record_type]
        names, units, starts, ends, values = zip(*records, strict=True)
        start_s, offset_s = unix_s_and_offset_s(starts)
        end_s = start_s if starts == ends else unix_s_and_offset_s(ends)[0]
        value = _asleep(values) if kind == "asleep" else _in_our_units(values, units, known_units)
        sources = np.fromiter(map(self._source, names), np.uint16, len(names))
        sound = ~np.isnan(start_s) & (end_s >= start_s) & np.isfinite(value) & (value >= 0)
        if kind != "asleep":
            self.unsound += int(sound.size - sound.sum())
        self._batches.setdefault(kind, []).append(
            Samples(
                start_s[sound].astype(np.uint32),
                end_s[sound].astype(np.uint32),
                np.minimum(value[sound], 1e9).astype(np.float32),
                sources[sound],
                np.clip(np.round(offset_s[sound] / 900), -96, 96).astype(np.int8),
            )
        )

    def sorted(self) -> dict[Kind, Samples]:
        """Every kind there is any of; the batches are given up."""
        found = {kind: _joined(self._batches.pop(kind)) for kind in tuple(self._batches)}
        return {kind: samples for kind, samples in found.items() if samples.start_s.size}


def _joined(batches: list[Samples]) -> Samples:
    columns = []
    for name in ("start_s", "end_s", "value", "source", "offset_quarters"):
        columns.append(np.concatenate([getattr(batch, name) for batch in batches]))
    whole = Samples(*columns)
    order = np.lexsort((whole.source, whole.end_s, whole.start_s)).astype(np.uint32)
    whole = whole.at(order)
    return whole.at(np.flatnonzero(~_repeats(whole)))


def _repeats(samples: Samples) -> NDArray[np.bool_]:
    """True where a sample is the one before it once more: copies of a restored phone, or of a correlation."""
    same = np.zeros(samples.start_s.size, bool)
    same[1:] = samples.start_s[1:] == samples.start_s[:-1]
    for column in (samples.end_s, samples.value, samples.source):
        same[1:] &= column[1:] == column[:-1]
    return same


def _asleep(values: Sequence[bytes]) -> Column:
    return np.array([1.0 if value.startswith(_ASLEEP) else np.nan for value in values])


def _in_our_units(values: Sequence[bytes], units: Sequence[bytes], known: Mapping[str, float]) -> Column:
    """A number too large to be one becomes infinite: it is in no channel's range."""
    with np.errstate(over="ignore"):
        return _numbers(values) * _factors(units, known)


def _numbers(values: Sequence[bytes]) -> Column:
    try:
        return np.array(values, "S").astype(np.float64)
    except ValueError:
        return np.array([number(value.decode("latin-1")) for value in values])


def _factors(units: Sequence[bytes], known: Mapping[str, float]) -> Column:
    factor = {unit: known.get(unit.decode("latin-1"), np.nan) for unit in set(units)}
    return np.array([*factor.values()] if len(factor) == 1 else [factor[unit] for unit in units])
