"""Records of one run are found to be one; different runs, however alike, stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta, timezone
from time import perf_counter
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from accuracy.duplicates import made_up, scored
from tests.copies.made_up import EIGHT, PHONE, WATCH, Counted, recording, row, sha256

from backstride.copies import groups, runs
from backstride.model.activity import Activity, Origin, Stream

BERLIN = ZoneInfo("Europe/Berlin")
TWO_H = 7_200


def sizes(*activities: Activity, apart: Sequence[tuple[str, str]] = ()) -> list[int]:
    return [len(group) for group in groups(activities, apart)]


def test_what_a_service_calls_by_one_name_is_one_run() -> None:
    morning = row("strava", 0, service_id="strava:5")
    same = recording("5.fit", late_s=40_000, minutes=3, service_id="strava:5")

    assert sizes(morning, same) == [2]


@pytest.mark.parametrize("name", ["1286.fit", "1286.fit.gz", "1286.FIT"])
def test_a_row_belongs_to_the_recording_it_names(name: str) -> None:
    """Though its clock is hours off and its distance was edited."""
    named = row("strava", 0, late_s=5 * 3600, distance_m=100.0, file="activities/1286.fit.gz")

    assert sizes(recording(name), named) == [2]


def test_a_file_name_of_another_day_is_another_file() -> None:
    named = row("strava", 0, late_s=3 * 86_400, file="activities/1286.fit.gz")

    assert sizes(recording("1286.fit"), named) == [1, 1]


def test_of_a_file_of_several_sports_a_row_takes_its_own() -> None:
    legs = [
        recording("9.fit", sport=sport, late_s=late_s, origin=Origin(sha256("9"), "9.fit", "fit", 1, index))
        for index, (sport, late_s) in enumerate((("ride", 0), ("run", 2_500)))
    ]
    named = row("strava", 0, late_s=1_000, sport="run", file="activities/9.fit")

    assert [[leg.sport for leg in group] for group in groups([*legs, named])] == [["ride"], ["run", "run"]]


@pytest.mark.parametrize(
    "other",
    [
        recording("a.gpx", late_s=100, distance_m=7_490.0),
        recording("a.tcx", late_s=-2, elapsed_s=None),
        recording("phone.gpx", late_s=-120, minutes=43, device=PHONE, distance_m=7_300.0),
        recording("zwift.tcx", late_s=60, zone_from="file", distance_m=6_100.0),
        recording("a.gpx", sport="other"),
        recording("a.gpx", sport="walk"),
        row("app", 0, late_s=20, elapsed_s=None),
        row("app", 0, late_s=20, elapsed_s=None, moving_s=None),
        row("app", 0, late_s=20, distance_m=None),
        row("app", 0, late_s=20, elapsed_s=3_600.0),
        row("strava", 0, late_s=480, minutes=32),
        row("strava", 0, minutes=30),
    ],
    ids=lambda other: f"{other.origin.reader} {other.elapsed_s} {other.distance_m}",
)
def test_records_of_one_time_are_one_run(other: Activity) -> None:
    assert sizes(recording("a.fit", device=WATCH), other) == [2]


@pytest.mark.parametrize(
    "other",
    [
        recording("b.fit", late_s=40 * 60),
        recording("b.fit", late_s=2_430, minutes=12),
        recording("b.fit", late_s=0, sport="ride"),
        row("app", 0, late_s=10, sport="strength"),
        row("app", 0, late_s=0, distance_m=25_000.0),
        row("app", 0, late_s=86_400),
        row("app", 0, late_s=TWO_H + 400),
        row("app", 0, late_s=TWO_H, distance_m=6_600.0),
        row("app", 0, late_s=TWO_H, moving_s=2_200.0, elapsed_s=2_200.0),
        row("app", 0, late_s=TWO_H, distance_m=None),
    ],
    ids=lambda other: f"{other.sport} {other.start:%H%M%S} {other.distance_m}",
)
def test_different_runs_stay_apart(other: Activity) -> None:
    assert sizes(recording("a.fit", start=EIGHT.astimezone(BERLIN)), other) == [1, 1]


def test_two_loops_twice_recorded_are_two_runs() -> None:
    loops = [
        recording(f"{late_s}.{ending}", late_s=late_s, minutes=35)
        for late_s in (0, 2_400)
        for ending in ("fit", "gpx")
    ]

    assert sizes(*loops) == [2, 2]


@pytest.mark.parametrize("late_s", [TWO_H, -TWO_H, TWO_H + 20, 3_600])
def test_a_local_time_taken_for_utc_is_put_right(late_s: float) -> None:
    """By the zone of the place, either way, or by an hour of summer time."""
    watch = recording("a.fit", start=EIGHT.astimezone(BERLIN))
    app = row("app", 0, late_s=late_s, distance_m=watch.distance_m)

    assert sizes(watch, app) == [2]


def test_an_hour_that_no_zone_explains_is_another_hour() -> None:
    watch = recording("a.fit", start=EIGHT.astimezone(BERLIN))

    assert sizes(watch, row("app", 0, late_s=5 * 3600)) == [1, 1]


def test_a_record_has_one_partner_at_another_hour_and_the_best() -> None:
    first = recording("a.fit", start=EIGHT.astimezone(BERLIN))
    second = recording("b.fit", start=(EIGHT + timedelta(hours=4)).astimezone(BERLIN), minutes=40.2)
    app = row("app", 0, late_s=TWO_H)

    assert [len(group) for group in groups([first, second, app])] == [2, 1]


def test_nepal_is_five_hours_and_three_quarters_away() -> None:
    there = timezone(timedelta(hours=5, minutes=45))
    watch = recording("a.fit", start=EIGHT.astimezone(there))

    assert sizes(watch, row("app", 0, late_s=20_700)) == [2]


def split_run() -> list[Activity]:
    """Two files of the watch, the service's rows of them, and the phone that recorded all of it."""
    return [
        recording("1.fit", "cadence_spm", minutes=25, device=WATCH),
        recording("2.fit", "cadence_spm", late_s=1_620, minutes=13, device=WATCH),
        row("strava", 0, minutes=25, service_id="strava:1"),
        row("strava", 1, late_s=1_620, minutes=13, service_id="strava:2"),
        recording("phone.gpx", "latitude_deg", minutes=40, device=PHONE, late_s=-20),
    ]


