"""The watch after recovery: quiet begins it, one bad day does not end it, a few worse ones do."""

from __future__ import annotations

from datetime import date, timedelta

from accuracy.relapse import KINDS, alarm_after
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from backstride.assess import assess
from backstride.features.course.relapse import watched
from backstride.knowledge.loader import shipped
from backstride.model.history import History, Profile, Symptom

DAY0 = date(2026, 1, 1)
KNOWLEDGE = shipped()
PAIN = [6.0] * 5
QUIET = [0.0, 1.0] * 7


def diary(scores: list[float], every: int = 1) -> dict[date, float]:
    return {
        DAY0 + timedelta(days=day): score
        for day, score in enumerate(scores)
        if day % every == 0 or day < len(PAIN)
    }


def watch(scores: list[float], every: int = 1) -> list[tuple[date, date | None]]:
    found = watched(diary(scores, every), KNOWLEDGE)
    return [(quiet.on, None if rise is None else rise.on) for quiet, rise in found]


def on(day: int) -> date:
    return DAY0 + timedelta(days=day)


def test_quiet_without_any_pain_before_is_no_recovery() -> None:
    assert watch(QUIET * 3) == []


def test_a_fortnight_of_little_pain_begins_the_watch() -> None:
    assert watch(PAIN + QUIET) == [(on(18), None)]
    assert watch(PAIN + QUIET[:-1]) == []


def test_days_without_a_note_are_not_quiet_days() -> None:
    assert watch(PAIN + QUIET, every=4) == []


def test_one_bad_day_is_no_relapse_and_a_few_worse_ones_are() -> None:
    assert watch(PAIN + QUIET + [4.0] + QUIET) == [(on(18), None)]
    assert watch(PAIN + QUIET + [10.0] + QUIET) == [(on(18), None)]
    assert watch(PAIN + QUIET + [10.0, 10.0]) == [(on(18), on(20))]
    assert watch(PAIN + QUIET + [3.0] * 5) == [(on(18), on(22))]


def test_after_an_alarm_the_watch_begins_anew_once_it_is_quiet_again() -> None:
    found = watch(PAIN + QUIET + [5.0] * 4 + QUIET)

    assert [rise for _, rise in found] == [on(20), None]
    assert found[1][0] > on(20)


@given(st.lists(st.integers(0, 10).map(float), min_size=1, max_size=60), st.integers(0, 59))
def test_more_pain_on_a_watched_day_never_puts_the_alarm_off(scores: list[float], day: int) -> None:
    tail = scores[: max(1, day % len(scores) + 1)]
    worse = [*tail[:-1], 10.0]

    def first(later: list[float]) -> date | None:
        return watch(PAIN + QUIET + later)[0][1]

    before, after = first(tail), first(worse)
    assert before is None or (after is not None and after <= before)


def test_the_answer_says_that_it_comes_back_and_since_when() -> None:
    scores = diary(PAIN + QUIET + [3.0] * 5)
    history = History(
        profile=Profile(birth_year=1990, made_up=True),
        symptoms=tuple(Symptom(day, score, ("low_back_left",)) for day, score in scores.items()),
    )

    answer = assess(history, on(23), KNOWLEDGE)

    assert answer.relapse is not None
    assert (answer.relapse.alarm_on, answer.relapse.rising_since) == (on(22), on(19))
    assert answer.relapse.says.id == "features.relapse_alarm"
    assert assess(history, on(18), KNOWLEDGE).relapse is not None
    assert assess(history, on(10), KNOWLEDGE).relapse is None


def test_the_budget_of_false_alarms_is_kept_and_two_points_are_seen_within_ten_days() -> None:
    """At most one in eight weeks; the README tells how far below."""
    for quiet in KINDS.values():
        chance = default_rng(3)
        raised = sum(alarm_after(quiet, 0, 1.0, chance) is not None for _ in range(150))
        assert raised <= 75
        delays = [alarm_after(quiet, 2, 1.0, chance) for _ in range(60)]
        assert all(delay is not None for delay in delays)
        assert sorted(delay for delay in delays if delay is not None)[30] <= 10
