"""Which pair each run was in, as far as the record and the runner tell.

`Shoe.worn_in`, a service's list of runs in a pair, is worked into `Activity.shoe` before (`copies.record`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from backstride.features.certain import total
from backstride.features.lookback import Lookback
from backstride.features.possible import distance_of
from backstride.features.recorded import days_of
from backstride.model.activity import Activity
from backstride.model.findings import Interval
from backstride.model.history import Shoe, Span


@dataclass(frozen=True)
class Pair:
    """One pair as the record has it."""

    id: str
    name: str
    told: Shoe | None
    runs: tuple[Activity, ...]
    """Those known to be in it, by day."""

    def may_be_worn_on(self, on: date) -> bool:
        """False where the runner says that it was not in use that day."""
        if self.told is None:
            return True
        first, last = self.told.in_use_from, self.told.in_use_to
        return (first is None or first <= on) and (last is None or on <= last)


@dataclass(frozen=True)
class Rack:
    """Every pair, and the runs of which the pair is not known."""

    look: Lookback
    until: date
    """The last day looked at."""
    runs: tuple[Activity, ...]
    """Every run up to then, by day."""
    pairs: tuple[Pair, ...]
    """By id."""

    @cached_property
    def worn(self) -> dict[str, Pair]:
        """The pair of each run by the run's id; a run of no known pair is not there."""
        return {run.id: pair for pair in self.pairs for run in pair.runs}

    @cached_property
    def open(self) -> tuple[Activity, ...]:
        """The runs of no known pair."""
        return tuple(run for run in self.runs if run.id not in self.worn)

    @cached_property
    def unseen_m(self) -> dict[date, float]:
        """The most that may have been run on each day nobody recorded, from the first use or run on."""
        told = (pair.told.in_use_from for pair in self.pairs if pair.told is not None)
        first = min(
            (*(day for day in told if day is not None), *(run.on for run in self.runs[:1])), default=None
        )
        if first is None or first > self.until:
            return {}
        book, days = self.look.book, days_of(Span(first, self.until))
        return {day: book.longest_possible_run_m(day) for day in days if not book.is_recorded(day)}

    def distance_m(self, runs: Iterable[Activity]) -> Interval:
        """The distance of some runs; one without distance may have been as long as any."""
        return total(distance_of(run, self.look) for run in runs)

    def perhaps_m(self, pair: Pair, runs: Iterable[Activity]) -> Interval:
        """How far those of some runs may have been in a pair that are of no known pair: from 0 on."""
        may_be = (run for run in runs if run.id not in self.worn and pair.may_be_worn_on(run.on))
        return Interval(0.0, self.distance_m(may_be).high)

    def runs_in(self, span: Span) -> tuple[Activity, ...]:
        """The runs that began in a span."""
        return tuple(run for run in self.look.runs_in(span) if run.on <= self.until)


def rack(look: Lookback, until: date) -> Rack:
    """Every pair told of, or named by a run up to a day, by id."""
    told = {shoe.id: shoe for shoe in look.history.shoes}
    runs = tuple(run for run in look.runs if run.on <= until)
    worn = [(run, id) for run in runs if (id := look.worn.get(run.id)) is not None]
    by_pair: dict[str, list[Activity]] = {id: [] for id in sorted({*told, *(id for _, id in worn)})}
    for run, id in worn:
        by_pair[id].append(run)
    pairs = tuple(Pair(id, _name(id, told.get(id)), told.get(id), tuple(own)) for id, own in by_pair.items())
    return Rack(look, until, runs, pairs)


def _name(id: str, told: Shoe | None) -> str:
    return id if told is None or not told.model else told.model
