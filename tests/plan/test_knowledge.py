"""What the plan's knowledge files hold, against what they must hold."""

from __future__ import annotations

import re

import pytest

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Rung
from backstride.plan.cases import run_case

EXERCISES = frozenset(
    [
        "cat_camel",
        "curl_up",
        "bird_dog",
        "side_bridge",
        "plank",
        "dead_bug",
        "glute_bridge",
        "single_leg_bridge",
        "hip_abduction",
        "step_up",
        "pallof_press",
        "prone_press_up",
        "back_extension",
        "superman",
        "russian_twist",
        "yoga",
        "pelvic_tilt",
        "knees_to_chest",
        "prone_lying",
    ]
)
NEVER_PLANNED = [
    "russian_twist",
    "back_extension",
    "paracetamol",
    "bed_rest",
    "rice",
    "injection",
    "surgery",
    "prescription",
    "back_belt",
    "traction",
    "tens",
    "acupuncture",
    "orthotics",
]


def test_every_case_of_every_record_comes_out_as_it_says(knowledge: Knowledge) -> None:
    kinds = (knowledge.exercises, knowledge.treatments, knowledge.ladders, knowledge.phases)
    cases = [(record, case) for kind in kinds for record in kind.values() for case in record.case]
    assert len(cases) > 100
    assert [fault for record, case in cases if (fault := run_case(record, case, knowledge)) is not None] == []


def test_a_case_that_does_not_come_out_names_file_expected_and_got(knowledge: Knowledge) -> None:
    record = knowledge.exercises["russian_twist"]
    wrong = record.case[0].model_copy(update={"expect": "offered"})
    fault = run_case(record, wrong, knowledge)
    assert fault is not None
    assert "exercises/russian_twist.toml" in fault
    assert "expected offered, got explained" in fault


TREATMENTS = frozenset(
    [
        *("rest", "bed_rest", "ice", "heat", "rice", "police", "nsaid", "paracetamol", "stretching"),
        *("massage", "mobilisation", "acupuncture", "yoga", "orthotics", "insoles", "shoe_change"),
        *("softer_surface", "hydration", "prescription", "injection", "surgery", "physiotherapy", "coach"),
        *("back_belt", "traction", "tens", "shoe_lift", "deep_water_running", "walking_programme"),
        *("no_impact_weeks", "core_workout"),
    ]
)


def test_every_treatment_that_was_asked_for_is_there(knowledge: Knowledge) -> None:
    assert set() == TREATMENTS - set(knowledge.treatments)


def test_what_to_expect_of_a_treatment_has_a_number_or_says_that_there_is_none(knowledge: Knowledge) -> None:
    none = re.compile(r"no trial|no number|nobody knows", re.IGNORECASE)
    silent = [
        one.id
        for one in knowledge.treatments.values()
        if not re.search(r"\d", one.effect) and not none.search(one.effect)
    ]
    assert silent == []


def test_a_treatment_says_nothing_twice(knowledge: Knowledge) -> None:
    for one in knowledge.treatments.values():
        said = " ".join([one.evidence, one.for_whom, one.effect, one.when_not, one.harms, *one.how])
        sentences = re.split(r"(?<=[.:]) ", said)
        assert len(sentences) == len(set(sentences)), one.id
        assert len(one.evidence) < 130, one.id


def test_every_exercise_that_was_asked_for_is_there(knowledge: Knowledge) -> None:
    assert set() == EXERCISES - set(knowledge.exercises)


def test_what_may_harm_or_does_not_help_is_never_planned(knowledge: Knowledge) -> None:
    for id in NEVER_PLANNED:
        record = knowledge.exercises.get(id) or knowledge.treatments[id]
        assert record.phases == (), id
    unsafe = [*knowledge.exercises.values(), *knowledge.treatments.values()]
    assert [
        record.id for record in unsafe if record.verdict in ("unsafe", "contradicted") and record.phases
    ] == []


def test_phases_and_causes_that_the_plan_names_exist(knowledge: Knowledge) -> None:
    for record in (*knowledge.exercises.values(), *knowledge.treatments.values()):
        assert set(record.phases) <= set(knowledge.phases), record.id
        assert set(record.not_with_causes) <= set(knowledge.causes), record.id
    for exercise in knowledge.exercises.values():
        assert set(exercise.suits_causes) <= set(knowledge.causes), exercise.id
    assert set(knowledge.ladders["walk_run"].bone_causes) <= set(knowledge.causes)


def test_what_a_group_of_people_leaves_out_exists(knowledge: Knowledge) -> None:
    known = {*knowledge.exercises, *knowledge.treatments}
    assert [
        (group.id, id) for group in knowledge.populations.values() for id in group.bars if id not in known
    ] == []


def test_the_rungs_hold_the_minutes_of_running_they_were_planned_with(knowledge: Knowledge) -> None:
    minutes = [rung.total_run_min for rung in knowledge.ladders["walk_run"].rung]
    assert minutes == [0, 3, 6, 10, 16, 18, 20, 25, 24, 30, 20, 30, None]


@pytest.mark.parametrize("index", range(1, 10))
def test_a_rung_says_in_words_what_its_numbers_say(index: int, knowledge: Knowledge) -> None:
    rung: Rung = knowledge.ladders["walk_run"].rung[index]
    said = re.fullmatch(
        r"Run (\d+) (second|minute)s?, walk (\d+) (second|minute)s?, (\d+) times\. "
        r"That is (\d+) minutes of running\.",
        rung.session,
    )
    assert said is not None
    run, run_unit, walk, walk_unit, repeats, total = said.groups()
    seconds = {"second": 1, "minute": 60}
    assert (int(run) * seconds[run_unit], int(walk) * seconds[walk_unit]) == (rung.run_s, rung.walk_s)
    assert (int(repeats), int(total)) == (rung.repeats, rung.total_run_min)


def test_the_most_a_run_may_grow_is_a_tenth(knowledge: Knowledge) -> None:
    assert 1 <= knowledge.number("longest_run_cap_ratio") <= 1.1
    assert knowledge.thresholds["longest_run_cap_ratio"].high <= 1.1


def test_a_painkiller_says_it_is_never_for_a_hard_run(knowledge: Knowledge) -> None:
    said = " ".join(knowledge.treatments["nsaid"].how)
    assert "24 hours before a race" in said
    assert "never during" in said
