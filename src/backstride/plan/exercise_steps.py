"""Which exercises the plan takes from the phase, and how each is said."""

from __future__ import annotations

from collections.abc import Mapping

from backstride.knowledge.exercise import Exercise
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Step
from backstride.model.text import Quantity, Text
from backstride.model.wishes import ExerciseWish
from backstride.plan.exercise_wishes import may_be_in
from backstride.plan.offer import offer
from backstride.plan.situation import Situation

NO_WISHES: Mapping[str, ExerciseWish] = {}


def exercise_steps(
    now: Situation, knowledge: Knowledge, wishes: Mapping[str, ExerciseWish] = NO_WISHES
) -> tuple[Step, ...]:
    """The few exercises to do now: of this phase, barred by nothing, those that suit the cause first.

    One that is asked for comes before those that are not, however many it are, where nothing stands against
    it; one that is not wanted leaves its place to another.
    """
    pinned = [
        exercise
        for exercise in knowledge.exercises.values()
        if _wished(exercise, wishes) == "pin" and may_be_in(exercise, now, knowledge)
    ]
    offered = [
        exercise
        for exercise in knowledge.exercises.values()
        if _wished(exercise, wishes) is None
        and now.place.phase.id in exercise.phases
        and offer(exercise, now.facts, now.fits, now.bars.get(exercise.id, ())).state == "offered"
    ]
    offered.sort(key=lambda exercise: _place(exercise, now))
    left = max(0, _how_many(now, knowledge) - len(pinned))
    chosen = sorted((*pinned, *offered[:left]), key=lambda exercise: _place(exercise, now))
    return tuple(_step(exercise, now, knowledge) for exercise in chosen)


def _wished(exercise: Exercise, wishes: Mapping[str, ExerciseWish]) -> str | None:
    return wishes[exercise.id].wish if exercise.id in wishes else None


def _place(exercise: Exercise, now: Situation) -> tuple[bool, int, str]:
    return not _suits(exercise, now), exercise.order, exercise.id


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
