"""The onset is the day told, or the first note of pain of the latest spell with the days it leaves open."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from tests.features.made_up import DAY, KNOWLEDGE, LAST
from tests.strategies import DAYS, FIRST, histories

from backstride.features.onset import find_onset
from backstride.model.findings import Onset
from backstride.model.history import Answer, CheckIn, History, Span, Symptom


def onset(*notes: tuple[int, float], answer: str | None = None, answered: int = 0) -> Onset | None:
    """The onset from notes given as (days ago, score) and an answer given so many days ago."""
    history = History(
        symptoms=tuple(Symptom(LAST - DAY * ago, score) for ago, score in notes),
        answers=() if answer is None else (Answer("pain_began_on", answer, LAST - DAY * answered),),
    )
    return find_onset(history, LAST, KNOWLEDGE)


def spell(*notes: tuple[int, float]) -> Span:
    """The band of days in which the latest spell of some notes began."""
    found = onset(*notes)
    assert found is not None
    return found.span


def ago(first: int, last: int | None = None) -> Span:
    return Span(LAST - DAY * first, LAST - DAY * (first if last is None else last))


def test_without_a_note_of_pain_there_is_no_onset() -> None:
    assert onset() is None
    assert onset((3, 0.0)) is None


def test_the_day_told_counts_before_the_diary() -> None:
    found = onset((3, 4.0), answer=(LAST - DAY * 10).isoformat())

    assert Onset(ago(10), told=True) == found


def test_not_sure_a_day_to_come_and_a_word_are_no_day() -> None:
    for answer in ("not_sure", (LAST + DAY).isoformat(), "last week"):
        assert Onset(ago(10, 3), told=False) == onset((3, 4.0), answer=answer)


def test_the_latest_answer_is_the_one_in_force() -> None:
    first = Answer("pain_began_on", (LAST - DAY * 9).isoformat(), LAST - DAY * 5)
    second = Answer("pain_began_on", (LAST - DAY * 8).isoformat(), LAST - DAY * 5)
    other = Answer("fever", "no", LAST)

    found = find_onset(History(answers=(first, second, other)), LAST, KNOWLEDGE)

    assert Onset(ago(8), told=True) == found


def test_a_pain_free_note_the_day_before_makes_the_onset_one_day() -> None:
    assert Onset(ago(3), told=False) == onset((4, 0.0), (3, 4.0), (2, 5.0))


def test_days_without_a_note_leave_a_band() -> None:
    assert Onset(ago(5, 3), told=False) == onset((6, 0.0), (3, 4.0))


def test_the_band_goes_back_no_further_than_a_week() -> None:
    assert Onset(ago(10, 3), told=False) == onset((60, 0.0), (3, 4.0))
    assert Onset(ago(10, 3), told=False) == onset((3, 4.0))


def test_a_month_noted_as_free_of_pain_ends_a_spell() -> None:
    assert ago(10, 3) == spell((40, 4.0), (20, 0.0), (3, 4.0))
    assert ago(37, 30) == spell((30, 4.0), (20, 0.0), (3, 4.0))


def test_a_silent_diary_is_not_taken_for_freedom_from_pain() -> None:
    assert ago(57, 50) == spell((50, 4.0), (3, 4.0))
    assert ago(10, 3) == spell((90, 4.0), (3, 4.0))


def test_an_answer_about_an_older_spell_gives_way_to_the_newer_one() -> None:
    found = onset((3, 4.0), (4, 0.0), answer=(LAST - DAY * 120).isoformat(), answered=100)

    assert Onset(ago(3), told=False) == found


def test_the_worst_score_of_a_day_decides_whether_it_was_painful() -> None:
    assert ago(3) == spell((4, 0.0), (3, 0.0), (3, 2.0))


def test_pain_noted_at_a_check_in_counts() -> None:
    history = History(check_ins=(CheckIn(LAST - DAY, pain_after=0.0), CheckIn(LAST, pain_after=3.0)))

    assert Onset(ago(0), told=False) == find_onset(history, LAST, KNOWLEDGE)


@given(histories())
def test_an_onset_never_lies_after_the_day_it_is_asked_for(history: History) -> None:
    on = FIRST + DAY * (DAYS // 2)

    found = find_onset(history, on, KNOWLEDGE)

    assert found is None or found.span.first <= found.span.last <= on


def test_notes_after_the_day_are_not_looked_at() -> None:
    history = History(symptoms=(Symptom(date(2026, 7, 1), 5.0),))

    assert find_onset(history, LAST, KNOWLEDGE) is None
