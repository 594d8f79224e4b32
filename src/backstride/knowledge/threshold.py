"""A cut-off that the code uses, with unit and source."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from backstride.knowledge.records import Sourced, Words


class Threshold(Sourced):
    """One number, or an ascending list of bin edges, that a clinician could disagree with."""

    id: str
    value: float | tuple[float, ...]
    unit: str
    low: float
    high: float
    """The range in which a reviewer would still call it sensible."""
    why: Words

    @model_validator(mode="after")
    def _inside(self) -> Self:
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        if self.low > self.high:
            raise ValueError("low is above high: swap them")
        if any(not self.low <= value <= self.high for value in values):
            raise ValueError(f"value must lie between low ({self.low}) and high ({self.high})")
        if list(values) != sorted(values):
            raise ValueError("bin edges must rise")
        return self
