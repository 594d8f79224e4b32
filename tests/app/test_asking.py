"""The first check-in: safety on one page, short enough to be finished, a way back, and nothing guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.app.terminal import KNOWLEDGE, ON, Terminal, answers, ask, settled

from backstride.app.body_map import NUMBERED
from backstride.app.dialogue import Dialogue
from backstride.app.prompt import Prompt
from backstride.assess import assess
from backstride.languages.catalog import translated
from backstride.model.assessment import Plan, Tier
from backstride.model.history import REGIONS
from backstride.reports.wording import Wording
from backstride.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite") as opened:
        yield opened


TYPICAL = ("n", "1", "y", "n", "y", "n", "n", "y", "n", "n")
"""No, the first option, yes, and so on: whatever is asked, most of it is a plain no."""


@pytest.mark.parametrize("sex", ["1", "2"])
def test_a_first_check_in_takes_under_four_minutes_and_at_most_25_questions(store: Store, sex: str) -> None:
    terminal = ask(store, "38", sex, "0", "4", "5", "2", "2026-03-10", *TYPICAL)

    assert assess(store.history(), ON, KNOWLEDGE).triage.open_questions == ()
    assert terminal.asked <= 25
    assert terminal.seconds < 240, f"{terminal.seconds:.0f} s"
    assert terminal.words.count("Does any of this apply to you?") == 1, "safety stands on one page"


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


def told(store: Store) -> Iterable[str]:
    return (each.id for each in assess(store.history(), ON, KNOWLEDGE).findings)


def test_the_day_it_began_is_looked_at_as_soon_as_it_is_told(store: Store) -> None:
    """The questions that follow rest on the weeks before that day."""
    settled(store)
    terminal = ask(store, "4", "5", "2", "2026-03-10", "q")

    assert "1 of at most 10" in terminal.words
    assert list(told(store))
