"""How often an unchanged runner is called changed, how often a change is found, and what a new device does.

    PYTHONPATH=src:. python accuracy/device.py [SEED]

Real series of runs (the means of each run that Garmin Connect lists) are read by our own reader, given one
device, and judged every fourteen days as if that were the day of the pain.  What is planted is known: a
shift of one figure over the last 28 days, or another device from some day on.  Offsets of devices on
up-and-down movement are those of real runners beside motion capture; those on contact time, step rate and
balance are made up.  A real runner may truly have changed, so false changes are counted too high.

The rules were tuned on the first half of runner a's runs alone; all else was looked at once, afterwards.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from backstride.copies import runs as each_run_once
from backstride.features.form import FORM, FormRow, form_change
from backstride.features.lookback import Lookback
from backstride.formats.readers import read
from backstride.knowledge.loader import shipped
from backstride.model.activity import Activity, Device
from backstride.model.findings import Finding
from backstride.model.history import History

DATA = Path(__file__).parents[2] / "shared" / "data"
KNOWLEDGE = shipped()
OLD, NEW = Device("Garmin", "one watch"), Device("Garmin", "another watch")
STEP, RECENT = timedelta(days=14), timedelta(days=28)
SIZES = (0.03, 0.05, 0.07, 0.10)
SWITCHES = (42, 33, 28, 14)
"""Days before the end of the window on which the new device is first worn; 28 is its first day."""
CHANNEL = {
    "cadence_changed": "cadence_spm",
    "contact_changed": "contact_ms",
    "balance_changed": "balance_left_share",
    "vertical_oscillation_changed": "vertical_oscillation_mm",
    "vertical_ratio_changed": "vertical_ratio_share",
    "step_length_changed": "step_length_mm",
}
Change = Callable[[Activity], Activity]


@dataclass(frozen=True, slots=True)
class Set:
    """One runner's runs, or a part of them."""

    name: str
    runs: tuple[Activity, ...]

    def ends(self, row: FormRow) -> Iterator[date]:
        """Every fourteenth day from the first to the last run that has the figure."""
        days = [run.on for run in self.runs if CHANNEL[row.id] in run.averages]
        if days:
            day = min(days) + 2 * RECENT
            while day <= max(days) + STEP:
                yield day
                day += STEP


