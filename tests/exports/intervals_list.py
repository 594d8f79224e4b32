"""A made-up activities.csv of intervals.icu, with the columns of its API.  Nobody ran any of this."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

RUN: Mapping[str, str] = {
    "id": "i55750001",
    "start_date_local": "2024-07-02T06:30:00",
    "start_date": "2024-07-02T04:30:00Z",
    "type": "TrailRun",
    "name": "Made-up run",
    "description": "Made up",
    "moving_time": "3000",
    "elapsed_time": "3100",
    "distance": "10020.5",
    "total_elevation_gain": "210.4",
    "average_heartrate": "149",
    "average_cadence": "86.2",
    "icu_average_watts": "290",
    "icu_training_load": "61",
    "icu_rpe": "5",
    "feel": "2",
    "gear_name": "Blue ones",
}


def activities(*told: Mapping[str, str], without: tuple[str, ...] = ()) -> bytes:
    """The list; `without` leaves columns out."""
    names = [name for name in RUN if name not in without]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(told or (RUN,))
    return out.getvalue().encode()
