"""How one exposure of one runner is set side by side: as it is, or as a ratio, and what is least a change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backstride.features.exposures.row import Exposure
from backstride.features.exposures.scatter import above_floor, usual_some
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of one exposure.

    Ratios have a floor, so that nothing at all is no infinite change.
    """

    step: float
    """The least change that is told, on this scale, from the middle of the year."""
    floor: float | None
    """Of a ratio, in the exposure's unit; None where values stand as they are."""

    def __call__(self, value: Column) -> Column:
        """The values on this scale."""
        return np.copy(value) if self.floor is None else above_floor(value, self.floor)

    @property
    def least_scatter(self) -> float:
        """No runner is taken for steadier than half of the least change."""
        return self.step / 2


def scale_of(row: Exposure, year: Column, floor_share: float, knowledge: Knowledge) -> Scale | None:
    """The scale by the runner's year; None where the year holds none of it, and no ratio can be told."""
    least = knowledge.number(row.least)
    if not row.is_ratio:
        return Scale(least, None)
    usual = usual_some(year)
    if usual is None:
        return None
    floor = usual * floor_share
    return Scale(float(np.log((least * usual + floor) / (usual + floor))), floor)
