"""What holds of triage whatever is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.knowledge.asking import complete
from backstride.knowledge.facts import known_on
from backstride.knowledge.loader import shipped
from backstride.knowledge.question import Question
from backstride.knowledge.red_flag import RedFlag
from backstride.model.assessment import Tier, Triage
from backstride.model.findings import FactValue
from backstride.model.history import Answer, AnswerValue, History, Profile
from backstride.triage.triage import triage

ON = date(2026, 3, 20)
KNOWLEDGE = shipped()
SAFETY = {id: question for id, question in KNOWLEDGE.questions.items() if question.group == "safety"}
FIRST = {id: question for id, question in SAFETY.items() if question.follows is None}
DEPENDS_ON_SEX = {
    id for id, question in FIRST.items() if question.only_if is not None and "sex" in question.only_if.names
} | {"pregnancy_bleeding_or_shoulder_pain"}
"""Asked of women only: answered with yes by a man they still act."""

Answers = Mapping[str, AnswerValue]


def values_of(question: Question) -> tuple[str, ...]:
    options = ("yes", "no") if question.kind == "yes_no" else tuple(question.options)
    return (*options, "not_sure")


PAIRS = [(id, value) for id, question in SAFETY.items() for value in values_of(question)]
ALL_NO: Answers = dict.fromkeys(FIRST, "no")
PROFILES = st.builds(
    Profile,
    age_years=st.none() | st.integers(6, 90),
    sex=st.sampled_from([None, "female", "male"]),
    height_m=st.sampled_from([None, 1.7]),
    mass_kg=st.sampled_from([None, 48.0, 70.0]),
    medicines=st.sampled_from([None, (), ("warfarin",), ("prednisolone",)]),
)
SOME = st.lists(st.sampled_from(PAIRS), unique_by=lambda pair: pair[0], max_size=30).map(dict)
NEARLY_ALL_NO = st.tuples(SOME, st.sets(st.sampled_from(sorted(FIRST)), max_size=6)).map(
    lambda drawn: {id: value for id, value in {**ALL_NO, **drawn[0]}.items() if id not in drawn[1]}
)
ANSWERS = SOME | NEARLY_ALL_NO


def told(profile: Profile, answers: Answers) -> Triage:
    history = History(profile=profile, answers=tuple(Answer(id, value, ON) for id, value in answers.items()))
    return triage(known_on(history, (), ON, KNOWLEDGE), KNOWLEDGE)


def raised_at(result: Triage) -> dict[str, Tier]:
    return {flag.id: flag.tier for flag in result.raised if flag.tier is not None}


RECORDED = {
    id for id, fact in KNOWLEDGE.facts.items() if fact.comes_from == "finding" and fact.kind == "yes_no"
}
BESIDE_RECORDED = sorted(
    {
        name
        for flag in KNOWLEDGE.red_flags.values()
        if any(not RECORDED.isdisjoint(rule.when.names) for rule in flag.rule)
        for rule in flag.rule
        for name in rule.when.names
        if name in SAFETY and SAFETY[name].kind == "yes_no"
    }
)
"""What flags ask that look at the record too."""


@settings(max_examples=200, deadline=None)
@given(PROFILES, ANSWERS, st.sets(st.sampled_from(BESIDE_RECORDED), min_size=1, max_size=3), st.booleans())
def test_what_is_recorded_raises_no_flag_and_none_higher(
    profile: Profile, answers: dict[str, AnswerValue], yes: set[str], recorded: bool
) -> None:
    """The app's answer may wait for files that are coming in: nobody is warned later for it."""
    answers |= dict.fromkeys(yes, "yes")
    history = History(profile=profile, answers=tuple(Answer(id, value, ON) for id, value in answers.items()))
    known = known_on(history, (), ON, KNOWLEDGE)
    found: dict[str, FactValue] = dict.fromkeys(RECORDED, recorded)
    before, after = (
        triage(each, KNOWLEDGE) for each in (known, replace(known, facts={**found, **known.facts}))
    )

    assert raised_at(before) == raised_at(after)
    assert (before.tier, before.stop_running) == (after.tier, after.stop_running)


@settings(max_examples=200, deadline=None)
@given(PROFILES, ANSWERS, st.sampled_from(PAIRS))
def test_one_more_answer_never_lowers_the_tier_nor_takes_a_raised_flag_back(
    profile: Profile, answers: dict[str, AnswerValue], more: tuple[str, AnswerValue]
) -> None:
    question, value = more
    answers.pop(question, None)
    before, after = told(profile, answers), told(profile, {**answers, question: value})

    assert before.tier <= after.tier
    for flag, tier in raised_at(before).items():
        assert tier <= raised_at(after)[flag]
    assert after.stop_running or not before.stop_running


