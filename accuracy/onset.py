"""How often a planted change before an onset is found and dated, and how often one is told where none is.

    PYTHONPATH=src:. python accuracy/onset.py [ONSETS [SEED]]
    PYTHONPATH=src:. python accuracy/onset.py sizes [ONSETS [SEED]]      the smallest change that is found

Real series of runs (../shared/data/garmin-activities-csv), taken as whole.  Days are drawn at random as the
day the pain began: at least 240 days into a series, with three days of running in the two weeks before.  For
each kind one change is planted from a day 14 to 28 days before on, or one run in the ten days before.
Surfaces and shoes are made up, for the tables hold few: road, and two pairs in turn.

Found: a change of the planted one's group is among the first three told.  Dated: of those found, the day told
is within three days of the first run that was changed.  Quiet: nothing is planted, and the share of days on
which something is told nevertheless; a real series holds real changes, so part of it is no error.  Weeks in
random order: the same with the weeks before the onset shuffled, so that no change lasts except by chance.
Sizes: changes of several sizes are planted, and the smallest found in 90 % is told, beside how much the
runner's days scatter anyway.
Cut-offs were tuned on days of the first half of series a.  The comparison was first made with all three
series in view, on other days of them: no series is held out, so a runner it never saw may fare worse.
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
from backstride.features.exposures.columns import columns
from backstride.features.lookback import Lookback, back_from
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


AMOUNT = ("amount",)
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


def by_the_spike_rule(
    plant: Plant | None, history: History, days: list[date], seed: int, knowledge: Knowledge
) -> float:
    """How often the published rule on single runs, which is told first, tells of one run."""
    chance, found = np.random.default_rng(seed), []
    for on in days:
        before = up_to(history, on)
        planted = (before, on) if plant is None else plant(before, on, chance)
        if planted is not None:
            onset = Onset(Span(on, on), told=True)
            found.append(single_run_spike(Lookback(planted[0], on, onset, knowledge)).notable)
    return sum(found) / max(1, len(found))


@dataclass(frozen=True)
class Sized:
    """One kind of change in several sizes."""

    name: str
    groups: tuple[str, ...]
    sizes: tuple[float, ...]
    changed: Callable[[Activity, float], Activity]
    exposure: str
    scatter: Callable[[np.ndarray], np.ndarray]
    """What a day says -> the scale on which the runner's scatter is told."""
    size_on_scale: Callable[[float, float], float]
    """The size and the middle of the days -> the same change on that scale."""


def as_it_is(value: np.ndarray) -> np.ndarray:
    return value


def later(run: Activity, hours: float) -> Activity:
    return replace(run, start=run.start + timedelta(hours=hours))


SIZED = (
    Sized(
        "runs so many times as long",
        AMOUNT,
        (1.3, 1.5, 1.8, 2.2, 2.6, 3.0, 4.0),
        scaled,
        "run_length",
        np.log,
        lambda size, middle: float(np.log(size)),
    ),
    Sized(
        "% faster",
        ("speed",),
        (4, 8, 12, 16, 20, 25, 30, 40),
        lambda run, size: faster(run, 1 + size / 100),
        "speed",
        np.log,
        lambda size, middle: float(np.log(1 + size / 100)),
    ),
    Sized(
        "m up and down a km more",
        ("hills",),
        (2.5, 5, 10, 15, 20, 30, 40),
        hillier,
        "steepness_up",
        as_it_is,
        lambda size, middle: size / 1_000,
    ),
    Sized(
        "steps a minute more",
        ("stride",),
        (2, 4, 6, 8, 10, 12, 16),
        quicker_steps,
        "cadence",
        as_it_is,
        lambda size, middle: size,
    ),
    Sized("hours later", ("hour",), (2, 3, 4, 5, 6, 8), later, "hour", as_it_is, lambda size, middle: size),
)
ENOUGH = 0.9
"""Found in so many: such a size counts as found."""


PARTS = (
    ("a, first half", "a, tuned on", (0.0, 0.5)),
    ("a, second half", "a, tuned on", (0.5, 1.0)),
    ("b", "b", (0.0, 1.0)),
    ("c", "c", (0.0, 1.0)),
)


