"""How unusual the weeks before the pain are: against every other week of the runner's own year.

One exposure in one window is scored twice: how far it lies from the middle of the year, and how far from the
weeks just before it, each in units of how much this runner's windows differ anyway.  The smaller one
counts, so that neither a season nor the end of a break is taken for a change.

Then the largest score over all exposures and windows is held against the largest on every other day of the
year, had the pain begun then.  So it does not matter how many exposures there are, how they hang together or
how windows overlap: a runner in whose year something always stands out is told of nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from backstride.features.changed.windows import Rolling, rolling
from backstride.features.exposures.columns import Columns
from backstride.features.exposures.row import Exposure, Kind, Way
from backstride.features.exposures.table import EXPOSURES
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column

Places = NDArray[np.int64]

_LAGS: dict[Kind, str] = {
    "a week": "changed_amount_days",
    "at most": "changed_longest_days",
    "on average": "changed_mean_days",
}
"""Threshold: how long the windows of each kind are."""

_HALF_NORMAL = 2.0
"""The mean square of one side of an even scatter, doubled, is that of the whole."""


@dataclass(frozen=True)
class Judged:
    """One exposure over windows of one length, in one direction."""

    row: Exposure
    days: int
    """How long the windows are."""
    way: Way
    score: Column
    """By last day; minus infinity where it cannot be told.  Only the days of the year and the last count."""
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
    value = _averaged(windows.value, chances, knowledge)
    known = value[others][np.isfinite(value[others])]
    weeks = max(knowledge.number("changed_least_own_weeks"), lag // 7)
    level = _side_by_side(row, known, knowledge)
    if not np.isfinite(value[at]) or known.size < 7 * weeks or level is None:
        return ()
    least = knowledge.number(row.least)
    least = float(np.log(least)) if row.is_ratio else least
    base = level(_averaged(windows.base, chances, knowledge))
    seen, base_seen = (_averaged(each, chances, knowledge)[at] for each in (windows.seen, windows.base_seen))
    most = 7 * float(np.nanmax(days.amounts[row.id]))
    found = []
    for way in row.ways:
        sign = 1.0 if way == "up" else -1.0
        judged = level(value)
        judged[at] = level(_averaged(_at_least(row, way, windows, most), chances, knowledge))[at]
        score = _scores(sign * judged, sign * base, least, at, others, knowledge)
        score[at] *= seen * base_seen if score[at] > 0 else 1.0
        found.append(Judged(row, lag, way, score, windows))
    return found


def _side_by_side(row: Exposure, known: Column, knowledge: Knowledge) -> Callable[[Column], Column] | None:
    """How values of one exposure are set side by side: as they are, or as ratios.

    Ratios have a floor, so that nothing at all is no infinite change.  None where the runner's year holds
    none of it, and no ratio can be told.
    """
    if not row.is_ratio:
        return np.copy
    some = known[known > 0]
    if some.size == 0:
        return None
    floor = float(np.median(some)) * knowledge.number("changed_floor_share")

    def logarithm(value: Column) -> Column:
        level: Column = np.log(np.maximum(value, 0.0) + floor)
        return level

    return logarithm


def _at_least(row: Exposure, way: Way, windows: Rolling, most: float) -> Column:
    """The value of each window if its unrecorded days speak against a change as much as they can.

    For more they held nothing; for less each held `most`, the largest day of the year, for seven days.  Of
    a mean or of the largest day nothing of the kind can be said: they are only weakened, by how much is seen.
    """
    if row.kind != "a week":
        return windows.value
    return windows.seen * windows.value + (1 - windows.seen) * (0.0 if way == "up" else most)


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


def _scores(
    value: Column,
    base: Column,
    least: float,
    at: int,
    others: Places,
    knowledge: Knowledge,
) -> Column:
    """The score of the onset by the whole year, and of each other day by the parts it is not in."""
    scores = np.full(value.size, -np.inf)
    part = np.arange(others.size) * int(knowledge.number("changed_folds")) // max(1, others.size)
    rise = value - base
    for fold in (None, *np.unique(part).tolist()):
        judges = others if fold is None else others[part != fold]
        places = np.array([at]) if fold is None else others[part == fold]
        level = value[judges][np.isfinite(value[judges])]
        if level.size == 0:
            continue
        middle = float(np.median(level))
        score = (value[places] - middle) / max(_spread(level - middle), least)
        rises = rise[judges][np.isfinite(rise[judges])]
        score = np.minimum(score, rise[places] / max(_spread(rises), least))
        scores[places] = np.where(np.isfinite(score), score, -np.inf)
    return scores


def _spread(above: Column) -> float:
    """How far windows go beyond the middle on the side looked at."""
    return float(np.sqrt(_HALF_NORMAL * np.mean(np.maximum(above, 0.0) ** 2))) if above.size else 0.0
