"""A dose for a timer says what the sentence says; where the two differ, the knowledge is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backstride.knowledge.dose_integrity import dose_faults
from backstride.knowledge.exercise import Amount, Exercise
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.knowledge.records import Plain


def with_exercise(changed: Exercise) -> Knowledge:
    return replace(shipped(), exercises={changed.id: changed})


def with_dose(id: str, dose: str, amount: Amount) -> list[str]:
    exercise = shipped().exercises[id]
    return list(
        dose_faults(with_exercise(exercise.model_copy(update={"dose": Plain(dose), "amount": amount})))
    )


def test_what_is_shipped_agrees() -> None:
    assert list(dose_faults(shipped())) == []


@pytest.mark.parametrize(
    ("dose", "amount"),
    [
        ("2 rounds of 10.", Amount(sets=(10, 10))),
        ("10 times, 3 to 4 times a day.", Amount(sets=(10,), times_a_day=(3, 4))),
        ("6 to 8 times, twice a day.", Amount(sets=(6,), up_to=8, times_a_day=(2,))),
        ("6 holds of 10 seconds.", Amount(sets=(6,), hold_s=(10,))),
        ("2 minutes, several times a day.", Amount(sets=(1,), hold_s=(120,), times_a_day=(3,))),
    ],
)
def test_sentences_are_read(dose: str, amount: Amount) -> None:
    assert with_dose("heel_raise", dose, amount) == []


@pytest.mark.parametrize(
    ("dose", "amount", "fault"),
    [
        ("2 rounds of 12.", Amount(sets=(10, 10)), "comes to (2, 10), but `dose` says (2, 12)"),
        ("3 rounds of 10.", Amount(sets=(10, 10)), "comes to (2, 10), but `dose` says (3, 10)"),
        ("2 rounds of 10 on each side.", Amount(sets=(10, 10)), "per_side"),
        ("2 rounds of 10.", Amount(sets=(10, 10), per_side=True), "per_side"),
        ("2 rounds of 10.", Amount(sets=(10, 10), hold_s=(8, 10)), "hold_s"),
    ],
)
def test_a_number_that_differs_is_named(dose: str, amount: Amount, fault: str) -> None:
    (found,) = with_dose("heel_raise", dose, amount)

    assert found.startswith("exercises/heel_raise.toml: amount")
    assert fault in found


def test_a_planned_exercise_needs_its_numbers_and_one_that_is_only_explained_has_none() -> None:
    planned, explained = shipped().exercises["plank"], shipped().exercises["yoga"]
    faults = [
        *dose_faults(with_exercise(planned.model_copy(update={"amount": None}))),
        *dose_faults(with_exercise(explained.model_copy(update={"amount": planned.amount}))),
    ]

    assert ["missing" in faults[0], "never planned" in faults[1]] == [True, True]


def test_the_walks_around_a_run_are_those_of_the_rule() -> None:
    ladder = shipped().ladders["walk_run"]
    changed = replace(
        shipped(), ladders={ladder.id: ladder.model_copy(update={"warm_up_walk_s": 240})}, exercises={}
    )
    (fault,) = dose_faults(changed)

    assert "Walk 4 minutes before and 5 minutes after." in fault
