"""Which exercises the plan takes from the phase, and how each is said."""

from __future__ import annotations

from backstride.knowledge.exercise import Exercise
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Step
from backstride.model.text import Quantity, Text
from backstride.plan.offer import offer
from backstride.plan.situation import Situation


def exercise_steps(now: Situation, knowledge: Knowledge) -> tuple[Step, ...]:
    """The few exercises to do now: of this phase, barred by nothing, those that suit the cause first."""
    offered = [
        exercise
        for exercise in knowledge.exercises.values()
        if now.place.phase.id in exercise.phases
        and offer(exercise, now.facts, now.fits, now.bars.get(exercise.id, ())).state == "offered"
    ]
    offered.sort(key=lambda exercise: (not _suits(exercise, now), exercise.order, exercise.id))
    return tuple(_step(exercise, now, knowledge) for exercise in offered[: _how_many(now, knowledge)])


def _suits(exercise: Exercise, now: Situation) -> bool:
    return any(now.fits.get(cause) == "fits best" for cause in exercise.suits_causes)


def _how_many(now: Situation, knowledge: Knowledge) -> int:
    minutes = now.facts.get("minutes_a_day")
    short = isinstance(minutes, (int, float)) and minutes < knowledge.number("short_session_minutes")
    return int(knowledge.number("exercises_when_short" if short else "exercises_most"))


def exercise_limit(now: Situation, knowledge: Knowledge) -> Text:
    """How much pain an exercise may bring; none while it may come from bone."""
    if now.bone is not False:
        return Text("plan.exercise_limit_bone")
    return Text("plan.exercise_limit", {"pain": Quantity(knowledge.number("exercise_pain_to"), "score")})


def _step(exercise: Exercise, now: Situation, knowledge: Knowledge) -> Step:
    easy = {
        "effort": Quantity(knowledge.number("exercise_easy_to"), "score"),
        "pain": Quantity(knowledge.number("pain_green_to"), "score"),
    }
    return Step(
        id=exercise.id,
        kind="exercise",
        what=exercise.text("name"),
        dose=exercise.text("dose"),
        how=(
            *(exercise.text(f"how.{index}") for index in range(len(exercise.how))),
            Text("plan.harder", {"how": exercise.text("progress"), **easy}),
            Text("plan.easier", {"how": exercise.text("regress")}),
            exercise_limit(now, knowledge),
        ),
        because=exercise.text("why"),
        causes=tuple(cause for cause in now.named if cause in exercise.suits_causes) or now.named,
        sources=exercise.sources,
        checked=exercise.checked,
        drawing=exercise.drawing.drawing(knowledge.poses),
    )
