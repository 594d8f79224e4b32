"""Which days a record covers: the rest nobody knows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

from backstride.knowledge.knowledge import Knowledge
from backstride.model.history import History, Span

_DAY = timedelta(days=1)


def recorded_spans(history: History, knowledge: Knowledge) -> tuple[Span, ...]:
    """The days that the record covers, as spans that neither touch nor overlap, oldest first.

    What the history says in `recorded` holds, and a day with an activity is covered in any case.  Where
    it says nothing, a stretch of at most `unrecorded_gap_days` without activity counts as rest; a longer
    one, and all days before the first and after the last activity, are not covered.
    """
    days = sorted({activity.on for activity in history.activities})
    own = [Span(day, day) for day in days]
    if history.recorded is not None:
        return _joined((*history.recorded, *own), bridge=0)
    return _joined(own, bridge=int(knowledge.number("unrecorded_gap_days")))


def _joined(spans: Iterable[Span], bridge: int) -> tuple[Span, ...]:
    """Spans with at most `bridge` days between them made one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.first, span.last)):
        if joined and (span.first - joined[-1].last).days - 1 <= bridge:
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return tuple(joined)


def covered(on: date, spans: tuple[Span, ...]) -> bool:
    """Whether a day lies in one of the spans, which are sorted and apart."""
    at = bisect_right(spans, on, key=lambda span: span.first) - 1
    return at >= 0 and on <= spans[at].last


def days_of(span: Span) -> tuple[date, ...]:
    """Every day of a span."""
    return tuple(span.first + _DAY * step for step in range(span.days))
