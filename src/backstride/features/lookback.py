"""The record as the finders see it: one history, the day to end on, and windows before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TypeAlias

from backstride.features.certain import times, total
from backstride.features.days import DayBook
from backstride.features.load.own import OwnUsual, own_usual
from backstride.features.measures.memory import Measured
from backstride.features.recorded import days_of
from backstride.features.shoes.pair_of import pair_of_each
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity, Device
from backstride.model.findings import DayLoad, Interval, Onset
from backstride.model.history import History, Span

_DAY = timedelta(days=1)
_ALIKE = ("measured", "own", "book", "runs", "worn", "place_noters", "_highest_bpm")
"""What is kept once it was worked out, and is the same from any onset."""

Make: TypeAlias = tuple[str | None, str]


@dataclass(frozen=True)
class Lookback:
    """One history up to a day, seen from the onset of the pain, or from that day where no onset is known."""

    history: History
    on: date
    onset: Onset | None
    knowledge: Knowledge
    memory: Measured | None = None
    """What was worked out of its runs before."""

    def seen_from(self, onset: Onset | None) -> Lookback:
        """The same record seen from an onset; what does not hang on it is not worked out again."""
        other = replace(self, onset=onset)
        other.__dict__.update({name: self.__dict__[name] for name in _ALIKE if name in self.__dict__})
        return other

    @cached_property
    def measured(self) -> Measured:
        """The measures of its runs."""
        return Measured(self.knowledge) if self.memory is None else self.memory

    @cached_property
    def own(self) -> OwnUsual:
        """How the runner usually runs, from the newest runs up to `on`."""
        return own_usual(self.runs, self.measured, self.knowledge)

    @cached_property
    def book(self) -> DayBook:
        """The loads of its days; nothing after `on` is looked at."""
        up_to = tuple(activity for activity in self.history.activities if activity.on <= self.on)
        return DayBook(replace(self.history, activities=up_to), self.knowledge)

    @cached_property
    def runs(self) -> tuple[Activity, ...]:
        """Every run up to `on`, by local day and start."""
        kept = (each for each in self.history.activities if each.sport == "run" and each.on <= self.on)
        return tuple(sorted(kept, key=lambda run: (run.on, run.start, run.id)))

    @cached_property
    def worn(self) -> Mapping[str, str]:
        """The pair of shoes of each run by the run's id; only of runs whose pair is known."""
        return pair_of_each(self.runs, self.history.shoes)

    @cached_property
    def place_noters(self) -> frozenset[Make]:
        """The makes of device that noted places on any run: one of them without places had none to note."""
        devices = (run.device for run in self.runs if run.device is not None and "latitude_deg" in run.stream)
        return frozenset(make for each in devices if (make := make_of(each)) is not None)

    @cached_property
    def until(self) -> date:
        """The last day that counts as before the pain: runs of that day are part of it."""
        return self.on if self.onset is None else min(self.on, self.onset.by)

    @cached_property
    def seen_until(self) -> date:
        """The last recorded day of the `tail_days` up to `until`; `until` itself where there is none.

        A runner who hurts often stops, so the record ends a day or two before the day named.  Windows of
        weeks end where the record does; none of the days in between is taken for rest.
        """
        tail = range(int(self.number("tail_days")) + 1)
        recorded = (day for back in tail if self.book.is_recorded(day := self.until - _DAY * back))
        return next(recorded, self.until)

    def number(self, threshold: str) -> float:
        """One cut-off."""
        return self.knowledge.number(threshold)

    @property
    def recent(self) -> Span:
        """The weeks that are judged: `recent_days` up to the last day seen."""
        return back_from(self.seen_until, int(self.number("recent_days")))

    @property
    def usual(self) -> Span:
        """The weeks they are judged against: `usual_days` before them."""
        return back_from(self.recent.first - _DAY, int(self.number("usual_days")))

    def days(self, span: Span) -> tuple[DayLoad, ...]:
        """The loads of a span's days."""
        return tuple(self.book.load(day) for day in days_of(span))

    def weekly(self, span: Span, of: Callable[[DayLoad], Interval]) -> Interval:
        """What a span comes to per week."""
        return times(total(of(day) for day in self.days(span)), 7 / span.days)

    def seen_share(self, span: Span) -> float:
        """The share of a span's days that the record covers, 0 to 1."""
        return 1 - self.unseen_days(span) / span.days

    def unseen_days(self, span: Span) -> int:
        """How many of a span's days are not recorded."""
        return sum(not self.book.is_recorded(day) for day in days_of(span))

    def runs_in(self, span: Span) -> tuple[Activity, ...]:
        """The runs that began in a span, by start."""
        first, end = self._places(span)
        return self.runs[first:end]

    def highest_bpm(self, span: Span) -> list[float | None]:
        """The highest heart rate held in each run of a span, by start; looked up once for each run."""
        places, known = range(*self._places(span)), self._highest_bpm
        for place in places:
            if place not in known:
                known[place] = self.measured.value(self.runs[place], "highest_heart_rate_bpm")
        return [known[place] for place in places]

    @cached_property
    def _highest_bpm(self) -> dict[int, float | None]:
        """By place among `runs`."""
        return {}

    def _places(self, span: Span) -> tuple[int, int]:
        first = bisect_left(self.runs, span.first, key=lambda run: run.on)
        return first, bisect_right(self.runs, span.last, key=lambda run: run.on)


def make_of(device: Device) -> Make | None:
    """Maker and product; None where the product is not known."""
    return None if device.product is None else (device.maker, device.product)


def back_from(last: date, days: int) -> Span:
    """The span of so many days that ends on `last`, both ends counted."""
    return Span(last - _DAY * (days - 1), last)


def ids(activities: Iterable[Activity]) -> tuple[str, ...]:
    """Their ids, in order."""
    return tuple(activity.id for activity in activities)
