"""Every month of the record, for a long history at a glance."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from backstride.features.lookback import Lookback
from backstride.features.onset import pain_by_day
from backstride.model.findings import Interval
from backstride.model.history import Span
from backstride.model.season import MonthTold


def months(look: Lookback) -> tuple[MonthTold, ...]:
    """From the month of the first run to that of the day looked from, none left out between."""
    if not look.runs:
        return ()
    pain = pain_by_day(look.history, look.on)
    days = look.days(Span(look.runs[0].on.replace(day=1), look.on))
    found = []
    for first, group in groupby(days, key=lambda day: day.on.replace(day=1)):
        month = list(group)
        seen = [day for day in month if day.state != "unrecorded"]
        found.append(
            MonthTold(
                first,
                Interval(sum(day.distance_m.low for day in seen), sum(day.distance_m.high for day in seen)),
                sum(day.state == "run" for day in month),
                len(month) - len(seen),
                max((score for on, score in pain.items() if _same(on, first)), default=None),
            )
        )
    return tuple(found)


def _same(on: date, first: date) -> bool:
    return (on.year, on.month) == (first.year, first.month)
