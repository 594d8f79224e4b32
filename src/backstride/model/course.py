"""How the pain went on since it began, beside what is to be expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from backstride.model.findings import PainMark
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity, Text

Review = Literal["on_course", "day_14", "week_6", "week_12"]
"""on_course, or the last review whose rule the pain does not meet."""
MarkState = Literal["to come", "met", "not met", "not known"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One review since the pain began: day 14, week 6, week 12."""

    review: Review
    on: date
    state: MarkState
    says: Text
    """What its rule asks for."""


@dataclass(frozen=True, slots=True)
class WeekOfPain:
    """Seven days since the pain began, counted from its first day."""

    span: Span
    score: float | None
    """Mean of the worst scores of its noted days (NPRS, 0 to 10); None where no day was noted."""
    noted_days: int


@dataclass(frozen=True, slots=True)
class Course:
    """The runner's own scores since the onset, and what they are held against."""

    began_on: date
    start: Quantity | Missing
    """Mean of the first seven days; missing where none of them has a note."""
    now: Quantity | Missing
    """Mean of the last seven days."""
    scores: tuple[PainMark, ...]
    """The worst score of each noted day since then."""
    weeks: tuple[WeekOfPain, ...]
    marks: tuple[Mark, ...]
    review: Review | None
    """None before the first review is due, or where the scores cannot tell."""
    says: Text
    """Where the runner stands, in a sentence."""
    reopened_on: date | None
    """The review from which on safety is asked anew; None before one is due and while pain clearly falls."""
    expected: tuple[PainMark, ...] = ()
    """The average course of people like this, from the runner's own start; empty where none is published."""
    expected_of: Text | None = None
    """Who was followed for it."""
    settles: Span | None = None
    """When pain of the cause that fits best mostly settles; None where nothing is known of it."""
    of_cause: Text | None = None
    """The cause that the last two are of."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relapse:
    """The watch after recovery."""

    recovered_on: date
    """The end of the quiet fortnight that it began with."""
    level: Quantity
    """The mean score of that fortnight."""
    alarm_on: date | None
    """The day from which the pain counts as coming back; None while it stays quiet."""
    rising_since: date | None
    says: Text
    sources: tuple[str, ...] = ()
