"""The made-up archive is read like anybody's, and the story can be found again in what was read."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.demo.reading import STORY, Archive, Decoded

from backstride.app.demo.archive import write_archive
from backstride.app.demo.made_run import start_of
from backstride.app.demo.runner import RunPlan, plan_runs
from backstride.app.demo.story import ZONE
from backstride.app.intake import import_paths
from backstride.app.reconcile import reconciled
from backstride.copies import each_once
from backstride.formats.fit.encode import EPOCH
from backstride.formats.readers import read
from backstride.model.activity import Activity
from backstride.model.channels import CHANNELS
from backstride.model.ledger import OUTCOMES
from backstride.store.store import Store

DYNAMICS = (
    "contact_ms",
    "vertical_oscillation_mm",
    "vertical_ratio_share",
    "balance_left_share",
    "step_length_mm",
)


def test_every_file_comes_out_as_promised(archive: Archive, decoded: Decoded) -> None:
    assert archive.expected == decoded.outcomes


def test_an_import_into_a_store_says_the_same_in_its_ledger(archive: Archive, tmp_path: Path) -> None:
    """One line for every file; each run of the watch twice, and once where copies are put together."""
    with Store.open(tmp_path / "demo.sqlite") as store:
        report = import_paths(store, [archive.folder], ZoneInfo(ZONE), lambda progress: None)
        history = store.history()
        once = each_once(history).activities
    assert archive.expected == {line.name.rpartition("/")[2]: line.outcome for line in report.lines}
    assert len(report.lines) == len(archive.expected)
    watched = sum(plan.recorder == "watch" for plan in plan_runs(STORY, 1))
    assert len(history.activities) == len(plan_runs(STORY, 1)) + 2 + watched
    assert len(once) == len(plan_runs(STORY, 1)) + 2


def test_the_archive_shows_every_outcome(archive: Archive) -> None:
    counted = Counter(archive.expected.values())
    assert counted.keys() == set(OUTCOMES)
    assert counted["imported"] == len(plan_runs(STORY, 1)) + 1
    assert counted["kept"] == 2


def test_the_archive_is_small(archive: Archive) -> None:
    assert sum(path.stat().st_size for path in archive.folder.rglob("*") if path.is_file()) < 25e6


def test_a_seed_always_makes_the_same_bytes_and_another_makes_others(
    archive: Archive, tmp_path: Path
) -> None:
    write_archive(tmp_path / "again", STORY, 1)
    write_archive(tmp_path / "other", STORY, 2)
    assert _hashes(archive.folder) == _hashes(tmp_path / "again")
    assert _hashes(archive.folder) != _hashes(tmp_path / "other")


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_each_run_is_read_as_it_was_planned(decoded: Decoded) -> None:
    """Day, local time, distance and exertion; a phone's distance is measured along its noisy places."""
    runs = {run.on: run for run in decoded.runs}
    plans = plan_runs(STORY, 1)
    cut = next(run for run in decoded.runs if run.warnings)
    assert runs.keys() == {plan.on for plan in plans}
    for plan in plans:
        run = runs[plan.on]
        assert run.start.replace(tzinfo=None) == start_of(plan).replace(tzinfo=None)
        assert run.start.utcoffset() == start_of(plan).utcoffset()
        if run is not cut:
            assert _distance_m(run) == pytest.approx(
                plan.distance_m, rel=0.015 if plan.recorder == "phone" else 0.001
            )
            assert run.rpe == (plan.rpe if plan.recorder == "watch" else None)


def _distance_m(run: Activity) -> float:
    assert run.distance_m is not None
    return run.distance_m


def test_only_the_file_cut_short_carries_a_warning(decoded: Decoded) -> None:
    """It keeps what came before the cut: a good half of the run."""
    warned = [each for each in decoded.activities if each.warnings]
    (cut,) = warned
    assert "cut short" in cut.warnings[0]
    plan = next(plan for plan in plan_runs(STORY, 1) if plan.on == cut.on)
    assert 0.5 < _distance_m(cut) / plan.distance_m < 0.8


def test_a_watch_run_has_running_dynamics_and_a_place_and_all_of_it_is_plausible(decoded: Decoded) -> None:
    """Nothing is outside what a channel may hold, so that the readers lose nothing."""
    watched = [
        run for run in decoded.runs if run.device is not None and run.device.product == "made-up watch"
    ]
    assert len(watched) > 250
    for run in watched:
        indoors = run.surface == "treadmill"
        assert ("latitude_deg" in run.stream) is not indoors
        running = run.stream["speed_mps"] > 2.0
        for name in ("speed_mps", "cadence_spm", "heart_rate_bpm", *DYNAMICS):
            column = run.stream[name]
            assert np.isfinite(column[running]).all(), name
            assert np.nanmin(column) >= CHANNELS[name].low
            assert np.nanmax(column) <= CHANNELS[name].high


