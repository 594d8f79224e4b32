"""Made-up columns of a run, one value a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backstride.features.load.easy_km import EasyRule, easy_metres, easy_rule
from backstride.features.load.usual import Usual
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.activity import Column
from backstride.model.findings import Interval

KNOWLEDGE = shipped()
RULE = easy_rule(KNOWLEDGE)
USUAL = Usual(2.8, 166.0)
NAN = float("nan")


def columns(seconds: int, *values: float | Column) -> tuple[Column, ...]:
    """A column of each value, as long as asked for."""
    return tuple(np.broadcast_to(np.asarray(value, dtype=np.float64), seconds).copy() for value in values)


def easy(
    speed: float | Column,
    grade: float | Column = 0.0,
    cadence: float | Column = 166.0,
    *,
    seconds: int = 1_000,
    walking: bool = False,
    usual: Usual = USUAL,
    rule: EasyRule = RULE,
) -> Interval:
    """Easy metres of so many seconds, all running or all walking."""
    every, speeds, grades, steps = columns(seconds, 1.0, speed, grade, cadence)
    moving = np.ones(seconds, bool)
    return easy_metres(every, speeds, grades, steps, moving, moving & (not walking), usual, rule)


def natural(speed: float) -> float:
    """The steps a minute that the usual runner takes at a speed of their own accord."""
    return USUAL.cadence_spm * float(speed / USUAL.speed_mps) ** 0.2 if USUAL.cadence_spm else NAN


def per_metre(speed: float, grade: float = 0.0) -> float:
    """What a metre counts at a speed and slope, all on record and the slope as it reads."""
    return easy(speed, grade, natural(speed)).high / (1_000 * speed)


def changed(**values: float | Sequence[float]) -> Knowledge:
    """The knowledge with other numbers under some thresholds."""
    rows = {
        name: KNOWLEDGE.thresholds[name].model_copy(update={"value": value}) for name, value in values.items()
    }
    return replace(KNOWLEDGE, thresholds={**KNOWLEDGE.thresholds, **rows})
