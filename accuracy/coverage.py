"""How often the interval of a window holds the truth, when days of real histories are taken out.

    PYTHONPATH=src:. python accuracy/coverage.py

Real series of runs (../shared/data/garmin-activities-csv), taken as whole.  Days are taken out at random
(three in ten), or in blocks of one to six weeks, and called unrecorded; then each measure is worked out for
windows that hold such days, and held against its value on the whole series.  A 90 % interval should hold it
in 85 to 95 % of windows.  Rules were tuned on the first runner; the others were looked at afterwards.
Perceived exertion, resting heart rate and sex are made up, for the tables hold none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from backstride.features.lookback import Lookback, back_from
from backstride.features.windows.columns import DayColumns, day_columns
from backstride.features.windows.table import WINDOW_MEASURES
from backstride.formats.readers import read
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.activity import Activity
from backstride.model.history import History, Profile, Span
from backstride.model.text import Quantity

DATA = Path(__file__).parents[1] / "../shared/data/garmin-activities-csv"
RUNNERS = {
    "a, tuned on": "runner-a--Running_Activities.csv",
    "b": "runner-b-swedish--Activities-26-02-08.csv",
    "c": "runner-c-polish--Activities.csv",
}
WAYS = ("random", "blocks")
SEEDS = (7, 8, 9, 10)
WINDOWS = 50
"""For each runner, way, seed and measure."""


@dataclass(slots=True)
class Tally:
    """Windows looked at, and what the interval did."""

    windows: int = 0
    held: int = 0
    below: int = 0
    missing: int = 0

    def add(self, other: Tally) -> None:
        """The windows of another are counted too."""
        self.windows += other.windows
        self.held += other.held
        self.below += other.below
        self.missing += other.missing

    @property
    def share(self) -> float:
        """Of those with an interval, the share that held the truth."""
        return self.held / self.windows if self.windows else float("nan")


def whole(name: str) -> History:
    """One real series, every day from the first to the last run taken for recorded."""
    runs = [
        run
        for run in read((DATA / name).read_bytes(), name, ZoneInfo("UTC")).activities
        if run.sport == "run"
    ]
    runs = _made_harder(runs)
    days = [run.on for run in runs]
    return History(Profile(sex="male"), tuple(runs), recorded=(Span(min(days), max(days)),))


def _made_harder(runs: list[Activity]) -> list[Activity]:
    """Perceived exertion made up from the run's speed, as the tables hold none: 2 to 9 by rank."""
    speeds = [run.distance_m / run.moving_s if run.distance_m and run.moving_s else None for run in runs]
    known = sorted(speed for speed in speeds if speed is not None)
    return [
        run if speed is None else replace(run, rpe=float(2 + 7 * known.index(speed) // len(known)))
        for run, speed in zip(runs, speeds, strict=True)
    ]


def taken_out(days: int, way: str, chance: np.random.Generator) -> np.ndarray:
    """True for the days that are no longer recorded."""
    if way == "random":
        return chance.random(days) < 0.3
    gone = np.zeros(days, dtype=bool)
    while gone.mean() < 0.25:
        first = chance.integers(days)
        gone[first : first + 7 * chance.integers(1, 7)] = True
    return gone


def without(history: History, gone: np.ndarray, first: date) -> History:
    """The history with the days taken out: their runs gone, and the days not recorded."""
    kept = [first + timedelta(days=int(at)) for at in np.flatnonzero(~gone)]
    there = set(kept)
    return replace(
        history,
        activities=tuple(run for run in history.activities if run.on in there),
        recorded=tuple(Span(day, day) for day in kept),
    )


def columns(history: History, on: date, knowledge: Knowledge, first: date) -> DayColumns:
    """The days of one history."""
    return day_columns(Lookback(history, on, None, knowledge), Span(first, on))


def pooled(history: History, way: str, knowledge: Knowledge) -> dict[str, Tally]:
    """Each measure over all seeds."""
    together = {name: Tally() for name in WINDOW_MEASURES}
    for seed in SEEDS:
        for name, tally in tallied(history, way, seed, knowledge).items():
            together[name].add(tally)
    return together


def tallied(history: History, way: str, seed: int, knowledge: Knowledge) -> dict[str, Tally]:
    """Each measure over random windows, some of whose days were taken out."""
    chance = np.random.default_rng(seed)
    assert history.recorded is not None
    span = history.recorded[0]
    true = columns(history, span.last, knowledge, span.first)
    gone = taken_out(span.days, way, chance)
    seen = columns(without(history, gone, span.first), span.last, knowledge, span.first)
    found = {name: Tally() for name in WINDOW_MEASURES}
    for name, row in WINDOW_MEASURES.items():
        tally = found[name]
        for at in _places(gone, row.days, chance):
            window = back_from(span.first + timedelta(days=at), row.days)
            truth = row.of(true, window, knowledge)
            told = row.of(seen, window, knowledge)
            if not isinstance(truth, Quantity) or truth.low is not None:
                continue
            if not isinstance(told, Quantity):
                tally.missing += 1
                continue
            low = told.value if told.low is None else told.low
            high = told.value if told.high is None else told.high
            tally.windows += 1
            tally.held += low - 1e-9 <= truth.value <= high + 1e-9
            tally.below += truth.value < low - 1e-9
    return found


def _places(gone: np.ndarray, size: int, chance: np.random.Generator) -> Iterator[int]:
    """Last days of windows that hold a day taken out."""
    touched = np.convolve(gone, np.ones(size))[: gone.size] > 0
    there = np.flatnonzero(touched[size:]) + size
    yield from chance.choice(there, WINDOWS).tolist()


def main() -> None:
    """Prints the table."""
    knowledge = shipped()
    if not DATA.is_dir():
        sys.stdout.write("real series of runs are not here (../shared/data): nothing measured\n")
        return
    for label, file in RUNNERS.items():
        history = whole(file)
        sys.stdout.write(f"\nrunner {label}: {len(history.activities)} runs\n")
        sys.stdout.write(f"{'measure':<26}{'random':>10}{'blocks':>10}{'not told':>10}\n")
        both = {way: pooled(history, way, knowledge) for way in WAYS}
        for name in WINDOW_MEASURES:
            each = [both[way][name] for way in WAYS]
            if not any(tally.windows for tally in each):
                continue
            shares = "".join(f"{tally.share:>10.2f}" for tally in each)
            sys.stdout.write(f"{name:<26}{shares}{sum(tally.missing for tally in each):>10}\n")
        for way in WAYS:
            tallies = both[way].values()
            held, windows = sum(each.held for each in tallies), sum(each.windows for each in tallies)
            sys.stdout.write(f"{way + ', all measures':<36}{held / windows:>10.3f}  of {windows}\n")


if __name__ == "__main__":
    main()
