"""The days that matter in the made-up runner's story, all counted back from the last one.

first ... phone ... | watch, every few seconds ... | watch, every second ........................ until
                               holiday, nothing recorded        new shoes      22 km   pain
                                                                -40 days       -21     -19
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backstride.model.history import Span

WEEKS = 104
"""Whole weeks of running; each ends on the weekday of the last day."""
ZONE = "Europe/Berlin"
"""Where the made-up runner lives: on a lake in the north of Germany, see `ground`."""

BEFORE_M = 14_020.0
"""The longest run of the 30 days before the one that was too long."""
SPIKE_M = 22_010.0
"""The one that was too long."""


@dataclass(frozen=True, slots=True)
class Story:
    """What happened when."""

    until: date
    """The last day, and the one the answer is for."""

    @property
    def first(self) -> date:
        """The first day of the first week."""
        return self.until - timedelta(days=7 * WEEKS - 1)

    @property
    def spike_on(self) -> date:
        """The last day of a week, three weeks before the end: one run 57 % beyond the longest of 30 days."""
        return self.until - timedelta(days=21)

    @property
    def onset_on(self) -> date:
        """Pain for the first time, two days after it."""
        return self.spike_on + timedelta(days=2)

    @property
    def new_shoes_on(self) -> date:
        """First run in the present pair, three weeks before the pain."""
        return self.onset_on - timedelta(days=21)

    @property
    def watch_on(self) -> date:
        """From this day on a watch records, before it a phone."""
        return self.first + timedelta(days=112)

    @property
    def every_second_on(self) -> date:
        """From this day on the watch keeps every second, before it one of three to five."""
        return self.until - timedelta(days=120)

    @property
    def holiday(self) -> Span:
        """Sixteen days without any record: the watch stayed at home."""
        begun = self.until - timedelta(days=223)
        return Span(begun, begun + timedelta(days=15))

    def week_of(self, on: date) -> int:
        """Which week a day is in: 0 is the first, `WEEKS` - 1 the last."""
        return (on - self.first).days // 7

    def day(self, week: int, nth: int) -> date:
        """The nth day of a week, both from 0."""
        return self.first + timedelta(days=7 * week + nth)