def test_parts_of_a_run_belong_to_the_longer_record_of_it() -> None:
    assert sizes(*split_run()) == [5]


def test_without_a_longer_record_parts_are_runs() -> None:
    assert sizes(*split_run()[:4]) == [2, 2]


def test_one_table_never_tells_of_one_run_twice() -> None:
    first, second = (row("strava", index, late_s=index, service_id=f"strava:{index}") for index in (1, 2))

    assert sizes(first, second) == [1, 1]
    assert sizes(first, second, recording("a.fit", late_s=3)) == [1, 2]


def test_rows_that_tell_only_the_day_are_not_matched_by_time() -> None:
    noon = EIGHT.replace(hour=12)
    typed = row("case", 0, start=noon)

    assert sizes(typed, recording("a.fit", start=noon)) == [1, 1]
    assert sizes(row("table", 0, start=noon), recording("a.fit", start=noon)) == [1, 1]
    assert sizes(row("table", 0, start=noon, service_id="a:1"), recording("a.fit", start=noon)) == [2]


def test_the_runner_s_word_wins() -> None:
    watch, app = recording("a.fit"), row("app", 0, service_id="x:1")
    same_name = row("app", 1, service_id="x:1")
    far = recording("b.fit", late_s=500_000, sport="ride")

    assert sizes(watch, app, apart=[(app.id, watch.id)]) == [1, 1]
    assert sizes(app, same_name, apart=[(app.id, same_name.id)]) == [1, 1]
    assert [len(each) for each in groups([watch, far], together=[(far.id, watch.id)])] == [2]
    assert [len(each) for each in groups([watch, far], [(watch.id, far.id)], [(far.id, watch.id)])] == [1, 1]


def test_grouping_fetches_no_column() -> None:
    columns = Counted({"time_s": np.arange(3.0), "cadence_spm": np.arange(3.0)})
    activities = [recording(f"a.{ending}", stream=Stream(columns)) for ending in ("fit", "gpx", "tcx")]

    assert sizes(*activities, row("app", 0)) == [4]
    assert columns.fetched == []


def test_pairs_of_made_up_years_are_right_in_99_of_100() -> None:
    """On a seed that the rules were not tuned on; see accuracy/duplicates.py."""
    archive = made_up(3, 240)
    score = scored(archive)

    assert len(archive.activities) > 700
    assert score.precision() >= 0.99
    assert score.recall() >= 0.99


@pytest.mark.parametrize("hour_s", [None, 0.0])
def test_many_activities_are_grouped_soon(hour_s: float | None) -> None:
    """3,000 in well under a second, also where a clock was never set and all say one time."""
    activities = [
        row("app", index, late_s=index * 30_000 if hour_s is None else hour_s, minutes=20 + index % 50)
        for index in range(3_000)
    ]
    began = perf_counter()

    assert len(groups(activities)) == 3_000
    assert perf_counter() - began < 3


def test_runs_are_by_start_each_once() -> None:
    later = recording("b.fit", late_s=10_000)

    assert [run.id for run in runs([later, row("app", 0), recording("a.fit")])] == [
        recording("a.fit").id,
        later.id,
    ]
