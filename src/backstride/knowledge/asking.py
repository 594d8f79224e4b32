"""What need not be asked: safety questions that cannot apply, or that something else has answered."""

from __future__ import annotations

from collections.abc import Mapping

from backstride.knowledge.question import Question
from backstride.model.findings import Facts, FactValue


def complete(facts: Facts, questions: Mapping[str, Question]) -> Facts:
    """The facts, with an answer for each safety question that need not be asked.

    A question about pregnancy is not asked of a man, one about a child's back not of an adult: their
    `only_if` is a clear no, which is an answer.  One whose `only_if` is merely unknown stays unknown,
    and what was answered all the same is kept.  A medicine list that names a blood thinner answers
    that question with yes (`yes_if`), even beside a no.
    """
    settled: dict[str, FactValue] = dict(facts)
    settled.update({q.id: True for q in questions.values() if _is_yes(q, settled)})
    while skipped := {q.id: no for q in questions.values() if (no := _clear_no(q, settled)) is not None}:
        settled.update(skipped)
    return settled


def _is_yes(question: Question, facts: Facts) -> bool:
    return question.yes_if is not None and question.yes_if.value(facts) is True


def _clear_no(question: Question, facts: Facts) -> FactValue | None:
    """What stands for no where the question is not to be asked; None where it is, or is answered."""
    if question.group != "safety" or question.id in facts or question.only_if is None:
        return None
    if question.only_if.value(facts) is not False:
        return None
    if question.kind == "yes_no":
        return False
    return "no" if "no" in question.options else None
