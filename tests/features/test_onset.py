"""The onset is the day told, or the first note of pain of the latest spell with the days it leaves open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from tests.features.made_up import DAY, LAST, drawn, look, weekly
from tests.strategies import DAYS, FIRST, histories

from backstride.features.began import days_since_onset
from backstride.features.onset import find_onset
from backstride.features.onset.offered import record_signs
from backstride.model.findings import Onset
from backstride.model.history import Answer, CheckIn, History, Span, Symptom
from backstride.model.text import Missing


def onset(*notes: tuple[int, float], answer: str | None = None, answered: int = 0) -> Onset | None:
    """The onset from notes given as (days ago, score) and an answer given so many days ago."""
    history = History(
        symptoms=tuple(Symptom(LAST - DAY * ago, score) for ago, score in notes),
        answers=() if answer is None else (Answer("pain_began_on", answer, LAST - DAY * answered),),
    )
    return find_onset(look(history))


def plainly(found: Onset | None) -> tuple[Span, bool] | None:
    """The band, and whether the runner named the day."""
    return None if found is None else (found.span, found.told)


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
    found = onset((3, 4.0), answer=(LAST - DAY * 10).isoformat(), answered=5)

    assert plainly(found) == (ago(10), True)


def test_not_sure_a_day_to_come_and_a_word_are_no_day() -> None:
    for answer in ("not_sure", (LAST + DAY).isoformat(), "last week"):
        assert plainly(onset((3, 4.0), answer=answer)) == (ago(10, 3), False)


def test_the_latest_answer_is_the_one_in_force() -> None:
    first = Answer("pain_began_on", (LAST - DAY * 9).isoformat(), LAST - DAY * 5)
    second = Answer("pain_began_on", (LAST - DAY * 8).isoformat(), LAST - DAY * 5)
    other = Answer("fever", "no", LAST)

    found = find_onset(look(History(answers=(first, second, other))))

    assert plainly(found) == (ago(8), True)


def test_a_pain_free_note_the_day_before_makes_the_onset_one_day() -> None:
    assert plainly(onset((4, 0.0), (3, 4.0), (2, 5.0))) == (ago(3), False)


def test_days_without_a_note_leave_a_band() -> None:
    assert plainly(onset((6, 0.0), (3, 4.0))) == (ago(5, 3), False)


def test_the_band_goes_back_no_further_than_a_week() -> None:
    assert plainly(onset((60, 0.0), (3, 4.0))) == (ago(10, 3), False)
    assert plainly(onset((3, 4.0))) == (ago(10, 3), False)


def test_a_month_noted_as_free_of_pain_ends_a_spell() -> None:
    assert ago(10, 3) == spell((40, 4.0), (20, 0.0), (3, 4.0))
    assert ago(37, 30) == spell((30, 4.0), (20, 0.0), (3, 4.0))


def test_a_silent_diary_is_not_taken_for_freedom_from_pain() -> None:
    assert ago(57, 50) == spell((50, 4.0), (3, 4.0))
    assert ago(10, 3) == spell((90, 4.0), (3, 4.0))


def test_an_answer_about_an_older_spell_gives_way_to_the_newer_one() -> None:
    found = onset((3, 4.0), (4, 0.0), answer=(LAST - DAY * 120).isoformat(), answered=100)

    assert plainly(found) == (ago(3), False)


def test_the_worst_score_of_a_day_decides_whether_it_was_painful() -> None:
    assert ago(3) == spell((4, 0.0), (3, 0.0), (3, 2.0))


def test_pain_noted_at_a_check_in_counts() -> None:
    history = History(check_ins=(CheckIn(LAST - DAY, pain_after=0.0), CheckIn(LAST, pain_after=3.0)))

    assert plainly(find_onset(look(history))) == (ago(0), False)


@given(histories())
def test_an_onset_never_lies_after_the_day_it_is_asked_for(history: History) -> None:
    on = FIRST + DAY * (DAYS // 2)

    found = find_onset(look(history, on))

    assert found is None or found.span.first <= found.span.last <= on


@given(histories())
def test_an_onset_is_a_distribution_whose_band_holds_nine_tenths(history: History) -> None:
    on = FIRST + DAY * (DAYS // 2)

    found = find_onset(look(history, on))

    if found is not None:
        assert sum(day.probability for day in found.days) == pytest.approx(1)
        assert sum(day.probability for day in found.days if day.on in found.span) >= 0.9 - 1e-9
        assert max(day.on for day in found.days) <= on
        assert found.days[0].on <= found.by <= on


def test_a_day_told_the_same_week_is_exact_and_one_told_late_is_not() -> None:
    fresh = onset(answer=(LAST - DAY * 6).isoformat())
    late = onset(answer=(LAST - DAY * 60).isoformat())

    assert fresh is not None
    assert late is not None
    assert fresh.span == ago(6)
    assert late.span.first < late.by < late.span.last
    assert late.by == LAST - DAY * 60


def test_the_days_since_a_day_told_late_are_counted_from_that_day() -> None:
    late = onset(answer=(LAST - DAY * 60).isoformat())

    finding = days_since_onset(look(History(), onset=late))

    assert finding.facts == {"days_since_onset": 60.0}


USUAL = weekly("8 . 8 . 8 . 8", 9)


def hurt(table: str, *notes: tuple[int, float], titles: dict[int, str] | None = None) -> Onset | None:
    """The onset of a drawn record with notes, and titles by days ago."""
    history = drawn(table)
    named = {LAST - DAY * ago: title for ago, title in (titles or {}).items()}
    runs = tuple(replace(run, title=named.get(run.on)) for run in history.activities)
    symptoms = tuple(Symptom(LAST - DAY * ago, score) for ago, score in notes)
    return find_onset(look(replace(history, activities=runs, symptoms=symptoms)))


def chance(found: Onset | None, ago: int) -> float:
    assert found is not None
    return next((day.probability for day in found.days if day.on == LAST - DAY * ago), 0.0)


def test_a_note_in_words_puts_the_onset_no_later_than_itself() -> None:
    plain = hurt(USUAL, (0, 4.0))
    worded = hurt(USUAL, (0, 4.0), titles={4: "Lower back hurt"})

    assert chance(plain, 1) == chance(plain, 6)
    assert chance(worded, 1) < chance(worded, 6)
    assert worded is not None
    assert [sign.says.id for sign in worded.signs] == ["features.sign_words"]


def test_a_note_in_words_before_the_band_widens_it() -> None:
    found = hurt(USUAL, (0, 4.0), titles={13: "Rücken tut weh"})

    assert chance(found, 13) > 0


def test_a_run_given_up_makes_its_day_likelier_and_no_onset_of_its_own() -> None:
    short = f"{weekly('8 . 8 . 8 . 8', 8)} 8 . 8 . 2 . ."
    found = hurt(short, (0, 4.0))

    assert chance(found, 2) > chance(found, 5)
    assert found is not None
    assert "features.sign_gave_up" in [sign.says.id for sign in found.signs]
    assert hurt(short) is None


def test_a_sudden_stop_makes_the_last_run_likelier_and_no_onset_of_its_own() -> None:
    stop = f"{weekly('8 . 8 . 8 . 8', 8)} 8 . . . . . ."
    found = hurt(stop, (0, 4.0))

    assert chance(found, 6) > chance(found, 3)
    assert hurt(stop) is None


def test_days_off_that_are_not_recorded_are_no_stop() -> None:
    found = hurt(f"{weekly('8 . 8 . 8 . 8', 8)} 8 ? ? ? ? ? ?", (0, 4.0))

    assert found is not None
    assert found.signs == ()


def test_what_the_record_shows_without_a_word_of_pain_is_offered_and_no_fact() -> None:
    finding = record_signs(look(drawn(f"{weekly('8 . 8 . 8 . 8', 8)} 8 . 8 . 2 . .")))

    assert finding.statement.id == "features.signs_offered"
    assert isinstance(finding.value, Missing)
    assert finding.facts == {}
    assert not finding.notable


def test_words_of_another_spell_say_nothing_of_this_one() -> None:
    found = hurt(USUAL, (5, 0.0), (0, 4.0), titles={13: "Back pain"})

    assert found is not None
    assert found.signs == ()
    assert found.days[0].on == LAST - DAY * 4


def test_notes_after_the_day_are_not_looked_at() -> None:
    history = History(symptoms=(Symptom(date(2026, 7, 1), 5.0),))

    assert find_onset(look(history)) is None
