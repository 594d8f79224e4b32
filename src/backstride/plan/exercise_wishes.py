"""Exercises that are always, or never, to be in the plan: which of these wishes are kept, and why not."""

from __future__ import annotations

from collections.abc import Iterable

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
    wishes: tuple[ExerciseWish, ...], steps: Iterable[Step], now: Situation, knowledge: Knowledge
) -> tuple[WishKept, ...]:
    """Each wish, whether the steps keep it, why not, and what a physiotherapist had asked for instead."""
    planned = {step.id for step in steps}
    return tuple(
        _kept(wish, _by_physio(wish, wishes), knowledge.exercises[id], id in planned, now, knowledge)
        for id, wish in sorted(in_force(wishes).items())
        if id in knowledge.exercises
    )


def _by_physio(wish: ExerciseWish, wishes: Iterable[ExerciseWish]) -> ExerciseWish | None:
    """The last word of a physiotherapist on the same exercise, where it was another one."""
    said = [each for each in wishes if each.exercise == wish.exercise and each.asked_by == "physio"]
    return said[-1] if said and said[-1].wish != wish.wish else None


def _kept(
    wish: ExerciseWish,
    physio: ExerciseWish | None,
    exercise: Exercise,
    planned: bool,
    now: Situation,
    knowledge: Knowledge,
) -> WishKept:
    name = exercise.text("name")
    kept = planned == (wish.wish == "pin")
    key = wish.wish if kept else "out"
    return WishKept(
        exercise=exercise.id,
        name=name,
        wish=wish.wish,
        asked_by=wish.asked_by,
        on=wish.on,
        kept=kept,
        says=Text(f"plan.wish_{key}_{wish.asked_by}", {"name": name}),
        because=(
            *(() if kept else _why_not(exercise, now, knowledge)),
            *(() if physio is None else (Text("plan.wish_against_physio", {"on": physio.on}),)),
        ),
    )


def _why_not(exercise: Exercise, now: Situation, knowledge: Knowledge) -> tuple[Text, ...]:
    stands = offer(exercise, now.facts, now.fits, now.bars.get(exercise.id, ()))
    if stands.state == "explained":
        return (Text("plan.pin_never"),)
    if stands.state == "barred":
        if stands.because:
            return (Text("plan.pin_barred", {"why": stands.because}),)
        meant = exercise.only_if is None or exercise.only_if.value(now.facts) is not False
        return (Text("plan.pin_cause" if meant else "plan.pin_only"),)
    if stands.state == "not_known":
        because = {"why": stands.because}
        return (Text("plan.pin_not_known", because) if stands.because else Text("plan.pin_cause_not_known"),)
    phases = tuple(knowledge.phases[id].text("name") for id in exercise.phases)
    return (Text("plan.pin_phase", {"phases": phases}),)
