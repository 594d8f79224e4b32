"""The same run read from FIT, TCX and GPX agrees in distance, time and cadence, within tolerances.

What may differ is what the formats tell: FIT and TCX give the watch's own distance and timer, GPX nothing but
positions and moments; FIT counts single steps, TCX and GPX whole strides of one foot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats import xml_text
from tests.formats.xml_text import LapText, Point

from backstride.app.demo.runner import RunPlan
from backstride.app.demo.traces import Trace, make_trace
from backstride.app.demo.watch import run_file
from backstride.formats.archive.unpack import members
from backstride.formats.readers import read
from backstride.model.activity import Activity, Column
from backstride.model.errors import BadFile

SHARED = Path(__file__).parents[3] / "shared" / "data" / "activities"
SAME_START_S = 1.0
"""Recordings of one run begin at the same second; a file may name it to the millisecond or not."""

BY_WATCH_M = 1.0
"""FIT and TCX both state the watch's own distance: FIT in centimetres, some TCX in whole metres."""
BY_POSITION_SHARE, BY_POSITION_M = 0.03, 10.0
"""GPX has positions alone: the watch smooths them or has a foot pod, and they err by a few metres each."""
TIMER_S = 1.0
"""FIT and TCX both state the timer; FIT in milliseconds, some TCX in whole seconds."""
GAPS_SHARE, GAPS_S = 0.01, 5.0
"""GPX has no timer: a pause is told by the gap in its points, and a short one not at all."""
ELAPSED_S = 10.0
"""The last point may stand some seconds before the watch was stopped, where points are saved now and then."""
SHORTEST_S = 60.0
"""Below this a file is a fixture written by hand, of which several name the same moment."""
CADENCE_SPM = 1.0
"""Over the whole run: FIT may count single steps, the others whole strides, and cut off the half."""
STEP_SPM = 2.0
"""At one moment: one whole stride of one foot."""

KNOWN_DIFFERENCES = {
    (
        "sports-lib--3939576645",
        "moving_s",
    ): "a ride with traffic lights: the timer stood still by itself, while "
    "points went on, so that a GPX file shows half of the pauses only",
}
"""What two files of one activity do not agree in, and why that is the files' own doing."""


def with_files() -> dict[str, list[tuple[str, Activity]]]:
    """The activities that are there in several formats, by the stem of one of their files."""
    found: list[tuple[str, str, Activity]] = []
    for path in sorted(SHARED.rglob("*")):
        if path.is_file() and path.suffix != ".tsv":
            found += [
                (path.name, kind, each)
                for kind, each in activities_of(path)
                if each.elapsed_s is not None and each.elapsed_s >= SHORTEST_S
            ]
    pairs: dict[str, list[tuple[str, Activity]]] = {}
    for name, kind, one in found:
        same = [
            (other_kind, other)
            for _, other_kind, other in found
            if abs((other.start - one.start).total_seconds()) <= SAME_START_S and other.sport == one.sport
        ]
        stem = re.sub(r"(-\d)?\.(fit|tcx|gpx)(\.gz)?$", "", name, flags=re.IGNORECASE)
        if kind == "fit" and len({kind for kind, _ in same}) > 1:
            pairs[stem] = same
    return pairs


def activities_of(path: Path) -> Iterator[tuple[str, Activity]]:
    """With the name of the reader."""
    with path.open("rb") as file:
        for member in members(file, path.name):
            try:
                contents = read(member.data or b"", member.name, UTC)
            except BadFile:
                continue
            yield from ((each.origin.reader, each) for each in contents.activities)


REAL = with_files() if SHARED.is_dir() else {}


def differences(first: tuple[str, Activity], second: tuple[str, Activity]) -> dict[str, str]:
    """What two readings of one run do not agree in."""
    (kind, one), (other_kind, other) = first, second
    by_watch = "gpx" not in (kind, other_kind)
    found: dict[str, str] = {}

    def compare(what: str, a: float | None, b: float | None, near: float) -> None:
        if a is None or b is None or abs(a - b) > near:
            found[what] = f"{kind} {a}, {other_kind} {b}, allowed {near:.2f}"

    far = max(one.distance_m or 0.0, other.distance_m or 0.0)
    long_s = max(one.elapsed_s or 0.0, other.elapsed_s or 0.0)
    by_position = BY_POSITION_SHARE * far + BY_POSITION_M
    compare("distance_m", one.distance_m, other.distance_m, BY_WATCH_M if by_watch else by_position)
    gaps_s = GAPS_SHARE * long_s + GAPS_S
    compare("moving_s", one.moving_s, other.moving_s, TIMER_S if by_watch else gaps_s)
    compare("elapsed_s", one.elapsed_s, other.elapsed_s, ELAPSED_S)
    if "cadence_spm" in one.stream and "cadence_spm" in other.stream:
        ours, theirs = cadences(one, other)
        assert ours.size > 10
        compare("cadence", float(ours.mean()), float(theirs.mean()), CADENCE_SPM)
        compare("cadence at a moment", float(np.abs(ours - theirs).max()), 0.0, STEP_SPM)
    return found


