"""Notes in words that tell of back pain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backstride.features.lookback import Lookback
from backstride.features.onset.pain_words import heard
from backstride.features.onset.record import Spoken
from backstride.model.history import Span


def in_words(span: Span, look: Lookback) -> tuple[Spoken, ...]:
    """The days of a span on which a title or note says that the back hurt."""
    found = {on: ids for on, note, ids in _notes(span, look) if heard(note, look.knowledge) == "pain"}
    return tuple(Spoken(on, "words", ids) for on, ids in sorted(found.items()))


def _notes(span: Span, look: Lookback) -> Iterator[tuple[date, str | None, tuple[str, ...]]]:
    """Each note of the span's days with its day, and the activity it belongs to."""
    for check_in in look.history.check_ins:
        if check_in.on in span:
            yield check_in.on, check_in.note, ()
    for symptom in look.history.symptoms:
        if symptom.on in span and symptom.score > 0:
            yield symptom.on, symptom.note, ()
    for activity in look.history.activities:
        if activity.on in span and activity.on <= look.on:
            yield activity.on, activity.title, (activity.id,)
            yield activity.on, activity.note, (activity.id,)
