"""How well the peak force of a step is told by what a watch can record, beside a force plate.

    PYTHONPATH=src:. python accuracy/grf.py

25 runners, 57 trials at 3.8 to 5.4 m/s, level (Alcantara 2021).  "others" means that a constant was fitted to
the other 24 runners only.  The plate itself reads about 4 % too much: what it gives per step is more than
body weight times step time, which physics does not allow.  "gain out" divides by that.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backstride.features.load.force import Contact, force_plate, peak_force_bw, step_ms
from backstride.knowledge.loader import shipped
from backstride.model.activity import Column

FILE = Path(__file__).parents[2] / "shared" / "data" / "biomechanics" / "grf-running-25-runners.csv"
KNOWLEDGE = shipped()
NOISE_MS = (0, 5, 10, 13, 15, 20)
THROWS = 50

_G = 9.81


@dataclass(frozen=True, slots=True)
class Trials:
    """Means over the steps of each trial; every array has one value a trial."""

    runner: NDArray[np.int64]
    speed_mps: Column
    mass_kg: Column
    cadence_spm: Column
    peak_bw: Column
    impulse_bw_s: Column
    contact_ms: Column
    """By the plate."""
    sensor_ms: Column
    """Contact time by a sensor at the sacrum."""

    @property
    def step_over_contact(self) -> Column:
        """Step time over the plate's contact time."""
        return step_ms(self.cadence_spm) / self.contact_ms


def trials(path: Path = FILE) -> Trials:
    """The trials in the shared file."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))

    def column(name: str) -> Column:
        return np.array([float(row[name]) for row in rows])

    return Trials(
        column("Sub").astype(np.int64),
        column("Speed"),
        column("Mass"),
        60 * column("IMUsf"),
        column("GRFPeak"),
        column("GRFImpulse"),
        1_000 * column("GRFtc"),
        1_000 * column("IMUtc"),
    )


def sine_bw(step: Column, contact: Column) -> Column:
    """Peak of half a sine with the impulse of the step (Morin 2005)."""
    peak: Column = np.pi / 2 * step / contact
    return peak


def two_mass_bw(step_s: float, contact_s: float, points: int = 400) -> tuple[Column, Column]:
    """Time and force of one step as two raised cosines (Clark 2017), the first of 8 % of the mass.

    The lower leg stops from 1.6 m/s within 30 ms, for every runner: nobody's watch measures it.  What the
    first does not give of body weight times step time, the second does.
    """
    stops_mps, within_s, share, peak_at = 1.6, 0.030, 0.08, 0.47 * contact_s
    time_s = np.linspace(0, contact_s, points)
    first = share * (stops_mps / within_s / _G + 1)
    second = (step_s - 2 * within_s * first) / contact_s
    near = np.abs(time_s - within_s) <= within_s
    impact = np.where(near, first * (1 + np.cos(np.pi * (time_s - within_s) / within_s)), 0.0)
    width = np.where(time_s <= peak_at, peak_at, contact_s - peak_at)
    return time_s, impact + second * (1 + np.cos(np.pi * (time_s - peak_at) / width))


def with_others_k(ratio: Column, found: Trials) -> Column:
    """k times a ratio, k from the other runners."""
    told = np.zeros(ratio.size)
    for runner in np.unique(found.runner):
        out = found.runner == runner
        told[out] = ratio[out] * (found.peak_bw[~out] @ ratio[~out]) / (ratio[~out] @ ratio[~out])
    return told


def with_others_line(columns: tuple[Column, ...], found: Trials) -> Column:
    """A line through logs, fitted to the other runners; without columns their mean."""
    design = np.column_stack([np.ones(found.runner.size), *(np.log(each) for each in columns)])
    told = np.zeros(found.runner.size)
    for runner in np.unique(found.runner):
        out = found.runner == runner
        line = np.linalg.lstsq(design[~out], np.log(found.peak_bw[~out]), rcond=None)[0]
        told[out] = design[out] @ line
    return np.exp(told)


def average(found: Trials) -> Column:
    """Everyone is the mean of the others."""
    return with_others_line((), found)


def with_contact(found: Trials) -> Column:
    """The plate's contact time, k from the other runners."""
    return with_others_k(found.step_over_contact, found)


def without_contact(found: Trials) -> Column:
    """Cadence, speed and mass."""
    return with_others_line((found.cadence_spm, found.speed_mps, found.mass_kg), found)


def as_shipped(found: Trials, contact_ms: Column, contact: Contact | None) -> Column:
    """What the program says; shape (worlds, trials), the first as stated."""
    return peak_force_bw(found.speed_mps, found.cadence_spm, contact_ms, contact, KNOWLEDGE)


def off(told: Column, measured: Column) -> float:
    """Mean size of the error as a share of what was measured."""
    return float(np.abs(told / measured - 1).mean())


