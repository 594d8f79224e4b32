"""What a person who answers so is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Tier, Triage
from backstride.model.history import AnswerValue, Profile
from backstride.model.text import Text
from backstride.triage.triage import triage

Answers = Mapping[str, AnswerValue]
Know = Callable[[Profile, Answers], Known]
Tell = Callable[[Profile, Answers], Triage]

MAN = Profile(age_years=34, sex="male")
WOMAN = Profile(age_years=34, sex="female")
ALONE_AN_EMERGENCY: tuple[tuple[str, str, str], ...] = (
    ("saddle_numbness", "yes", "rf_01_saddle_numbness"),
    ("wiping_feels_different", "yes", "rf_02_wiping"),
    ("bladder_change", "new", "rf_03_bladder"),
    ("bowel_change", "yes", "rf_04_bowel"),
    ("both_legs", "weak_or_numb", "rf_06_both_legs"),
    ("tearing_pain", "yes", "rf_08_tearing_pain"),
    ("chest_pain_or_collapse", "yes", "rf_09_chest_or_collapse"),
    ("loin_pain_after_hard_effort", "yes", "rf_21_after_hard_effort"),
    ("pregnancy_bleeding_or_shoulder_pain", "yes", "rf_22_pregnancy"),
)


@pytest.fixture
def told(know: Know, knowledge: Knowledge) -> Tell:
    def tell(profile: Profile, answers: Answers) -> Triage:
        return triage(know(profile, answers), knowledge)

    return tell


@pytest.mark.parametrize(("question", "answer", "flag"), ALONE_AN_EMERGENCY)
@pytest.mark.parametrize("others", ["unanswered", "all no"])
def test_each_sign_of_an_emergency_alone_is_an_emergency_and_stands_first(
    told: Tell, all_no: Answers, question: str, answer: str, flag: str, others: str
) -> None:
    answers = ({} if others == "unanswered" else dict(all_no)) | {question: answer}

    result = told(WOMAN, answers)

    assert result.tier == Tier.T4
    assert result.stops_plan
    assert result.stop_running
    assert result.flags[0].id == flag
    assert result.headline.id == "triage.headline_t4"


@pytest.mark.parametrize("profile", [MAN, WOMAN], ids=["man", "woman"])
def test_a_no_to_everything_clears_every_flag(told: Tell, all_no: Answers, profile: Profile) -> None:
    result = told(profile, all_no)

    assert {flag.state for flag in result.flags} == {"clear"}
    assert result.tier == Tier.T0
    assert not result.stops_plan
    assert not result.stop_running
    assert result.open_questions == ()
    assert result.ask_again == ()


def test_somebody_who_answered_nothing_is_not_called_safe(told: Tell) -> None:
    result = told(Profile(), {})

    assert result.tier == Tier.T0
    assert result.headline.id == "triage.headline_t0_open"
    assert "clear" not in {flag.state for flag in result.flags}
    assert result.open_questions[0] == "saddle_numbness"
    assert {"age_years", "sex"} <= set(result.open_questions)


def test_details_wait_for_the_question_that_leads_to_them(told: Tell) -> None:
    first = told(MAN, {}).open_questions
    then = told(MAN, {"loin_pain_waves": "yes"}).open_questions

    assert "vomiting" not in first
    assert {"vomiting", "single_kidney"} <= set(then)


def test_following_the_open_questions_with_no_ends_within_thirty_questions(told: Tell) -> None:
    answers: dict[str, AnswerValue] = {}

    while open_ids := told(WOMAN, answers).open_questions:
        answers[open_ids[0]] = "no"

    assert len(answers) <= 30


def test_emergencies_are_asked_before_anything_else(told: Tell, knowledge: Knowledge) -> None:
    emergency = [
        id in knowledge.questions and knowledge.questions[id].emergency
        for id in told(Profile(), {}).open_questions
    ]

    assert emergency == sorted(emergency, reverse=True)


def test_one_not_sure_about_an_emergency_leads_to_the_plainer_wording(told: Tell, all_no: Answers) -> None:
    result = told(MAN, {**all_no, "saddle_numbness": "not_sure"})

    assert result.open_questions == ("saddle_numbness_plain",)
    assert result.tier == Tier.T0
    assert result.headline.id == "triage.headline_t0_open"


def test_not_sure_twice_about_an_emergency_is_seen_the_same_day(told: Tell, all_no: Answers) -> None:
    unsure = {"saddle_numbness": "not_sure", "saddle_numbness_plain": "not_sure"}

    result = told(MAN, {**all_no, **unsure})

    assert result.tier == Tier.T3
    assert result.raised[0].id == "not_sure_saddle_numbness"
    assert result.raised[0].why == Text("triage.not_sure_do")
    assert result.open_questions == ()


def test_a_clear_plainer_answer_settles_the_question(told: Tell, all_no: Answers) -> None:
    unsure = {"bladder_change": "not_sure"}

    assert told(MAN, {**all_no, **unsure} | {"bladder_change_plain": "new"}).tier == Tier.T4
    assert told(MAN, {**all_no, **unsure} | {"bladder_change_plain": "no"}).tier == Tier.T0


def test_not_sure_on_another_question_is_asked_again_and_withholds_nothing(
    told: Tell, all_no: Answers
) -> None:
    result = told(MAN, {**all_no, "cancer_ever": "not_sure"})
    flag = next(flag for flag in result.flags if flag.id == "rf_13_past_cancer")

    assert flag.state == "ask_again"
    assert result.ask_again == ("cancer_ever",)
    assert result.open_questions == ()
    assert not result.stops_plan


def test_a_raised_flag_keeps_asking_whether_it_is_worse(told: Tell, all_no: Answers) -> None:
    answers = dict(all_no) | {"both_legs": "pain_only"}
    del answers["leg_weakness"]

    flag = told(MAN, answers).raised[0]

    assert flag.id == "rf_06_both_legs"
    assert flag.tier == Tier.T3
    assert "leg_weakness" in flag.ask


def test_age_is_asked_for_when_it_is_not_told(told: Tell, all_no: Answers) -> None:
    result = told(Profile(sex="male"), all_no)

    assert result.open_questions == ("age_years",)
    assert "clear" not in {flag.state for flag in result.flags if flag.id == "rf_23_under_18"}


def test_who_does_not_tell_their_sex_can_answer_about_pregnancy_instead(told: Tell, all_no: Answers) -> None:
    assert told(Profile(age_years=30), all_no).open_questions == ()


def test_pregnancy_is_asked_beside_the_sex_and_not_only_after_it(told: Tell, all_no: Answers) -> None:
    answers = {id: value for id, value in all_no.items() if id not in ("pregnant", "postpartum")}

    assert told(Profile(age_years=30), answers).open_questions == ("sex", "pregnant", "postpartum")


def test_a_man_is_not_asked_about_pregnancy_and_nothing_stays_open(told: Tell, all_no: Answers) -> None:
    of_women = ("pregnant", "postpartum", "pregnancy_bleeding_or_shoulder_pain", "missed_periods")
    answers = {id: value for id, value in all_no.items() if id not in of_women}

    assert told(MAN, answers).open_questions == ()
    assert told(WOMAN, answers).open_questions == ("pregnant", "postpartum")


@pytest.mark.parametrize(
    ("profile", "answers"),
    [
        (Profile(age_years=17, sex="male"), {}),
        (WOMAN, {"pregnant": "yes"}),
        (MAN, {"osteoporosis": "yes"}),
    ],
    ids=["under 18", "pregnant", "thin bones"],
)
def test_some_people_are_never_left_to_themselves(
    told: Tell, all_no: Answers, profile: Profile, answers: Answers
) -> None:
    result = told(profile, {**all_no, **answers})

    assert result.tier == Tier.T1
    assert not result.stops_plan


def test_bone_type_pain_alone_already_stops_the_running_and_is_seen_within_days(
    told: Tell, all_no: Answers
) -> None:
    result = told(MAN, {**all_no, "one_sided_impact_pain": "yes"})

    assert result.tier == Tier.T2
    assert result.stop_running


def test_a_medicine_list_that_names_a_blood_thinner_outweighs_a_no(told: Tell, all_no: Answers) -> None:
    fallen = {**all_no, "big_accident": "yes"}
    medicines = ("warfarin",)

    assert told(MAN, fallen).tier == Tier.T3
    assert told(Profile(age_years=34, sex="male", medicines=medicines), fallen).tier == Tier.T4


@pytest.mark.parametrize("profile", [MAN, WOMAN], ids=["man", "woman"])
def test_what_matters_only_for_a_medicine_never_holds_up_the_plan(
    told: Tell, all_no: Answers, knowledge: Knowledge, profile: Profile
) -> None:
    later = [group for group in knowledge.populations.values() if not group.asked_first]
    asked = told(Profile(), {}).open_questions + told(profile, all_no).open_questions

    assert {group.id for group in later} >= {"asthma", "kidney_disease", "blood_thinners"}
    assert not {"asthma", "nsaid_allergy", "kidney_or_liver_problem", "bleeding_problem"} & set(asked)
    assert told(profile, all_no).open_questions == ()


def test_a_blood_thinner_is_still_asked_about_before_any_plan(told: Tell, all_no: Answers) -> None:
    left_out = ("blood_thinner", "sudden_severe_pain", "sudden_severe_pain_plain")
    answers = {id: value for id, value in all_no.items() if id not in left_out}

    assert told(MAN, answers).open_questions == ("blood_thinner",)


@pytest.mark.parametrize("missing", ["pregnant", "postpartum", "osteoporosis"])
def test_whom_the_plan_is_for_is_asked_before_any_plan(told: Tell, all_no: Answers, missing: str) -> None:
    answers = {id: value for id, value in all_no.items() if id != missing}

    assert missing in told(WOMAN, answers).open_questions


def test_weak_signs_are_noted_only_while_nothing_urgent_is_raised(told: Tell, all_no: Answers) -> None:
    calm = Profile(age_years=55, sex="male")

    assert told(calm, all_no).noted == (Text("weak_signs.age_over_50.says"),)
    assert told(calm, {**all_no, "chest_pain_or_collapse": "yes"}).noted == ()


def test_flags_stand_in_order_of_urgency(told: Tell, all_no: Answers) -> None:
    answers = {**all_no, "cancer_ever": "yes", "fever": "yes", "big_accident": "yes", "bowel_change": "yes"}

    tiers = [flag.tier for flag in told(MAN, answers).raised]

    assert tiers[0] == Tier.T4
    assert tiers == sorted(tiers, reverse=True)
