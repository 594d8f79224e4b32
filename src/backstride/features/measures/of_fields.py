"""Measures that a file states of the whole run: they need no stream."""

from __future__ import annotations

from backstride.features.measures.row import RunMeasure, field, summed
from backstride.model.activity import Activity

_DAY_S = 86_400.0


def srpe_au(run: Activity) -> float | None:
    """Perceived exertion (0 to 10) times minutes.  Source: foster1998."""
    if run.rpe is None or run.moving_s is None:
        return None
    return run.rpe * run.moving_s / 60


def whole_speed_mps(run: Activity) -> float | None:
    """Distance over moving time, walking and all; for runs without a course in time."""
    if run.distance_m is None or not run.moving_s:
        return None
    return run.distance_m / run.moving_s


def _hour(run: Activity) -> float:
    """Local time of the start, in hours since midnight."""
    return run.start.hour + run.start.minute / 60 + run.start.second / 3600


OF_FIELDS = (
    RunMeasure(
        "distance_m",
        "m",
        summed,
        0,
        250_000,
        "P",
        ("own_rule",),
        fields=("distance_m",),
        stated=field("distance_m"),
    ),
    RunMeasure(
        "moving_s",
        "s",
        summed,
        0,
        2 * _DAY_S,
        "P",
        ("own_rule",),
        fields=("moving_s",),
        stated=field("moving_s"),
    ),
    RunMeasure(
        "climb_m", "m", summed, 0, 15_000, "P", ("own_rule",), fields=("climb_m",), stated=field("climb_m")
    ),
    RunMeasure(
        "descent_m",
        "m",
        summed,
        0,
        15_000,
        "P",
        ("own_rule",),
        fields=("descent_m",),
        stated=field("descent_m"),
    ),
    RunMeasure(
        "srpe_au",
        "au",
        summed,
        0,
        30_000,
        "M",
        ("foster1998",),
        fields=("rpe", "moving_s"),
        stated=srpe_au,
    ),
    RunMeasure("start_hour", "hour", None, 0, 24, "P", ("own_rule",), fields=("start",), stated=_hour),
)