def real_sets() -> tuple[Set, ...]:
    """The tuning half first."""
    found = {letter: _read(letter) for letter in "abc"}
    with_contact = [run for run in found["a"] if "contact_ms" in run.averages]
    middle = with_contact[len(with_contact) // 2].on
    early = tuple(run for run in found["a"] if run.on < middle)
    late = tuple(run for run in found["a"] if run.on >= middle)
    return (
        Set("a, first half (tuned on)", early),
        Set("a, second half", late),
        Set("b", found["b"]),
        Set("c", found["c"]),
    )


def _read(letter: str) -> tuple[Activity, ...]:
    """One runner's runs, each once, all of one device."""
    found = [
        activity
        for path in sorted((DATA / "garmin-activities-csv").glob(f"runner-{letter}*.csv"))
        for activity in read(path.read_bytes(), path.name, ZoneInfo("Europe/Berlin")).activities
        if activity.sport == "run"
    ]
    return tuple(replace(run, device=OLD) for run in each_run_once(found))


def judged(runs: Sequence[Activity], row: FormRow, on: date) -> Finding:
    """The finding as of one day."""
    return form_change(row, Lookback(History(activities=tuple(runs)), on, None, KNOWLEDGE))


def said(finding: Finding) -> str:
    """up, down, same; or why there is no answer."""
    return finding.statement.id.removeprefix("features.form_")


def window(runs: Sequence[Activity], on: date) -> tuple[Activity, ...]:
    """All that one window looks at, and no more: quicker."""
    return tuple(run for run in runs if on - timedelta(days=220) < run.on <= on)


def planted(run: Activity, channel: str, number: Callable[[float], float], device: Device | None) -> Activity:
    """The run with one figure changed; another run by its id."""
    if channel not in run.averages:
        return replace(run, device=device)
    told = {**run.averages, channel: number(run.averages[channel])}
    return replace(run, averages=told, device=device)


def shifted(runs: Sequence[Activity], row: FormRow, on: date, part: float) -> tuple[Activity, ...]:
    """The runs of the last 28 days with the figure that much higher; balance by that much of the whole."""
    channel = CHANNEL[row.id]

    def number(value: float) -> float:
        return value + part if channel == "balance_left_share" else value * (1 + part)

    return tuple(planted(run, channel, number, OLD) if run.on > on - RECENT else run for run in runs)


def changes(sets: Sequence[Set]) -> None:
    """False changes on windows as they are, and the share of planted ones that are found."""
    print("\nUnchanged windows, and planted shifts over 28 days: share of the judged windows")
    print("set | figure | windows | open | called changed | found at " + ", ".join(f"{s:.0%}" for s in SIZES))
    for each in sets:
        for row in FORM:
            ends = list(each.ends(row))
            if ends:
                _line(each, row, ends)


def _line(each: Set, row: FormRow, ends: Sequence[date]) -> None:
    plain = Counter[str]()
    found = Counter[float]()
    tried = Counter[float]()
    for on in ends:
        runs = window(each.runs, on)
        answer = said(judged(runs, row, on))
        plain[answer] += 1
        if answer not in ("up", "down", "same"):
            continue
        for size in SIZES:
            for sign, right in ((1, "up"), (-1, "down")):
                tried[size] += 1
                found[size] += said(judged(shifted(runs, row, on, sign * size), row, on)) == right
    known = plain["up"] + plain["down"] + plain["same"]
    if not known:
        return
    parts = " / ".join(f"{found[size] / tried[size]:.2f}" for size in SIZES)
    wrong = plain["up"] + plain["down"]
    print(f"{each.name} | {row.id} | {known} | {len(ends) - known} | {wrong} ({wrong / known:.3f}) | {parts}")


@dataclass(frozen=True, slots=True)
class Beside:
    """One runner's readings of one device less those of another, as a line over speed in mm."""

    start: float
    slope: float

    def at(self, speed_mps: float) -> float:
        """The offset at one speed."""
        return self.start + self.slope * speed_mps


DEVICES = {"strap": 3, "other strap": 4, "clip": 5, "foot pod": 6}
"""Columns of the table; motion capture is the last."""
MOTION_CAPTURE = 7


def oscillation_table() -> dict[str, list[tuple[float, ...]]]:
    """Runner -> rows of speed in m/s and what each device and motion capture read, in mm; NaN is not read."""
    path = DATA / "biomechanics" / "vertical-oscillation-wearables-vs-motion-capture.csv"
    found: dict[str, list[tuple[float, ...]]] = {}
    for row in list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))[2:]:
        numbers = tuple(_number(row[at]) for at in range(3, 8))
        found.setdefault(row[0], []).append((_number(row[2]) / 3.6, *numbers))
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def pairs() -> list[Beside]:
    """Every runner's every pair of devices, as what one reads above the other."""
    found = []
    for rows in oscillation_table().values():
        told = np.array(rows)
        for one in range(1, 5):
            for other in range(1, 5):
                gap = told[:, one] - told[:, other]
                known = np.isfinite(gap)
                if one != other and known.sum() >= 4:
                    slope, start = np.polyfit(told[known, 0], gap[known], 1)
                    found.append(Beside(float(start), float(slope)))
    return found


def offset(row: FormRow, chance: random.Random, real: Sequence[Beside]) -> Callable[[float], float]:
    """What a new device adds, by speed, in the figure's unit."""
    beside = chance.choice(real)
    match row.id:
        case "vertical_oscillation_changed":
            return beside.at
        case "vertical_ratio_changed":
            return lambda mps: beside.at(mps) / 1_000
        case "contact_changed":
            by = chance.uniform(-40, 40)
        case "cadence_changed":
            by = chance.uniform(-6, 6)
        case "balance_changed":
            by = chance.uniform(-0.03, 0.03)
        case _:
            by = chance.uniform(-80, 80)
    return lambda mps: by


def switches(sets: Sequence[Set], chance: random.Random) -> None:
    """A device switched near or within the window, with the device told, and with it hidden."""
    real = pairs()
    print("\nA new device, first worn so many days before the end of a window that was not called changed")
    print(
        "days before | switches | open | called changed | of these also without the new device's runs | "
        "called changed with the device hidden"
    )
    for back in SWITCHES:
        told, hidden = Counter[str](), Counter[str]()
        anyway = 0
        for each in sets:
            for row in FORM:
                for on in each.ends(row):
                    runs = window(each.runs, on)
                    if said(judged(runs, row, on)) != "same":
                        continue
                    adds = offset(row, chance, real)
                    answer = said(judged(switched(runs, row, on, back, adds, NEW), row, on))
                    told[answer] += 1
                    if answer in ("up", "down"):
                        without = tuple(run for run in runs if run.on <= on - timedelta(days=back))
                        anyway += said(judged(without, row, on)) == answer
                    hidden[said(judged(switched(runs, row, on, back, adds, OLD), row, on))] += 1
        total = told.total()
        wrong, unaware = (each["up"] + each["down"] for each in (told, hidden))
        print(f"{back} | {total} | {total - wrong - told['same']} | {wrong} | {anyway} | {unaware}")


