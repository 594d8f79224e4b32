"""When this spell of pain began: what the runner told, the diary, notes in words and the record together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

from backstride.features.lookback import Lookback
from backstride.features.measures.memory import Measured
from backstride.features.onset.diary import last_noted_before, noted, pain_by_day
from backstride.features.onset.record import Kind, Spoken, gave_up, stopped
from backstride.features.onset.words import in_words
from backstride.features.saying import says
from backstride.knowledge.knowledge import Knowledge
from backstride.model.findings import Onset, OnsetDay, Sign
from backstride.model.history import Answer, History, Span

BEGAN = "pain_began_on"
"""The question whose answer names the day."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Start:
    """What the runner said, before anything else on record is looked at."""

    noted: date
    told: bool
    chances: Mapping[date, float]


def seen_from_onset(
    history: History, on: date, knowledge: Knowledge, measured: Measured | None = None
) -> Lookback:
    """The record as the finders see it: up to a day, from the onset of the pain where one is known."""
    look = Lookback(history, on, None, knowledge, measured)
    return look.seen_from(find_onset(look))


def find_onset(look: Lookback) -> Onset | None:
    """The day on which the latest spell of pain began, as a distribution; None where no pain was told of.

    The runner's own word counts first, unless the diary shows a newer spell that began more than
    `spell_gap_days` after it was given.  A date after `look.on`, or one that cannot be read, is no answer.
    Words in notes and odd runs shift the weight within the days left open, and never make an onset.
    """
    scores = pain_by_day(look.history, look.on)
    start = _start(scores, look)
    if start is None:
        return None
    band = Span(min(start.chances), max(start.chances))
    spoken = (*in_words(band, look), *gave_up(band, look), *stopped(band, look))
    days = _weighted(start.chances, spoken, look.knowledge)
    return Onset(
        _shortest(days, look.number("onset_band_share")),
        start.told,
        days,
        tuple(sign_of(each) for each in sorted(spoken, key=lambda each: (each.on, each.kind))),
        start.noted,
    )


def _start(scores: dict[date, float], look: Lookback) -> _Start | None:
    on, knowledge = look.on, look.knowledge
    diary = noted(scores, knowledge)
    answer = _answer(look.history, on)
    if answer is not None and (
        diary is None or (diary.first - answer[1].on).days <= knowledge.number("spell_gap_days")
    ):
        day, given = answer
        return _Start(day, True, _remembered(day, given.on, on, knowledge))
    if diary is None:
        return None
    band = _from_words(diary, scores, look)
    return _Start(diary.last, False, {band.first + _DAY * step: 1.0 for step in range(band.days)})


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


def _remembered(day: date, told_on: date, on: date, knowledge: Knowledge) -> dict[date, float]:
    """The days around one told: exact where it was told within `onset_fresh_days`, wider the later."""
    late = max(0.0, (told_on - day).days - knowledge.number("onset_fresh_days"))
    spread = late * knowledge.number("onset_memory_share")
    reach = int(3 * spread)
    near = (day + _DAY * away for away in range(-reach, reach + 1))
    if reach == 0:
        return {day: 1.0}
    return {each: exp(-0.5 * ((each - day).days / spread) ** 2) for each in near if each <= min(on, told_on)}


def _from_words(diary: Span, scores: dict[date, float], look: Lookback) -> Span:
    """The band of the diary, from the first note in words of the same spell where that is earlier."""
    first = diary.last - timedelta(days=look.number("spell_gap_days"))
    free = last_noted_before(diary.last, scores)
    before = Span(first if free is None else max(first, free + _DAY), diary.last)
    told = [each.on for each in in_words(before, look)]
    return Span(min(diary.first, *told), diary.last) if told else diary


def _weighted(
    chances: Mapping[date, float], spoken: Sequence[Spoken], knowledge: Knowledge
) -> tuple[OnsetDay, ...]:
    """Each day with its probability, once everything has spoken.

    After the first note in words there had been pain: later days count for `onset_after_words`.  A run
    given up, or a sudden stop, makes its own day and the next `onset_sign_weight` times as likely.
    """
    words = [each.on for each in spoken if each.kind == "words"]
    odd = {each.on + _DAY * late for each in spoken if each.kind != "words" for late in (0, 1)}
    weights = {}
    for day, chance in chances.items():
        after = knowledge.number("onset_after_words") if words and day > min(words) else 1.0
        weights[day] = chance * after * (knowledge.number("onset_sign_weight") if day in odd else 1.0)
    whole = sum(weights.values())
    return tuple(OnsetDay(day, weight / whole) for day, weight in sorted(weights.items()))


def _shortest(days: Sequence[OnsetDay], share: float) -> Span:
    """The shortest band that holds a share of the probability; of equals the most probable, then the last."""
    best: tuple[int, float, date] | None = None
    band = Span(days[0].on, days[-1].on)
    for first in range(len(days)):
        held = 0.0
        for last in range(first, len(days)):
            held += days[last].probability
            if held >= share - 1e-9:
                rank = (-(last - first), round(held, 9), days[last].on)
                if best is None or rank > best:
                    best, band = rank, Span(days[first].on, days[last].on)
                break
    return band


def sign_of(spoken: Spoken) -> Sign:
    """In words for the runner; what a note said is not repeated."""
    return Sign(spoken.on, says(_WORDS[spoken.kind], day=spoken.on, **spoken.values), spoken.activities)


_WORDS: dict[Kind, str] = {
    "words": "sign_words",
    "gave up": "sign_gave_up",
    "stopped": "sign_stopped",
}
