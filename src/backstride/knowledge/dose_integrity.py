"""Faults in doses: numbers for a timer that say something else than the sentence that people read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backstride.knowledge.exercise import Amount, Exercise
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder

_WORDS = {"once": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "several": 3}
"""`several times a day` is taken as three."""
_NUMBER = re.compile(rf"(\d+|\b(?:{'|'.join(_WORDS)})\b)(\s+minutes?)?")
_HOLD = re.compile(r"[Hh]old for (\d+)(?: to (\d+))? seconds")


def dose_faults(knowledge: Knowledge) -> Iterator[str]:
    """One line for each number that does not agree with its sentence."""
    for exercise in knowledge.exercises.values():
        yield from (f"exercises/{exercise.id}.toml: {fault}" for fault in _exercise_faults(exercise))
    for ladder in knowledge.ladders.values():
        yield from (f"ladders/{ladder.id}.toml: {fault}" for fault in _ladder_faults(ladder))


def _exercise_faults(exercise: Exercise) -> Iterator[str]:
    amount = exercise.amount
    if amount is None:
        if exercise.phases:
            yield "amount: missing: add the numbers of `dose`, since it is planned"
        return
    if not exercise.phases:
        yield "amount: leave it out: this exercise is never planned"
        return
    said, written = _numbers_said(exercise.dose), _numbers_written(amount, exercise.dose)
    if said != written:
        yield f"amount: comes to {written}, but `dose` says {said}: make the two agree"
    if amount.per_side != ("each side" in exercise.dose):
        yield "amount: per_side: must be true where `dose` says `each side`, and only there"
    if not _timed(exercise.dose) and _held(exercise) != amount.hold_s:
        yield f"amount: hold_s: is {amount.hold_s}, but `how` says {_held(exercise)}: make the two agree"


def _numbers_said(dose: str) -> tuple[int, ...]:
    """The numbers of the sentence in order, minutes as seconds."""
    return tuple(
        (_WORDS.get(number) or int(number)) * (60 if minutes else 1)
        for number, minutes in _NUMBER.findall(dose)
    )


def _numbers_written(amount: Amount, dose: str) -> tuple[int, ...]:
    """The numbers that the sentence should hold, in the order in which sentences say them."""
    rounds, first = len(amount.sets), amount.sets[0]
    sets = (rounds, first) if rounds > 1 and set(amount.sets) == {first} else amount.sets
    if sets == (1,):  # "2 minutes": the one time is not said
        sets = ()
    up_to = () if amount.up_to is None else (amount.up_to,)
    return (*sets, *up_to, *(amount.hold_s if _timed(dose) else ()), *amount.times_a_day)


def _timed(dose: str) -> bool:
    return "second" in dose or "minute" in dose


def _held(exercise: Exercise) -> tuple[int, ...]:
    """The seconds of a hold, as told in how to do it."""
    found = _HOLD.search(" ".join(exercise.how))
    return () if found is None else tuple(int(number) for number in found.groups() if number)


def _ladder_faults(ladder: Ladder) -> Iterator[str]:
    before, after = ladder.warm_up_walk_s, ladder.cool_down_walk_s
    wanted = f"Walk {before // 60} minutes before and {after // 60} minutes after."
    if before % 60 or after % 60 or wanted not in ladder.rules:
        yield (
            f"warm_up_walk_s, cool_down_walk_s: come to {before} and {after} seconds, "
            f"but no rule says {wanted!r}: make them agree"
        )
