"""The runner's shoes and the ground under the runs, to be listed and drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backstride.model.activity import Surface
from backstride.model.findings import Interval
from backstride.model.history import Span


@dataclass(frozen=True, slots=True)
class ShoeMonth:
    """What was run in one pair in one month."""

    first: date
    """The first day of the month."""
    distance_m: Interval


@dataclass(frozen=True, slots=True)
class ShoeUse:
    """One pair over the whole record.  Runs of no known pair widen every interval they may belong to."""

    id: str
    name: str
    first_on: date | None
    """Day of the first run known to be in it, as `last_on` of the last; None without one."""
    last_on: date | None
    runs: int
    """How many runs are known to be in it."""
    known_m: Interval
    """On the runs known to be in it: two ends where one of them has no distance."""
    distance_m: Interval
    """With the runs that may have been in it."""
    share: Interval
    """Of the distance of all recorded runs, 0 to 1."""
    life_m: Interval
    """With what was run in it before the record and on days nobody recorded; endless where not known."""
    in_use: bool
    """False where it is said to be put away, or no run has named it for long."""
    is_new: bool | None
    """Whether it was first used in the last weeks; None where its first use is not known."""
    is_beyond: bool | None
    """Whether it has gone farther than the runner's pairs usually do; None where that is not known."""
    drop_mm: float | None
    stack_mm: float | None
    months: tuple[ShoeMonth, ...]
    """From the first run to the last, none left out between."""


@dataclass(frozen=True, slots=True)
class ShoeSwitch:
    """One change of the pair, from one run to the next."""

    on: date
    before: str
    """Ids of the pairs."""
    after: str


@dataclass(frozen=True, slots=True)
class ShoeRack:
    """Every pair, and how they were worn in the last weeks."""

    pairs: tuple[ShoeUse, ...]
    """Those first used first; those never seen on a run last."""
    whole_m: Interval
    """Of all recorded runs."""
    without_pair_m: Interval
    """Of the runs of which no pair is known."""
    without_pair_runs: int
    window: Span
    """The last weeks."""
    seen_share: float
    """The share of their days that the record covers, 0 to 1."""
    young: Interval
    """Share of their distance in shoes with less than `young_life_m` behind them, 0 to 1."""
    young_life_m: float
    beyond: Interval
    """Share of their distance in shoes with more than their usual life behind them, 0 to 1."""
    usual_life_m: Interval
    usual_life_pairs: int
    """How many pairs put away the usual life is taken from; 0: none, and it is a general figure."""
    at_once: Interval
    """The most pairs in use at once in the window."""
    switches: tuple[ShoeSwitch, ...]
    """Of the window, oldest first; only those between runs of known pairs."""


@dataclass(frozen=True, slots=True)
class GroundWeek:
    """The running of one week by the ground under it."""

    span: Span
    """From Monday on; the last may be cut short."""
    distance_m: Mapping[Surface, Interval]
    """Only runs known or judged to be on it."""
    open_m: Interval
    """On runs that may have been on one ground or another."""
    judged_m: Interval
    """How much of `distance_m` is judged by the recording, and not named."""
    downhill_m: Interval
    unseen_days: int


@dataclass(frozen=True, slots=True)
class Gear:
    """What was run in and on: the shoes of the whole record, the ground of the weeks to be shown."""

    rack: ShoeRack
    ground: tuple[GroundWeek, ...]
