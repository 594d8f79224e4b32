"""Made-up runs and histories, drawn as small tables."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import numpy as np

from backstride.features.lookback import Lookback
from backstride.knowledge.loader import shipped
from backstride.model.activity import Activity, Column, Device, Origin, Stream
from backstride.model.findings import Finding, Onset
from backstride.model.history import History, Span
from backstride.model.text import Quantity

KNOWLEDGE = shipped()
LAST = date(2026, 6, 28)
"""The last day of every drawn table: a Sunday."""
BERLIN = ZoneInfo("Europe/Berlin")
WATCH = Device("made up", "watch one")
DAY = timedelta(days=1)


def run(on: date, km: float | None = 8.0, *, hour: int = 7, zone: tzinfo = BERLIN) -> Activity:
    """A run of so many kilometres at 6 min/km, as a watch without any stream would give it."""
    start = datetime(on.year, on.month, on.day, hour, tzinfo=zone)
    return Activity(
        start=start,
        zone_from="file",
        sport="run",
        origin=Origin(hashlib.sha256(f"{start} {km}".encode()).hexdigest(), "made-up.fit", "none", 1),
        distance_m=None if km is None else km * 1_000,
        moving_s=None if km is None else km * 360,
    )


def drawn(table: str, last: date = LAST) -> History:
    """A history from one mark a day, ending on `last`: kilometres, `.` for rest, `?` for not recorded."""
    marks = table.split()
    days = [last - DAY * back for back in range(len(marks) - 1, -1, -1)]
    pairs = list(zip(days, marks, strict=True))
    return History(
        activities=tuple(run(on, float(mark)) for on, mark in pairs if mark not in ".?"),
        recorded=tuple(Span(on, on) for on, mark in pairs if mark != "?"),
    )


def told(on: date) -> Onset:
    """An onset that the runner named to the day."""
    return Onset(Span(on, on), told=True)


def look(history: History, on: date = LAST, onset: Onset | None = None) -> Lookback:
    """The record as finders see it."""
    return Lookback(history, on, onset, KNOWLEDGE)


def weekly(week: str, weeks: int) -> str:
    """One drawn week, so many times."""
    return " ".join([week] * weeks)


def streamed(columns: Mapping[str, Column | float], seconds: int = 600, on: date = LAST) -> Activity:
    """A run with a sample each second; a single number fills its column."""
    time_s = np.arange(seconds, dtype=np.float64)
    filled = {
        name: np.broadcast_to(np.asarray(value, dtype=np.float64), seconds) for name, value in columns.items()
    }
    return replace(run(on), stream=Stream({"time_s": time_s, **filled}), device=WATCH)


def value_of(finding: Finding) -> float:
    """The finding's number."""
    assert isinstance(finding.value, Quantity), finding.value
    return finding.value.value
