"""Measures of a week, week by week, for the picture of load."""

from __future__ import annotations

from collections.abc import Sequence

from backstride.features.lookback import Lookback
from backstride.features.windows.columns import day_columns
from backstride.features.windows.table import WINDOW_MEASURES, columns_of
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity

SHOWN = ("distance_per_week_m", "easy_per_week_m", "time_per_week_s", "heart_load_per_week_au")
"""What the page of load shows: what was run, what that weighs, how long, and what the heart says."""


def weekly(weeks: Sequence[Span], look: Lookback) -> dict[str, tuple[Quantity | Missing, ...]]:
    """Each of the measures for each of the weeks, of those days alone and not for seven."""
    if not weeks:
        return dict.fromkeys(SHOWN, ())
    columns = day_columns(look, Span(weeks[0].first, weeks[-1].last), columns_of(*SHOWN))
    return {
        name: tuple(_of(WINDOW_MEASURES[name].of(columns, week, look.knowledge), week) for week in weeks)
        for name in SHOWN
    }


def _of(told: Quantity | Missing, week: Span) -> Quantity | Missing:
    if isinstance(told, Missing):
        return told
    share = week.days / 7
    ends = (None if end is None else end * share for end in (told.low, told.high))
    return Quantity(told.value * share, told.unit, *ends)