def in_random_order(history: History, on: date, chance: Chance) -> History:
    """The whole weeks up to a day in another order, each run on its own weekday."""
    assert history.recorded is not None
    first = history.recorded[0].first
    weeks = ((on - first).days + 1) // 7
    place = chance.permutation(weeks)
    runs = []
    for run in history.activities:
        back = (on - run.on).days // 7
        if 0 <= back < weeks:
            runs.append(replace(run, start=run.start + timedelta(weeks=int(back - place[back]))))
    runs.sort(key=lambda run: run.start)
    return History(history.profile, tuple(runs), recorded=(Span(on - DAY * (7 * weeks - 1), on),))


def scatter_of(sized: Sized, history: History, days: list[date], knowledge: Knowledge) -> tuple[float, float]:
    """The middle of the runner's days, and the middle of their scatter over the year before each onset."""
    middles, scatters = [], []
    for on in days[:: max(1, len(days) // 10)]:
        look = Lookback(up_to(history, on), on, Onset(Span(on, on), told=True), knowledge)
        year = columns(back_from(on, 365), look)
        weight = year.weights[sized.exposure]
        value = year.amounts[sized.exposure][weight > 0] / weight[weight > 0]
        value = value[np.isfinite(value) & (value > 0)]
        middles.append(float(np.median(value)))
        scatters.append(float(sized.scatter(value).std()))
    return float(np.median(middles)), float(np.median(scatters))


def sizes(histories: dict[str, History], count: int, seed: int, knowledge: Knowledge) -> None:
    """The smallest size of each kind that is found in 90 %, with the share found at each size."""
    for name, label, share in PARTS:
        history = histories[label]
        days = onsets(history, share, count, np.random.default_rng(seed))
        sys.stdout.write(f"{name}: size (in the scatter of the runner's days) found\n")
        for sized in SIZED:
            middle, scatter = scatter_of(sized, history, days, knowledge)
            shares = []
            for size in sized.sizes:
                plant = since(lambda run, size=size, sized=sized: sized.changed(run, size))
                tally = tallied(Kind(sized.name, sized.groups, plant), history, days, 1, seed, knowledge)
                shares.append(tally.found / max(1, tally.planted))
            units = [sized.size_on_scale(size, middle) / scatter for size in sized.sizes]
            told = "  ".join(
                f"{size:g} ({unit:.1f}) {found:.2f}"
                for size, unit, found in zip(sized.sizes, units, shares, strict=True)
            )
            least = next(
                (f"{size:g}" for at, size in enumerate(sized.sizes) if min(shares[at:]) >= ENOUGH), "none"
            )
            sys.stdout.write(f"  {sized.name:<28}scatter {scatter:.3g}; {told}; found in 90 % from {least}\n")
            sys.stdout.flush()


def main() -> None:
    """Prints the table."""
    asked = [word for word in sys.argv[1:] if word != "sizes"]
    count = int(asked[0]) if asked else 30
    seed = int(asked[1]) if len(asked) > 1 else 1
    knowledge = shipped()
    if not DATA.is_dir():
        sys.stdout.write("real series of runs are not here (../shared/data): nothing measured\n")
        return
    histories = {label: dressed(whole(file)) for label, file in RUNNERS.items()}
    if "sizes" in sys.argv:
        sizes(histories, count, seed, knowledge)
        return
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
            chance = np.random.default_rng(seed + 2)
            shuffled = [in_random_order(up_to(history, on), on, chance) for on in quiet]
            flagged = sum(
                bool(told(each, on, band, knowledge)) for each, on in zip(shuffled, quiet, strict=True)
            )
            sys.stdout.write(f"  {'weeks in random order, something told':<42}{flagged / len(quiet):.3f}\n")
            if band == 1:
                for kind in (*KINDS[:3], None):
                    what = "nothing" if kind is None else kind.name
                    on_days = quiet if kind is None else days
                    plant = None if kind is None else kind.plant
                    spiked = by_the_spike_rule(plant, history, on_days, seed, knowledge)
                    sys.stdout.write(f"  by the rule on single runs: {what}: {spiked:.2f}\n")
            sys.stdout.flush()
        sys.stdout.write("all\n")
        for name, tally in together.items():
            sys.stdout.write(f"  {name:<42}{tally}  of {tally.planted}\n")


if __name__ == "__main__":
    main()
