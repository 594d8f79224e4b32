"""How much running a run was, in easy level metres of a typical easy runner: the own ones follow from it.

It is worked out against fixed values, not the runner's own usual, so that it hangs on the run alone and can
be kept: `features/load/easy_km.py` is a product of powers, and the own usual only divides it.
"""

from __future__ import annotations

import numpy as np

from backstride.features.load.easy_km import easy_metres, easy_rule
from backstride.features.load.usual import typical
from backstride.features.measures.reading import Reading
from backstride.features.measures.row import RunMeasure, summed
from backstride.model.activity import Column
from backstride.model.findings import Interval


def _typical_easy_m(reading: Reading, columns: tuple[Column, ...]) -> Interval | None:
    run, grade, stream = reading.samples, reading.grade, reading.activity.stream
    if run is None or grade is None or run.moving_s < reading.number("least_running_s"):
        return None
    nothing = np.full(run.seconds.size, np.nan)
    return easy_metres(
        run.seconds,
        run.speed_mps,
        grade,
        stream.get("cadence_spm", stream.get("stryd_cadence_spm", nothing)),
        run.moving,
        run.running,
        typical(reading.knowledge),
        easy_rule(reading.knowledge),
    )


OF_LOAD = (
    RunMeasure(
        "typical_easy_m",
        "m",
        summed,
        0,
        500_000,
        "P",
        ("own_rule", "alcantara2022", "gottschall2005", "gallagher2017"),
        (("speed_mps", "distance_m"),),
        _typical_easy_m,
    ),
)
