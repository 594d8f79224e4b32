"""Exercises that are always, or never, to be in the plan: which of these wishes are kept, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backstride.knowledge.exercise import Exercise
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Step
from backstride.model.text import Text
from backstride.model.wishes import ExerciseWish, WishKept
from backstride.plan.offer import offer
from backstride.plan.phases import in_order
from backstride.plan.situation import Situation


def in_force(wishes: Iterable[ExerciseWish]) -> dict[str, ExerciseWish]:
    """The last word on each exercise; one that was set free is not in it."""
    last = {wish.exercise: wish for wish in wishes}
    return {id: wish for id, wish in last.items() if wish.wish != "free"}


def suits_phase(exercise: Exercise, now: Situation, knowledge: Knowledge) -> bool:
    """Whether an exercise that is asked for may be done in this phase.

    Also where it belongs to an earlier one: later phases ask for more.  A phase that begins low again takes
    over only what even the first and most careful phase holds.
    """
    phase, order = now.place.phase, in_order(knowledge)
    earlier = {each.id for each in order if each.from_day < phase.from_day}
    if phase.id in exercise.phases or order[0].id in exercise.phases:
        return True
    return not phase.starts_low and bool(earlier & set(exercise.phases))


def may_be_in(exercise: Exercise, now: Situation, knowledge: Knowledge) -> bool:
    """Whether nothing stands against an exercise that is asked for."""
    stands = offer(exercise, now.facts, now.fits, now.bars.get(exercise.id, ()))
    return stands.state == "offered" and suits_phase(exercise, now, knowledge)


def wishes_kept(
    wishes: Mapping[str, ExerciseWish], steps: Iterable[Step], now: Situation, knowledge: Knowledge
) -> tuple[WishKept, ...]:
    """Each wish, whether the steps keep it, and why not."""
    planned = {step.id for step in steps}
    return tuple(
        _kept(wish, knowledge.exercises[id], id in planned, now, knowledge)
        for id, wish in sorted(wishes.items())
        if id in knowledge.exercises
    )


def _kept(
    wish: ExerciseWish, exercise: Exercise, planned: bool, now: Situation, knowledge: Knowledge
) -> WishKept:
    name = exercise.text("name")
    kept = planned == (wish.wish == "pin")
    key = wish.wish if kept else "pin_out"
    who = Text(f"plan.asked_by_{wish.asked_by}")
    return WishKept(
        exercise=exercise.id,
        name=name,
        wish=wish.wish,
        asked_by=wish.asked_by,
        on=wish.on,
        kept=kept,
        says=Text(f"plan.wish_{key}", {"name": name, "who": who}),
        because=() if kept else _why_not(exercise, now, knowledge),
    )


def _why_not(exercise: Exercise, now: Situation, knowledge: Knowledge) -> tuple[Text, ...]:
    stands = offer(exercise, now.facts, now.fits, now.bars.get(exercise.id, ()))
    if stands.state == "explained":
        return (Text("plan.pin_never"),)
    if stands.state == "barred":
        return stands.because or (Text("plan.pin_cause"),)
    if stands.state == "not_known":
        return (Text("plan.pin_not_known"), *stands.because)
    phases = tuple(knowledge.phases[id].text("name") for id in exercise.phases)
    return (Text("plan.pin_phase", {"phases": phases}),)
