"""What a measure is: its name and unit, what it needs, how it adds up, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from backstride.features.measures.reading import Reading
from backstride.model.activity import Activity, Column
from backstride.model.findings import Checked, Interval, Worked
from backstride.model.text import Unit

Grain = Literal["run", "window"]

AddUp: TypeAlias = Callable[[Column, Column], float]
"""One value and the running time of each of several runs -> the value of them together."""


def summed(values: Column, running_s: Column) -> float:
    """Together they come to their sum."""
    return float(values.sum())


def by_running_time(values: Column, running_s: Column) -> float:
    """Together they come to the mean, each as heavy as its running time."""
    return float(np.average(values, weights=running_s))


def highest(values: Column, running_s: Column) -> float:
    """Together they come to the highest of them."""
    return float(values.max())


@dataclass(frozen=True, slots=True)
class RunMeasure:
    """One measure of a run."""

    name: str
    unit: Unit
    adds_up: AddUp | None
    """None where several runs have no such value together."""
    low: float
    high: float
    """The range in which a value can be true; anything outside is not known, rather than a record."""
    checked: Checked
    sources: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...] = ()
    """Stream channels: at least one of each group, the first that is there."""
    work_out: Callable[[Reading, tuple[Column, ...]], float | Interval | None] | None = None
    """From the run and the columns of `needs`; None with too little running to go by, an interval where what
    else it takes is not on record."""
    fields: tuple[str, ...] = ()
    """What `stated` looks at: fields of the activity, or channels whose mean the file states."""
    stated: Callable[[Activity], float | None] | None = None
    """What stands in where there is no such stream, or all there is."""

    @property
    def grain(self) -> Grain:
        """It belongs to one run."""
        return "run"

    def of(self, reading: Reading) -> Worked:
        """The measure of one run, with what it came from, or the reason why there is none."""
        channels = self._present(reading.activity)
        if self.work_out is None or channels is None or reading.samples is None:
            return self._from_fields(reading.activity)
        value = self.work_out(reading, tuple(reading.activity.stream[channel] for channel in channels))
        return Worked(None, (), "too_little_running") if value is None else self._within(value, channels)

    def _from_fields(self, activity: Activity) -> Worked:
        value = None if self.stated is None else self.stated(activity)
        return Worked(None, (), "not_recorded") if value is None else self._within(value, self.fields)

    def _within(self, value: float | Interval, channels: tuple[str, ...]) -> Worked:
        ends = value if isinstance(value, Interval) else Interval(value, value)
        if not (self.low <= ends.low and ends.high <= self.high):
            return Worked(None, channels, "not_plausible")
        if ends.known:
            return Worked(float(ends.low), channels)
        return Worked((ends.low + ends.high) / 2, channels, None, ends.low, ends.high)

    def _present(self, activity: Activity) -> tuple[str, ...] | None:
        """The first channel there of each group; None where a group has none."""
        found = [next((each for each in group if each in activity.stream), None) for group in self.needs]
        present = tuple(channel for channel in found if channel is not None)
        return present if len(present) == len(found) else None


def field(name: str) -> Callable[[Activity], float | None]:
    """What the activity says in one of its fields."""

    def look(activity: Activity) -> float | None:
        value = getattr(activity, name)
        return None if value is None else float(value)

    return look


def average(channel: str) -> Callable[[Activity], float | None]:
    """The mean of one channel as the file itself states it."""
    return lambda activity: activity.averages.get(channel)
