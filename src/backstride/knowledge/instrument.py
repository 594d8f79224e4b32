"""A questionnaire that measures how somebody is doing, and how to read its numbers."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from backstride.knowledge.records import Plain, Record, Sourced, Strict, Words
from backstride.knowledge.rules import BadRule, Rule

SCORE = "score"
"""The name by which a band's rule speaks of the whole score."""

Scoring = Literal["sum", "mean", "lead", "share_of_answered", "total"]
"""sum: all items added; mean: of the items answered; lead: the item named; share_of_answered: what was
scored out of what the answered items could give, in percent; total: worked out elsewhere and typed in."""


class Option(Strict):
    """One answer of an item, and what it counts."""

    value: float
    says: Plain


class Item(Strict):
    """One question of an instrument, or one number of it that is typed in."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    ask: Plain
    low: float = 0
    high: float = 1
    option: tuple[Option, ...] = ()
    """Empty where any whole number between `low` and `high` may be given."""


class OwnItems(Strict):
    """Items that the runner names in their own words, each scored on one scale."""

    ask_for: Plain
    ask: Plain
    """Asked of each, with {activity} in it."""
    least: int = Field(ge=1)
    """With fewer there is no score."""
    most: int
    low: float
    high: float


class Recovered(Sourced):
    """At this score, or better, somebody counts as recovered."""

    at: float


class Changed(Sourced):
    """The smallest change that counts: by points, or by share of the earlier score."""

    points: float = Field(gt=0)
    share: float | None = Field(None, gt=0, lt=1)
    """Only for getting better, and only where lower is better: a small number doubles by chance."""


class Band(Sourced):
    """What a score in one range says.  The first band that is a yes counts."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    when: str
    """A rule over `score` and the items' ids."""
    says: Plain
    see_someone: bool = False
    """True where it is worth showing to a professional."""

    @property
    def rule(self) -> Rule:
        """The band's range, as a three-valued rule."""
        return Rule(self.when)


class InstrumentCase(Strict):
    """What one filled-in sheet must come to; runs as a test."""

    name: Words
    items: dict[str, float] = Field(default_factory=dict)
    total: float | None = None
    expect: float | tuple[float, float] | Literal["not known"]
    """A number, the two ends where blanks leave it open, or not known."""
    band: str | None = None
    """Id of the band; left out where none is settled."""
    earlier_items: dict[str, float] = Field(default_factory=dict)
    earlier_total: float | None = None
    change: Literal["recovered", "better", "worse", "not more than chance", "not known"] | None = None


class Instrument(Record):
    """One instrument.  Where its wording is not free it has no items of its own: numbers are typed in."""

    kind: ClassVar[str] = "instruments"
    name: Plain
    measures: Plain
    window: Plain
    """Which time it asks about."""
    intro: Plain | None = None
    """Said before the first item."""
    wording: Literal["original", "own", "none"]
    """Whose words the items are in; none where no item text is shipped."""
    licence: Plain
    not_done: Plain | None = None
    """What we deliberately leave out, and why."""
    scoring: Scoring
    lead: str | None = None
    low: float
    high: float
    unit: Literal["points", "percent"]
    better: Literal["lower", "higher"]
    least_answered: int = 1
    """With fewer items answered the score is not known."""
    takes_total: bool
    """True where the whole score may be typed in at once."""
    item: tuple[Item, ...] = ()
    own_items: OwnItems | None = None
    every_weeks: int | None = None
    at_weeks: tuple[int, ...] = ()
    """Weeks after the first one at which it is worth filling in again."""
    floor: Plain
    """Where it cannot see a change."""
    recovered: Recovered | None = None
    changed: Changed | None = None
    """None where no change is judged."""
    band: tuple[Band, ...] = ()
    case: tuple[InstrumentCase, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.every_weeks is None) == (not self.at_weeks):
            raise ValueError("say how often: every_weeks or at_weeks, and not both")
        if (self.scoring == "lead") != (self.lead is not None):
            raise ValueError("lead: scoring lead names the item that is the score, and only it does")
        if self.scoring == "total" and not self.takes_total:
            raise ValueError("takes_total: a score that is typed in must be allowed to be")
        if self.scoring == "mean" and self.own_items is None:
            raise ValueError("own_items: a mean is over activities of the runner's own")
        if self.changed is not None and self.changed.share is not None and self.better == "higher":
            raise ValueError("changed.share: means something only where lower is better")
        return self

    @model_validator(mode="after")
    def _names(self) -> Self:
        ids = [item.id for item in self.item]
        if len(set(ids)) != len(ids) or SCORE in ids:
            raise ValueError("item: each id once, and none of them 'score'")
        if self.lead is not None and self.lead not in ids:
            raise ValueError(f"lead: no item is called {self.lead!r}")
        for band in self.band:
            try:
                unknown = band.rule.names - {SCORE, *ids}
            except BadRule as error:
                raise ValueError(f"band {band.id}: {error}") from None
            if unknown:
                raise ValueError(f"band {band.id}: when: no item is called {', '.join(sorted(unknown))}")
        return self
