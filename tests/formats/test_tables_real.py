"""Every row of every real table in ../shared/data is accounted for, and what they sum to is plausible."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from backstride.formats.contents import Contents
from backstride.formats.readers import read
from backstride.model.errors import BadFile

SHARED = Path(__file__).parents[3] / "shared" / "data"
GARMIN = SHARED / "garmin-activities-csv"
STRAVA = SHARED / "strava-export" / "layout" / "Strava Export"
ZONE = ZoneInfo("Europe/Dublin")

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="SKIPPED: the real files of ../shared/data are not here; nothing real was checked",
)


def tables(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv")) if folder.is_dir() else []


def rows_in(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for row in csv.reader(file) if any(row)) - 1


def contents(path: Path) -> Contents:
    return read(path.read_bytes(), path.name, ZONE)


@needs_shared
@pytest.mark.parametrize("path", tables(GARMIN), ids=lambda path: path.stem)
def test_every_row_of_a_garmin_list_is_an_activity(path: Path) -> None:
    if "french" in path.name:  # several persons' runs under columns of somebody's own making
        with pytest.raises(BadFile, match=r"nobody can tell .* whose runs they are"):
            contents(path)
        return
    found = contents(path)
    assert rows_in(path) == len(found.activities)
    assert (found.skipped, found.warnings) == ((), ())
    assert sorted(each.origin.index for each in found.activities) == list(range(rows_in(path)))


@needs_shared
def test_runner_a_ran_970_times_with_plausible_form() -> None:
    runs = contents(GARMIN / "runner-a--Running_Activities.csv").activities
    assert Counter(each.sport for each in runs) == {"run": 970}
    assert sum(each.distance_m or 0 for each in runs) / 1000 == pytest.approx(7045, abs=1)
    contact = [each.averages["contact_ms"] for each in runs if "contact_ms" in each.averages]
    balance = [each.averages["balance_left_share"] for each in runs if "balance_left_share" in each.averages]
    assert (len(contact), len(balance)) == (696, 696)
    assert 240 < median(contact) < 300
    assert 0.48 < median(balance) < 0.52
    assert (runs[0].start.year, runs[-1].start.year) == (2016, 2020)


@needs_shared
@pytest.mark.parametrize("path", [path for path in tables(GARMIN) if "french" not in path.name], ids=str)
def test_steps_times_their_length_make_the_distance_of_every_run(path: Path) -> None:
    """So step length is that of one step, cadence that of both feet, and distance in kilometres."""
    ratios = [
        each.distance_m
        / (each.averages["cadence_spm"] * each.averages["step_length_mm"] / 1000 * each.moving_s / 60)
        for each in contents(path).activities
        if each.sport == "run" and each.distance_m and each.moving_s
        if {"cadence_spm", "step_length_mm"} <= each.averages.keys()
    ]
    assert len(ratios) > 15
    # The short sprints of one list begin and end between two positions.
    assert median(ratios) == pytest.approx(1, abs=0.08 if len(ratios) < 50 else 0.02)


@needs_shared
@pytest.mark.parametrize("path", [path for path in tables(GARMIN) if "swedish" in path.name], ids=str)
def test_pools_are_in_metres_and_swum_at_a_swimmers_speed(path: Path) -> None:
    swims = [each for each in contents(path).activities if each.sport == "swim" and each.distance_m]
    assert len(swims) > 30
    assert all(
        0.15 < each.distance_m / each.moving_s < 1.5 for each in swims if each.distance_m and each.moving_s
    )


@needs_shared
def test_snapshots_of_one_runner_agree_where_they_overlap() -> None:
    earlier, later = (
        {each.start: each for each in contents(GARMIN / f"runner-b-swedish--Activities-{day}.csv").activities}
        for day in ("25-05-04", "26-01-19")
    )
    both = earlier.keys() & later.keys()
    assert len(both) > 700
    same = [earlier[at].distance_m == later[at].distance_m for at in both]
    assert sum(same) / len(same) > 0.99


@needs_shared
@pytest.mark.parametrize("path", tables(STRAVA), ids=lambda path: path.stem)
def test_every_table_of_a_strava_export_is_read_or_told_in_words(path: Path) -> None:
    found = contents(path)
    assert found.kind.startswith("Strava's")
    if path.name in ("activities.csv", "shoes.csv"):
        assert rows_in(path) == len(found.activities) + len(found.shoes) + len(found.skipped)
    else:
        assert found.kind.endswith("no activity in it")


@needs_shared
def test_the_strava_run_has_the_cadence_and_the_file_of_its_recording() -> None:
    (run,) = contents(STRAVA / "activities.csv").activities
    assert run.averages["cadence_spm"] == pytest.approx(3344 / (1411 / 60), rel=0.01)  # Total Steps
    assert (STRAVA / str(run.file)).is_file()
    assert run.start.isoformat() == "2022-05-29T16:53:35+01:00"
