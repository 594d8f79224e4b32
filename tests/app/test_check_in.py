"""The check-in of a day: half a minute, what is new or too old asked again, and what a score means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.app.terminal import KNOWLEDGE, ON, answers, ask, check_in, settled

from backstride.assess import assess
from backstride.model.assessment import NoPlan, Plan, Tier
from backstride.model.history import Answer, CheckIn, Profile, Symptom
from backstride.reports.renderers import RENDERERS
from backstride.reports.wording import Wording
from backstride.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite") as opened:
        yield opened


def test_a_daily_check_in_takes_under_thirty_seconds(store: Store) -> None:
    settled(store)
    store.add(
        Symptom(ON - timedelta(days=5), 4, ("low_back_left",)), Answer("pain_began_on", "2026-03-10", ON)
    )
    terminal = check_in(store, "n", "3", "1", "2", "")

    assert terminal.asked <= 6
    assert terminal.seconds < 30, f"{terminal.seconds:.0f} s"
    (told,) = store.history().check_ins
    assert (told.pain_now, told.pain_during, told.pain_after) == (3, 2, None)
    assert told.done


def test_legs_told_of_too_long_ago_are_asked_of_a_runner_on_the_ladder(store: Store) -> None:
    settled(store)
    old = ON - timedelta(days=15)
    store.add(
        Answer("pain_began_on", "2026-03-01", ON),
        Answer("leg_numb_or_tingling", "no", old),
        CheckIn(ON - timedelta(days=2), ("walk_run_2",), 1, 1, 1),
    )
    row = next(row for row in store.diary("answer") if row.entry == Answer("leg_numb_or_tingling", "no", ON))
    store.forget(row.id)
    words = check_in(store, "n", "y").words

    assert KNOWLEDGE.sentences["questions.leg_numb_or_tingling.ask"] in words
    assert answers(store)["leg_numb_or_tingling"] == "yes"


def test_an_old_answer_that_only_a_bone_hangs_on_is_asked_again(store: Store) -> None:
    """With every other answer told no flag asks for it, and there is no plan until it is told anew."""
    settled(store)
    store.change_profile(lambda told: replace(told, medicines=()))
    knock = Answer("small_knock_sudden_pain", "no", ON)
    store.forget(next(row.id for row in store.diary("answer") if row.entry == knock))
    store.add(replace(knock, on=ON - timedelta(days=43)), Answer("pain_began_on", "2026-03-01", ON))
    before = assess(store.history(), ON, KNOWLEDGE)
    assert before.triage.open_questions == ()
    assert isinstance(before.plan, NoPlan)
    assert before.plan.ask == ("small_knock_sudden_pain",)
    said = RENDERERS["text"].render(before, Wording(KNOWLEDGE.sentences)).decode()
    asked = KNOWLEDGE.sentences["questions.small_knock_sudden_pain.ask"]
    assert asked in " ".join(said.split())
    assert asked in ask(store).words

    words = check_in(store, "n", "n", "1", "1", "1", "").words
    assert asked in words
    after = assess(store.history(), ON, KNOWLEDGE).plan
    assert isinstance(after, Plan)
    assert "no_impact" not in {step.id for step in after.steps}


def test_legs_are_not_asked_again_while_they_are_known(store: Store) -> None:
    settled(store)
    store.add(Answer("pain_began_on", "2026-03-01", ON), CheckIn(ON, ("walk_run_2",), 1, 1, 1))
    words = check_in(store, "n").words
    assert KNOWLEDGE.sentences["questions.leg_numb_or_tingling.ask"] not in words


def test_every_safety_answer_ages_and_one_about_an_emergency_within_two_weeks() -> None:
    for question in KNOWLEDGE.questions.values():
        if question.group == "safety":
            assert question.stale_after_days is not None, question.id
            assert question.stale_after_days <= (14 if question.emergency else 365), question.id


def test_a_safety_answer_too_old_is_asked_again_and_no_plan_is_made_on_it(store: Store) -> None:
    settled(store)
    later = ON + timedelta(days=15)

    answer = assess(store.history(), later, KNOWLEDGE)
    assert "saddle_numbness" in answer.triage.open_questions
    assert not isinstance(answer.plan, Plan)
    terminal = check_in(store, "0", "2", "0", on=later)
    assert "too old to rely on" in terminal.words
    assert isinstance(assess(store.history(), later, KNOWLEDGE).plan, Plan)


def test_something_new_brings_the_emergency_questions_back_and_a_no_to_them_settles_it(store: Store) -> None:
    settled(store)
    assert isinstance(assess(store.history(), ON, KNOWLEDGE).plan, Plan)

    check_in(store, "y", "q")
    answer = assess(store.history(), ON, KNOWLEDGE)
    emergencies = {id for id, each in KNOWLEDGE.questions.items() if each.emergency}
    assert set(answer.triage.open_questions) <= {*emergencies, "leg_numb_or_tingling"}
    assert {"saddle_numbness", "bladder_change", "fever"} <= set(answer.triage.open_questions)
    assert not isinstance(answer.plan, Plan)

    check_in(store, "0", "2", "0")
    assert isinstance(assess(store.history(), ON, KNOWLEDGE).plan, Plan)


def test_something_new_never_takes_a_raised_flag_back(store: Store) -> None:
    settled(store)
    store.add(Answer("saddle_numbness", "yes", ON), Answer("something_new", "yes", ON))

    assert assess(store.history(), ON, KNOWLEDGE).triage.tier == Tier.T4


@pytest.mark.parametrize("typed", [("n", "9", "0"), ("n", "2", "1", "8", ""), ("n", "2", "1", "1", "7")])
def test_a_red_day_is_told_and_no_session_is_named_after_it(store: Store, typed: tuple[str, ...]) -> None:
    settled(store)
    terminal = check_in(store, *typed)

    assert "red by the pain rule" in terminal.words
    assert "Next:" not in terminal.words


def test_pain_that_may_come_from_bone_is_red_at_any_score_and_says_whom_to_see(store: Store) -> None:
    settled(store)
    store.change_profile(lambda told: Profile(age_years=16, sex="male", made_up=True))
    store.add(Answer("pain_began_on", "2026-03-10", ON), Symptom(ON, 3, ("low_back_left",)))
    plan = assess(store.history(), ON, KNOWLEDGE).plan
    assert isinstance(plan, Plan)
    assert plan.goal.id == "plan.goal_bone", "the made-up runner must be one whose pain may come from bone"
    assert plan.red_above == KNOWLEDGE.number("pain_bone_to")

    terminal = check_in(store, "n", "1", "0")

    assert "red by the pain rule" in terminal.words
    assert "See a doctor within days" in terminal.words


def test_a_day_of_which_nothing_can_be_said_leaves_no_note(store: Store) -> None:
    settled(store)
    terminal = check_in(store, "n", "?", "0")

    assert store.history().check_ins == ()
    assert "Noted" not in terminal.words


def test_a_day_within_the_pain_rule_names_the_next_step(store: Store) -> None:
    settled(store)
    terminal = check_in(store, "n", "2", "1", "2", "2")

    assert "Next:" in terminal.words
    assert "red by" not in terminal.words


def test_this_morning_belongs_to_what_was_done_yesterday(store: Store) -> None:
    settled(store)
    store.add(CheckIn(ON - timedelta(days=1), ("walk_run_1",), 1, 1))
    check_in(store, "n", "2", "3", "0")

    yesterday, today = store.history().check_ins
    assert (yesterday.done, yesterday.pain_during, yesterday.pain_next_morning) == (("walk_run_1",), 1, 3)
    assert (today.on, today.pain_now, today.pain_next_morning) == (ON, 2, None)


def test_back_in_a_daily_check_in_begins_the_day_again_and_stores_once(store: Store) -> None:
    settled(store)
    check_in(store, "n", "9", "b", "2", "0")

    assert [each.pain_now for each in store.history().check_ins] == [2]


def test_pain_that_does_not_fall_by_the_review_brings_safety_back_and_says_why(store: Store) -> None:
    began = ON - timedelta(days=15)
    settled(store, ON - timedelta(days=3))
    store.add(
        Answer("pain_began_on", began.isoformat(), began),
        *(Symptom(began + timedelta(days=day), 6, ("low_back_left",)) for day in (0, 3, 13)),
    )

    words = check_in(store).words
    assert "hardly less" in words
    assert "So the safety questions come again first." in words
    assert "between the thighs" in words