def noisy(found: Trials, noise_ms: float) -> tuple[float, float]:
    """Mean error with a contact time made so noisy: always used, and as the program chooses."""
    chance = np.random.default_rng(1)
    always = []
    for _ in range(THROWS):
        read = np.maximum(100, found.contact_ms + chance.normal(0, noise_ms, found.contact_ms.size))
        always.append(off(with_others_k(step_ms(found.cadence_spm) / read, found), found.peak_bw))
    most = KNOWLEDGE.number("contact_noise_most_ms")
    mean = float(np.mean(always))
    return mean, mean if noise_ms <= most else off(without_contact(found), found.peak_bw)


def with_speed(column: Column, found: Trials) -> Column:
    """Each runner's change from the slowest trial to the fastest, as a logarithm."""
    changes = []
    for runner in np.unique(found.runner):
        own = np.flatnonzero(found.runner == runner)
        slow, fast = own[np.argmin(found.speed_mps[own])], own[np.argmax(found.speed_mps[own])]
        changes.append(np.log(column[fast] / column[slow]))
    return np.array(changes)


def main() -> None:
    """Print every table."""
    if not FILE.exists():
        print(f"skipped: {FILE.name} is not there; nothing was measured")
        return
    found = trials()
    step_s = step_ms(found.cadence_spm) / 1_000
    gain = float((found.impulse_bw_s / step_s).mean())
    print(f"{np.unique(found.runner).size} runners, {found.runner.size} trials")
    print(
        f"impulse against body weight x step time: {gain:.3f}; off by {off(step_s, found.impulse_bw_s):.1%}"
    )
    print(f"  gain out: off by {off(step_s * gain, found.impulse_bw_s):.1%}")
    _print_told(found, gain)
    _print_noise(found)
    _print_change(found)


def _print_told(found: Trials, gain: float) -> None:
    step = step_ms(found.cadence_spm)
    sensor_off = found.sensor_ms - found.contact_ms
    sensor = Contact(force_plate(KNOWLEDGE).k_bw, 0.0, float(sensor_off.std()))
    two_mass = [two_mass_bw(*each)[1].max() for each in zip(step / 1e3, found.contact_ms / 1e3, strict=True)]
    plate = as_shipped(found, found.contact_ms, force_plate(KNOWLEDGE))
    neither = as_shipped(found, found.sensor_ms, sensor)
    print(f"sensor's contact time: {sensor_off.mean():+.0f} ms, scatter {sensor_off.std():.0f} ms")
    rows = (
        ("everyone is average (others)", average(found)),
        ("sine, plate's contact time", sine_bw(step, found.contact_ms)),
        ("two masses, plate's contact time", np.array(two_mass)),
        ("k T/tc, plate's contact time, k of others", with_contact(found)),
        ("k T/tc, sensor's contact time, k of others", with_others_k(step / found.sensor_ms, found)),
        ("cadence, speed, mass (others)", without_contact(found)),
        ("as shipped, plate's contact time", plate[0]),
        ("as shipped, plate's contact time, gain out", plate[0] * gain),
        ("as shipped, sensor: refused, cadence and speed", neither[0]),
        ("as shipped, cadence and speed, gain out", neither[0] * gain),
    )
    print(f"{'':48}  bias    off by   r")
    for name, told in rows:
        bias = float((told / found.peak_bw - 1).mean())
        like = float(np.corrcoef(told, found.peak_bw)[0, 1])
        print(f"{name:48} {bias:+6.1%}  {off(told, found.peak_bw):6.1%}  {like:+.2f}")
    for name, worlds in (("plate's contact time", plate), ("cadence and speed", neither)):
        for word, measured in (("as read", found.peak_bw), ("gain out", found.peak_bw / gain)):
            low, high = np.quantile(worlds, (0.05, 0.95), axis=0)
            held = float(((measured >= low) & (measured <= high)).mean())
            print(f"90 % band, {name}, {word}: holds {held:.0%} of trials, {(high - low).mean():.2f} BW wide")


def _print_noise(found: Trials) -> None:
    print(f"everyone is average: {off(average(found), found.peak_bw):.1%}")
    print("noise of contact time   always used   as the program chooses")
    for noise_ms in NOISE_MS:
        always, chosen = noisy(found, noise_ms)
        print(f"{noise_ms:>18} ms   {always:11.1%}   {chosen:.1%}")


def _print_change(found: Trials) -> None:
    measured = with_speed(found.peak_bw, found)
    rows = (
        ("plate's contact time", found.step_over_contact),
        ("sensor's contact time", step_ms(found.cadence_spm) / found.sensor_ms),
        ("as shipped, cadence and speed", as_shipped(found, found.sensor_ms, None)[0]),
    )
    print(f"slowest to fastest trial of each runner, measured: {np.expm1(measured.mean()):+.1%}")
    for name, told in rows:
        change = with_speed(told, found)
        like = float(np.corrcoef(change, measured)[0, 1])
        print(f"  {name:32} {np.expm1(change.mean()):+.1%}  r {like:+.2f}")


if __name__ == "__main__":
    main()
