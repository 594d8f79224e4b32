"""What may have added to the pain: named with how much is known of it, and never called the cause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from backstride.causes.askable import askable
from backstride.causes.reasons import named
from backstride.knowledge.contributor import Contributor as Record
from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.rules import Truth
from backstride.model.assessment import Contributor, Verdict
from backstride.model.findings import Facts
from backstride.model.text import Text

State: TypeAlias = Literal["may have contributed", "not seen", "not known"]
_STATES: tuple[State, ...] = ("may have contributed", "not known", "not seen")
_VERDICTS: tuple[Verdict, ...] = ("supported", "weak", "contradicted", "unsafe")


def contributors(known: Known, knowledge: Knowledge) -> tuple[Contributor, ...]:
    """Every factor the articles name: those that may have contributed first, best supported first.

    One that evidence contradicts may still have been there: it is named, and its evidence says so.
    """
    found = [_contributor(record, known, knowledge) for record in knowledge.contributors.values()]
    return tuple(sorted(found, key=_place))


def _place(found: Contributor) -> tuple[int, int, str]:
    return _STATES.index(found.state), _VERDICTS.index(found.verdict), found.contributor


def _contributor(record: Record, known: Known, knowledge: Knowledge) -> Contributor:
    truth = record.when.value(known.facts)
    return Contributor(
        contributor=record.id,
        name=record.text("name"),
        state=_state(truth),
        verdict=record.verdict,
        evidence=record.text("evidence"),
        because=tuple(_because(record, known.facts, knowledge)) if truth is True else (),
        what_helps=record.text("what_helps"),
        ask=_ask(record, known, knowledge),
        sources=record.sources,
        rests_on=tuple(sorted(record.when.names & known.facts.keys())) if truth is True else (),
    )


def _state(truth: Truth) -> State:
    if truth is None:
        return "not known"
    return "may have contributed" if truth else "not seen"


def _because(record: Record, facts: Facts, knowledge: Knowledge) -> Iterator[Text]:
    """What is known of the rule's facts, in words; a plain no is left out, and so is the sex."""
    for name in sorted((record.when.names & facts.keys()) - {"sex"}):
        value = facts[name]
        if isinstance(value, str):
            yield _option(name, value, knowledge)
        elif not isinstance(value, bool):
            yield Text("causes.told_number", {"what": named(name, knowledge), "number": f"{value:g}"})
        elif value:
            yield named(name, knowledge)


def _option(name: str, option: str, knowledge: Knowledge) -> Text:
    """The chosen option of a question; a finding's own choice is named by what it means."""
    if name in knowledge.questions:
        return knowledge.questions[name].text(f"options.{option}")
    return named(name, knowledge)


def _ask(record: Record, known: Known, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that would settle it, in the order they are asked."""
    names = record.when.open_names(known.facts)
    found = [each for each in knowledge.questions.values() if (each.stands_for or each.id) in names]
    return tuple(
        question.id
        for question in sorted(found, key=lambda each: (each.order, each.id))
        if askable(question, known, knowledge)
    )
