"""Measures of the ground under a run: laps of a track, how far its heights lie apart, how far downhill."""

from __future__ import annotations

import numpy as np

from backstride.features.measures.oval import oval_share
from backstride.features.measures.reading import Reading
from backstride.features.measures.row import RunMeasure, summed
from backstride.features.measures.way import extent_m, way
from backstride.model.activity import Column
from backstride.model.findings import Interval

_PLACE = (("latitude_deg",), ("longitude_deg",), ("speed_mps", "distance_m", "cadence_spm"))
_HEIGHT = (("altitude_m",), ("speed_mps", "distance_m", "cadence_spm"))
_GRADE = (("altitude_m",), ("speed_mps", "distance_m"))
Columns = tuple[Column, ...]


def _oval_share(reading: Reading, columns: Columns) -> float | None:
    """The share of its way that is laps of an oval; None where its places hardly leave one spot."""
    run = reading.samples
    if run is None or run.moving_s < reading.number("least_running_s"):
        return None
    points = way(reading.activity.stream["time_s"], columns[0], columns[1], run.moving)
    if points is None or extent_m(points) < reading.number("way_least_extent_m"):
        return None
    return oval_share(points, reading.number("oval_near_m"), reading.number("oval_least_laps"))


def _altitude_range_m(reading: Reading, columns: Columns) -> float | None:
    run = reading.samples
    if run is None or run.moving_s < reading.number("least_running_s"):
        return None
    known = columns[0][run.moving & np.isfinite(columns[0])]
    return float(np.ptp(known)) if known.size else None


def _downhill_m(reading: Reading, columns: Columns) -> Interval | None:
    """Metres run, not walked, on ground that falls by `downhill_grade` or more.

    What was run where the grade is not known may have been downhill or not.  None where it is known nowhere,
    and where the altitude never changes: a watch that has none writes one number throughout.
    """
    run, grade = reading.samples, reading.grade
    if run is None or grade is None or run.moving_s < reading.number("least_running_s"):
        return None
    heights = columns[0][np.isfinite(columns[0])]
    if heights.size == 0 or np.ptp(heights) == 0:
        return None
    metres = np.where(run.running & np.isfinite(run.speed_mps), run.speed_mps, 0.0) * run.seconds
    unknown_m = float(metres[np.isnan(grade)].sum())
    down_m = float(metres[grade <= -reading.number("downhill_grade")].sum())
    return None if np.isnan(grade).all() else Interval(down_m, down_m + unknown_m)


OF_GROUND = (
    RunMeasure("gps_oval_share", "share", None, 0, 1, "P", ("own_rule",), _PLACE, _oval_share),
    RunMeasure("altitude_range_m", "m", None, 0, 9_000, "P", ("own_rule",), _HEIGHT, _altitude_range_m),
    RunMeasure("downhill_m", "m", summed, 0, 250_000, "P", ("own_rule",), _GRADE, _downhill_m),
)
