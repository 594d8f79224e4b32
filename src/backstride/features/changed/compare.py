"""What changed before the pain began: the days before it against the runner's own past year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum

from backstride.features.changed.told import told
from backstride.features.changed.unusual import Year, judged_year
from backstride.features.exposures.columns import columns
from backstride.features.lookback import Lookback, back_from
from backstride.features.saying import missing, says
from backstride.model.findings import Finding, Onset
from backstride.model.history import Span
from backstride.model.text import Quantity, Text

PAST_YEAR = "past_year"


@dataclass(frozen=True, slots=True)
class Compared:
    """What stood out from the year, and how far that can be told."""

    found: tuple[Finding, ...]
    """Each change once, most unusual first."""
    year: Finding
    """Whether anything stood out at all, with how much of the days and of the year is on record."""


def compare(look: Lookback, beside: bool = False) -> Compared | None:
    """The days before the onset against the year before them; None where no onset is known.

    `beside` is true where the fixed rules tell of a change: nothing is then nothing else.

    Days nobody recorded are taken for days on which nothing changed: they can only weaken what is found.
    """
    if look.onset is None:
        return None
    last, chances = _back_from_last(look.onset)
    before = int(look.number("changed_year_days") + look.number("changed_base_days"))
    lags = int(max(look.knowledge.edges("changed_amount_days")))
    days = columns(back_from(last, before + 2 * lags + max(chances) + 1), look)
    year = judged_year(days, chances, look.knowledge)
    window = back_from(last, lags)
    past = Span(days.span.first + timedelta(days=int(year.others[0])), window.first - timedelta(days=1))
    if look.seen_share(window) < look.number("changed_least_seen"):
        return Compared(
            (), _said(says("year_window_unseen", **_seen(window, past, look)), False, window, look)
        )
    if year.weeks < look.number("changed_least_weeks"):
        return Compared((), _said(says("year_too_short", **_weeks(year, look)), False, window, look))
    found = told(year, days, look)
    key = "year_stood_out" if found else ("year_nothing_else" if beside else "year_nothing")
    if look.seen_share(window) < 1:
        key += "_so_far"
    return Compared(found, _said(says(key, **_seen(window, past, look)), True, window, look, len(found)))


def _back_from_last(onset: Onset) -> tuple[date, dict[int, float]]:
    """The last day that may be it, and how probable each number of days before that is."""
    last = max(day.on for day in onset.chances)
    whole = fsum(day.probability for day in onset.chances)
    return last, {
        (last - day.on).days: day.probability / whole for day in onset.chances if day.probability > 0
    }


def _weeks(year: Year, look: Lookback) -> dict[str, Quantity]:
    return {
        "weeks": Quantity(float(int(year.weeks)), "week"),
        "least": Quantity(look.number("changed_least_weeks"), "week"),
    }


def _seen(window: Span, past: Span, look: Lookback) -> dict[str, Quantity]:
    return {
        "days": Quantity(float(window.days), "day"),
        "seen": Quantity(look.seen_share(window), "share"),
        "year_seen": Quantity(look.seen_share(past), "share"),
    }


def _said(words: Text, known: bool, window: Span, look: Lookback, count: int = 0) -> Finding:
    value = Quantity(float(count), "count") if known else missing(words, "help_cover")
    return Finding(PAST_YEAR, words, value, window, look.seen_share(window), sources=("own_rule",))
