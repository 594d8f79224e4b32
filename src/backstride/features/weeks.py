"""The running of each week, Monday first."""

from __future__ import annotations

from datetime import date, timedelta

from backstride.features.certain import total
from backstride.features.lookback import Lookback
from backstride.model.findings import Week
from backstride.model.history import Span


def weeks(look: Lookback) -> tuple[Week, ...]:
    """The last `weeks_shown` weeks, oldest first; the one that holds the day looked from ends there."""
    monday = look.on - timedelta(days=look.on.weekday())
    back = range(int(look.number("weeks_shown")) - 1, -1, -1)
    return tuple(_week(monday - timedelta(weeks=each), look) for each in back)


def _week(first: date, look: Lookback) -> Week:
    """One week: its distance is an interval where days are unrecorded, its longest run the one on record."""
    span = Span(first, min(first + timedelta(days=6), look.on))
    runs = look.runs_in(span)
    return Week(
        first=first,
        distance_m=total(day.distance_m for day in look.days(span)),
        runs=len(runs),
        longest_run_m=max((run.distance_m for run in runs if run.distance_m is not None), default=0.0),
        seen_days=span.days - look.unseen_days(span),
    )
