"""Whether a run was a hard one: as the runner felt it, else as the heart did."""

from __future__ import annotations

from backstride.features.heart import highest_bpm
from backstride.features.lookback import Lookback
from backstride.model.activity import Activity


def was_hard(run: Activity, look: Lookback) -> bool | None:
    """Yes from `hard_rpe` on, or from `hard_heart_share` of the highest heart rate where none was noted.

    None where neither perceived exertion nor heart rate tells.  Our own rule.
    """
    if run.rpe is not None:
        return run.rpe >= look.number("hard_rpe")
    mean, most = look.measured.value(run, "running_heart_rate_bpm"), highest_bpm(run, look)
    if mean is None or most is None:
        return None
    return mean >= look.number("hard_heart_share") * most
