"""A made-up activities.csv of intervals.icu, with the columns of its API.  Nobody ran any of this."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC

from backstride.app.demo.gear import shoes_of
from backstride.app.demo.made_run import MadeRun, mean_of, shoe_worn
from backstride.app.demo.story import Story
from backstride.model.history import Shoe

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


def of_runs(runs: Sequence[MadeRun], story: Story) -> dict[str, bytes]:
    """The made-up runner's runs, newest first; intervals.icu keeps the cadence of one foot."""
    pairs = shoes_of(story)
    rows = [_row(nth, run, pairs) for nth, run in enumerate(runs)]
    without = ("icu_average_watts", "icu_training_load", "feel")
    return {"activities.csv": activities(*reversed(rows), without=without)}


def _row(nth: int, run: MadeRun, pairs: Sequence[Shoe]) -> dict[str, str]:
    worn = shoe_worn(run.plan.on, pairs)
    return {
        "id": f"i{77_000_001 + nth}",
        "start_date_local": f"{run.start:%Y-%m-%dT%H:%M:%S}",
        "start_date": f"{run.start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "type": "VirtualRun" if run.plan.treadmill else "Run",
        "name": "Run (made up)",
        "moving_time": f"{run.moving_s:.0f}",
        "elapsed_time": f"{run.elapsed_s:.0f}",
        "distance": f"{run.distance_m:.1f}",
        "total_elevation_gain": f"{run.trace.climb_m:.1f}",
        "average_heartrate": f"{mean_of(run.trace.heart_rate_bpm):.0f}",
        "average_cadence": f"{mean_of(run.trace.cadence_spm) / 2:.2f}",
        "icu_rpe": "" if run.plan.rpe is None else f"{run.plan.rpe:.0f}",
        "gear_name": "" if worn is None else worn.model,
    }
