"""When this spell of pain began: as told, or as the diary shows it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from backstride.knowledge.knowledge import Knowledge
from backstride.model.findings import Onset
from backstride.model.history import Answer, History, Span

BEGAN = "pain_began_on"
"""The question whose answer names the day."""

_DAY = timedelta(days=1)


def find_onset(history: History, on: date, knowledge: Knowledge) -> Onset | None:
    """The day, or the band of days, on which the latest spell of pain began; None where no pain was noted.

    The runner's own word counts first, unless the diary shows a newer spell that began more than
    `spell_gap_days` after it was given.  A date after `on`, or one that cannot be read, is no answer.
    """
    noted = _noted(pain_by_day(history, on), knowledge)
    answer = _answer(history, on)
    if answer is None:
        return noted
    day, told = answer
    if noted is not None and (noted.span.first - told.on).days > knowledge.number("spell_gap_days"):
        return noted
    return Onset(Span(day, day), told=True)


def pain_by_day(history: History, on: date) -> dict[date, float]:
    """The worst score of each day up to `on` that has one, by day; 0 is a day noted as pain-free."""
    worst: dict[date, float] = {}
    for day, score in _scores(history):
        if day <= on:
            worst[day] = max(score, worst.get(day, 0.0))
    return dict(sorted(worst.items()))


def _scores(history: History) -> list[tuple[date, float]]:
    checked = (
        (each.on, score)
        for each in history.check_ins
        for score in (each.pain_now, each.pain_during, each.pain_after, each.pain_next_morning)
        if score is not None
    )
    return [*((note.on, note.score) for note in history.symptoms), *checked]


def _answer(history: History, on: date) -> tuple[date, Answer] | None:
    """The day named by the latest answer in force, with that answer."""
    given = [answer for answer in history.answers if answer.question == BEGAN and answer.on <= on]
    if not given:
        return None
    latest = max(enumerate(given), key=lambda each: (each[1].on, each[0]))[1]
    try:
        day = date.fromisoformat(str(latest.value))
    except ValueError:
        return None
    return (day, latest) if day <= on else None


def _noted(scores: dict[date, float], knowledge: Knowledge) -> Onset | None:
    """The onset as the diary shows it.

    Pain may have begun before the first note of it: after the last pain-free note, and at most
    `onset_band_days` before.
    """
    painful = [day for day, score in scores.items() if score > 0]
    if not painful:
        return None
    began = painful[0]
    for before, after in pairwise(painful):
        if _apart(before, after, scores, knowledge):
            began = after
    noted_before = [day for day in scores if day < began]
    earliest = began - timedelta(days=knowledge.number("onset_band_days"))
    if noted_before:
        earliest = max(earliest, noted_before[-1] + _DAY)
    return Onset(Span(earliest, began), told=False)


def _apart(before: date, after: date, scores: dict[date, float], knowledge: Knowledge) -> bool:
    """Whether two painful days belong to two spells.

    More than `spell_gap_days` without pain end a spell where the diary says so in that time.  Silence
    alone is not freedom from pain: it ends a spell only after `spell_silence_days`.
    """
    free_days = (after - before).days - 1
    pain_free_noted = any(before < day < after for day in scores)
    gap = knowledge.number("spell_gap_days" if pain_free_noted else "spell_silence_days")
    return free_days >= gap
