"""What the triage tests share: the shipped knowledge, and answers turned into what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from backstride.knowledge.facts import Known, known_on
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.history import Answer, AnswerValue, History, Profile

ON = date(2026, 3, 20)

Know = Callable[[Profile, Mapping[str, AnswerValue]], Known]
"""`know(profile, answers)`: what is known of a runner who answered so on the day."""


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return shipped()


@pytest.fixture(scope="session")
def know(knowledge: Knowledge) -> Know:
    def known(profile: Profile, answers: Mapping[str, AnswerValue]) -> Known:
        told = tuple(Answer(id, value, ON) for id, value in answers.items())
        return known_on(History(profile=profile, answers=told), (), ON, knowledge)

    return known


@pytest.fixture(scope="session")
def all_no(knowledge: Knowledge) -> Mapping[str, AnswerValue]:
    """A no to every safety question in its first wording."""
    return {
        question.id: "no"
        for question in knowledge.questions.values()
        if question.group == "safety" and question.follows is None
    }
