"""How somebody is doing by a questionnaire or a physical test, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backstride.model.findings import Checked
from backstride.model.history import AnswerValue
from backstride.model.text import Missing, Quantity, Text

ChangeState = Literal["recovered", "better", "worse", "not more than chance"]


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """The latest score of one instrument against an earlier one."""

    since: date
    state: ChangeState | None
    """None where it cannot be told."""
    says: Text


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands by one instrument."""

    instrument: str
    """Its id."""
    name: Text
    measures: Text
    on: date
    """When it was last filled in."""
    value: Quantity | Missing
    """With both ends where some of it was left out."""
    best: Quantity
    worst: Quantity
    band: str | None
    """Id of the range it lies in; None where there are none or blanks leave it open."""
    means: Text | None
    """What that range says."""
    see_someone: bool
    """True where it is worth showing to a professional."""
    since_first: ScoreChange | None
    since_last: ScoreChange | None
    """None where there is no earlier one; `since_last` also where the last one is the first."""
    floor: Text | None
    """Set where it started so well that it could not show somebody getting better, and has not."""
    due_on: date | None
    """When it is worth filling in again; None when it has been often enough."""
    sources: tuple[str, ...]
    checked: Checked


@dataclass(frozen=True, slots=True)
class TestReading:
    """What the stored results of one physical test say."""

    test: str
    """Its id."""
    name: Text
    latest: Mapping[str, AnswerValue]
    """Question id -> its latest result."""
    says: tuple[Text, ...]
    sources: tuple[str, ...]


TestState = Literal["offered", "not_known", "barred"]
