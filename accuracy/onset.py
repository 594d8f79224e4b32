"""How often a planted change before an onset is found and dated, and how often one is told where none is.

    PYTHONPATH=src:. python accuracy/onset.py [ONSETS [SEED]]

Real series of runs (../shared/data/garmin-activities-csv), taken as whole.  Days are drawn at random as the
day the pain began: at least 240 days into a series, with three days of running in the two weeks before.  For
each kind one change is planted from a day 14 to 28 days before on, or one run in the ten days before.
Surfaces and shoes are made up, for the tables hold few: road, and two pairs in turn.

Found: a change of the planted one's group is among the first three told.  Dated: of those found, the day told
is within three days of the first run that was changed.  Quiet: nothing is planted, and the share of days on
which something is told nevertheless; a real series holds real changes, so part of it is no error.
The comparison and its cut-off were worked out with all three series in view, on other days of them: no series
is held out, so a runner it never saw may fare worse.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

import numpy as np
from accuracy.coverage import DATA, RUNNERS, whole

from backstride.features.changed.compare import compare
from backstride.features.changed.merge import GROUP_OF
from backstride.features.lookback import Lookback
from backstride.features.spike import single_run_spike
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.activity import Activity
from backstride.model.findings import Finding, Onset, OnsetDay
from backstride.model.history import History, Span

Chance = np.random.Generator
Plant = Callable[[History, date, Chance], tuple[History, date] | None]
"""A history up to an onset -> the same with a change, and the day of the first run changed."""

DAY = timedelta(days=1)
BAND = 8
"""Days of a band that a diary leaves open."""


@dataclass(frozen=True)
class Kind:
    """One kind of change."""

    name: str
    groups: tuple[str, ...]
    plant: Plant


def since(change: Callable[[Activity], Activity]) -> Plant:
    """Every run of the last two to four weeks is changed."""

    def plant(history: History, on: date, chance: Chance) -> tuple[History, date] | None:
        first = on - DAY * (int(chance.integers(14, 29)) - 1)
        changed = [run.on for run in history.activities if run.on >= first]
        runs = tuple(change(run) if run.on >= first else run for run in history.activities)
        return (replace(history, activities=runs), changed[0]) if changed else None

    return plant


def scaled(run: Activity, factor: float) -> Activity:
    """A run so many times as long, at the same speed on the same hills."""

    def times(value: float | None) -> float | None:
        return None if value is None else value * factor

    return replace(
        run,
        distance_m=times(run.distance_m),
        moving_s=times(run.moving_s),
        climb_m=times(run.climb_m),
        descent_m=times(run.descent_m),
    )


def faster(run: Activity, factor: float) -> Activity:
    return replace(run, moving_s=None if run.moving_s is None else run.moving_s / factor)


def hillier(run: Activity, m_per_km: float) -> Activity:
    more = m_per_km / 1_000 * (run.distance_m or 0.0)
    return replace(run, climb_m=(run.climb_m or 0.0) + more, descent_m=(run.descent_m or 0.0) + more)


def quicker_steps(run: Activity, spm: float) -> Activity:
    cadence = run.averages.get("cadence_spm")
    return run if cadence is None else replace(run, averages={**run.averages, "cadence_spm": cadence + spm})


def one_long_run(factor: float) -> Plant:
    """One run of the last ten days is so many times as long as the longest of the 30 days before it."""

    def plant(history: History, on: date, chance: Chance) -> tuple[History, date] | None:
        late = [run for run in history.activities if run.on > on - DAY * 10 and run.distance_m]
        if not late:
            return None
        picked = late[int(chance.integers(len(late)))]
        before = [
            run.distance_m or 0.0 for run in history.activities if picked.on - DAY * 30 <= run.on < picked.on
        ]
        if not before or max(before) == 0 or picked.distance_m is None:
            return None
        longer = scaled(picked, factor * max(before) / picked.distance_m)
        runs = tuple(longer if run.id == picked.id else run for run in history.activities)
        return replace(history, activities=runs), picked.on

    return plant


def six_days_a_week(history: History, on: date, chance: Chance) -> tuple[History, date] | None:
    """Middling runs of the runner's own on every day off but Fridays."""
    first = on - DAY * (int(chance.integers(14, 29)) - 1)
    ran = {run.on for run in history.activities}
    own = sorted(
        (run for run in history.activities if on - DAY * 56 <= run.on and run.distance_m),
        key=lambda run: run.distance_m or 0.0,
    )
    days = [first + DAY * step for step in range((on - first).days + 1)]
    off = [day for day in days if day not in ran and day.weekday() != 4]
    if not off or not own:
        return None
    middling = own[len(own) // 3 : max(len(own) // 3 + 1, 2 * len(own) // 3)]
    added = tuple(_on(day, middling[int(chance.integers(len(middling)))]) for day in off)
    runs = sorted((*history.activities, *added), key=lambda run: run.start)
    return replace(history, activities=tuple(runs)), off[0]


def _on(day: date, run: Activity) -> Activity:
    start = run.start.replace(year=day.year, month=day.month, day=day.day)
    origin = replace(run.origin, sha256=sha256(f"{run.id} {day}".encode()).hexdigest())
    return replace(run, start=start, origin=origin)


AMOUNT = ("amount", "longest")
KINDS = (
    Kind("one run 2 times the longest of 30 days", ("longest",), one_long_run(2.0)),
    Kind("runs 1.8 times as long", AMOUNT, since(lambda run: scaled(run, 1.8))),
    Kind("runs 3 times as long", AMOUNT, since(lambda run: scaled(run, 3.0))),
    Kind("six days a week", ("amount",), six_days_a_week),
    Kind("8 % faster", ("speed",), since(lambda run: faster(run, 1.08))),
    Kind("20 % faster", ("speed",), since(lambda run: faster(run, 1.2))),
    Kind("20 m up and down a km more", ("hills",), since(lambda run: hillier(run, 20))),
    Kind("40 m up and down a km more", ("hills",), since(lambda run: hillier(run, 40))),
    Kind("6 steps a minute more", ("stride",), since(lambda run: quicker_steps(run, 6))),
    Kind("12 steps a minute more", ("stride",), since(lambda run: quicker_steps(run, 12))),
    Kind("a new pair", ("shoes",), since(lambda run: replace(run, shoe="new"))),
    Kind("trails for road", ("ground",), since(lambda run: replace(run, surface="trail"))),
    Kind(
        "five hours later", ("hour",), since(lambda run: replace(run, start=run.start + timedelta(hours=5)))
    ),
)


@dataclass
class Tally:
    """What became of the planted changes of one kind."""

    planted: int = 0
    found: int = 0
    dated: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.planted + other.planted, self.found + other.found, self.dated + other.dated)

    def __str__(self) -> str:
        dated = f"{self.dated / self.found:.2f}" if self.found else "-"
        return f"{self.found / max(1, self.planted):.2f} / {dated}"


