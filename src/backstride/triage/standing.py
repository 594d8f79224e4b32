"""Where one red flag stands: raised, or still to be asked, or clear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backstride.knowledge.facts import Known
from backstride.knowledge.question import Question
from backstride.knowledge.red_flag import FlagRule, RedFlag
from backstride.model.assessment import FlagState, Tier
from backstride.model.findings import Facts
from backstride.model.text import Text

ASKED_OF_PROFILE = ("age_years", "sex")
"""Facts that are not questions but can be asked for all the same."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is not known and could be told."""

    ask: frozenset[str]
    """Not answered; for an emergency answered "not sure", the plainer follow-up instead."""
    again: frozenset[str]
    """Answered "not sure": put again at the next check-in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One red flag on what is known."""

    flag: RedFlag
    at: int | None
    """Place of the rule that raised it; None unless raised."""
    open: Open

    @property
    def state(self) -> FlagState:
        """A raised flag stays raised while it still asks whether it must be raised higher."""
        if self.at is not None:
            return "raised"
        return "ask" if self.open.ask else "ask_again" if self.open.again else "clear"

    @property
    def rule(self) -> FlagRule | None:
        """The rule that raised it."""
        return None if self.at is None else self.flag.rule[self.at]

    @property
    def tier(self) -> Tier | None:
        """What it asks for; None unless raised."""
        return None if self.rule is None else Tier[self.rule.tier]

    @property
    def suspects(self) -> tuple[str, ...]:
        """The causes that it looks for."""
        return (() if self.rule is None else self.rule.causes) or self.flag.causes

    @property
    def why(self) -> Text:
        """What to do where it is raised; else what it looks for."""
        return self.flag.text("looks_for" if self.at is None else f"rule.{self.at}.do")


def stand(flag: RedFlag, facts: Facts, known: Known, questions: Mapping[str, Question]) -> Standing:
    """Where a flag stands.

    `facts` are those known plus a no for questions that cannot apply (see `complete`).  A fact that
    only the record or the profile's measures can tell may raise a flag, but when unknown it holds none
    open: each rule names, beside it, a question that asks the same.
    """
    return Standing(flag, flag.raised_by(facts), still_open(flag.open_names(facts), known, questions))


def still_open(names: Iterable[str], known: Known, questions: Mapping[str, Question]) -> Open:
    """What of some unknown facts can be asked for, and what was asked and met with "not sure"."""
    ask: set[str] = set()
    again: set[str] = set()
    for name in names:
        question = questions.get(name)
        if question is None:
            ask |= {name} & set(ASKED_OF_PROFILE)
        elif name not in known.not_sure:
            ask.add(name)
        elif question.follow_up is not None and name not in known.still_not_sure:
            ask.add(question.follow_up)
        else:
            again.add(name)
    return Open(frozenset(ask), frozenset(again))
