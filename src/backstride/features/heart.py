"""Load by heart rate: the time of a run, weighted by how far the heart rate rose from rest to the highest."""

from __future__ import annotations

from datetime import timedelta
from math import exp
from statistics import median

from backstride.features.lookback import Lookback, back_from
from backstride.model.activity import Activity


def heart_load_au(run: Activity, look: Lookback) -> float | None:
    """Minutes times the rise of the mean heart rate, from rest (0) to the runner's highest (1), weighted.

    None where the heart rate of the run, the resting one, the highest one, or the runner's sex, on which
    the published weights rest, is not known.

    Source: banister1991.  Departs from it: the highest is that of the runner's own record, which a runner
    who never ran all out has not reached; so loads compare within one runner only.
    """
    mean, minutes = look.measured.value(run, "running_heart_rate_bpm"), run.moving_s
    rest, most = resting_bpm(run, look), highest_bpm(run, look)
    if mean is None or minutes is None or rest is None or most is None or look.history.profile.sex is None:
        return None
    if most <= rest:
        return None
    rise = min(1.0, max(0.0, (mean - rest) / (most - rest)))
    factor, power = look.knowledge.edges(f"heart_load_{look.history.profile.sex}")
    return minutes / 60 * rise * factor * exp(power * rise)


def resting_bpm(run: Activity, look: Lookback) -> float | None:
    """The median resting heart rate of the `resting_near_days` on both sides of a run."""
    near = timedelta(days=look.number("resting_near_days"))
    noted = [
        day.resting_heart_rate_bpm
        for day in look.history.days
        if day.resting_heart_rate_bpm is not None and abs(day.on - run.on) <= near
    ]
    return median(noted) if noted else None


def highest_bpm(run: Activity, look: Lookback) -> float | None:
    """The highest heart rate held in the `own_largest_day_days` up to a run.

    None with fewer than `heart_least_runs` runs of known heart rate: too few to have shown it.
    """
    year = back_from(run.on, int(look.number("own_largest_day_days")))
    held = [bpm for bpm in look.highest_bpm(year) if bpm is not None]
    return max(held) if len(held) >= look.number("heart_least_runs") else None
