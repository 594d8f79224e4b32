"""Which questions may still be put to this runner."""

from __future__ import annotations

from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question


def askable(question: Question, known: Known, knowledge: Knowledge) -> bool:
    """True for one that is open, applies, is not answered by the record, and is safe where it is a test.

    "Not sure" is an answer here: it is not asked again at once.  A question that stands in for another is
    never asked by itself.  A physical test must be one to do without a clinician, with every reason against
    it a clear no.
    """
    if question.id in known.answered or question.id in known.facts or question.follows is not None:
        return False
    if question.stands_for is not None and question.stands_for in known.facts:
        return False
    if question.only_if is not None and question.only_if.value(known.facts) is False:
        return False
    test = knowledge.tests_by_result.get(question.id)
    if test is None:
        return True
    return test.by != "clinician" and all(each.when.value(known.facts) is False for each in test.not_if)
