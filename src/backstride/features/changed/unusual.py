"""How unusual the weeks before the pain are: against every other week of the runner's own year.

Each exposure in each window is scored (see `scores`), and its scores are brought to one measure by how large
they get in the year anyway: an exposure that often leaps must leap farther.

Then the largest over all exposures and windows is held against the largest on every other day of the year,
had the pain begun then.  So it does not matter how many exposures there are, how they hang together or how
windows overlap: a runner in whose year something always stands out is told of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import numpy as np

from backstride.features.changed.scores import Asked, Places, scored, spread
from backstride.features.changed.windows import Rolling, rolling
from backstride.features.exposures.columns import Columns
from backstride.features.exposures.row import Exposure, Kind, Way
from backstride.features.exposures.table import EXPOSURES
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column

_LAGS: dict[Kind, str] = {
    "a week": "changed_amount_days",
    "on average": "changed_mean_days",
}
"""Threshold: how long the windows of each kind are."""


@dataclass(frozen=True)
class Judged:
    """One exposure over windows of one length, in one direction."""

    row: Exposure
    days: int
    """How long the windows are."""
    way: Way
    score: Column
    """By last day; minus infinity where it cannot be told.  Only the days of the year and the last count."""
    of_day: Column
    """What each day says, on a scale that shows a new level well; NaN where it does not weigh."""
    windows: Rolling


@dataclass(frozen=True)
class Year:
    """Everything judged, with the days it is held against."""

    judged: tuple[Judged, ...]
    at: int
    """The place of the day the pain began."""
    others: Places
    """The places of the days it is held against."""
    chances: Mapping[int, float]
    """The onset's distribution: how many days before `at` -> how probable."""

    @property
    def weeks(self) -> float:
        """How many weeks those come to: how many times nothing happened, at most."""
        return self.largest.size / 7

    @cached_property
    def largest(self) -> Column:
        """The largest score on each of the other days."""
        if not self.judged:
            return np.empty(0)
        scores = np.array([each.score[self.others] for each in self.judged]).max(axis=0)
        known: Column = scores[np.isfinite(scores)]
        return known

    def stands_out(self, score: float, knowledge: Knowledge) -> bool:
        """Whether a score is both large for any runner and rare in this one's year."""
        large = score >= knowledge.number("changed_least_score")
        return large and self.chance(score) <= knowledge.number("changed_chance")

    def chance(self, score: float) -> float:
        """How often something stands out as much on any day; never below one in the weeks."""
        beyond = float(np.mean(self.largest >= score)) if self.largest.size else 1.0
        return (1 + self.weeks * beyond) / (1 + self.weeks)


def judged_year(days: Columns, chances: Mapping[int, float], knowledge: Knowledge) -> Year:
    """Every exposure and window of a year that ends with the onset.

    `chances` is the onset's distribution: how many days before the last one -> how probable.  Windows that
    end on any of these days count by it, and on the other days of the year likewise.
    """
    lags = {kind: [int(lag) for lag in knowledge.edges(edges)] for kind, edges in _LAGS.items()}
    at = days.recorded.size - 1
    newest = at - max(map(max, lags.values())) - max(chances)
    oldest = max(0, newest - int(knowledge.number("changed_year_days")) + 1)
    others = np.arange(oldest, max(oldest, newest + 1))
    judged = [
        each
        for row in EXPOSURES
        for lag in lags[row.kind]
        for each in _judged(row, lag, days, chances, at, others, knowledge)
    ]
    return Year(tuple(judged), at, others, chances)


def score_without(
    gone: Sequence[date], judged: Judged, year: Year, days: Columns, knowledge: Knowledge
) -> float:
    """The score of the onset had nobody recorded some days."""
    amount = days.amounts[judged.row.id].copy()
    amount[[days.at(on) for on in gone]] = np.nan
    less = replace(days, amounts={**days.amounts, judged.row.id: amount})
    again = _judged(judged.row, judged.days, less, year.chances, year.at, year.others, knowledge)
    return max((float(each.score[year.at]) for each in again if each.way == judged.way), default=-np.inf)


def _judged(
    row: Exposure,
    lag: int,
    days: Columns,
    chances: Mapping[int, float],
    at: int,
    others: Places,
    knowledge: Knowledge,
) -> Sequence[Judged]:
    windows = rolling(row, days, lag, knowledge)
    averaged = partial(_averaged, chances=chances, knowledge=knowledge)
    value = averaged(windows.value)
    weeks = max(knowledge.number("changed_least_own_weeks"), lag // 7)
    if not np.isfinite(windows.value[at] + value[at]) or np.isfinite(value[others]).sum() < 7 * weeks:
        return ()
    scores = scored(Asked(row, lag, days, windows, at, others, averaged, knowledge))
    if scores is None:
        return ()
    seen = float(averaged(windows.seen)[at] * averaged(windows.base_seen)[at])
    found = []
    for way, score in scores.by_way.items():
        own = score / max(spread(score[others]), 1.0)
        own[at] *= seen if own[at] > 0 else 1.0
        found.append(Judged(row, lag, way, own, scores.of_day, windows))
    return found


def _averaged(column: Column, chances: Mapping[int, float], knowledge: Knowledge) -> Column:
    """Each day with those before it, weighted as the days on which the pain may have begun.

    Not known where less than `changed_least_chance` of that is.
    """
    if chances.keys() <= {0}:
        return column
    total, weight = np.zeros(column.size), np.zeros(column.size)
    for back, chance in chances.items():
        moved = np.concatenate([np.full(back, np.nan), column[: column.size - back]])
        known = np.isfinite(moved)
        total[known] += chance * moved[known]
        weight[known] += chance
    least = knowledge.number("changed_least_chance")
    average: Column = np.divide(total, weight, out=np.full(column.size, np.nan), where=weight >= least)
    return average
