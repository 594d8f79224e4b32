"""Checks what somebody answered against the question, before it is stored or used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backstride.knowledge.facts import NOT_SURE
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.errors import BadInput
from backstride.model.faults import did_you_mean, reason
from backstride.model.history import Answer, AnswerValue
from backstride.model.said import Said, listed, said

UNKNOWN = "unknown"
"""In a case file: nobody answered.  The same as leaving the question out."""


def checked_answers(
    given: Iterable[tuple[str, object]], on: date, knowledge: Knowledge
) -> tuple[Answer, ...]:
    """The answers, each one that its question allows; `unknown` ones are left out.

    Raises: BadInput naming every wrong id and value at once, with what would be right.
    """
    answers: list[Answer] = []
    faults: list[Said] = []
    for id, raw in given:
        question = knowledge.questions.get(id)
        if question is None:
            meant = did_you_mean(id, knowledge.questions)
            faults.append(
                said(
                    "{id}: no such question{meant}; list them with: backstride questions", id=id, meant=meant
                )
            )
            continue
        try:
            value = _checked(question, raw, on)
        except ValueError as error:
            faults.append(said("{field}: {why}", field=id, why=reason(error)))
            continue
        if value is not None:
            answers.append(Answer(id, value, on))
    if faults:
        raise BadInput(tuple(faults))
    return tuple(answers)


def allowed(question: Question) -> Said:
    """What may be answered, in words."""
    match question.kind:
        case "yes_no":
            return said("yes, no or not_sure")
        case "choice":
            return listed((*question.options, NOT_SURE))
        case "number":
            return said(
                "a number from {low} to {high} ({unit}), or {not_sure}",
                low=f"{question.low:g}",
                high=f"{question.high:g}",
                unit=question.unit,
                not_sure=NOT_SURE,
            )
        case "date":
            return said("a day as YYYY-MM-DD, or {not_sure}", not_sure=NOT_SURE)


def _checked(question: Question, raw: object, on: date) -> AnswerValue | None:
    text = {True: "yes", False: "no"}.get(raw) if isinstance(raw, bool) else str(raw).strip()
    assert text is not None
    word = text.lower().replace(" ", "_")
    if word == UNKNOWN:
        return None
    if word == NOT_SURE:
        return NOT_SURE
    wrong = ValueError(
        said("{text} is not an answer to it; right would be {n}", text=f"{text!r}", n=allowed(question))
    )
    match question.kind:
        case "yes_no":
            if word not in ("yes", "no"):
                raise wrong
            return word
        case "choice":
            if word not in question.options:
                raise wrong
            return word
        case "number":
            return _number(question, text, wrong)
        case "date":
            try:
                day = date.fromisoformat(text)
            except ValueError:
                raise wrong from None
            if day > on:
                raise ValueError(
                    said(
                        "{text} had not come yet on {on}; right would be a day up to then",
                        text=text,
                        on=str(on),
                    )
                )
            return day.isoformat()


def _number(question: Question, text: str, wrong: ValueError) -> float:
    try:
        value = float(text)
    except ValueError:
        raise wrong from None
    assert question.low is not None
    assert question.high is not None
    if not question.low <= value <= question.high:
        raise wrong
    return value
