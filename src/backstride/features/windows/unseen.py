"""What unrecorded days may have held: stretches of the runner's own days from the weeks around them.

A gap is filled many times over, each time with another stretch of recorded days of the same length that
began on the same weekday, near ones more often than far ones.  So a filled week looks like one of this
runner's weeks, and the spread over the fillings is what the gap leaves open.

    recorded   r . r . . r .   ? ? ? ? ? ? ?   . r . r r . .
                                     ^
    one filling                  a whole week from nearby
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.features.runs import Mask
from backstride.features.windows.columns import DAY_COLUMNS, DayColumn, DayColumns
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column
from backstride.model.history import Span

Grid = NDArray[np.float64]
"""Shape (fillings, days)."""
Places = NDArray[np.int64]

_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Chance:
    """Evenly spread numbers between 0 and 1, the same at each call: nothing here is left to chance."""

    fillings: int

    def spread(self, stream: int) -> Column:
        """One number a filling, shuffled by a fixed rule of its own for each stream."""
        even = (np.arange(self.fillings) + 0.5) / self.fillings
        return np.random.default_rng(stream).permutation(even)


EDGES = 2
"""How many fillings at the end stand for what the runner's own days may never show: every unrecorded day
rested through, and every one run."""


def filled(days: DayColumns, span: Span, knowledge: Knowledge) -> Mapping[str, Grid] | None:
    """Each column over a span, so many times, each time with other own days in place of unknown ones.

    The last `EDGES` are no such days: see there.  None where too little is recorded to fill with: fewer
    than `donor_least_days`, or no such stretch.
    """
    chance = _Chance(int(knowledge.number("fillings")))
    places = _places(days, span, chance, knowledge)
    if places is None:
        return None
    grids: dict[str, Grid] = {}
    rows = [(number, row) for number, row in enumerate(DAY_COLUMNS) if row.name in days.columns]
    for _, row in rows:
        grids[row.name] = days.columns[row.name][places]
    _to_the_edges(grids, days, span)
    for number, row in rows:
        lacking = np.isnan(grids[row.name])
        if lacking.any():
            _fill(grids, lacking, row, days, places, chance.spread(1_000 + number), knowledge)
    return grids


def ends(values: Grid, knowledge: Knowledge) -> tuple[float, float, float]:
    """Low end, middle and high end: between the ends lie `fillings_interval_share` of what came out."""
    cut = (1 - knowledge.number("fillings_interval_share")) / 2
    low, middle, high = np.nanquantile(values, (cut, 0.5, 1 - cut)).tolist()
    return low, middle, high


def _to_the_edges(grids: dict[str, Grid], days: DayColumns, span: Span) -> None:
    """The last two fillings: nothing done on any unrecorded day, and the middle one of the days run."""
    first = days.at(span.first)
    gone = ~days.recorded[first : first + span.days]
    if not gone.any():
        return
    run = np.flatnonzero(days.columns["ran"] > 0)
    middle = run[np.argsort(days.columns["distance_m"][run])[run.size // 2]] if run.size else None
    for name, grid in grids.items():
        grid[-EDGES, gone] = 0.0
        if middle is not None:
            grid[-1, gone] = days.columns[name][middle]


def _places(days: DayColumns, span: Span, chance: _Chance, knowledge: Knowledge) -> Places | None:
    """For each filling and day of the span the place of the day taken; that of a recorded day is its own."""
    first, size = days.at(span.first), span.days
    own = np.arange(first, first + size)
    places = np.tile(own, (chance.fillings, 1))
    gaps = list(_gaps(days.recorded[first : first + size]))
    if gaps and days.recorded.sum() < knowledge.number("donor_least_days"):
        return None
    for begin, end in gaps:
        taken = _from_near(days.recorded, first + begin, end - begin, chance, knowledge)
        if taken is None:
            return None
        places[:, begin:end] = taken
    return np.vstack((places, np.tile(own, (EDGES, 1))))


def _gaps(recorded: Mask) -> Iterator[tuple[int, int]]:
    """Where stretches of unrecorded days begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], ~recorded, [False]]).astype(int)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _from_near(recorded: Mask, first: int, size: int, chance: _Chance, knowledge: Knowledge) -> Places | None:
    """Whole recorded stretches on the same weekdays; a gap longer than any of them is taken in halves."""
    longest = int(knowledge.number("donor_longest_days"))
    weeks = _donors(recorded, first, size) if size <= longest else np.empty(0, dtype=np.int64)
    if weeks.size:
        reach = knowledge.number("donor_reach_weeks")
        weight = np.exp(-np.abs(weeks) / reach)
        picked = np.searchsorted(np.cumsum(weight) / weight.sum(), chance.spread(first))
        begins = first + weeks[np.minimum(picked, weeks.size - 1)] * _WEEK
        stretches: Places = begins[:, None] + np.arange(size)
        return stretches
    if size == 1:
        return _any_day(recorded, first, chance)
    half = size // 2
    halves = (
        _from_near(recorded, first, half, chance, knowledge),
        _from_near(recorded, first + half, size - half, chance, knowledge),
    )
    return None if halves[0] is None or halves[1] is None else np.hstack((halves[0], halves[1]))


def _donors(recorded: Mask, first: int, size: int) -> Places:
    """How many weeks away, before or after, a whole stretch of recorded days begins."""
    full = np.concatenate([[0], np.cumsum(recorded)])
    whole = np.flatnonzero(full[size:] - full[:-size] == size)
    away = whole - first
    weeks: Places = away[away % _WEEK == 0] // _WEEK
    return weeks


def _any_day(recorded: Mask, first: int, chance: _Chance) -> Places | None:
    """Any recorded day, where none falls on the same weekday."""
    there = np.flatnonzero(recorded)
    if there.size == 0:
        return None
    picked: Places = there[(chance.spread(first) * there.size).astype(int)]
    return picked[:, None]


def _fill(
    grids: dict[str, Grid],
    lacking: Mask,
    row: DayColumn,
    days: DayColumns,
    places: Places,
    spread: Column,
    knowledge: Knowledge,
) -> None:
    """What a day with a run does not say, from days with a run that say it, near ones more often.

    It stays unknown where no such day is within `donor_run_weeks`.
    """
    column, per = days.columns[row.name], None if row.per is None else days.columns[row.per]
    says = np.isfinite(column) & (days.columns["ran"] > 0)
    if per is not None:
        says &= np.nan_to_num(per) > 0
    donors = np.flatnonzero(says)
    if donors.size == 0:
        return
    reach = knowledge.number("donor_reach_weeks") * _WEEK
    farthest = knowledge.number("donor_run_weeks") * _WEEK
    for place in np.unique(places[lacking]).tolist():
        near = donors[np.abs(donors - place) <= farthest]
        if near.size == 0:
            continue
        weight = np.exp(-np.abs(near - place) / reach)
        picked = np.searchsorted(np.cumsum(weight) / weight.sum(), np.roll(spread, place))
        picked = np.concatenate((picked, np.full(EDGES, near.size // 2)))
        chosen = near[np.minimum(picked, near.size - 1)]
        here = lacking & (places == place)
        values = column[chosen] if per is None else column[chosen] / per[chosen]
        values[-EDGES:] *= (0.0, knowledge.number("donor_edge_ratio"))
        grid = np.broadcast_to(values[:, None], lacking.shape)
        scale = 1.0 if row.per is None else grids[row.per][here]
        grids[row.name][here] = grid[here] * scale
