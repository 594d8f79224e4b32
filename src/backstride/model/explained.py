"""One number taken apart: the days and runs it was made of, and the channels and files behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backstride.model.activity import Activity
from backstride.model.findings import Checked, DayState
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity, Text


@dataclass(frozen=True, slots=True)
class RunPart:
    """What one run gave to the number."""

    run: Activity
    value: Quantity | Missing
    channels: tuple[str, ...] = ()
    """Stream channels, or fields of the activity, that it was worked out from."""
    against: Activity | None = None
    """The earlier run it was held against, where the measure is a comparison."""


@dataclass(frozen=True, slots=True)
class DayPart:
    """What one day gave to the number: for a day that is not recorded, what it may have held."""

    on: date
    state: DayState
    value: Quantity | Missing
    runs: tuple[RunPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """One measure on one day or over a window, with everything it rests on."""

    name: str
    """A row of the tables of measures."""
    what: Text
    meaning: Text
    value: Quantity | Missing
    window: Span
    seen_share: float
    """Share of the window's days that the record covers, 0 to 1."""
    days: tuple[DayPart, ...]
    checked: Checked
    sources: tuple[str, ...]
