"""How this runner usually runs, from the newest runs on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backstride.features.load.usual import Usual, typical, usual
from backstride.features.measures.memory import Measured
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity


@dataclass(frozen=True, slots=True)
class OwnUsual:
    """What loads are told against, and what it rests on."""

    usual: Usual
    """Always with a cadence: a typical one where no run has steps on record."""
    runs: int
    """0 where too few runs have a speed, and typical values stand in."""
    own_cadence: bool


def own_usual(runs: Sequence[Activity], measured: Measured, knowledge: Knowledge) -> OwnUsual:
    """The usual of the newest `usual_runs` runs, each run once, oldest first."""
    newest = runs[-int(knowledge.number("usual_runs")) :]
    speed = np.array([_known(measured.speed_mps(run)) for run in newest])
    cadence = np.array([_known(measured.value(run, "running_cadence_spm")) for run in newest])
    weight = np.array([run.moving_s or run.elapsed_s or 0.0 for run in newest], dtype=np.float64)
    found = usual(weight, speed, cadence, np.full(speed.size, np.nan), knowledge)
    if found is None:
        return OwnUsual(typical(knowledge), 0, own_cadence=False)
    count = int(np.count_nonzero(np.isfinite(speed) & (weight > 0)))
    if found.cadence_spm is None:
        return OwnUsual(Usual(found.speed_mps, typical(knowledge).cadence_spm), count, own_cadence=False)
    return OwnUsual(found, count, own_cadence=True)


def _known(value: float | None) -> float:
    return float("nan") if value is None else value
