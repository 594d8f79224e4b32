"""The made-up runner's runs as an Apple Health export: workouts, the samples taken in them, and routes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from backstride.app.demo import phone
from backstride.app.demo.exports.apple import Totals, export, samples, workout
from backstride.app.demo.made_run import MadeRun, mean_of
from backstride.app.demo.story import ZONE, Story
from backstride.model.activity import Column

FOLDER = "apple_health_export"
SOURCE = "Made-up watch"
DEVICE = (
    "<<HKDevice: 0x280bb4f00>, name:made-up watch, manufacturer:Apple Inc., model:made-up, "
    "hardware:Watch0,0, software:10.3>"
)
_COUNTS_S = 10
"""Over how long steps and metres are counted."""


def of_runs(runs: Sequence[MadeRun], story: Story) -> dict[str, bytes]:
    """The whole archive: path inside it -> bytes."""
    records = "".join(each for run in runs for each in _records(run))
    whole = export(records, "".join(_workout(run) for run in runs), days=0)
    outdoors = [run for run in runs if not run.plan.treadmill]
    routes = {f"{FOLDER}{_route(run)}": _way(run) for run in outdoors}
    clinical = b'<?xml version="1.0"?>\n<ClinicalDocument></ClinicalDocument>'
    return {f"{FOLDER}/export.xml": whole, f"{FOLDER}/export_cda.xml": clinical, **routes}


def _records(run: MadeRun) -> Iterator[str]:
    trace = run.trace
    steps = np.round(np.cumsum(trace.cadence_spm) / 60)
    yield from _counted(run, "StepCount", "count", steps, 0)
    yield from _counted(run, "DistanceWalkingRunning", "km", trace.distance_m / 1000, 6)
    for kind, unit, column, digits, every_s in (
        ("HeartRate", "count/min", trace.heart_rate_bpm, 0, 5),
        ("RunningSpeed", "km/hr", 3.6 * trace.speed_mps, 3, 3),
        ("RunningGroundContactTime", "ms", trace.contact_ms, 0, 4),
        ("RunningVerticalOscillation", "cm", trace.oscillation_mm / 10, 2, 4),
        ("RunningStrideLength", "m", trace.step_length_mm / 1000, 3, 4),
    ):
        kept = np.arange(0, trace.clock_s.size, every_s)
        kept = kept[~np.isnan(column[kept])]
        values = np.round(column[kept], digits).tolist()
        points = zip(trace.clock_s[kept].tolist(), values, strict=True)
        yield from samples(kind, unit, points, run.start, 0, SOURCE)


def _counted(run: MadeRun, kind: str, unit: str, sums: Column, digits: int) -> Iterator[str]:
    """What was counted over some seconds each; none goes over the pause."""
    trace = run.trace
    ends = np.arange(_COUNTS_S, trace.clock_s.size, _COUNTS_S)
    values = np.round(sums[ends] - sums[ends - _COUNTS_S], digits).tolist()
    begins = (trace.clock_s[ends] - _COUNTS_S).tolist()
    yield from samples(kind, unit, zip(begins, values, strict=True), run.start, _COUNTS_S, SOURCE)


def _workout(run: MadeRun) -> str:
    trace = run.trace
    return workout(
        Totals(
            run.start,
            run.end,
            run.moving_s,
            round(run.distance_m / 1000, 6),
            "km",
            _three(trace.heart_rate_bpm),
            _three(trace.contact_ms),
            round(100 * trace.climb_m),
        ),
        source=SOURCE,
        device=DEVICE,
        indoors=run.plan.treadmill,
        zone=ZONE,
        pause=run.pause_s,
        route=None if run.plan.treadmill else _route(run),
    )


def _three(column: Column) -> tuple[float, float, float]:
    return round(mean_of(column), 2), round(float(np.nanmin(column))), round(float(np.nanmax(column)))


def _route(run: MadeRun) -> str:
    hour = f"{run.start.hour % 12 or 12}.{run.start:%M}{'am' if run.start.hour < 12 else 'pm'}"
    return f"/workout-routes/route_{run.start:%Y-%m-%d}_{hour}.gpx"


def _way(run: MadeRun) -> bytes:
    return phone.run_file(run.trace, run.start, creator="Apple Health Export (made up)", every_s=2)
