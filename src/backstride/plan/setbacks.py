"""What takes a runner back on the ladder without a red session: a sign in a leg, pain that came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from backstride.knowledge.facts import settled
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.knowledge.rules import Rule
from backstride.model.history import Answer, AnswerValue
from backstride.model.ladder import Setback
from backstride.model.text import Text


def entries_lost(answers: Iterable[Answer], ladder: Ladder, knowledge: Knowledge) -> Iterator[Setback]:
    """Each day on which an entry check that begins the ladder again was told as no longer so, by day.

    Only what was told is looked at, from day to day: what nobody asked is not taken as a no.
    """
    for index, entry in enumerate(ladder.entry):
        if entry.begin_again is not None:
            yield from (_lost(on, index, ladder) for on in _lost_on(entry.when, answers, knowledge))


def _lost_on(rule: Rule, answers: Iterable[Answer], knowledge: Knowledge) -> Iterator[date]:
    """The days on which a rule became a clear no."""
    about = [each for each in answers if _asks(each.question, knowledge) in rule.names]
    told: dict[str, AnswerValue] = {}
    lost = False
    for on, of_day in groupby(sorted(about, key=lambda answer: answer.on), key=lambda answer: answer.on):
        told.update((answer.question, answer.value) for answer in of_day)
        before, lost = lost, rule.value(settled(told, knowledge)) is False
        if lost and not before:
            yield on


def _asks(id: str, knowledge: Knowledge) -> str | None:
    """The question that an answer is to, also where it was asked in plainer words."""
    question = knowledge.questions.get(id)
    return None if question is None else question.follows or id


def came_back(on: date, since: date) -> Setback:
    """The pain seems to be coming back: known on a day, since another."""
    return Setback(
        "came_back", on, since, Text("plan.told_came_back", {"since": since}), Text("plan.why_came_back")
    )


def _lost(on: date, index: int, ladder: Ladder) -> Setback:
    says, why = ladder.text(f"entry.{index}.says"), ladder.text(f"entry.{index}.begin_again")
    return Setback("entry_lost", on, on, Text("plan.told_entry_lost", {"what": says}), why)
