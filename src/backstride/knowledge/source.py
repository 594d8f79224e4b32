"""A paper, guideline or rule that a figure comes from."""

from __future__ import annotations

from pydantic import Field

from backstride.knowledge.records import Strict
from backstride.model.assessment import SourceNote
from backstride.model.findings import Checked


class Source(Strict):
    """One source.  `checked` says how far the figures taken from it were read at the source."""

    id: str
    citation: str = Field(min_length=8)
    doi: str | None = None
    design: str = Field(min_length=2)
    studied: str = Field(min_length=2)
    """Who was studied."""
    n: int | None = None
    checked: Checked

    def note(self) -> SourceNote:
        """As an answer carries it."""
        return SourceNote(self.id, self.citation, self.doi, self.design, self.studied, self.n, self.checked)
