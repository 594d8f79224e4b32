"""What a case file may hold, field by field; anything left out is not known."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Self

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from backstride.model.activity import Activity, Origin, Sport, Surface
from backstride.model.history import REGIONS, MayRun, PainTiming, Sex
from backstride.model.said import said
from backstride.model.wishes import Asker, GoalKind, PauseReason, WishKind


class Row(BaseModel):
    """Refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _region(value: object) -> object:
    if value not in REGIONS:
        raise ValueError(
            said("{value} is not on the body map; regions are {n}", value=f"{value!r}", n=", ".join(REGIONS))
        )
    return value


Region = Annotated[str, BeforeValidator(_region)]
Score = Annotated[float, Field(ge=0, le=10)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_DATE = AliasChoices("date", "on")

AVERAGES = ("cadence_spm", "contact_ms", "vertical_oscillation_mm", "balance_left_share", "heart_rate_bpm")
"""Channels that a row may give the mean of."""


class ProfileRow(Row):
    """Who runs."""

    birth_year: int | None = Field(None, ge=1900, le=2100)
    age_years: int | None = Field(None, ge=0, le=120)
    sex: Sex | None = None
    height_m: float | None = Field(None, gt=0.5, lt=2.6)
    mass_kg: float | None = Field(None, gt=10, lt=350)
    zone: str | None = None
    conditions: tuple[str, ...] = ()
    """Ids of yes-or-no questions that are a yes."""
    medicines: tuple[str, ...] | None = None


class SymptomRow(Row):
    """One note of pain."""

    on: date = Field(validation_alias=_DATE)
    score: Score
    regions: tuple[Region, ...] = ()
    timing: PainTiming | None = None
    eased_by: str | None = None
    note: str | None = None


class ShoeRow(Row):
    """One pair of shoes."""

    id: str
    model: str = ""
    in_use_from: date | None = None
    in_use_to: date | None = None
    distance_before_m: Amount | None = None
    drop_mm: Amount | None = None
    stack_mm: Amount | None = None


class ScoreRow(Row):
    """One questionnaire on one day: its items, or the whole score."""

    instrument: str
    on: date = Field(validation_alias=_DATE)
    items: dict[str, Any] = Field(default_factory=dict)  # Any: checked against the instrument afterwards
    total: float | None = None

    def values(self) -> dict[str, Any]:
        """Every number by the name of its item, the whole score as `total`."""
        return self.items if self.total is None else {**self.items, "total": self.total}


class CheckInRow(Row):
    """One day of a plan."""

    on: date = Field(validation_alias=_DATE)
    done: tuple[str, ...] = ()
    pain_now: Score | None = None
    pain_during: Score | None = None
    pain_after: Score | None = None
    pain_next_morning: Score | None = None
    note: str | None = None


class SeenRow(Row):
    """One visit to somebody who looked at the back."""

    who: str
    on: date = Field(validation_alias=_DATE)
    may_run: MayRun = "not_said"


class GoalRow(Row):
    """What the runner is after, told on a day."""

    kind: GoalKind
    on: date = Field(validation_alias=_DATE)
    distance_m: float | None = Field(None, gt=0, allow_inf_nan=False)
    by: date | None = None
    race: bool = False


class WishRow(Row):
    """An exercise that is always, or never, to be in the plan."""

    exercise: str
    wish: WishKind
    on: date = Field(validation_alias=_DATE)
    asked_by: Asker = "runner"


class PauseRow(Row):
    """Days without the plan; `on` is the day it was told, else its first."""

    first: date
    last: date | None = None
    reason: PauseReason = "other"
    on: date | None = Field(None, validation_alias=_DATE)


class RestartRow(Row):
    """The ladder begins again from a day."""

    on: date = Field(validation_alias=_DATE)


class SpanRow(Row):
    """Days that the record covers in full, both ends counted."""

    first: date
    last: date

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if self.first > self.last:
            raise ValueError(said("first is after last: swap them"))
        return self


class ActivityRow(Row):
    """One activity as a row, or the `path` of a file, relative to the case file."""

    path: str | None = None
    on: date | None = Field(None, validation_alias=_DATE)
    sport: Sport = "run"
    distance_m: Amount | None = None
    moving_s: Amount | None = None
    elapsed_s: Amount | None = None
    climb_m: Amount | None = None
    descent_m: Amount | None = None
    surface: Surface | None = None
    shoe: str | None = None
    cadence_spm: float | None = Field(None, gt=0, lt=400)
    contact_ms: float | None = Field(None, gt=50, lt=1000)
    vertical_oscillation_mm: float | None = Field(None, gt=0, lt=300)
    balance_left_share: float | None = Field(None, gt=0.3, lt=0.7)
    heart_rate_bpm: float | None = Field(None, gt=20, lt=250)
    rpe: Score | None = None
    title: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _row_or_path(self) -> Self:
        if (self.path is None) == (self.on is None):
            raise ValueError(said("give either a date with the row's numbers, or the path of a file"))
        return self

    def activity(self, index: int, case: str) -> Activity:
        """The row as an activity that starts at noon: a row tells the day, not the hour."""
        if self.on is None:
            raise ValueError("a path is read, not taken as a row")
        averages = {name: value for name in AVERAGES if (value := getattr(self, name)) is not None}
        told = self.model_dump(exclude={"path", "on", *AVERAGES})
        sha256 = hashlib.sha256(f"{case}:{index}:{self.model_dump_json()}".encode()).hexdigest()
        return Activity(
            start=datetime.combine(self.on, time(12), UTC),
            zone_from="profile",
            origin=Origin(sha256, case, "case", 1, index),
            averages=averages,
            **told,
        )


class CaseRows(Row):
    """A whole case file."""

    title: str = ""
    made_up: bool = False
    on: date | None = None
    profile: ProfileRow = Field(default_factory=ProfileRow)
    answers: dict[str, Any] = Field(default_factory=dict)  # Any: checked against each question afterwards
    symptoms: tuple[SymptomRow, ...] = ()
    tests: dict[str, Any] = Field(default_factory=dict)
    shoes: tuple[ShoeRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    scores: tuple[ScoreRow, ...] = ()
    check_ins: tuple[CheckInRow, ...] = ()
    seen: tuple[SeenRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    wishes: tuple[WishRow, ...] = ()
    pauses: tuple[PauseRow, ...] = ()
    restarts: tuple[RestartRow, ...] = ()
    recorded: tuple[SpanRow, ...] | None = None
    expect: dict[str, Any] = Field(default_factory=dict)
