"""How a runner usually runs: what loads are measured against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column


@dataclass(frozen=True, slots=True)
class Usual:
    """The runner's own easy level running: 1 km of it is the unit of every load."""

    speed_mps: float
    cadence_spm: float | None
    """None where no run has steps on record."""
    contact_ms: float | None = None
    """On the device in use; None where it is not recorded."""


def usual(
    running_s: Column, speed_mps: Column, cadence_spm: Column, contact_ms: Column, knowledge: Knowledge
) -> Usual | None:
    """The middle run of the newest `usual_runs`, by running time; None with under `usual_least_runs`.

    One value a run, oldest first, NaN where not recorded.  Most running of most runners is easy, so the
    middle is: our own rule.  Contact time is that of the runs whose speed lies near the middle, so that it
    belongs to it; hand in one device's only.
    """
    newest = slice(-int(knowledge.number("usual_runs")), None)
    weights = running_s[newest]
    speed = _middle(speed_mps[newest], weights, knowledge)
    if speed is None:
        return None
    near = np.abs(speed_mps[newest] / speed - 1) <= knowledge.number("contact_easy_margin_share")
    contact = _middle(np.where(near, contact_ms[newest], np.nan), weights, knowledge)
    return Usual(speed, _middle(cadence_spm[newest], weights, knowledge), contact)


def typical(knowledge: Knowledge) -> Usual:
    """What stands in where nothing is known of the runner; whoever uses it says so."""
    return Usual(knowledge.number("force_at_mps"), knowledge.number("force_at_spm"))


def _middle(values: Column, weights: Column, knowledge: Knowledge) -> float | None:
    """Weighted median; None of too few."""
    kept = np.isfinite(values) & (weights > 0)
    if np.count_nonzero(kept) < knowledge.number("usual_least_runs"):
        return None
    values, weights = values[kept], weights[kept]
    order = np.argsort(values)
    heavy = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(heavy, heavy[-1] / 2)])
