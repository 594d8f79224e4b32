"""When this spell of pain began, as the diary shows it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from backstride.knowledge.knowledge import Knowledge
from backstride.model.history import History, Span

_DAY = timedelta(days=1)


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


def noted(scores: dict[date, float], knowledge: Knowledge) -> Span | None:
    """The days on which the latest spell may have begun; the last of them is the first note of pain.

    Pain may have begun before the first note of it: after the last pain-free note, and at most
    `onset_band_days` before.  None where no pain was noted.
    """
    painful = [day for day, score in scores.items() if score > 0]
    if not painful:
        return None
    began = painful[0]
    for before, after in pairwise(painful):
        if _apart(before, after, scores, knowledge):
            began = after
    earliest = began - timedelta(days=knowledge.number("onset_band_days"))
    free = last_noted_before(began, scores)
    return Span(earliest if free is None else max(earliest, free + _DAY), began)


def last_noted_before(day: date, scores: dict[date, float]) -> date | None:
    """The last day with a note before one; in a spell's first days that is a pain-free one."""
    return max((each for each in scores if each < day), default=None)


def _apart(before: date, after: date, scores: dict[date, float], knowledge: Knowledge) -> bool:
    """Whether two painful days belong to two spells.

    More than `spell_gap_days` without pain end a spell where the diary says so in that time.  Silence
    alone is not freedom from pain: it ends a spell only after `spell_silence_days`.
    """
    free_days = (after - before).days - 1
    pain_free_noted = any(before < day < after for day in scores)
    gap = knowledge.number("spell_gap_days" if pain_free_noted else "spell_silence_days")
    return free_days >= gap
