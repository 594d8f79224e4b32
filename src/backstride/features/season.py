"""A stretch of the record made ready for pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from backstride.features.lookback import Lookback
from backstride.features.onset import pain_by_day
from backstride.features.spike import spiked
from backstride.features.windows.columns import DayColumns, day_columns
from backstride.features.windows.table import WINDOW_MEASURES, columns_of
from backstride.model.findings import PainMark
from backstride.model.history import Span
from backstride.model.season import Season, SpikeMark, WeekTold
from backstride.model.text import Missing, Quantity

_TOLD = ("distance_per_week_m", "running_days_per_week")


def season(span: Span, look: Lookback) -> Season:
    """The days of a span up to the day looked from, with pain, jumps and weeks."""
    scores = pain_by_day(look.history, look.on)
    columns = day_columns(look, span, columns_of(*_TOLD))
    return Season(
        span=span,
        days=look.days(span),
        pain=tuple(PainMark(day, score) for day, score in scores.items() if day in span),
        onset=look.onset,
        spikes=tuple(SpikeMark(on, bin) for on, bin in spiked(span, look)),
        weeks=tuple(_week(week, columns, scores, look) for week in _weeks_of(span)),
    )


def _weeks_of(span: Span) -> list[Span]:
    """Whole weeks from Monday on that touch a span, the last cut off at its end."""
    monday = span.first - timedelta(days=span.first.weekday())
    firsts = [monday + timedelta(weeks=nth) for nth in range((span.last - monday).days // 7 + 1)]
    return [Span(max(first, span.first), min(first + timedelta(days=6), span.last)) for first in firsts]


def _week(week: Span, columns: DayColumns, scores: Mapping[date, float], look: Lookback) -> WeekTold:
    known = [run.distance_m for run in look.runs_in(week) if run.distance_m is not None]
    pain = [score for day, score in scores.items() if day in week]
    return WeekTold(
        week,
        _in_all("distance_per_week_m", week, columns, look),
        _in_all("running_days_per_week", week, columns, look),
        max(known, default=None),
        week.days - look.unseen_days(week),
        max(pain, default=None),
    )


def _in_all(name: str, week: Span, columns: DayColumns, look: Lookback) -> Quantity | Missing:
    """A weekly measure for these days alone, not for seven."""
    told = WINDOW_MEASURES[name].of(columns, week, look.knowledge)
    if isinstance(told, Missing):
        return told
    share = week.days / 7
    ends = (None if end is None else end * share for end in (told.low, told.high))
    return Quantity(told.value * share, told.unit, *ends)