def cadences(one: Activity, other: Activity) -> tuple[Column, Column]:
    """Steps of both feet a minute at the moments that both have, while moving."""
    _, here, there = np.intersect1d(
        np.round(one.stream["time_s"]), np.round(other.stream["time_s"]), return_indices=True
    )
    ours, theirs = one.stream["cadence_spm"][here], other.stream["cadence_spm"][there]
    moving = (ours > 0) & (theirs > 0)
    return ours[moving], theirs[moving]


@pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="SKIPPED: the real files of ../shared/data are not here; nothing real was compared",
)
def test_there_are_real_runs_in_several_formats() -> None:
    assert len(REAL) >= 5
    assert {kind for same in REAL.values() for kind, _ in same} == {"fit", "tcx", "gpx"}


@pytest.mark.parametrize("stem", REAL)
def test_a_real_run_reads_the_same_from_each_of_its_files(stem: str) -> None:
    for first, second in combinations(REAL[stem], 2):
        found = differences(first, second)
        assert {what: why for what, why in found.items() if (stem, what) not in KNOWN_DIFFERENCES} == {}


PAUSES = st.just(0) | st.integers(60, 900)
"""Short ones show in no GPX file: see `GAPS_S`."""


@st.composite
def plans(draw: st.DrawFn) -> RunPlan:
    """A run out of doors of two to six kilometres, easy to fast, with and without a pause."""
    return RunPlan(
        on=date(2024, draw(st.integers(1, 12)), draw(st.integers(1, 28))),
        hour=7.0,
        effort=draw(st.sampled_from(("easy", "steady", "long"))),
        distance_m=draw(st.floats(2_000, 6_000)),
        speed_mps=draw(st.floats(2.0, 5.5)),
        recorder="watch",
        every_second=draw(st.booleans()),
        walk_share=draw(st.sampled_from((0.0, 0.3))),
        pause_s=draw(PAUSES),
    )


def points_of(trace: Trace, with_distance: bool) -> list[Point]:
    """A point for every second that was not paused, as a service writes them from the watch's records."""
    return [
        Point(
            at_s=float(trace.clock_s[row]),
            latitude=round(float(trace.latitude_deg[row]), 7),
            longitude=round(float(trace.longitude_deg[row]), 7),
            altitude=round(float(trace.altitude_m[row]), 1),
            distance=round(float(trace.distance_m[row]), 2) if with_distance else None,
            heart_rate=round(float(trace.heart_rate_bpm[row])),
            one_foot=round(float(trace.cadence_spm[row]) / 2),
        )
        for row in range(trace.clock_s.size)
    ]


def in_three_formats(plan: RunPlan, seed: int, offset: timedelta) -> Sequence[tuple[str, Activity]]:
    """The run as three readers read it."""
    trace = make_trace(plan, np.random.default_rng(seed))
    start = xml_text.START.astimezone(timezone(offset))
    told = points_of(trace, with_distance=True)
    lap = LapText(told, timer_s=round(trace.moving_s, 3), distance=round(plan.distance_m, 2))
    bare = [replace(point, distance=None) for point in told]
    files = {
        "fit": run_file(plan, trace, start, np.random.default_rng(seed)),
        "tcx": xml_text.tcx(lap),
        "gpx": xml_text.gpx(xml_text.track(bare)),
    }
    read_in = {kind: read(data, f"run.{kind}", timezone(offset)).activities for kind, data in files.items()}
    assert {kind: len(found) for kind, found in read_in.items()} == {"fit": 1, "tcx": 1, "gpx": 1}
    return [(kind, found[0]) for kind, found in read_in.items()]


@settings(max_examples=25, deadline=None)
@given(
    plans(),
    st.integers(0, 2**16),
    st.integers(-48, 56).map(lambda quarters: timedelta(minutes=15 * quarters)),
)
def test_a_made_up_run_reads_the_same_from_each_format(plan: RunPlan, seed: int, offset: timedelta) -> None:
    found = in_three_formats(plan, seed, offset)

    for first, second in combinations(found, 2):
        assert differences(first, second) == {}
        assert datetime.fromtimestamp(0, UTC) < first[1].start == second[1].start
        assert first[1].sport == second[1].sport == "run"
