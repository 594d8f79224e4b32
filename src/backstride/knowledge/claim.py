"""What the founding articles say, and what is true of it: their statements and the references they list."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from backstride.knowledge.records import ClaimRef, PlaceRef, Plain, Review, Sourced, SourceRef, Strict
from backstride.model.assessment import Verdict

Match = Literal[
    "supports",
    "partly",
    "overstated",
    "misdated",
    "irrelevant",
    "contradicts",
    "duplicate",
    "not found",
    "not checked",
]
"""not found: looked for by journal and topic; not checked: a study the text names and nobody looked for."""
Article = Literal["S0", "S1", "S2", "S3", "S4"]


class Claim(Sourced):
    """One statement of the articles, in our own words, with the verdict and what the program makes of it."""

    id: str
    articles: tuple[Article, ...] = Field(min_length=1)
    """Which of the five articles say it."""
    says: Plain
    """The statement, in our own words."""
    verdict: Verdict
    why: Plain
    """What is true of it, in two sentences a runner understands."""
    used_by: tuple[PlaceRef, ...] = ()
    """What realises it, each as kind/id: "contributors/worn_shoes"."""
    not_used: Plain | None = None
    """Why nothing realises it."""
    review: Review = Review(status="sourced")

    @model_validator(mode="after")
    def _used_or_not(self) -> Self:
        if bool(self.used_by) == (self.not_used is not None):
            raise ValueError("used_by or not_used: say what realises it, or why nothing does, and not both")
        return self


class Reference(Strict):
    """One entry of an article's list of references, held against the sentence it stands under."""

    id: str
    article: Article
    cited: str = Field(min_length=8)
    """The paper, as it can be found; for a study that is not listed, how the article speaks of it."""
    listed: bool
    """False for a "study" the text speaks of that its list does not hold."""
    under: tuple[ClaimRef, ...]
    """Ids of the claims it stands under; empty where the text does not say."""
    match: Match
    why: Plain
    """What is right or wrong with citing it there."""
    source: SourceRef | None = None
    """Its id among our sources, where we use it ourselves."""
