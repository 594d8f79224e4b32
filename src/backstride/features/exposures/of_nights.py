"""What a watch notes beside running: sleep, resting heart rate and its variability, as the setting."""

from __future__ import annotations

from collections.abc import Callable

from backstride.features.exposures.day import Day
from backstride.features.exposures.row import Exposure, OfDay, Part
from backstride.model.history import DayRecord


def _noted(of: Callable[[DayRecord], float | None]) -> OfDay:
    """The value of the day; not known where none was noted."""

    def of_day(day: Day) -> Part | None:
        value = None if day.noted is None else of(day.noted)
        return None if value is None else (value, 1.0)

    return of_day


OF_NIGHTS = (
    Exposure(
        "sleep",
        "s",
        "on average",
        "sleep",
        ("down",),
        "changed_least_sleep_s",
        _noted(lambda day: day.sleep_s),
    ),
    Exposure(
        "resting_heart_rate",
        "bpm",
        "on average",
        "rest",
        ("up",),
        "changed_least_resting_bpm",
        _noted(lambda day: day.resting_heart_rate_bpm),
    ),
    Exposure(
        "rmssd",
        "ms",
        "on average",
        "rest",
        ("down",),
        "changed_least_amount",
        _noted(lambda day: day.hrv_rmssd_ms),
        is_ratio=True,
    ),
    Exposure(
        "sdnn",
        "ms",
        "on average",
        "rest",
        ("down",),
        "changed_least_amount",
        _noted(lambda day: day.hrv_sdnn_ms),
        is_ratio=True,
    ),
)
"""Night by night; the two kinds of variability are never compared with one another."""
