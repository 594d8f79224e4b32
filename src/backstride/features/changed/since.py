"""From which day a change holds: the day of one run, or the first of a new level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from backstride.features.changed.unusual import Judged
from backstride.features.exposures.columns import Columns
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column


@dataclass(frozen=True, slots=True)
class Since:
    """When a change came."""

    on: date
    """The one day, or the first day of the new level."""
    one_day: bool
    """True where it was a single day rather than a level."""
    clear: float
    """The share of the scatter that it explains, 0 to 1."""


def since(
    alike: Sequence[Judged], days: Columns, at: int, knowledge: Knowledge, of_level: bool = False
) -> Since:
    """The day that one of several ways to look at a change shows most clearly; of equals by the first.

    `of_level` is true where a single day is known not to be all of it.
    """
    return max((_since(each, days, at, knowledge, of_level) for each in alike), key=lambda found: found.clear)


def _since(judged: Judged, days: Columns, at: int, knowledge: Knowledge, of_level: bool) -> Since:
    """The day that explains most of the scatter of the window and the weeks before it.

    Only days that weigh are looked at: for a mean, days with a run.  One day stands alone where it explains
    more of the scatter than any step from one level to another would.
    """
    first = max(0, at - judged.days - int(knowledge.number("changed_base_days")) + 1)
    of_day = judged.of_day[first : at + 1]
    places = np.flatnonzero(np.isfinite(of_day))
    recent = np.flatnonzero(places > at - judged.days - first)
    value = of_day[places] if judged.way == "up" else -of_day[places]
    top = int(recent[np.argmax(value[recent])])
    oldest = at - int(knowledge.number("changed_looked_back_days")) - first
    step, explained = step_up(value, int(np.searchsorted(places, oldest)))
    scatter = max(float(np.sum((value - value.mean()) ** 2)), 1e-12)
    alone = float((value[top] - value.mean()) ** 2) * value.size / max(1, value.size - 1)
    if not of_level and value[top] > value.mean() and alone > explained:
        return Since(_day(days, first + int(places[top])), True, alone / scatter)
    if judged.row.kind == "a week":
        while step < value.size - 1 and value[step] <= value.min():
            step += 1  # a new level begins with a day that has some of it
    return Since(_day(days, first + int(places[step])), False, explained / scatter)


def _day(days: Columns, place: int) -> date:
    return days.span.first + timedelta(days=place)


def step_up(value: Column, oldest: int) -> tuple[int, float]:
    """Where one step up explains most, not before a place, and how much of the squared scatter that is.

    The same place as `ruptures` finds for one change of mean (the tests hold the two together).  Worked out
    here: that library takes a second to load, several times what the whole comparison does, and its search
    knows neither "up only" nor "not before".
    """
    places = np.arange(max(1, oldest), value.size)
    if places.size == 0:
        return value.size - 1, 0.0
    summed = np.cumsum(value)
    before, after = summed[places - 1] / places, (summed[-1] - summed[places - 1]) / (value.size - places)
    rise = after - before
    gained = np.where(rise > 0, places * (value.size - places) / value.size * rise**2, 0.0)
    best = int(np.argmax(gained))
    return (int(places[best]), float(gained[best])) if gained[best] > 0 else (value.size - 1, 0.0)