def switched(
    runs: Sequence[Activity],
    row: FormRow,
    on: date,
    back: int,
    adds: Callable[[float], float],
    device: Device = NEW,
) -> tuple[Activity, ...]:
    """The runs with another device from some day on, and what it adds."""

    def one(run: Activity) -> Activity:
        if run.on <= on - timedelta(days=back) or not run.distance_m or not run.moving_s:
            return run
        by = adds(run.distance_m / run.moving_s)
        return planted(run, CHANNEL[row.id], lambda value: value + by, device)

    return tuple(one(run) for run in runs)


PODS = {"contact_changed": 5.0, "cadence_changed": 1.0, "vertical_oscillation_changed": 3.0}
"""Figures that a pod measures beside the watch, and how much the two differ from run to run (made up, but for
up-and-down movement)."""


def beside_a_pod(sets: Sequence[Set], chance: random.Random) -> None:
    """The watch alone, then watch and pod for five runs, then the pod alone from the window's first day."""
    real = pairs()
    rows = [row for row in FORM if row.id in PODS]
    for both in (0, 5, 10):
        found = Counter[str]()
        seen = Counter[str]()
        for each in sets:
            for row in rows:
                for on in each.ends(row):
                    runs = window(each.runs, on)
                    if said(judged(runs, row, on)) != "same":
                        continue
                    adds = offset(row, chance, real)
                    noise = {run.id: chance.gauss(0, PODS[row.id]) for run in runs}
                    found[said(judged(_podded(runs, row, on, both, adds, noise), row, on))] += 1
                    moved = shifted(runs, row, on, 0.1)
                    seen[said(judged(_podded(moved, row, on, both, adds, noise), row, on))] += 1
        wrong = found["up"] + found["down"]
        print(
            f"watch, then both for {both} runs, then the pod: {found.total()} windows, "
            f"{found.total() - wrong - found['same']} open, {wrong} called changed; "
            f"of a shift of 10 % {seen['up']} found"
        )


def _podded(
    runs: Sequence[Activity],
    row: FormRow,
    on: date,
    both: int,
    adds: Callable[[float], float],
    noise: Mapping[str, float],
) -> tuple[Activity, ...]:
    channel = CHANNEL[row.id]
    before = [run.id for run in runs if run.on <= on - RECENT and channel in run.averages]
    with_both = set(before[len(before) - both :]) if both else set()

    def one(run: Activity) -> Activity:
        late = run.on > on - RECENT
        if channel not in run.averages or not run.distance_m or not run.moving_s:
            return run
        if not late and run.id not in with_both:
            return run
        by = adds(run.distance_m / run.moving_s) + noise[run.id]
        told = {**run.averages, f"stryd_{channel}": run.averages[channel] + by}
        return replace(run, averages={name: told[name] for name in told if not (late and name == channel)})

    return tuple(one(run) for run in runs)


def followed() -> None:
    """How each device follows one runner's own up-and-down movement, beside motion capture."""
    print("\nUp-and-down movement beside motion capture, 15 runners at several speeds, mm")
    print("device | runners | reads above | between runners SD | within a runner SD | follows per mm")
    for name, column in DEVICES.items():
        above, off, moved, true = [], [], [], []
        for rows in oscillation_table().values():
            told = np.array(rows)
            gap = told[:, column - 2] - told[:, MOTION_CAPTURE - 2]
            known = np.isfinite(gap)
            if known.sum() < 4:
                continue
            above.append(gap[known].mean())
            off.extend(gap[known] - gap[known].mean())
            moved.extend(told[known, column - 2] - told[known, column - 2].mean())
            true.extend(told[known, MOTION_CAPTURE - 2] - told[known, MOTION_CAPTURE - 2].mean())
        within = np.sqrt(np.sum(np.square(off)) / (len(off) - len(above)))
        slope = float(np.dot(moved, true) / np.dot(true, true))
        print(
            f"{name} | {len(above)} | {np.mean(above):+.1f} | {np.std(above, ddof=1):.1f} | {within:.1f} | "
            f"{slope:.2f} (r {np.corrcoef(moved, true)[0, 1]:.2f})"
        )


def main(seed: int) -> None:
    """Prints every table; without the data, says so."""
    if not (DATA / "garmin-activities-csv").is_dir():
        print("the real series are not there (../shared/data): nothing was measured")
        return
    sets = real_sets()
    changes(sets)
    for name, some in (("tuned on", sets[:1]), ("held out", sets[1:])):
        print(f"\n== {name}")
        switches(some, random.Random(seed))
        print()
        beside_a_pod(some, random.Random(seed))
    followed()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
