"""How much running it was, in the runner's own easy level metres, from any watch.

    weight of a metre = (cadence / speed) / (usual cadence / usual speed) * jolt^p
    jolt = (speed / usual)^a * (cadence / usual)^b * exp(c * fall)

Steps in a metre, times how much harder each step is.  b is measured (alcantara2022); c makes the first impact
54 % larger on a fall of 9 degrees (gottschall2005), and steeper ground counts as 9 degrees; uphill counts by
its speed alone.  A walked metre counts half, on any ground.  p and a are our own: p is the low end of what
tables for jobs give (gallagher2017), and a was set by the examples that one maker publishes: walking half,
fast downhill up to about three times, "5 hard miles with hills" 8, "3 slow and easy miles" 2.5.

An own rule, and a definition rather than a measurement: it describes how much running it was.  It says
nothing of the risk of an injury.  Body mass is the runner's own in both, so it drops out.  Surface and shoes
are not in it: nothing tells what they would count.  Weights lie between that of walking and
`easy_weight_most`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, radians, tan

import numpy as np

from backstride.features.load.usual import Usual
from backstride.features.runs import Mask
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column
from backstride.model.findings import Interval


@dataclass(frozen=True, slots=True)
class EasyRule:
    """The constants of the rule, from thresholds/load.toml."""

    step_exponent: float
    speed_exponent: float
    cadence_exponent: float
    fall_exponent: float
    fall_most: float
    walk_weight: float
    weight_most: float
    speed_ratio_most: float
    cadence_ratio_most: float
    fall_noise: float
    unknown_fall: float
    unknown_cadence_share: float
    unknown_speed_share: float
    walk_mps: tuple[float, float]
    """Slowest and fastest walk, where its speed is not known."""


def easy_rule(knowledge: Knowledge) -> EasyRule:
    """The rule as the knowledge has it."""
    number = knowledge.number
    fall_most = tan(radians(number("easy_downhill_deg")))
    return EasyRule(
        step_exponent=number("easy_step_exponent"),
        speed_exponent=number("easy_speed_exponent"),
        cadence_exponent=number("force_cadence_exponent"),
        fall_exponent=log(1 + number("easy_downhill_jolt_share")) / fall_most,
        fall_most=fall_most,
        walk_weight=number("easy_walk_weight"),
        weight_most=number("easy_weight_most"),
        speed_ratio_most=number("load_speed_ratio_most"),
        cadence_ratio_most=number("load_cadence_ratio_most"),
        fall_noise=number("easy_downgrade_noise"),
        unknown_fall=number("easy_unknown_downgrade"),
        unknown_cadence_share=number("load_unknown_cadence_share"),
        unknown_speed_share=number("load_unknown_speed_share"),
        walk_mps=(number("moving_mps"), number("run_walk_mps")),
    )


def easy_metres(
    seconds: Column,
    speed_mps: Column,
    grade: Column,
    cadence_spm: Column,
    moving: Mask,
    running: Mask,
    usual: Usual,
    rule: EasyRule,
) -> Interval:
    """Easy level metres that a run was worth; both ends equal where all is on record and no ground falls.

    One value a sample, NaN where not recorded; `grade` is rise over distance.  Noisy heights can only add,
    since falling ground counts more and rising ground no less; so in the low end a fall counts by
    `fall_noise` less than it reads.  What is not recorded is not taken as flat or average: the ground may
    have fallen, the steps may have been quicker or slower, and a sample that shows neither speed nor steps
    may be anything from standing to usual running.  The ends of two halves add up to those of the whole.
    """
    walking = moving & ~running
    unseen = ~moving & np.isnan(speed_mps) & np.isnan(cadence_spm)
    least = np.zeros(seconds.size)
    most = np.where(unseen, usual.speed_mps * (1 + rule.unknown_speed_share), 0.0)
    low, high = _running_mps(speed_mps[running], grade[running], cadence_spm[running], usual, rule)
    least[running], most[running] = low, high
    slow, fast = rule.walk_mps
    speed = speed_mps[walking]
    least[walking] = rule.walk_weight * np.where(np.isnan(speed), slow, speed)
    most[walking] = rule.walk_weight * np.where(np.isnan(speed), fast, speed)
    return Interval(float(seconds @ least), float(seconds @ most))


def weight(speed_ratio: Column, cadence_ratio: Column, fall: Column, rule: EasyRule) -> Column:
    """Easy metres that one metre of running counts for.

    The ratios are against the usual; `fall` is the grade turned round, downhill above zero.  Beyond the
    stated ranges the nearest end counts: nothing is guessed beyond what was measured.
    """
    speed = np.clip(speed_ratio, 1 / rule.speed_ratio_most, rule.speed_ratio_most)
    jolt = speed**rule.speed_exponent * cadence_ratio**rule.cadence_exponent
    jolt = jolt * np.exp(rule.fall_exponent * np.clip(fall, 0.0, rule.fall_most))
    weights: Column = np.clip(
        cadence_ratio / speed * jolt**rule.step_exponent, rule.walk_weight, rule.weight_most
    )
    return weights


def steps_from_length_spm(speed_mps: Column, step_length_m: Column) -> Column:
    """Cadence where a watch gives the length of a step instead; NaN where either is not known."""
    steps = np.full(speed_mps.shape, np.nan)
    known = np.isfinite(speed_mps) & (step_length_m > 0)
    steps[known] = 60 * speed_mps[known] / step_length_m[known]
    return steps


def _running_mps(
    speed_mps: Column, grade: Column, cadence_spm: Column, usual: Usual, rule: EasyRule
) -> tuple[Column, Column]:
    """Easy metres a second, the least and the most that the record allows."""
    unknown = np.isnan(grade)
    fall = (
        np.where(unknown, 0.0, -grade - rule.fall_noise),
        np.where(unknown, rule.unknown_fall, -grade),
    )
    steps = cadence_spm / usual.cadence_spm if usual.cadence_spm is not None else np.full(grade.size, np.nan)
    likely = (steps <= rule.cadence_ratio_most) & (steps * rule.cadence_ratio_most >= 1)
    steps = np.where(likely, steps, np.nan)
    corners = []
    for off in (-1, 1):
        share = 1 + off * rule.unknown_speed_share
        speed = np.where(np.isnan(speed_mps), share * usual.speed_mps, speed_mps)
        ratio = speed / usual.speed_mps
        for other in (-1, 1):
            cadence = np.where(np.isnan(steps), 1 + other * rule.unknown_cadence_share, steps)
            corners += [speed * weight(ratio, cadence, each, rule) for each in fall]
    every = np.array(corners)
    return every.min(axis=0), every.max(axis=0)
