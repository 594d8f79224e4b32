"""The flat, steady seconds of a run: where hills, stops and sprints do not make the stride.

Flat is known only from a recorded altitude.  Unknown is not flat.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from backstride.features.measures.grade import grade_of
from backstride.features.runs import Mask, Samples
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column


def flat_and_steady(run: Samples, stream: Mapping[str, Column], knowledge: Knowledge) -> Samples:
    """The run with only its flat, steady seconds as running.

    Steady is within `form_steady_sd` standard deviations of the run's own running speed; flat is a grade
    under `form_flat_grade`.  Without an altitude, all that is steady.  Source: form.md 5.4, own rule.
    """
    kept = _steady(run, knowledge.number("form_steady_sd"))
    if "altitude_m" in stream:
        sloping = np.abs(grade_of(run, stream, knowledge.number("form_grade_over_m"), knowledge))
        kept &= sloping < knowledge.number("form_flat_grade")
    return Samples(run.seconds, run.moving, kept, run.speed_mps)


def _steady(run: Samples, by_sd: float) -> Mask:
    known = run.running & np.isfinite(run.speed_mps) & (run.seconds > 0)
    if not known.any():
        return known
    speed, seconds = run.speed_mps[known], run.seconds[known]
    mean = np.average(speed, weights=seconds)
    spread = np.sqrt(np.average((speed - mean) ** 2, weights=seconds))
    steady: Mask = known & (np.abs(run.speed_mps - mean) <= by_sd * spread + 1e-9)
    return steady