def dressed(history: History) -> History:
    """All runs on the road, in two pairs in turn."""
    runs = tuple(
        replace(run, shoe=("one", "two")[nth % 2], surface="road")
        for nth, run in enumerate(history.activities)
    )
    return replace(history, activities=runs)


def onsets(history: History, days: tuple[float, float], count: int, chance: Chance) -> list[date]:
    """Days of a part of the series (shares of its length) that may be an onset."""
    assert history.recorded is not None
    span = history.recorded[0]
    first, last = (int(share * span.days) for share in days)
    ran = {run.on for run in history.activities}
    able = [
        on
        for back in range(max(240, first), last)
        if sum((on := span.first + DAY * back) - DAY * late in ran for late in range(14)) >= 3
    ]
    return [able[int(at)] for at in chance.integers(len(able), size=count)]


def up_to(history: History, on: date) -> History:
    assert history.recorded is not None
    runs = tuple(run for run in history.activities if run.on <= on)
    return replace(history, activities=runs, recorded=(Span(history.recorded[0].first, on),))


def told(history: History, on: date, band: int, knowledge: Knowledge) -> tuple[Finding, ...]:
    """What the comparison tells of a history that ends with the onset."""
    days = tuple(OnsetDay(on - DAY * back, 1 / band) for back in range(band - 1, -1, -1))
    onset = Onset(Span(days[0].on, on), told=band == 1, days=days, noted=on)
    compared = compare(Lookback(history, on, onset, knowledge))
    return () if compared is None else compared.found


def tallied(
    kind: Kind, history: History, days: list[date], band: int, seed: int, knowledge: Knowledge
) -> Tally:
    """One kind, planted before each of some days."""
    chance, tally = np.random.default_rng(seed), Tally()
    for on in days:
        planted = kind.plant(up_to(history, on), on, chance)
        if planted is None:
            continue
        changed, truth = planted
        first = [each for each in told(changed, on, band, knowledge)[:3] if GROUP_OF[each.id] in kind.groups]
        tally.planted += 1
        tally.found += bool(first)
        tally.dated += any(each.since is not None and abs((each.since - truth).days) <= 3 for each in first)
    return tally


def by_the_spike_rule(history: History, days: list[date], seed: int, knowledge: Knowledge) -> float:
    """How often the published rule on single runs tells of one planted run."""
    chance, found = np.random.default_rng(seed), []
    for on in days:
        if (planted := KINDS[0].plant(up_to(history, on), on, chance)) is not None:
            onset = Onset(Span(on, on), told=True)
            found.append(single_run_spike(Lookback(planted[0], on, onset, knowledge)).notable)
    return sum(found) / max(1, len(found))


PARTS = (
    ("a, first half", "a, tuned on", (0.0, 0.5)),
    ("a, second half", "a, tuned on", (0.5, 1.0)),
    ("b", "b", (0.0, 1.0)),
    ("c", "c", (0.0, 1.0)),
)


def main() -> None:
    """Prints the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    knowledge = shipped()
    if not DATA.is_dir():
        sys.stdout.write("real series of runs are not here (../shared/data): nothing measured\n")
        return
    histories = {label: dressed(whole(file)) for label, file in RUNNERS.items()}
    for band in (1, BAND):
        sys.stdout.write(f"\nonset known to {'the day' if band == 1 else f'{band} days'}: found / dated\n")
        together: dict[str, Tally] = {}
        for name, label, share in PARTS:
            history = histories[label]
            days = onsets(history, share, count, np.random.default_rng(seed))
            sys.stdout.write(f"{name}\n")
            for kind in KINDS if band == 1 else KINDS[2:8:2]:
                tally = tallied(kind, history, days, band, seed, knowledge)
                sys.stdout.write(f"  {kind.name:<42}{tally}\n")
                together[kind.name] = together.get(kind.name, Tally()) + tally
            quiet = onsets(history, share, 3 * count, np.random.default_rng(seed + 1))
            flagged = sum(bool(told(up_to(history, on), on, band, knowledge)) for on in quiet)
            sys.stdout.write(f"  {'quiet, something told':<42}{flagged / len(quiet):.3f}  of {len(quiet)}\n")
            if band == 1:
                spiked = by_the_spike_rule(history, days, seed, knowledge)
                sys.stdout.write(f"  {'the one run, by the rule on single runs':<42}{spiked:.2f}\n")
            sys.stdout.flush()
        sys.stdout.write("all\n")
        for name, tally in together.items():
            sys.stdout.write(f"  {name:<42}{tally}  of {tally.planted}\n")


if __name__ == "__main__":
    main()
