"""How pain goes on in the average of people followed for a year."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from backstride.knowledge.records import Plain, Sourced
from backstride.model.text import Text


class ExpectedCourse(Sourced):
    """Mean pain by weeks, of people who were taken in when it had lasted so long."""

    id: str
    from_day: int = Field(ge=0)
    """Of pain that had lasted so many days when the first score was noted; up to the next row's."""
    who: Plain
    weeks: tuple[float, ...] = Field(min_length=2)
    """Since the first score."""
    score: tuple[float, ...] = Field(min_length=2)
    """Mean pain at each of them, 0 to 100."""

    def text(self, field: str) -> Text:
        """The sentence in one of this row's fields."""
        return Text(f"expected_courses.{self.id}.{field}")

    @model_validator(mode="after")
    def _one_for_each(self) -> Self:
        if len(self.weeks) != len(self.score) or self.weeks[0] != 0:
            raise ValueError("weeks begin at 0 and have one score each")
        if list(self.weeks) != sorted(set(self.weeks)):
            raise ValueError("weeks must rise")
        return self
