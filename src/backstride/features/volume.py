"""How much and how often the runner ran in the weeks before the onset, against the weeks before those.

Described, never alarmed on: neither the week-to-week ratio nor the ratio of one week to three told of
injury in frandsen2025, and no load figure is known to prevent injury (impellizzeri2020).
"""

from __future__ import annotations

from dataclasses import dataclass

from backstride.features.certain import at_least, quantity, ratio
from backstride.features.lookback import Lookback, ids
from backstride.features.saying import missing, says
from backstride.model.findings import DayLoad, FactValue, Finding, Interval
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity, Unit, Value


@dataclass(frozen=True, slots=True)
class Compared:
    """A weekly amount in the recent weeks against the usual ones."""

    now: Interval
    before: Interval
    change: Interval
    up: bool | None
    down: bool | None

    @property
    def word(self) -> str:
        """`up`, `down`, `same`, or `unknown` where the record leaves it open."""
        if self.up:
            return "up"
        if self.down:
            return "down"
        return "unknown" if self.up is None or self.down is None else "same"


def compared(now: Interval, before: Interval, cut: float) -> Compared:
    """Up from `cut` times as much, down from `cut` times as little."""
    change = ratio(now, before)
    return Compared(now, before, change, at_least(change, cut), at_least(ratio(before, now), cut))


def changed_by(change: Interval, help: str = "help_cover") -> Quantity | Missing:
    """The change as a ratio; Missing where it has no upper end."""
    return quantity(change, "ratio") or missing(says("no_ratio"), help)


def amounts(both: Compared, unit: Unit) -> dict[str, Value]:
    """Both weekly amounts for a sentence; where one may be endless, what is known at least."""
    return {
        "now": quantity(both.now, unit) or Quantity(both.now.low, unit),
        "before": quantity(both.before, unit) or Quantity(both.before.low, unit),
    }


def weekly_distance(look: Lookback) -> Finding:
    """Weekly distance before the onset against the weeks before those; up from `weekly_up_ratio`."""
    recent, usual = look.recent, look.usual
    both = compared(
        look.weekly(recent, lambda day: day.distance_m),
        look.weekly(usual, lambda day: day.distance_m),
        look.number("weekly_up_ratio"),
    )
    window = Span(usual.first, recent.last)
    facts: dict[str, FactValue] = {} if both.up is None else {"weekly_distance_up": both.up}
    return Finding(
        "weekly_distance",
        says(f"weekly_distance_{both.word}", day=recent.last, **_spans(look), **amounts(both, "m")),
        changed_by(both.change),
        window,
        look.seen_share(window),
        ids(look.runs_in(recent)),
        facts,
        ("own_rule", "frandsen2025"),
        "P",
        notable=both.up is True,
    )


def running_days(look: Lookback) -> Finding:
    """Days with a run per week before the onset against the weeks before those: described only."""
    recent, usual = look.recent, look.usual
    both = compared(look.weekly(recent, _ran), look.weekly(usual, _ran), look.number("running_days_up_ratio"))
    window = Span(usual.first, recent.last)
    return Finding(
        "running_days",
        says(f"running_days_{both.word}", day=recent.last, **_spans(look), **amounts(both, "day")),
        changed_by(both.change),
        window,
        look.seen_share(window),
        ids(look.runs_in(recent)),
        sources=("own_rule",),
    )


def _spans(look: Lookback) -> dict[str, Value]:
    return {
        "weeks": Quantity(look.recent.days / 7, "week"),
        "weeks_before": Quantity(look.usual.days / 7, "week"),
    }


def _ran(day: DayLoad) -> Interval:
    """1 on a day with a run, 0 on one without, and anything between where nobody knows."""
    return Interval(float(day.state == "run"), float(day.state in ("run", "unrecorded")))
