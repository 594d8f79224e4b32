"""A question to the runner, and the kinds of fact that rules may use."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from backstride.knowledge.records import FactRef, Plain, QuestionRef, RuleText, Strict
from backstride.model.history import AnswerValue
from backstride.model.text import Text

Group = Literal["safety", "about", "pain", "running", "habits", "health", "test", "daily"]


class Question(Strict):
    """One question in plain words.

    `yes_no` answers yes, no or not_sure; `choice` one of `options` or not_sure; `number` a number
    between `low` and `high`; `date` a day as YYYY-MM-DD.
    """

    kind_of_record: ClassVar[str] = "questions"
    id: str
    group: Group
    order: int
    """Within its group; lower is asked sooner."""
    ask: Plain
    why: Plain
    kind: Literal["yes_no", "choice", "number", "date"]
    options: dict[str, Plain] = Field(default_factory=dict)
    short: Plain
    """What a yes says, as part of a list: "new numbness between the thighs"."""
    tick: Plain | None = None
    """The question as one line of a list in which what applies is ticked; without it `ask` stands there."""
    reopens_emergencies: bool = False
    """A yes lets every earlier no to an emergency question lapse, so that all are asked again."""
    reopened_by_new: bool = False
    """Such a yes also lets a harmless answer to this one lapse."""
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    emergency: bool = False
    """True when a yes may be an emergency: "not sure" then leads to `follow_up`, and twice to same day."""
    follow_up: QuestionRef | None = None
    """Id of the same question in plainer words."""
    follows: QuestionRef | None = None
    """Set on the plainer one: the question it stands in for."""
    harmless: tuple[str, ...] = ("no",)
    """Answers that raise nothing; those of a choice come first in `options`, and the worst comes last."""
    stale_after_days: int | None = None
    only_if: RuleText | None = None
    """Asked unless this is a clear no."""
    yes_if: RuleText | None = None
    """Where this is a clear yes, so is the answer, whatever was said: the medicine list names it."""
    stands_for: FactRef | None = None
    """A fact that the record may give: where it does, this need not be asked."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("a choice needs options, and only a choice has them")
        if self.emergency and self.kind == "choice" and not set(self.harmless) <= set(self.options):
            raise ValueError("harmless: must be among the options")
        if (
            self.emergency
            and self.options
            and set(list(self.options)[: len(self.harmless)]) != {*self.harmless}
        ):
            raise ValueError("options: list the harmless ones first, then on to the worst")
        if self.kind == "number" and (self.unit is None or self.low is None or self.high is None):
            raise ValueError("a number needs unit, low and high")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("low must be below high: swap them")
        if self.emergency and self.follow_up is None:
            raise ValueError("an emergency question needs follow_up: the same asked more plainly")
        return self

    def how_bad(self, value: AnswerValue) -> int:
        """Where an answer stands from harmless to worst, so that of two the worse can be taken."""
        order = tuple(self.options) or ("no", "yes")
        return order.index(value) if value in order else -1

    def text(self, field: str) -> Text:
        """The sentence in one of this question's fields."""
        return Text(f"questions.{self.id}.{field}")


class Fact(Strict):
    """A fact that is worked out, not asked: from the profile, the body map, or a finding."""

    id: str
    kind: Literal["yes_no", "number", "choice"]
    meaning: Plain
    unit: str | None = None
    options: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """Body map regions that make it a yes; a body map without any of them makes it a no."""
    comes_from: Literal["profile", "body_map", "diary", "finding", "medicines"]
    medicines: tuple[str, ...] = ()
    """Medicine names, lower case, that make it a yes."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.kind == "number") != (self.unit is not None):
            raise ValueError("unit: a number needs its unit, and only a number has one")
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("options: a choice needs options, and only a choice has them")
        return self
