"""A stretch of the record as pictures show it: everything on one axis of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backstride.model.findings import DayLoad, Interval, Onset, PainMark
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity

SpikeBin = Literal["over_10", "over_30", "over_100"]


@dataclass(frozen=True, slots=True)
class SpikeMark:
    """A day whose longest run certainly went over the study's reference bin."""

    on: date
    bin: SpikeBin


@dataclass(frozen=True, slots=True)
class WeekTold:
    """One week, Monday first; the last may be cut short."""

    span: Span
    distance: Quantity | Missing
    """Of these days, with its interval where some are not recorded."""
    running_days: Quantity | Missing
    longest_m: float | None
    """The longest run on record; None where there is none."""
    seen_days: int
    pain: float | None
    """The worst score noted; None where none was."""


@dataclass(frozen=True, slots=True)
class MonthTold:
    """One month of the record as it stands: nothing is put in for days that are not recorded."""

    first: date
    """The first day of the month, whole or not."""
    distance_m: Interval
    """Of the recorded days: two ends where a run has no distance."""
    run_days: int
    unseen_days: int
    pain: float | None
    """The worst score noted; None where none was."""


@dataclass(frozen=True, slots=True)
class Season:
    """Days, pain, jumps and weeks of one stretch."""

    span: Span
    days: tuple[DayLoad, ...]
    pain: tuple[PainMark, ...]
    onset: Onset | None
    spikes: tuple[SpikeMark, ...]
    weeks: tuple[WeekTold, ...]
