"""What the record says: numbers of a run, loads of a day, and statements about a window of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, TypeAlias

from backstride.model.history import Span
from backstride.model.text import Missing, Quantity, Text, Unit

Checked = Literal["V", "M", "U", "P"]
"""How far a figure was checked: V read in an abstract or table, M from memory of the literature,
U uncertain, P a rule of our own."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number worked out from one run."""

    name: str
    """A row of `MEASURES`."""
    activity: str
    on: date
    quantity: Quantity
    channels: tuple[str, ...]
    """What it was worked out from."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What one measure of one run came to; without a value, the reason."""

    value: float | None
    channels: tuple[str, ...] = ()
    """What it was worked out from: stream channels, or fields of the activity."""
    reason: str | None = None
    """Key of the sentence that says why there is no value."""
    low: float | None = None
    """Where the run leaves the value open, its two ends."""
    high: float | None = None


RunMeasures: TypeAlias = Mapping[str, Worked]
"""Every measure of one run, by name."""

MeasuredRun: TypeAlias = tuple[str, RunMeasures]
"""The measures of one run with the key they hang on: another key, and they are out of date."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number known only to lie between two ends; both ends equal when it is known."""

    low: float
    high: float

    @property
    def known(self) -> bool:
        """True when there is no doubt."""
        return self.low == self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)


DayState = Literal["run", "other", "rest", "unrecorded"]
"""run: at least one run; other: recorded activity but no run; rest: recorded, and nothing was done;
unrecorded: nobody knows."""


@dataclass(frozen=True, slots=True)
class DayLoad:
    """The running of one local day.  A rest day is zero; an unrecorded day is an interval."""

    on: date
    state: DayState
    distance_m: Interval
    moving_s: Interval
    climb_m: Interval | Missing
    descent_m: Interval | Missing
    srpe_au: Interval | Missing
    """Perceived exertion (0-10) times minutes; Missing where exertion was not noted."""
    longest_run_m: Interval
    other_moving_s: Interval
    """Time in activities that are not runs."""
    activities: tuple[str, ...] = ()


FactValue: TypeAlias = bool | float | str
Facts: TypeAlias = Mapping[str, FactValue]
"""What is known, by fact name.  A fact that is not there is not known: never no, never zero."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement about a window of the record, and what it rests on."""

    id: str
    statement: Text
    value: Quantity | Missing
    window: Span | None
    seen_share: float
    """Share of the window's days that the record covers, 0 to 1."""
    activities: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)
    """What the rules may take from it; absent where it is not known."""
    sources: tuple[str, ...] = ()
    checked: Checked = "P"
    notable: bool = False
    """True where it is a change worth telling first."""
    background: Text | None = None
    """What is known of such a change in general; None where that is nothing."""
    since: date | None = None
    """The day it holds from, or its one day; None where no such day was looked for."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of running, Monday first."""

    first: date
    distance_m: Interval
    runs: int
    longest_run_m: float
    seen_days: int


@dataclass(frozen=True, slots=True)
class OnsetDay:
    """One day on which the pain may have begun."""

    on: date
    probability: float


@dataclass(frozen=True, slots=True)
class Sign:
    """Something on record that speaks of when the pain began."""

    on: date
    says: Text
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Onset:
    """When this spell of pain began: a distribution over local days, and the band that holds most of it."""

    span: Span
    """The shortest band that holds nine tenths of the probability."""
    told: bool
    """True when the runner named the day, False when it is the first note of pain in the diary."""
    days: tuple[OnsetDay, ...] = ()
    """Every day that may be it, oldest first; they add up to 1.  Empty: each day of the span alike."""
    signs: tuple[Sign, ...] = ()
    """What spoke, oldest first."""
    noted: date | None = None
    """The day told, or that of the first note of pain; None: the last of the span."""

    @property
    def by(self) -> date:
        """The day by which there was pain: the one told, or that of the first note."""
        return self.span.last if self.noted is None else self.noted

    @property
    def earliest(self) -> date:
        """The first day that counts as perhaps with pain: the one told, or the first of the band."""
        return self.by if self.told else min(self.by, self.span.first)

    @property
    def chances(self) -> tuple[OnsetDay, ...]:
        """Every day that may be it, with its probability."""
        if self.days:
            return self.days
        each = 1 / self.span.days
        return tuple(OnsetDay(self.span.first + timedelta(days=step), each) for step in range(self.span.days))


@dataclass(frozen=True, slots=True)
class PainMark:
    """The worst score noted on one day."""

    on: date
    score: float


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """A day on which a change told of came."""

    on: date
    label: Text
    """A word or two, such as "descent"."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The weeks around the onset as one picture: days, pain and onset on one axis."""

    days: tuple[DayLoad, ...]
    pain: tuple[PainMark, ...]
    onset: Onset | None
    spikes: tuple[date, ...]
    """Days whose longest run went over the published bin."""
    changed: tuple[ChangeMark, ...] = ()
    """Where the changes told of came, by day."""


@dataclass(frozen=True, slots=True)
class FormPoint:
    """One run of a figure of stride, less the runner's own usual at its speed as its device would read it."""

    on: date
    activity: str
    residual: float
    sure: float
    """95 of 100 runs of the usual stride lie within this of their line, the device's own doubt counted."""
    segment: int
    """Which of the segments measured it."""


@dataclass(frozen=True, slots=True)
class FormSegment:
    """The runs of one device and sensor: they lie about one line."""

    device: str | None
    """None where nobody knows."""
    channel: str
    first: date
    last: date
    added: float
    """What it reads above the segment that measured most of the last runs, at equal speed."""
    added_low: float
    added_high: float


BreakKind = Literal["device", "sensor", "software"]
"""device: another watch; sensor: another channel, or a strap put on or left off; software: of the same
device, which makes no segment of its own."""


STRAP = " + balance"
"""Behind a channel where a strap or pod at the trunk measured it: only such a one gives the balance."""


@dataclass(frozen=True, slots=True)
class FormBreak:
    """A day on which something new began to measure: never a change of form."""

    on: date
    kind: BreakKind
    was: str
    """Device, channel or version; empty where nobody knows."""
    now: str


@dataclass(frozen=True, slots=True)
class FormSeries:
    """One figure of stride over half a year, to be drawn: residuals by run, and what measured them."""

    figure: str
    name: Text
    unit: Unit
    points: tuple[FormPoint, ...]
    segments: tuple[FormSegment, ...]
    breaks: tuple[FormBreak, ...]
