"""Each maker's export of the made-up runner is read like anybody's, and tells of the same runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.demo.reading import STORY

from backstride.app.demo import make
from backstride.app.demo.exports import fitbit
from backstride.app.demo.exports.kinds import KINDS, ExportKind, export_of
from backstride.app.demo.made_run import MadeRun, made_run
from backstride.app.demo.runner import plan_runs
from backstride.app.demo.story import ZONE
from backstride.app.intake import ImportReport, import_paths
from backstride.copies import each_once
from backstride.model.activity import Activity, Column
from backstride.store.store import Store

WEEKS = 5
"""With the long run, runs that were paused, and runs with walking in them."""


@dataclass(frozen=True)
class TakenIn:
    """What became of one export."""

    report: ImportReport
    runs: tuple[Activity, ...]
    """Each once."""


@cache
def made() -> dict[date, MadeRun]:
    """The runs of the weeks, by day."""
    plans = [plan for plan in plan_runs(STORY, 1) if plan.on > STORY.until - timedelta(days=7 * WEEKS)]
    return {plan.on: made_run(plan, 1) for plan in plans}


WITH_STREAMS = {"garmin", "strava", "apple", "polar", "samsung", "health_connect"}
CADENCE_SPM = {"apple": 3.0, "samsung": 2.0}
"""Counted in whole steps, or read off where walking begins; all others within one step a minute."""


@pytest.fixture(scope="module", params=get_args(ExportKind))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def taken_in(kind: ExportKind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TakenIn]:
    place = tmp_path_factory.mktemp(kind)
    told = make(place / "given", kind=kind, weeks=WEEKS)
    with Store.open(place / "store.sqlite") as store:
        report = import_paths(store, [place / "given"], ZoneInfo(ZONE), lambda progress: None, workers=0)
        history = store.history()
        assert told.runs == len(made())
        yield TakenIn(report, each_once(history).activities)


def test_the_kinds_are_those_of_the_makers_that_have_an_archive() -> None:
    assert set(KINDS) == set(get_args(ExportKind))


def test_every_run_comes_in_once_and_no_file_is_a_fault(taken_in: TakenIn) -> None:
    assert [run.on for run in taken_in.runs] == list(made())
    assert {run.sport for run in taken_in.runs} == {"run"}
    counts = taken_in.report.counts
    assert (counts["unreadable"], counts["duplicate"]) == (0, 0)
    assert not [row for line in taken_in.report.lines for row in line.skipped]


def test_start_distance_and_time_are_the_runs_own(kind: str, taken_in: TakenIn) -> None:
    """To the second and to ten metres; where a maker has no pauses they are told apart by the gap at most."""
    for run in taken_in.runs:
        was = made()[run.on]
        assert abs((run.start - was.start).total_seconds()) < 1
        assert run.start.utcoffset() == was.start.utcoffset()
        assert run.distance_m == pytest.approx(was.distance_m, rel=0.003)
        assert run.elapsed_s == pytest.approx(was.elapsed_s, abs=1.01)
        slack_s = was.trace.pause_s if kind == "health_connect" else 0
        assert run.moving_s == pytest.approx(was.moving_s, abs=2 + slack_s)


def test_pulse_and_cadence_are_the_runs_own_with_streams_where_the_layout_has_them(
    kind: str, taken_in: TakenIn
) -> None:
    for run in taken_in.runs:
        trace = made()[run.on].trace
        assert bool(run.stream) is (kind in WITH_STREAMS)
        assert _mean(run, "heart_rate_bpm") == pytest.approx(_known(trace.heart_rate_bpm), abs=1)
        if kind != "fitbit":  # counts steps, and states no cadence
            slack = CADENCE_SPM.get(kind, 1.0)
            assert _mean(run, "cadence_spm") == pytest.approx(_known(trace.cadence_spm), abs=slack)
        if kind in ("garmin", "strava", "apple", "garmin_list"):
            assert _mean(run, "contact_ms") == pytest.approx(_known(trace.contact_ms), abs=1)


def _mean(run: Activity, channel: str) -> float:
    return _known(run.stream[channel]) if channel in run.stream else run.averages[channel]


def _known(column: Column) -> float:
    return float(np.nanmean(column))


def test_the_weeks_hold_what_is_hard_to_tell() -> None:
    plans = [run.plan for run in made().values()]
    assert any(plan.pause_s for plan in plans)
    assert any(plan.walk_share for plan in plans)
    assert max(plan.distance_m for plan in plans) > 20_000


def test_each_run_says_that_it_is_made_up(kind: str, taken_in: TakenIn) -> None:
    if kind == "fitbit":  # has room for it in the tracker's name only, which is not read
        (data,) = fitbit.of_runs(list(made().values()), STORY).values()
        assert data.count(b"made-up tracker") == len(made())
    else:
        assert all("made" in (run.title or "").lower() for run in taken_in.runs)


def test_a_seed_always_makes_the_same_bytes(kind: ExportKind, tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        make(tmp_path / name, kind=kind, weeks=1)
        written.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert written[0] == written[1]


def test_runs_on_a_treadmill_have_no_place_and_keep_their_distance(kind: ExportKind, tmp_path: Path) -> None:
    plans = [plan for plan in plan_runs(STORY, 1) if plan.treadmill and plan.recorder == "watch"][-2:]
    was = {plan.on: made_run(plan, 1) for plan in plans}
    given = tmp_path / "given"
    given.mkdir()
    for name, data in export_of(kind, list(was.values()), STORY).items():
        (given / name).write_bytes(data)
    with Store.open(tmp_path / "store.sqlite") as store:
        import_paths(store, [given], ZoneInfo(ZONE), lambda progress: None, workers=0)
        runs = each_once(store.history()).activities
    assert [run.on for run in runs] == list(was)
    for run in runs:
        assert "latitude_deg" not in run.stream
        assert run.distance_m == pytest.approx(was[run.on].distance_m, rel=0.003)
        if kind != "intervals":  # calls it a run, and nothing of the ground
            assert run.surface == "treadmill"
