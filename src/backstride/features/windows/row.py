"""A measure of a window of days: what it is made of, and what it comes to with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from backstride.features.measures.row import Grain
from backstride.features.saying import missing, says
from backstride.features.windows.columns import DayColumns
from backstride.features.windows.unseen import EDGES, Grid, ends, filled
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column
from backstride.model.findings import Checked
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity, Unit


@dataclass(frozen=True, slots=True)
class WindowMeasure:
    """One measure of a window of days."""

    name: str
    unit: Unit
    days: int
    """How long a window it is usually told of."""
    columns: tuple[str, ...]
    """What it is made of: columns of `DAY_COLUMNS`."""
    low: float
    high: float
    """The range in which a value can be true."""
    checked: Checked
    sources: tuple[str, ...]
    work_out: Callable[[Mapping[str, Grid]], Column]
    """From columns of shape (fillings, days) to one value a filling, or to several rows of them where the
    runs themselves leave it open; NaN where there is no such value."""

    is_ends: bool = False
    """True where the columns are the least and the most of one quantity."""

    @property
    def grain(self) -> Grain:
        """It belongs to a window of days."""
        return "window"

    def of(self, days: DayColumns, span: Span, knowledge: Knowledge) -> Quantity | Missing:
        """What a span comes to; with days not known, the middle and the ends of most of the fillings.

        Where all fillings agree, the ends are those of resting, and of running, on every unrecorded day.

        Missing where there is nothing to fill them with, and where no such value exists, as the share of
        the long run in a week without any.
        """
        grids = filled(days, span, knowledge)
        if grids is None:
            return missing(says("window_not_recorded"), "help_cover")
        parts = {name: grids[name] for name in self.columns}
        if any(np.isnan(part).all(axis=0).any() for part in parts.values()):
            return missing(says("not_recorded_in_window", what=says(f"name_{self.name}")), "help_channel")
        values = np.atleast_2d(self.work_out(parts))
        likely, edges = values[:, :-EDGES].ravel(), values[:, -EDGES:].ravel()
        known = likely[np.isfinite(likely)]
        if known.size < likely.size / 2:
            return missing(says("no_such_value", what=says(f"name_{self.name}")), "help_none")
        low, middle, high = ends(known, knowledge)
        settled = all(self._is_known(days, span, name) for name in self.columns)
        if low == high and not settled:  # a runner like clockwork: that this day was so too is not known
            widest = [low, *edges[np.isfinite(edges)].tolist()]
            low, high = min(widest), max(widest)
            if low == high:  # not even the edges move it, and a day of its own kind may yet have
                told = Quantity(middle, self.unit)
                return missing(says("window_seen_part", value=told), "help_cover")
        if not (self.low <= low and high <= self.high):
            return missing(says("not_plausible", what=says(f"name_{self.name}")), "help_channel")
        return Quantity(middle, self.unit) if low == high else Quantity(middle, self.unit, low, high)

    def _is_known(self, days: DayColumns, span: Span, name: str) -> bool:
        first = days.at(span.first)
        return bool(np.isfinite(days.columns[name][first : first + span.days]).all())
