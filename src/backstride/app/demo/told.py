"""What the made-up runner tells: who they are, the diary of three weeks, the answers, and a few check-ins.

The pain is of the plain kind: low in the back on both sides, after a run that was too long, a little better
each week, and no to every question about danger.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from backstride.app.demo.story import ZONE, Story
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.history import Answer, AnswerValue, CheckIn, PainTiming, Profile, Symptom

PROFILE = Profile(
    birth_year=1979, sex="male", height_m=1.79, mass_kg=74.0, zone=ZONE, medicines=(), made_up=True
)
_BOTH_SIDES = ("low_back_left", "low_back_right")

_DIARY: tuple[tuple[int, float, PainTiming, str | None], ...] = (
    (0, 4, "after", None),
    (1, 5, "next_morning", "walking about"),
    (3, 5, "during", "walking"),
    (4, 5, "next_morning", "walking about"),
    (6, 4, "during", "walking"),
    (7, 4, "next_morning", None),
    (9, 4, "after", "lying down"),
    (10, 4, "next_morning", "walking about"),
    (12, 4, "after", None),
    (13, 3, "next_morning", "walking about"),
    (14, 3, "after", None),
    (15, 3, "next_morning", None),
    (17, 3, "during", "walking"),
    (18, 3, "next_morning", "walking about"),
    (19, 3, "after", None),
)
"""Days since the pain began, how bad, when, and what eased it."""

_CHECK_INS: tuple[tuple[int, float, float, float], ...] = ((12, 3, 4, 3), (14, 2, 3, 3), (17, 3, 3, 3))
"""Days since the pain began; pain during the run, after it, and the next morning."""

_PAIN_ANSWERS: Mapping[str, AnswerValue] = {
    "better_within_days": "yes",
    "worse_sitting": "no",
    "worse_bending_forward": "no",
    "worse_bending_back": "no",
    "worse_cough": "no",
    "leg_pain": "none",
    "leg_numb_or_tingling": "no",
    "pain_in_groin": "no",
    "walk_30_min_easy": "yes",
    "pain_walking": 1.0,
}
"""Besides the day it began.  Much is left open on purpose: there is always a next question."""


def symptoms_of(story: Story) -> tuple[Symptom, ...]:
    """The diary: one pain-free note on the day of the long run, then pain from 5 down to 3."""
    free = Symptom(story.spike_on, 0.0)
    notes = (
        Symptom(_after(story, days), score, _BOTH_SIDES, timing, eased)
        for days, score, timing, eased in _DIARY
    )
    return (free, *notes)


def check_ins_of(story: Story) -> tuple[CheckIn, ...]:
    """Three days on which the runner said how a run went."""
    return tuple(
        CheckIn(_after(story, days), (), during, after, morning)
        for days, during, after, morning in _CHECK_INS
    )


def answers_of(story: Story, knowledge: Knowledge) -> tuple[Answer, ...]:
    """A no to every safety question, and a few answers about the pain, all on the last day.

    A question that the knowledge does not ask is left out, and so is a plainer wording of one already
    answered.
    """
    told: dict[str, AnswerValue] = {"pain_began_on": story.onset_on.isoformat(), **_PAIN_ANSWERS}
    for question in knowledge.questions.values():
        if question.group == "safety" and question.follows is None:
            told |= _harmless(question)
    return tuple(Answer(id, value, story.until) for id, value in told.items() if id in knowledge.questions)


def _harmless(question: Question) -> dict[str, AnswerValue]:
    """A plain no where the question has one; nothing where it asks for a number or a day."""
    has_no = question.kind == "yes_no" or "no" in question.options
    return {question.id: "no"} if has_no else {}


def _after(story: Story, days: int) -> date:
    return story.onset_on + timedelta(days=days)
