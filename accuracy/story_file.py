"""One made-up runner as a file: who, what is told on day 0, and what happens on which day.

    title, who, shows, begins (a date: day 0), days
    harmless = true      safety questions are answered harmlessly when asked, unless the story tells otherwise
    [profile] [answers]  as in a case file
    [[notes]]            pain before day 0: day (below zero), score, at, timing
    [[runs]]             the record before: first, last (days below zero), every, km, min_km
    [[day]]              day or days; says; did; during, after, now, morning; answers; seen; run_km
    [[expect]]           day (after what is told on it), and any of the words of `Expect`

`did` names steps of the plan, or for short `session` (what the plan asks to walk or run that day) and
`exercises`.  `morning` is the score of the morning after, told on that next day.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from backstride.app.case_rows import Amount, ProfileRow, Region, Row, Score
from backstride.model.history import MayRun, PainTiming
from backstride.plan.pain_rule import Judgement

FOLDER = Path(__file__).parent / "stories"


class Note(Row):
    """Pain told before day 0."""

    day: int = Field(lt=1)
    score: Score
    at: tuple[Region, ...] = ()
    timing: PainTiming | None = None


class Runs(Row):
    """Runs alike, on the record before day 0."""

    first: int = Field(lt=0)
    last: int = Field(lt=0)
    every: int = Field(2, gt=0)
    km: Amount
    min_km: float = Field(6.0, gt=2, lt=15)


class Visit(Row):
    """Somebody who looked, and whether they said that running is all right."""

    who: str
    may_run: MayRun = "not_said"


class Told(Row):
    """What happens on a day, or in the same way on several."""

    day: int | None = Field(None, ge=0)
    days: tuple[int, ...] = ()
    says: str = ""
    """What the runner or somebody else says or does, in the story's own words."""
    did: tuple[str, ...] = ()
    during: Score | None = None
    after: Score | None = None
    now: Score | None = None
    morning: Score | None = None
    answers: dict[str, Any] = Field(default_factory=dict)  # Any: checked against each question later
    seen: Visit | None = None
    run_km: Amount | None = None
    """A run on record that is not (or not only) the session of the plan."""

    @model_validator(mode="after")
    def _one_or_many(self) -> Self:
        if (self.day is None) != bool(self.days):
            raise ValueError("give either day or days")
        return self

    @property
    def on_days(self) -> tuple[int, ...]:
        """Every day it is told of."""
        return self.days if self.day is None else (self.day,)


class Expect(Row):
    """A turning point: how things stand at the end of a day."""

    day: int
    plan: bool | None = None
    rung: int | None = None
    """The step of the ladder that stands in the plan; 0 is walking."""
    tier: Literal["T0", "T1", "T2", "T3", "T4"] | None = None
    raised: tuple[str, ...] = ()
    refers: bool | None = None
    """Whether the plan says whom to see."""
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    """Steps of the plan by id."""
    judged: Judgement | None = None
    best: str | None = None
    relapse: bool | None = None
    review: str | None = None


class Story(Row):
    """One file."""

    title: str
    who: str
    shows: str
    """What the story is there for."""
    ends: str = ""
    begins: date
    days: int = Field(gt=0, lt=200)
    harmless: bool = True
    profile: ProfileRow
    answers: dict[str, Any] = Field(default_factory=dict)  # Any: checked against each question later
    notes: tuple[Note, ...] = ()
    runs: tuple[Runs, ...] = ()
    day: tuple[Told, ...] = ()
    expect: tuple[Expect, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_a_day(self) -> Self:
        every = [day for told in self.day for day in told.on_days]
        if len(every) != len(set(every)) or max((*every, *(each.day for each in self.expect))) >= self.days:
            raise ValueError("each day once, and below `days`")
        return self

    def told(self) -> dict[int, Told]:
        """What is told, by day."""
        return dict(sorted((day, told) for told in self.day for day in told.on_days))


def paths() -> list[Path]:
    """Every story."""
    return sorted(FOLDER.glob("*.toml"))


def read(path: Path) -> Story:
    """Raises: pydantic.ValidationError naming what is wrong."""
    return Story.model_validate(tomllib.loads(path.read_text("utf-8")))
