"""What a test result says: nothing assumed of an unknown sex, sides compared, no line drawn from a norm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backstride.instruments.read_test import offered, open_names, read_test, reasons
from backstride.knowledge.loader import shipped
from backstride.model.history import AnswerValue, Sex, TestResult
from backstride.reports.wording import Wording

KNOWLEDGE = shipped()
DAY = date(2026, 3, 2)
SAY = Wording(KNOWLEDGE.sentences)


def says(test: str, sex: Sex | None = None, **results: AnswerValue) -> list[str]:
    told = tuple(TestResult(id, value, DAY) for id, value in results.items())
    reading = read_test(KNOWLEDGE.physical_tests[test], told, sex, KNOWLEDGE)
    return [SAY.say(each) for each in reading.says]


def test_nothing_measured_says_so() -> None:
    assert says("plank") == ["No result is stored yet."]


def test_not_sure_is_no_result() -> None:
    assert says("slump", slump_test="not_sure") == ["No result is stored yet."]


def test_a_first_result_without_a_norm_is_something_to_compare_with() -> None:
    assert says("plank", plank_hold_s=62.0) == [
        "Noted: a plank: 62 seconds. Compare the next one with it, in some weeks."
    ]


@pytest.mark.parametrize(("sex", "means"), [("female", [189]), ("male", [146]), (None, [146, 189])])
def test_an_unknown_sex_gets_both_norms_and_says_why(sex: Sex | None, means: list[int]) -> None:
    lines = says("back_extensor_hold", sex, back_extensor_hold_s=120.0)

    assert [
        mean for mean in (146, 189) if any(f"reached {mean} on average" in line for line in lines)
    ] == means
    assert any("not told us your sex" in line for line in lines) == (sex is None)


def test_a_norm_is_never_told_as_a_line_to_pass() -> None:
    for test in KNOWLEDGE.physical_tests.values():
        if test.norm:
            assert all("short" not in str(reads.says) for reads in test.reads)
    assert "no line to pass" in says("trunk_flexor_hold", "male", trunk_flexor_hold_s=10.0)[0]


@pytest.mark.parametrize(("left", "alike"), [(100.0, True), (95.0, True), (94.0, False), (0.0, False)])
def test_sides_are_alike_up_to_a_twentieth(left: float, alike: bool) -> None:
    lines = says("side_bridge", "male", side_bridge_left_s=left, side_bridge_right_s=100.0)

    assert any("are alike" in line for line in lines) == alike
    assert any("left side is lower" in line for line in lines) != alike


def test_one_side_alone_is_not_compared() -> None:
    lines = says("side_bridge", "male", side_bridge_left_s=80.0)

    assert not any("alike" in line or "lower" in line for line in lines)


@pytest.mark.parametrize(("mm", "told"), [(4.9, "ignored"), (5.0, "worth a trial"), (20.0, "professional")])
def test_a_leg_length_difference_is_read_in_three_steps(mm: float, told: str) -> None:
    (line,) = says("leg_length", leg_length_difference_mm=mm)

    assert told in line


def test_a_second_measure_is_set_beside_the_first_with_what_measuring_alone_can_give() -> None:
    results = (
        TestResult("leg_length_difference_mm", 9.0, DAY),
        TestResult("leg_length_difference_mm", 6.0, DAY + timedelta(weeks=6)),
    )
    reading = read_test(KNOWLEDGE.physical_tests["leg_length"], results, None, KNOWLEDGE)

    assert "9 mm on 2 March 2026, now 6 mm. Measuring alone can give a difference of 5 mm." in SAY.say(
        reading.says[-1]
    )


def test_pain_on_one_leg_stops_running_and_points_to_the_safety_question() -> None:
    (line,) = says("single_leg_stance", single_leg_stance_pain="yes")

    assert "do not run" in line
    assert "doctor within days" in line
    assert "one_sided_impact_pain=yes" in line


def test_ratios_that_mark_healthy_women_are_named_and_not_used() -> None:
    assert "0.75" in str(KNOWLEDGE.physical_tests["side_bridge"].not_used)
    assert "1.0" in str(KNOWLEDGE.physical_tests["trunk_flexor_hold"].not_used)
    assert not any(
        "0.75" in str(reads.when.text) for test in KNOWLEDGE.physical_tests.values() for reads in test.reads
    )


@pytest.mark.parametrize("test", ["back_extensor_hold", "trunk_flexor_hold", "side_bridge", "plank"])
@pytest.mark.parametrize(
    "barred",
    [
        {"age_years": 16.0},
        {"days_since_onset": 10.0},
        {"osteoporosis": True},
        {"sex": "female", "age_years": 30.0, "pregnant": "yes"},
        {"leg_weakness": "mild_stable"},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_a_hold_to_the_limit_is_not_for_everybody(test: str, barred: dict[str, bool | float | str]) -> None:
    assert offered(KNOWLEDGE.physical_tests[test], barred) == "barred"
    assert reasons(KNOWLEDGE.physical_tests[test], barred)


@pytest.mark.parametrize("test", ["hops", "single_leg_stance"])
@pytest.mark.parametrize(
    "name", ["one_sided_impact_pain", "past_stress_fracture", "big_accident", "osteoporosis"]
)
def test_nobody_hops_who_may_have_an_overloaded_or_broken_bone(test: str, name: str) -> None:
    record = KNOWLEDGE.physical_tests[test]

    assert offered(record, {name: True}) == "barred"
    assert offered(record, {name: False}) == "not_known"
    assert name in open_names(record, {})
