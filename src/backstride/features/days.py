"""The running of each local day.  A rest day is zero; an unrecorded day is an interval, never zero."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from backstride.features.certain import ZERO, total
from backstride.features.day_sums import OfRun, summed
from backstride.features.measures.of_fields import srpe_au
from backstride.features.recorded import covered, days_of, recorded_spans
from backstride.features.saying import missing, says
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity
from backstride.model.findings import DayLoad, DayState, Interval
from backstride.model.history import History, Span
from backstride.model.text import Missing


def day_loads(history: History, first: date, last: date, knowledge: Knowledge) -> tuple[DayLoad, ...]:
    """One load for each local day from `first` to `last`, both counted; see `DayBook.load`."""
    book = DayBook(history, knowledge)
    return tuple(book.load(on) for on in days_of(Span(first, last)))


@dataclass(frozen=True, slots=True)
class _Most:
    """The most that is held possible for something nobody recorded."""

    distance_m: float
    moving_s: float
    other_moving_s: float


class DayBook:
    """Every day of one history, ready to be asked for its load."""

    def __init__(self, history: History, knowledge: Knowledge) -> None:
        by_day: defaultdict[date, list[Activity]] = defaultdict(list)
        for activity in sorted(history.activities, key=lambda activity: (activity.start, activity.id)):
            by_day[activity.on].append(activity)
        self._by_day = dict(by_day)
        self._spans = recorded_spans(history, knowledge)
        self._days = sorted(by_day)
        self._totals = np.array([_known_total(by_day[on]) for on in self._days]).reshape(-1, 3)
        self._near = timedelta(days=knowledge.number("own_largest_day_days"))
        self._unheard_of = _Most(
            knowledge.number("unknown_day_distance_m"),
            knowledge.number("unknown_day_moving_s"),
            knowledge.number("unknown_day_moving_s"),
        )
        self._loads: dict[date, DayLoad] = {}

    def load(self, on: date) -> DayLoad:
        """The running of one local day.

        Distances and times add up over the day's runs.  A recorded day without a run is exactly zero.  On
        a day that is not recorded each lies between zero and the runner's own largest day within a year
        of it (`own_largest_day_days`, both sides, so that a few short first runs do not bound an early
        gap); with no day to go by, `unknown_day_distance_m` and `unknown_day_moving_s`.  A run whose
        distance was not recorded adds the same interval.  Climb, descent and session load are Missing
        where one run of the day lacks them, and on unrecorded days.
        """
        if on not in self._loads:
            self._loads[on] = self._load(on)
        return self._loads[on]

    def _load(self, on: date) -> DayLoad:
        done = self._by_day.get(on, [])
        if not done and not covered(on, self._spans):
            return _unrecorded(on, self._most_near(on))
        runs = [activity for activity in done if activity.sport == "run"]
        others = [activity for activity in done if activity.sport != "run"]
        most = self._most_near(on) if _lacks_any(done) else self._unheard_of
        distances = [_between(run.distance_m, most.distance_m) for run in runs]
        return DayLoad(
            on=on,
            state=_state(runs, others),
            distance_m=total(distances),
            moving_s=total(_moving(run, most.moving_s) for run in runs),
            climb_m=_sum(runs, lambda run: run.climb_m, "climb"),
            descent_m=_sum(runs, lambda run: run.descent_m, "descent"),
            srpe_au=_sum(runs, srpe_au, "srpe"),
            longest_run_m=_longest(distances),
            other_moving_s=total(_moving(other, most.other_moving_s) for other in others),
            activities=tuple(activity.id for activity in done),
        )

    def longest_possible_run_m(self, on: date) -> float:
        """The longest run held possible on a day near which the runner's other days are known."""
        return self._most_near(on).distance_m

    def is_recorded(self, on: date) -> bool:
        """Whether the record covers a day."""
        return covered(on, self._spans)

    def _most_near(self, on: date) -> _Most:
        first = bisect_left(self._days, on - self._near)
        last = bisect_right(self._days, on + self._near)
        near = self._totals[first:last] if first < last else self._totals
        most = near.max(axis=0, initial=0.0)
        return _Most(
            _or(most[0], self._unheard_of.distance_m),
            _or(most[1], self._unheard_of.moving_s),
            _or(most[2], self._unheard_of.other_moving_s),
        )


def _known_total(done: Sequence[Activity]) -> tuple[float, float, float]:
    """What is known of one day for certain: distance and time of its runs, time of the rest."""
    runs = [activity for activity in done if activity.sport == "run"]
    others = [activity for activity in done if activity.sport != "run"]
    return (
        sum(run.distance_m or 0.0 for run in runs),
        sum(run.moving_s or 0.0 for run in runs),
        sum(other.moving_s or 0.0 for other in others),
    )


def _or(most: float, otherwise: float) -> float:
    return float(most) if most > 0 else otherwise


def _lacks_any(done: Sequence[Activity]) -> bool:
    return any(
        activity.moving_s is None or (activity.sport == "run" and activity.distance_m is None)
        for activity in done
    )


def _unrecorded(on: date, most: _Most) -> DayLoad:
    unknown = missing(says("day_not_recorded"), "help_cover")
    return DayLoad(
        on=on,
        state="unrecorded",
        distance_m=Interval(0.0, most.distance_m),
        moving_s=Interval(0.0, most.moving_s),
        climb_m=unknown,
        descent_m=unknown,
        srpe_au=unknown,
        longest_run_m=Interval(0.0, most.distance_m),
        other_moving_s=Interval(0.0, most.other_moving_s),
    )


def _state(runs: Sequence[Activity], others: Sequence[Activity]) -> DayState:
    if runs:
        return "run"
    return "other" if others else "rest"


def _between(value: float | None, most: float) -> Interval:
    return Interval(0.0, most) if value is None else Interval(value, value)


def _moving(activity: Activity, most: float) -> Interval:
    """Time moving; where only the time from start to end is known, at most that."""
    if activity.moving_s is None and activity.elapsed_s is not None:
        return Interval(0.0, activity.elapsed_s)
    return _between(activity.moving_s, most)


def _longest(distances: Sequence[Interval]) -> Interval:
    if not distances:
        return ZERO
    return Interval(max(each.low for each in distances), max(each.high for each in distances))


def _sum(runs: Sequence[Activity], of: OfRun, what: str) -> Interval | Missing:
    """The sum over the day's runs; Missing where one of them lacks it."""
    total = summed(runs, of)
    if total is None:
        return missing(says(f"{what}_not_recorded"), f"help_{what}")
    return Interval(total, total)