@settings(max_examples=100, deadline=None)
@given(PROFILES, ANSWERS, st.integers(6, 90), st.sampled_from(["female", "male"]))
def test_telling_age_or_sex_never_lowers_the_tier(
    profile: Profile, answers: Answers, age: int, sex: str
) -> None:
    bare = Profile(height_m=profile.height_m, mass_kg=profile.mass_kg, medicines=profile.medicines)
    fuller = Profile(
        age_years=age,
        sex="female" if sex == "female" else "male",
        height_m=profile.height_m,
        mass_kg=profile.mass_kg,
        medicines=profile.medicines,
    )

    assert told(bare, answers).tier <= told(fuller, answers).tier


@settings(max_examples=100, deadline=None)
@given(PROFILES, ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(profile: Profile, answers: Answers, random: object) -> None:
    shuffled = list(answers.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert told(profile, answers) == told(profile, dict(shuffled))


@settings(max_examples=200, deadline=None)
@given(PROFILES, ANSWERS, st.data())
def test_dropping_an_answer_never_clears_a_flag_that_was_not_clear(
    profile: Profile, answers: dict[str, AnswerValue], data: st.DataObject
) -> None:
    asked = sorted(id for id in answers if id in FIRST and id not in DEPENDS_ON_SEX)
    if not asked:
        return
    dropped = data.draw(st.sampled_from(asked))
    full = told(profile, answers)
    fewer = told(profile, {id: value for id, value in answers.items() if id != dropped})

    was_clear = {flag.id for flag in full.flags if flag.state == "clear"}
    assert {flag.id for flag in fewer.flags if flag.state == "clear"} <= was_clear


@settings(max_examples=200, deadline=None)
@given(PROFILES, ANSWERS, SOME)
def test_a_clear_flag_stays_clear_whatever_else_could_be_asked_and_is_answered(
    profile: Profile, answers: Answers, more: Answers
) -> None:
    """No flag is clear while a question that applies could still raise it."""
    before = told(profile, answers)
    further = {id: v for id, v in more.items() if id not in DEPENDS_ON_SEX and SAFETY[id].follows is None}
    after = told(profile, {**further, **answers})

    clear = {flag.id for flag in before.flags if flag.state == "clear"}
    assert not clear & set(raised_at(after))


@settings(max_examples=200, deadline=None)
@given(PROFILES, ANSWERS)
def test_whatever_is_still_open_can_be_asked_now(profile: Profile, answers: Answers) -> None:
    result = told(profile, answers)
    asks = {id for flag in result.flags if flag.state == "ask" for id in flag.ask}

    assert bool(asks) <= bool(result.open_questions)
    assert not set(result.open_questions) & {id for id, value in answers.items() if value != "not_sure"}
    assert len(result.open_questions) == len(set(result.open_questions))


@settings(max_examples=100, deadline=None)
@given(PROFILES, ANSWERS, st.data())
def test_answering_what_is_asked_always_comes_to_an_end(
    profile: Profile, answers: dict[str, AnswerValue], data: st.DataObject
) -> None:
    told_all = Profile(age_years=profile.age_years or 40, sex=profile.sex or "female")
    steps = 0
    while open_ids := told(told_all, answers).open_questions:
        id = open_ids[0]
        answers[id] = data.draw(st.sampled_from(values_of(SAFETY[id])), label=id)
        steps += 1
        assert steps <= len(SAFETY)


@pytest.mark.parametrize(
    "question", sorted(id for id, each in FIRST.items() if each.only_if and id not in DEPENDS_ON_SEX)
)
def test_a_question_that_is_left_out_could_not_have_raised_anything(question: str) -> None:
    """Over random answers to all that its flags look at: a yes instead of the silence changes nothing."""
    random = Random(question)
    looks = [flag for flag in KNOWLEDGE.red_flags.values() if question in names_of(flag)]
    left_out = 0
    for _ in range(600):
        facts = {name: some_fact(name, random) for name in sorted(FIRST)}
        facts |= {"age_years": float(random.randint(6, 90)), "sex": random.choice(("female", "male"))}
        facts |= {"takes_blood_thinner": random.random() < 0.3, "wants_medicine": random.random() < 0.5}
        del facts[question]
        completed = complete(facts, KNOWLEDGE.questions)
        if completed.get(question) is not False:
            continue
        left_out += 1
        for flag in looks:
            assert flag.raised_by(completed) == flag.raised_by({**completed, question: True}), facts
    assert left_out > 20


def names_of(flag: RedFlag) -> frozenset[str]:
    return frozenset(name for rule in flag.rule for name in rule.when.names)


def some_fact(name: str, random: Random) -> FactValue:
    question = FIRST[name]
    if question.kind == "yes_no":
        return random.random() < 0.3
    return random.choice(tuple(question.options)) if random.random() < 0.3 else "no"


@settings(max_examples=200, deadline=None)
@given(PROFILES, ANSWERS)
def test_the_highest_raised_flag_stands_first_and_says_the_tier(profile: Profile, answers: Answers) -> None:
    result = told(profile, answers)
    states = [flag.state for flag in result.flags]

    assert states == sorted(states, key=("raised", "ask", "ask_again", "clear").index)
    assert result.stops_plan == (result.tier >= Tier.T2)
    if result.tier >= Tier.T2:
        assert result.flags[0].tier == result.tier
        assert result.flags[0].because
