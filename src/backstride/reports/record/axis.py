"""The axis of days that every lane of a picture shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import TypeAlias

from backstride.model.history import Span
from backstride.model.text import Text, Value
from backstride.reports.wording import Wording

Leads: TypeAlias = Callable[[str], str]
WeekLeads: TypeAlias = Callable[[date], str]

EDGE = 4
"""Room left and right, in the picture's units."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Where days lie from left to right."""

    span: Span
    width: int
    wording: Wording
    leads: Leads | None = None
    """Where a run is shown, by its id; None: nowhere, and nothing is a link."""

    week_leads: WeekLeads | None = None
    """Where a week is shown, by its first day."""

    @property
    def role(self) -> str:
        """Of the picture: what is one image has no links in it."""
        return "img" if self.leads is None and self.week_leads is None else "group"

    @property
    def step(self) -> float:
        """How wide a day is."""
        return (self.width - 2 * EDGE) / self.span.days

    def x(self, on: date) -> float:
        """Where a day begins."""
        return EDGE + (on - self.span.first).days * self.step

    def middle(self, on: date) -> float:
        """The middle of a day."""
        return self.x(on) + self.step / 2

    def linked(self, drawn: str, title: str, runs: Sequence[str]) -> str:
        """What was drawn, as a link to the first of its runs; `title` is what it says, ready for SVG."""
        if self.leads is None or not runs:
            return drawn
        return f'<a href="{escape(self.leads(runs[0]))}" aria-label="{title}">{drawn}</a>'

    def linked_week(self, drawn: str, title: str, first: date) -> str:
        """What was drawn of a week, as a link to it."""
        if self.week_leads is None:
            return drawn
        return f'<a href="{escape(self.week_leads(first))}" aria-label="{title}">{drawn}</a>'

    def own(self, key: str, **values: Value) -> str:
        """One of the pictures' own sentences, ready for SVG."""
        return escape(self.wording.say(Text(f"record.{key}", values)))

    def ticks(self, y: float) -> Iterator[str]:
        """The first of each month, named as long as there is room."""
        firsts = [
            on
            for back in range(self.span.days)
            if (on := self.span.first + timedelta(days=back)).day == 1 or back == 0
        ]
        last_end = -100.0
        for on in firsts:
            x = self.x(on)
            yield f'<path class="rule" d="M{x:.1f} {y:g}v4"/>'
            name = month(on, self.wording)
            wide = 7.0 * len(name)
            if x >= last_end + 6 and x + wide < self.width and (on.day <= 20 or len(firsts) == 1):
                yield f'<text class="tick" x="{x:.1f}" y="{y + 16:g}">{escape(name)}</text>'
                last_end = x + wide


def month(on: date, wording: Wording) -> str:
    """A month for an axis: Mar, and in January with the year."""
    if wording.language == "en":
        return f"{on:%b %Y}" if on.month == 1 else f"{on:%b}"
    from babel.dates import format_date

    return str(format_date(on, "LLL yyyy" if on.month == 1 else "LLL", locale=wording.language))
