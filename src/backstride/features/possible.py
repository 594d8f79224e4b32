"""How far runs without a distance, and days nobody recorded, may have gone at most."""

from __future__ import annotations

from backstride.features.lookback import Lookback
from backstride.features.recorded import days_of
from backstride.model.activity import Activity
from backstride.model.findings import Interval
from backstride.model.history import Span


def distance_of(run: Activity, look: Lookback) -> Interval:
    """The distance of one run; where it was not recorded, up to the longest held possible."""
    if run.distance_m is None:
        return Interval(0.0, look.book.longest_possible_run_m(run.on))
    return Interval(run.distance_m, run.distance_m)


def unseen_m(span: Span, look: Lookback) -> float:
    """The most that may have been run on a span's days that are not recorded."""
    unseen = (day for day in days_of(span) if not look.book.is_recorded(day))
    return sum((look.book.longest_possible_run_m(day) for day in unseen), 0.0)
