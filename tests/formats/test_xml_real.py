"""The GPX and TCX readers on real files of many makers, against gpxpy and against the files' own totals."""

from __future__ import annotations

import re
import tracemalloc
from datetime import UTC
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.formats import xml_text
from tests.formats.xml_text import straight_run, track

from backstride.formats.xml import gpx, tcx

SHARED = Path(__file__).parents[3] / "shared" / "data" / "activities"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="SKIPPED: the real files of ../shared/data are not here; nothing real was checked",
)


def files(ending: str) -> list[Path]:
    return sorted(SHARED.rglob(f"*{ending}")) if SHARED.is_dir() else []


@needs_shared
@pytest.mark.parametrize("path", files(".tcx"), ids=lambda path: path.stem)
def test_the_totals_are_the_laps_own(path: Path) -> None:
    """Within 1 m and 1 s of what the lap heads sum to, wherever the laps cover the points."""
    data = path.read_bytes()
    (run,) = tcx.read(data, path.name, UTC).activities
    heads = re.findall(rb"<Lap\s.*?(?=<Track|</Lap>)", data, re.DOTALL)
    if any("its laps sum to" in warning for warning in run.warnings):
        assert run.distance_m is not None
        assert run.distance_m > total(heads, b"DistanceMeters")
        return
    assert run.distance_m == pytest.approx(total(heads, b"DistanceMeters"), abs=1)
    assert run.moving_s == pytest.approx(total(heads, b"TotalTimeSeconds"), abs=1)
    assert len(run.laps) == len(heads)


@needs_shared
@pytest.mark.parametrize("path", files(".gpx"), ids=lambda path: path.stem)
def test_every_point_is_where_and_when_gpxpy_has_it(path: Path) -> None:
    gpxpy: Any = pytest.importorskip("gpxpy", reason="SKIPPED: gpxpy is not installed; no oracle for GPX")
    data = path.read_bytes()
    contents = gpx.read(data, path.name, UTC)
    points = [point for each in gpxpy.parse(data).tracks for part in each.segments for point in part.points]
    if not contents.activities:
        assert contents.kind.startswith("a route")
        return
    theirs = {round(point.time.timestamp(), 3): point for point in reversed(points)}
    rows = 0
    for activity in contents.activities:
        stream, begin = activity.stream, activity.start.timestamp()
        for row, at in enumerate(stream["time_s"]):
            point = theirs[round(begin + at, 3)]
            assert (point.latitude, point.longitude) == (
                stream["latitude_deg"][row],
                stream["longitude_deg"][row],
            )
            if point.elevation is not None:
                assert point.elevation == stream["altitude_m"][row]
        rows += stream.rows
    assert len(theirs) == rows


def test_a_long_file_costs_little_more_memory_than_its_own_size() -> None:
    data = xml_text.gpx(track(straight_run(20_000, heart_rate=150, one_foot=85, altitude=40.0)))
    gpx.read(xml_text.gpx(track(straight_run(20))), "warm.gpx", UTC)
    tracemalloc.start()
    try:
        (run,) = gpx.read(data, "long.gpx", UTC).activities
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert run.stream.rows == 20_001
    assert peak < 2.5 * len(data)
    assert np.isfinite(run.stream["speed_mps"]).all()


def total(heads: list[bytes], name: bytes) -> float:
    found = (re.search(rb"<" + name + rb">([^<]*)<", head) for head in heads)
    return sum(float(each[1]) for each in found if each)
