"""The made-up runner's runs as Health Connect's backup holds what an app wrote there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backstride.app.demo.exports.health_connect import Fill, Session, database, filled
from backstride.app.demo.made_run import MadeRun
from backstride.app.demo.story import Story
from backstride.model.activity import Column

EVERY_S, STRETCH_S = 5, 30
_RUNNING, _TREADMILL = 33, 34


def of_runs(runs: Sequence[MadeRun], story: Story) -> dict[str, bytes]:
    """The one file of the backup."""
    return {"health_connect_export.db": database(*(_fill(nth, run) for nth, run in enumerate(runs, 1)))}


def _fill(nth: int, run: MadeRun) -> Fill:
    trace = run.trace
    kept = np.arange(0, trace.clock_s.size, EVERY_S)
    at_s = trace.clock_s[kept]
    effort = {} if run.plan.rpe is None else {"session_rate_of_perceived_exertion": run.plan.rpe}
    return filled(
        Session(
            lasting_s=run.elapsed_s,
            heart_rate_bpm=_points(at_s, np.round(trace.heart_rate_bpm[kept])),
            speed_mps=_points(at_s, np.round(trace.speed_mps[kept], 4)),
            cadence_spm=_points(at_s, np.round(trace.cadence_spm[kept], 1)),
            stretches=_stretches(run),
            route=[] if run.plan.treadmill else _route(run),
            cells={
                "uuid": nth.to_bytes(16, "big"),
                "exercise_type": _TREADMILL if run.plan.treadmill else _RUNNING,
                "title": "Run (made up)",
                **effort,
            },
            start=run.start,
            offset_s=run.offset_s,
        )
    )


def _points(at_s: Column, values: Column) -> list[tuple[float, float]]:
    return list(zip(at_s.tolist(), values.tolist(), strict=True))


def _stretches(run: MadeRun) -> list[tuple[float, float, float, int]]:
    """Metres and steps over half a minute each; none goes over the pause."""
    trace = run.trace
    ends = np.unique(np.append(np.arange(0, trace.clock_s.size, STRETCH_S), trace.clock_s.size - 1))
    steps = np.round(np.cumsum(trace.cadence_spm) / 60)
    return [
        (
            # After a pause a stretch begins with its own first second.
            float(trace.clock_s[end] - (end - begin)),
            float(trace.clock_s[end]),
            round(float(trace.distance_m[end] - trace.distance_m[begin]), 3),
            int(steps[end] - steps[begin]),
        )
        for begin, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
    ]


def _route(run: MadeRun) -> list[tuple[float, float, float, float]]:
    trace = run.trace
    kept = np.arange(0, trace.clock_s.size, EVERY_S)
    columns = (
        trace.clock_s[kept],
        np.round(trace.latitude_deg[kept], 7),
        np.round(trace.longitude_deg[kept], 7),
        np.round(trace.altitude_m[kept], 1),
    )
    return list(zip(*(column.tolist() for column in columns), strict=True))