def test_other_recorders_have_none_of_the_dynamics(decoded: Decoded) -> None:
    others = [run for run in decoded.runs if run.on < STORY.watch_on or "gym" in run.origin.name]
    assert others
    assert not [run for run in others if set(DYNAMICS) & set(run.stream)]


def test_every_device_says_that_it_is_made_up(decoded: Decoded) -> None:
    for each in decoded.activities:
        assert each.device is not None
        assert "made-up" in f"{each.device.product} {each.device.software}"


def test_the_sports_are_told_apart(decoded: Decoded) -> None:
    others = {each.sport: each for each in decoded.activities if each.sport != "run"}
    assert others.keys() == {"ride", "swim"}
    assert others["swim"].distance_m == pytest.approx(1_000)
    assert others["ride"].moving_s == pytest.approx(3_600)


def test_the_one_run_that_was_too_long_stands_out_of_the_record(decoded: Decoded) -> None:
    """22.0 km against 14.0 km, the longest of the 30 days before: 57 % more, two days before the pain."""
    distances = {run.on: _distance_m(run) for run in decoded.runs}
    recent = [run.on for run in decoded.runs if run.on > STORY.until - timedelta(days=180)]
    ratios = {on: distances[on] / _longest_before_m(distances, on) for on in recent}
    assert [on for on, ratio in ratios.items() if ratio > 1.10] == [date(2026, 3, 1)]
    assert round(ratios[date(2026, 3, 1)], 2) == 1.57
    assert round(distances[date(2026, 3, 1)] / 1000, 1) == 22.0
    assert STORY.onset_on == date(2026, 3, 3)


def _longest_before_m(distances: dict[date, float], on: date) -> float:
    return max(far for day, far in distances.items() if timedelta(0) < on - day <= timedelta(days=30))


def test_since_the_pain_more_is_walked(decoded: Decoded) -> None:
    before = [
        _walked_share(run) for run in _watched(decoded, STORY.onset_on - timedelta(days=56), STORY.onset_on)
    ]
    since = [_walked_share(run) for run in _watched(decoded, STORY.onset_on, STORY.until + timedelta(days=1))]
    assert max(before) < 0.03
    assert min(since) > 0.10


def _watched(decoded: Decoded, first: date, end: date) -> list[Activity]:
    return [run for run in decoded.runs if first <= run.on < end and "cadence_spm" in run.stream]


def _walked_share(run: Activity) -> float:
    return float((run.stream["cadence_spm"] < 140).mean())


def test_since_the_pain_the_feet_stay_a_little_longer_on_the_ground(decoded: Decoded) -> None:
    """Against the runner's own line of speed, 305 ms m/s; more than the days differ among themselves."""
    before = [_contact_off_ms(run) for run in _watched(decoded, STORY.every_second_on, STORY.onset_on)]
    since = [
        _contact_off_ms(run) for run in _watched(decoded, STORY.onset_on, STORY.until + timedelta(days=1))
    ]
    assert np.mean(since) - np.mean(before) == pytest.approx(12, abs=5)
    assert np.mean(since) - np.mean(before) > 2 * np.std(before)


def _contact_off_ms(run: Activity) -> float:
    return float(np.nanmedian(run.stream["contact_ms"] - 305 / run.stream["speed_mps"]))


def test_the_watch_keeps_every_second_at_last_and_every_few_before(decoded: Decoded) -> None:
    for run in decoded.runs:
        if run.device is not None and run.device.product == "made-up watch":
            usual_s = float(np.median(np.diff(run.stream["time_s"])))
            assert usual_s == 1 if run.on >= STORY.every_second_on else 3 <= usual_s <= 5


def test_a_pause_is_left_out_of_the_moving_time(decoded: Decoded) -> None:
    plans = [plan for plan in plan_runs(STORY, 1) if plan.recorder == "watch" and plan.pause_s]
    runs = {run.on: run for run in decoded.runs}
    assert len(plans) > 30
    for plan in plans:
        run = runs[plan.on]
        if not run.warnings:
            assert run.moving_s is not None
            assert run.elapsed_s is not None
            assert run.elapsed_s - run.moving_s == pytest.approx(plan.pause_s, abs=0.01)


