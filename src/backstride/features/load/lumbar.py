"""Press on the lowest disc of the back, against the runner's own easy level step.

    C = phi * F * (1 + (h * sin(lean) + x0) / r) + c0             press of one step, body weights
    load of a run = 100 * sum over steps of (C * mass / C_usual)^m / usual steps in a km

so 100 is one of the runner's own easy level kilometres.  A model, never a measurement: no running person's
spine has been measured.  With an unchanged lean it is 95 to 99 % kilometres, and it predicts pain no better.
It is there to say what a change would do.  Downhill, first impact and shoes are not in it.

How much more a hard step counts (m) is not known, and decides the sign of much advice.  So every load is held
for each exponent of `lumbar_exponents`, and a change is told in one of three words, never as one percentage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from backstride.features.load.draws import COUNT, Spread, by_amount, by_share
from backstride.features.load.force import Contact, against_usual, usual_force_bw
from backstride.features.load.usual import Usual
from backstride.features.runs import Mask
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column
from backstride.model.findings import Interval

Direction = Literal["likely lower", "unclear", "likely higher"]
_SAMPLES_AT_ONCE = 2_048
"""Keeps the memory of a long run small."""


@dataclass(frozen=True, slots=True)
class Posture:
    """How the runner holds the trunk, and weighs, against the usual."""

    usual_lean_deg: float | None = None
    """None where nobody measured it; then it may be any that runners have, the same all along."""
    lean_change_deg: float = 0.0
    """Further forward is above zero."""
    mass_ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class LumbarLoad:
    """A load of the low back, for each exponent and in every world; 100 is an own easy level kilometre."""

    worlds: Column
    """Shape (exponents, COUNT)."""

    def __add__(self, other: LumbarLoad) -> LumbarLoad:
        return LumbarLoad(self.worlds + other.worlds)

    def interval(self, knowledge: Knowledge) -> Interval:
        """From the least to the most that any exponent gives."""
        each = [Spread(row).interval(knowledge) for row in self.worlds]
        return Interval(min(one.low for one in each), max(one.high for one in each))


def run_load(
    seconds: Column,
    speed_mps: Column,
    cadence_spm: Column,
    contact_ms: Column,
    running: Mask,
    usual: Usual,
    knowledge: Knowledge,
    posture: Posture | None = None,
    contact: Contact | None = None,
) -> LumbarLoad | None:
    """Load of the running in one run; None where the runner's usual cadence is not known.

    All columns one value a sample, NaN where not recorded; walking is left out.  A running sample without
    steps or speed may be off the runner's usual by `load_unknown_cadence_share` and
    `load_unknown_speed_share`, by the same all along.  The loads of two halves add up to that of the whole.
    """
    if usual.cadence_spm is None:
        return None
    posture = posture or Posture()
    kept = np.flatnonzero(running & (seconds > 0))
    total = np.zeros((len(knowledge.edges("lumbar_exponents")), COUNT))
    for first in range(0, kept.size, _SAMPLES_AT_ONCE):
        part = kept[first : first + _SAMPLES_AT_ONCE]
        speed, cadence = _ratios(speed_mps[part], cadence_spm[part], usual, knowledge)
        ratio = against_usual(speed, cadence, contact_ms[part], usual, contact, knowledge)
        step = step_ratio(ratio, usual, posture, contact, knowledge)
        total += _summed(step, seconds[part] * cadence * usual.cadence_spm / 60, knowledge)
    return LumbarLoad(100 * total / steps_in_km(usual.speed_mps, usual.cadence_spm))


def step_ratio(
    force_ratio: Column, usual: Usual, posture: Posture, contact: Contact | None, knowledge: Knowledge
) -> Column:
    """Press of a step over that of the usual step, in every world; shape of `force_ratio`.

    Shape (COUNT, samples).  The usual cadence must be known.
    """
    force = usual_force_bw(usual, usual.cadence_spm or np.nan, contact, knowledge)
    lean = _usual_lean(posture, knowledge)
    now = press_bw(force[:, None] * force_ratio, lean + posture.lean_change_deg, knowledge)
    ratio: Column = now * posture.mass_ratio / press_bw(force[:, None], lean, knowledge)
    return ratio


def press_bw(force_bw: Column, lean_deg: Column, knowledge: Knowledge) -> Column:
    """Peak press on the lowest disc in body weights, in every world; of shape (COUNT, samples) as the force.

    `lean_deg`, of shape (COUNT,), is the trunk's against upright, forward above zero.  Fitted to a muscle
    model of three runners, 15 cases, within 0.26 body weights; speed unchanged, hinge at the hip or the back.
    """
    arm = by_share(knowledge.number("lumbar_arm_m"), knowledge.number("lumbar_arm_sd_share"), "arm")
    phi = by_amount(knowledge.number("lumbar_phi"), knowledge.number("lumbar_phi_sd"), "phi")
    floor = by_amount(knowledge.number("lumbar_floor_bw"), knowledge.number("lumbar_floor_sd_bw"), "floor")
    ahead = knowledge.number("lumbar_trunk_m") * np.sin(np.radians(lean_deg))
    lever = 1 + (ahead + knowledge.number("lumbar_offset_m")) / arm
    press: Column = (phi * lever)[:, None] * force_bw + np.abs(floor)[:, None]
    return press


def steps_in_km(speed_mps: float, cadence_spm: float) -> float:
    """Steps of both feet in 1 km."""
    return 1_000 / speed_mps * cadence_spm / 60


def direction(now: LumbarLoad, before: LumbarLoad, knowledge: Knowledge) -> Direction:
    """Whether one load is likely lower or higher than another, whatever a hard step counts."""
    return collapsed([Spread(ratio).interval(knowledge) for ratio in now.worlds / before.worlds])


def collapsed(ratios: Sequence[Interval]) -> Direction:
    """One word for several ratios: likely only where all of them lie on one side of 1."""
    if all(ratio.high < 1 for ratio in ratios):
        return "likely lower"
    return "likely higher" if all(ratio.low > 1 for ratio in ratios) else "unclear"


def _usual_lean(posture: Posture, knowledge: Knowledge) -> Column:
    if posture.usual_lean_deg is not None:
        return np.full(COUNT, posture.usual_lean_deg)
    return by_amount(knowledge.number("lumbar_lean_deg"), knowledge.number("lumbar_lean_sd_deg"), "lean")


def _ratios(
    speed_mps: Column, cadence_spm: Column, usual: Usual, knowledge: Knowledge
) -> tuple[Column, Column]:
    """Speed and cadence over the usual, in every world; each of shape (COUNT, samples).

    A cadence that nobody runs at is a fault and not known; a speed far out counts as the nearest likely one.
    """
    fastest = knowledge.number("load_speed_ratio_most")
    speed = np.clip(speed_mps / usual.speed_mps, 1 / fastest, fastest)
    cadence = cadence_spm / (usual.cadence_spm or np.nan)
    most = knowledge.number("load_cadence_ratio_most")
    cadence = np.where((cadence <= most) & (cadence * most >= 1), cadence, np.nan)
    any_speed = by_share(1.0, knowledge.number("load_unknown_speed_share"), "speed")
    any_cadence = by_share(1.0, knowledge.number("load_unknown_cadence_share"), "cadence")
    return (
        np.where(np.isnan(speed), any_speed[:, None], speed),
        np.where(np.isnan(cadence), any_cadence[:, None], cadence),
    )


def _summed(step: Column, steps: Column, knowledge: Knowledge) -> Column:
    """Sum over steps of the step's ratio to the power of each exponent; shape (exponents, COUNT)."""
    logs = np.log(step)
    return np.array(
        [(np.exp(exponent * logs) * steps).sum(axis=1) for exponent in knowledge.edges("lumbar_exponents")]
    )
