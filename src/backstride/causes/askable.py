"""Which questions may still be put to this runner."""

from __future__ import annotations

from backstride.knowledge.facts import Known
from backstride.knowledge.question import Question


def askable(question: Question, known: Known) -> bool:
    """True for one that is open, applies, is not answered by the record, and is safe where it is a test.

    "Not sure" is an answer here: it is not asked again at once.  A question that stands in for another is
    never asked by itself.  A physical test needs steps to follow (one without is a clinician's) and every
    reason against it to be a clear no.
    """
    if question.group == "test" and not question.how:
        return False
    if question.id in known.answered or question.id in known.facts or question.follows is not None:
        return False
    if question.stands_for is not None and question.stands_for in known.facts:
        return False
    if question.only_if is not None and question.only_if.value(known.facts) is False:
        return False
    return question.not_if is None or question.not_if.value(known.facts) is False
