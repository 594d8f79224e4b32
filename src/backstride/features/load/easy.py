"""One run against the runner's own usual: easy level metres, and the relative load of the low back."""

from __future__ import annotations

import numpy as np

from backstride.features.load.calibration import calibrated_for, contact_channel
from backstride.features.load.easy_km import easy_rule, weight
from backstride.features.load.lumbar import run_load
from backstride.features.load.usual import typical
from backstride.features.lookback import Lookback
from backstride.features.measures.reading import opened
from backstride.model.activity import Activity
from backstride.model.findings import Interval


def easy_m(run: Activity, look: Lookback) -> Interval | None:
    """Own easy level metres that a run was worth; None where it holds neither speed nor distance in time.

    See `easy_km.py` for the rule.  A kilometre at the own usual speed and cadence on the level is 1 km.
    """
    worked = look.measured(run)["typical_easy_m"]
    if worked.value is None:
        return None
    own = _own_weight(look)
    low, high = (worked.value if end is None else end for end in (worked.low, worked.high))
    return Interval(low / own, high / own)


def _own_weight(look: Lookback) -> float:
    """What a metre of the own usual running counts, in metres of a typical easy runner."""
    usual, base = look.own.usual, typical(look.knowledge)
    speed = np.array([usual.speed_mps / base.speed_mps])
    cadence = np.array([(usual.cadence_spm or np.nan) / (base.cadence_spm or np.nan)])
    return float(weight(speed, cadence, np.zeros(1), easy_rule(look.knowledge))[0])


def lumbar_load(run: Activity, look: Lookback) -> Interval | None:
    """The relative load of the low back; 100 is one own easy level kilometre.  See `lumbar.py`.

    None without speed and steps in time.  Contact time counts where this device could be calibrated against
    the runner's own easy runs on it and is steady enough; else speed and steps alone.
    """
    reading = opened(run, look.knowledge)
    samples, stream = reading.samples, reading.activity.stream
    if samples is None or samples.running_s < look.number("least_running_s"):
        return None
    nothing = np.full(samples.seconds.size, np.nan)
    usual, contact = calibrated_for(run, look)
    channel = contact_channel(run, look)
    load = run_load(
        samples.seconds,
        samples.speed_mps,
        stream.get("cadence_spm", stream.get("stryd_cadence_spm", nothing)),
        nothing if channel is None else stream.get(channel, nothing),
        samples.running,
        usual,
        look.knowledge,
        contact=contact,
    )
    return None if load is None else load.interval(look.knowledge)