def test_the_laps_of_a_run_are_kilometres_and_add_up(decoded: Decoded) -> None:
    run = next(run for run in decoded.runs if run.on == STORY.spike_on)
    lengths = [lap.distance_m for lap in run.laps]
    assert len(lengths) == 23
    assert sum(far for far in lengths if far is not None) == pytest.approx(_distance_m(run), abs=5)
    assert all(far == pytest.approx(1_000, abs=4) for far in lengths[:-1])


def _kinds() -> dict[str, RunPlan]:
    """One short run of each kind that the watch records."""
    plans = [plan for plan in plan_runs(STORY, 1) if plan.recorder == "watch"]
    chosen = {
        "every second": [plan for plan in plans if plan.every_second and plan.pause_s],
        "every few seconds": [plan for plan in plans if not plan.every_second and not plan.treadmill],
        "treadmill": [plan for plan in plans if plan.treadmill],
        "walking": [plan for plan in plans if plan.walk_share],
    }
    return {kind: min(each, key=lambda plan: plan.distance_m) for kind, each in chosen.items()}


@pytest.mark.parametrize("kind", list(_kinds()))
def test_fitdecode_reads_the_same_run(kind: str, uploads: dict[str, bytes]) -> None:
    """Records one for one, with times, distances, contact times and places; one session, and every lap."""
    fitdecode = pytest.importorskip(
        "fitdecode", reason="fitdecode is the outside reader that checks the demo"
    )
    plan = _kinds()[kind]
    data, run = _upload_of(plan, uploads)
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    counted = Counter(frame.name for frame in frames)
    assert counted["record"] == run.stream.rows
    assert counted["lap"] == len(run.laps)
    assert counted["session"] == counted["activity"] == 1
    assert counted["event"] == (4 if plan.pause_s else 2)
    records = [frame for frame in frames if frame.name == "record"]
    _same(records, "distance", 1, run, "distance_m")
    _same(records, "stance_time", 1, run, "contact_ms")
    _same(records, "stance_time_balance", 0.01, run, "balance_left_share")
    if not plan.treadmill:
        _same(records, "position_lat", 180 / 2**31, run, "latitude_deg")
        _same(records, "enhanced_altitude", 1, run, "altitude_m")
    (session,) = (frame for frame in frames if frame.name == "session")
    assert session.get_value("total_distance") == pytest.approx(run.distance_m)
    assert session.get_value("start_time") == run.start
    (activity,) = (frame for frame in frames if frame.name == "activity")
    local = activity.get_raw_value("local_timestamp") - activity.get_raw_value("timestamp")
    assert timedelta(seconds=local) == run.start.utcoffset()


def _upload_of(plan: RunPlan, uploads: dict[str, bytes]) -> tuple[bytes, Activity]:
    begun = start_of(plan)
    for name, data in uploads.items():
        if name.endswith(".fit") and (_created(data) == begun):
            return data, read(data, name, ZoneInfo(ZONE)).activities[0]
    raise AssertionError(f"no file begins at {begun}")


def _created(data: bytes) -> datetime | None:
    """When a file was begun, by the fixed place of it in the made-up watch's first message."""
    stored = int.from_bytes(data[14 + 6 + 18 + 10 : 14 + 6 + 18 + 14], "little")
    return EPOCH + timedelta(seconds=stored)


def _same(records: list[object], field: str, scale: float, run: Activity, channel: str) -> None:
    told = [record.get_value(field) for record in records]  # type: ignore[attr-defined]
    values = np.array([np.nan if each is None else each for each in told], dtype=np.float64) * scale
    np.testing.assert_allclose(values, run.stream[channel], rtol=1e-9, atol=1e-9)


def test_the_services_table_names_each_run_and_its_shoe_and_joins_with_the_watch(
    archive: Archive, tmp_path: Path
) -> None:
    with Store.open(tmp_path / "demo.sqlite") as store:
        import_paths(store, [archive.folder], ZoneInfo(ZONE), lambda progress: None)
        found = reconciled(store.history(), store.ledger())
        once = each_once(store.history())
    watched = [plan for plan in plan_runs(STORY, 1) if plan.recorder == "watch"]
    joined = [run for run in once.activities if run.copies]

    assert [plan.on for plan in watched] == [run.on for run in joined]
    assert all(run.title and run.title.endswith("(made up)") for run in joined)
    assert {run.shoe for run in joined} <= {shoe.id for shoe in once.shoes}
    differences = [each for source in found for year in source.years for each in year.differences]
    assert len(differences) == 1, "only the run whose file was cut short is not what the table says"
