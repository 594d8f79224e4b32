"""One recorded day as the exposures see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backstride.features.exposures.wear import Wear, wear
from backstride.features.lookback import Lookback
from backstride.model.activity import Activity
from backstride.model.history import DayRecord, Span


@dataclass(frozen=True, slots=True)
class Day:
    """What was done and noted on one recorded day."""

    on: date
    runs: tuple[Activity, ...]
    others: tuple[Activity, ...]
    """Activities that are not runs."""
    before: tuple[Activity, ...] | None
    """The runs of the day before; None where that day is not recorded."""
    noted: DayRecord | None
    """What a watch noted beside activities."""
    pairs: Mapping[str, Wear]
    """Of each run that names its shoes, by its id."""
    look: Lookback

    def measured(self, run: Activity, name: str) -> float | None:
        """One measure of one of its runs."""
        return self.look.measured.value(run, name)


def days_in(span: Span, look: Lookback) -> tuple[Day, ...]:
    """Every recorded day of a span, oldest first."""
    done: defaultdict[date, list[Activity]] = defaultdict(list)
    for activity in sorted(look.history.activities, key=lambda each: (each.start, each.id)):
        if span.first - timedelta(days=1) <= activity.on <= span.last:
            done[activity.on].append(activity)
    noted, pairs = _noted(span, look.history.days), wear(look)
    found: list[Day] = []
    for back in range(span.days):
        on = span.first + timedelta(days=back)
        if not look.book.is_recorded(on):
            continue
        runs = _of(done[on], lambda sport: sport == "run")
        others = _of(done[on], lambda sport: sport != "run")
        yesterday = on - timedelta(days=1)
        before = _of(done[yesterday], lambda sport: sport == "run")
        known = look.book.is_recorded(yesterday)
        found.append(Day(on, runs, others, before if known else None, noted.get(on), pairs, look))
    return tuple(found)


def _of(done: Sequence[Activity], kept: Callable[[str], bool]) -> tuple[Activity, ...]:
    return tuple(activity for activity in done if kept(activity.sport))


def _noted(span: Span, days: Sequence[DayRecord]) -> dict[date, DayRecord]:
    """What the maker that noted most of these days says: two makers are never mixed."""
    within = [day for day in days if day.on in span]
    makers = [day.maker for day in within]
    if not makers:
        return {}
    most = max(sorted(set(makers)), key=makers.count)
    return {day.on: day for day in within if day.maker == most}
