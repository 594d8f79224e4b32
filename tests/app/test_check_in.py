"""The check-in: safety on one page, short enough to be finished, a way back, and answers that age."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from backstride.app.body_map import NUMBERED
from backstride.app.daily import Daily
from backstride.app.dialogue import Dialogue
from backstride.app.prompt import Prompt
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.languages.catalog import translated
from backstride.model.assessment import Plan, Tier
from backstride.model.history import REGIONS, Answer, CheckIn, Profile, Symptom
from backstride.reports.wording import Wording
from backstride.store.store import Store

ON = date(2026, 3, 20)
KNOWLEDGE = shipped()

WORDS_PER_MINUTE = 238
"""Silent reading of adults, Brysbaert 2019."""
SECONDS_PER_ANSWER = 2.0
"""To decide on and type a short answer: 1.35 s to think and two or three keys, Card and others 1980."""


@dataclass
class Terminal:
    """A made-up runner at a terminal: types the given lines, then quits, and keeps what was said."""

    typed: Iterator[str]
    said: list[str] = field(default_factory=list)
    asked: int = 0

    def read(self, prompt: str) -> str:
        self.said.append(prompt)
        self.asked += 1
        return next(self.typed, "q")

    @property
    def seconds(self) -> float:
        words = sum(1 for line in self.said for word in line.split() if re.search(r"[A-Za-z]", word))
        return words / WORDS_PER_MINUTE * 60 + self.asked * SECONDS_PER_ANSWER

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.said).split())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite") as opened:
        yield opened


def prompt_of(terminal: Terminal) -> Prompt:
    return Prompt(Wording(KNOWLEDGE.sentences), terminal.read, terminal.said.append)


def ask(store: Store, *typed: str, on: date = ON, most: int = 10) -> Terminal:
    terminal = Terminal(iter(typed))
    Dialogue(store, on, KNOWLEDGE, prompt_of(terminal)).run(most)
    return terminal


def check_in(store: Store, *typed: str, on: date = ON) -> Terminal:
    terminal = Terminal(iter(typed))
    Daily(store, on, KNOWLEDGE, prompt_of(terminal)).run()
    return terminal


def settled(store: Store, on: date = ON) -> None:
    """Every safety question of a man of 38 answered with no."""
    store.change_profile(lambda told: Profile(age_years=38, sex="male", made_up=True))
    store.add(
        *(
            Answer(each.id, "no", on)
            for each in KNOWLEDGE.questions.values()
            if each.group == "safety" and each.follows is None and each.kind != "number"
        )
    )


def answers(store: Store) -> dict[str, object]:
    return {answer.question: answer.value for answer in store.history().answers}


TYPICAL = ("n", "1", "y", "n", "y", "n", "n", "y", "n", "n")
"""No, the first option, yes, and so on: whatever is asked, most of it is a plain no."""


@pytest.mark.parametrize("sex", ["1", "2"])
def test_a_first_check_in_takes_under_four_minutes_and_at_most_25_questions(store: Store, sex: str) -> None:
    terminal = ask(store, "38", sex, "0", "4", "5", "2", "2026-03-10", *TYPICAL)

    assert assess(store.history(), ON, KNOWLEDGE).triage.open_questions == ()
    assert terminal.asked <= 25
    assert terminal.seconds < 240, f"{terminal.seconds:.0f} s"
    assert terminal.words.count("Does any of this apply to you?") == 1, "safety stands on one page"


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


def test_safety_comes_before_the_pain_and_emergencies_stand_first_on_its_page(store: Store) -> None:
    words = ask(store, "38", "2", "0").words

    assert words.index("Signs that would need help fast") < words.index("Your body and your health")
    assert (
        words.index("between the thighs")
        < words.index("ever had cancer")
        < words.index("How bad is the pain")
    )


def test_an_emergency_ends_it_at_once_and_is_said_loudly(store: Store) -> None:
    terminal = ask(store, "38", "2", "1 18", "y", "n")

    assert "!!!!" in terminal.words
    assert "ever had cancer, even long ago?" not in terminal.words.split("Numbers, or 0 for none")[-1]
    assert "How bad is the pain" not in terminal.words
    assert assess(store.history(), ON, KNOWLEDGE).triage.tier == Tier.T4


def test_what_is_not_ticked_is_a_plain_no_and_nothing_else_is_taken_for_one(store: Store) -> None:
    ask(store, "38", "2", "")
    assert answers(store) == {}

    ask(store, "0")
    assert set(answers(store).values()) == {"no"}


def test_somebody_unsure_of_an_emergency_is_asked_more_plainly(store: Store) -> None:
    words = ask(store, "38", "2", "1", "?", "n").words

    assert "bicycle saddle" in words
    assert answers(store)["saddle_numbness"] == "not_sure"
    assert answers(store)["saddle_numbness_plain"] == "no"


def test_back_takes_the_last_answer_away_and_asks_again(store: Store) -> None:
    terminal = ask(store, "38", "2", "0", "b", "0", "4", "5", "2", "b", "6")

    assert terminal.words.count("Does any of this apply to you?") == 2
    assert "Taken back." in terminal.words
    assert [note.score for note in store.history().symptoms] == []


def test_back_from_the_first_question_stays_there(store: Store) -> None:
    terminal = ask(store, "b", "38")

    assert "This is the first question." in terminal.words
    assert store.profile().age_years == 38


def test_back_from_a_profile_question_forgets_what_was_told(store: Store) -> None:
    ask(store, "38", "b", "q")

    assert store.profile().age_years is None


def test_an_age_that_is_left_out_is_not_asked_twice_and_there_is_no_plan(store: Store) -> None:
    terminal = ask(store, "?", "2", "0")

    assert terminal.words.count("How old are you") == 1
    assert "there can be no plan" in terminal.words
    assert store.profile().age_years is None
    assert not isinstance(assess(store.history(), ON, KNOWLEDGE).plan, Plan)


def test_back_within_a_page_forgets_the_whole_page(store: Store) -> None:
    ask(store, "38", "2", "18", "b")

    assert answers(store) == {}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("w 1", "nerves to this area"),
        ("w", "Each sign has its own reason"),
        ("?", "each sign you are not sure of"),
        ("99", "numbers from 1 to"),
        ("x", "or 0"),
    ],
)
def test_a_page_tells_why_and_what_may_be_typed(store: Store, typed: str, told: str) -> None:
    assert told in ask(store, "38", "2", typed).words


def test_every_question_can_be_left_unsure_and_tells_why_it_is_asked(store: Store) -> None:
    settled(store)
    terminal = ask(store, "4", "5", "2", "", "w", "?")

    assert "Why we ask:" in terminal.words
    assert "would tell most about" in terminal.words
    assert "not_sure" in answers(store).values()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("forty",), "your age in whole years"),
        (("38", "3"), "one number from 1 to 2"),
        (("38", "w"), "differ"),
    ],
)
def test_what_cannot_be_taken_about_the_runner_is_told_in_plain_words(
    store: Store, typed: tuple[str, ...], told: str
) -> None:
    words = ask(store, *typed).words

    assert told in words
    assert "Input should" not in words


@pytest.mark.parametrize("typed", ["11", "-1", "bad"])
def test_a_score_that_cannot_be_is_asked_again_in_plain_words(store: Store, typed: str) -> None:
    settled(store)
    terminal = ask(store, typed, "4,5")

    assert "a number from 0 (none) to 10 (worst)" in terminal.words
    assert ask(store, "?").asked
    assert not store.history().symptoms


def test_yes_and_no_are_taken_in_the_language_of_the_dialogue(store: Store) -> None:
    settled(store)
    german = translated(KNOWLEDGE.sentences, "de")
    terminal = Terminal(iter(("4", "5", "2", "", "ja", "nein")))
    Dialogue(
        store, ON, KNOWLEDGE, Prompt(Wording(german, language="de"), terminal.read, terminal.said.append)
    ).run(2)

    first, second = list(answers(store).values())[-2:]
    assert (first, second) == ("yes", "no")


def test_a_pain_that_began_in_the_future_is_refused(store: Store) -> None:
    settled(store)
    terminal = ask(store, "4", "5", "2", (ON + timedelta(days=1)).isoformat(), "q")

    assert "had not come yet" in terminal.words
    assert "pain_began_on" not in answers(store)


def test_every_region_stands_once_on_the_map() -> None:
    assert sorted(NUMBERED) == sorted(REGIONS)


def test_places_are_named_by_their_numbers(store: Store) -> None:
    settled(store)
    left, right = (NUMBERED.index(place) + 1 for place in ("low_back_left", "buttock_right"))
    ask(store, "4", f"{right},{left}", "3")

    (note,) = store.history().symptoms
    assert (note.score, note.regions, note.timing) == (4, ("low_back_left", "buttock_right"), "next_morning")


def test_a_pain_that_is_left_out_is_not_a_zero(store: Store) -> None:
    settled(store)
    ask(store, "", "")

    assert store.history().symptoms == ()
    assert "pain_began_on" not in answers(store)


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


def told(store: Store) -> Iterable[str]:
    return (each.id for each in assess(store.history(), ON, KNOWLEDGE).findings)


def test_the_day_it_began_is_looked_at_as_soon_as_it_is_told(store: Store) -> None:
    """The questions that follow rest on the weeks before that day."""
    settled(store)
    terminal = ask(store, "4", "5", "2", "2026-03-10", "q")

    assert "1 of at most 10" in terminal.words
    assert list(told(store))


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
