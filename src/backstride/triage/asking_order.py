"""Which open safety questions to put now, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backstride.knowledge.question import Question
from backstride.model.findings import Facts
from backstride.triage.standing import ASKED_OF_PROFILE

_WAITS_FOR_NO = ("sex",)
"""Not told by some people on purpose: what depends on it is asked beside it, not after it."""


def in_asking_order(
    open_ids: Iterable[str], facts: Facts, questions: Mapping[str, Question]
) -> tuple[str, ...]:
    """Emergencies first, then age and sex, then the rest; a detail only once what leads to it is answered.

    Never empty when something is open: a detail waits only for a question that is itself open.
    """
    ids = frozenset(open_ids)
    return tuple(
        sorted(
            (id for id in ids if not _waits(id, ids, facts, questions)), key=lambda id: _place(id, questions)
        )
    )


def _waits(id: str, ids: frozenset[str], facts: Facts, questions: Mapping[str, Question]) -> bool:
    """True while what decides whether this is asked at all is itself about to be asked."""
    question = questions.get(_first_wording(id, questions))
    if question is None or question.only_if is None or question.follows is not None:
        return False
    first = {_first_wording(each, questions) for each in ids} - set(_WAITS_FOR_NO)
    return not first.isdisjoint(question.only_if.open_names(facts))


def _first_wording(id: str, questions: Mapping[str, Question]) -> str:
    """The question that a plainer wording stands in for; itself where it is the first wording."""
    question = questions.get(id)
    return id if question is None or question.follows is None else question.follows


def _place(id: str, questions: Mapping[str, Question]) -> tuple[int, int, str]:
    if id in ASKED_OF_PROFILE:
        return 1, ASKED_OF_PROFILE.index(id), id
    question = questions[id]
    emergency = questions[_first_wording(id, questions)].emergency
    return 0 if emergency else 2, question.order, id
