"""What Garmin's account export gives, sound and broken."""

from __future__ import annotations

import io
import json
import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.app.demo.exports import garmin as made
from backstride.formats.archive.unpack import members
from backstride.formats.contents import Contents
from backstride.formats.garmin import reader
from backstride.formats.readers import read, reader_of
from backstride.model.activity import Activity
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadFile
from backstride.model.history import DayRecord

ZONE = ZoneInfo("Europe/Lisbon")
NAME = f"{made.EMAIL}_0_summarizedActivities.json"


def contents(*rows: object, name: str = NAME) -> Contents:
    return reader.read(made.summaries(*rows), name, ZONE)


def only(**more: Any) -> Activity:
    found = contents(made.summary(**more))
    assert len(found.activities) == 1, found
    return found.activities[0]


def test_a_row_is_an_activity_without_a_recording() -> None:
    run = only()
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (1800.0, 600.0, 620.0)
    assert (run.climb_m, run.descent_m) == (12.0, 9.0)
    assert (run.sport, run.service_id, run.title, run.rpe) == ("run", "garmin:1", "Berlin Running", 4.0)
    assert run.stream.rows == 0
    assert run.warnings == ()


def test_the_local_time_is_that_of_the_rows_own_clock() -> None:
    run = only(startLatitude=None)
    assert run.start == made.START
    assert (run.start.utcoffset(), run.zone_from) == (timedelta(hours=2), "file")


def test_a_row_without_a_local_clock_is_in_the_zone_of_its_place_or_of_the_runner() -> None:
    assert only(startTimeLocal=None).zone_from == "place"
    assert only(startTimeLocal=None, startLatitude=None).zone_from == "profile"
    local = only(startTimeGmt=None, beginTimestamp=None)
    assert (local.start.hour, local.start.tzinfo, local.zone_from) == (7, ZONE, "profile")


def test_the_means_of_a_row_are_in_the_units_of_their_channels() -> None:
    """A step of 108.1 cm is 1081 mm, an oscillation of 8.9 cm is 89 mm, 8.2 % is 0.082."""
    assert only().averages == pytest.approx(
        {
            "heart_rate_bpm": 148,
            "contact_ms": 251.3,
            "balance_left_share": 0.496,
            "step_length_mm": 1081,
            "vertical_oscillation_mm": 89,
            "vertical_ratio_share": 0.082,
            "speed_mps": 3.0,
            "cadence_spm": 166.5,
        }
    )


@pytest.mark.parametrize(
    ("both", "one", "spm"),
    [(166.0, 83.0, 166.0), (None, 83.0, 166.0), (None, 166.0, 166.0), (None, None, None), (0.0, 0.0, None)],
)
def test_cadence_counts_both_feet(both: float | None, one: float | None, spm: float | None) -> None:
    assert only(avgDoubleCadence=both, avgRunCadence=one).averages.get("cadence_spm") == spm


def test_zeros_and_nothing_are_not_recorded() -> None:
    names = ("avgHr", "avgGroundContactTime", "avgGroundContactBalance", "distance", "duration", "avgSpeed")
    for nothing in (0, None, "", "--"):
        run = only(**dict.fromkeys(names, nothing), elapsedDuration=nothing, workoutRpe=nothing)
        assert (run.distance_m, run.moving_s, run.elapsed_s, run.rpe) == (None, None, None, None)
        assert run.averages.keys().isdisjoint(
            {"heart_rate_bpm", "contact_ms", "balance_left_share", "speed_mps"}
        )


def test_a_real_row_of_ten_kilometres_is_read_as_ten_kilometres() -> None:
    """The numbers of a treadmill run that a public reader keeps in its tests as they were exported."""
    run = only(
        activityType="treadmill_running", distance=1000000.0, duration=2953511.962890625,
        avgSpeed=0.3385999917984009, elevationGain=None, elevationLoss=None, startLatitude=None,
    )  # fmt: skip
    assert (run.distance_m, run.surface) == (10_000.0, "treadmill")
    assert run.moving_s == pytest.approx(2953.512)
    assert run.averages["speed_mps"] == pytest.approx(3.386)
    assert (run.climb_m, run.descent_m, run.warnings) == (None, None, ())


UNITS = {"metres": ("distance", 0.01), "seconds": ("duration", 0.001), "speed": ("avgSpeed", 10.0)}


@pytest.mark.parametrize(
    "odd",
    [
        ("metres",), ("seconds",), ("speed",), ("metres", "seconds"), ("metres", "speed"),
        ("seconds", "speed"), ("metres", "seconds", "speed"),
    ],
)  # fmt: skip
def test_numbers_in_another_unit_are_corrected_together_and_told(odd: tuple[str, ...]) -> None:
    right = made.summary()
    run = only(**{UNITS[each][0]: right[UNITS[each][0]] * UNITS[each][1] for each in odd})
    assert run.distance_m == pytest.approx(1800)
    assert run.moving_s == pytest.approx(600)
    assert run.averages["speed_mps"] == pytest.approx(3)
    assert run.repairs == ("repair_summary_units",)
    assert "corrected by what fits together" in run.warnings[0]
    assert len(run.warnings[0].split(", ")) == len(odd)


@pytest.mark.parametrize("odd", [("metres",), ("seconds",)])
def test_without_a_speed_the_pace_that_people_run_settles_the_unit(odd: tuple[str, ...]) -> None:
    right = made.summary()
    run = only(avgSpeed=None, **{UNITS[each][0]: right[UNITS[each][0]] * UNITS[each][1] for each in odd})
    assert (run.distance_m, run.moving_s) == pytest.approx((1800, 600))
    assert run.warnings


@pytest.mark.parametrize(
    "more", [{"distance": 180_000.0 * 30}, {"avgSpeed": 0.3 * 30}, {"duration": 600_000.0 / 30}]
)
def test_numbers_that_fit_in_no_unit_are_left_out_and_told(more: dict[str, float]) -> None:
    run = only(**more)
    assert (run.distance_m, run.moving_s, run.elapsed_s, run.climb_m) == (None, None, None, None)
    assert "speed_mps" not in run.averages
    assert "left out" in run.warnings[0]
    assert run.service_id == "garmin:1"


def test_a_ride_named_a_run_keeps_its_numbers_since_all_three_agree() -> None:
    run = only(speed_mps=12.0)
    assert (run.distance_m, run.warnings) == (7200.0, ())


def test_a_watch_left_running_is_odd_but_no_matter_of_units() -> None:
    run = only(distance=500_000.0, duration=21_600_000.0, avgSpeed=None)
    assert (run.distance_m, run.moving_s, run.warnings) == (5000.0, 21_600.0, ())


def test_means_out_of_range_are_left_out_and_told() -> None:
    run = only(avgStrideLength=1.081, avgGroundContactTime=9_999)
    assert run.averages.keys().isdisjoint({"step_length_mm", "contact_ms"})
    assert "avgStrideLength of 1.081" in run.warnings[0]


def test_every_row_is_an_activity_or_told_why_not() -> None:
    rows = [
        made.summary(1),
        made.summary(2, parent=True),
        made.summary(3, activityType="multi_sport"),
        made.summary(1),
        made.summary(4, startTimeGmt=None, beginTimestamp="soon", startTimeLocal=None),
        "a text",
        None,
        made.summary(None, manualActivity=True),  # type: ignore[arg-type]
    ]
    found = contents(*rows)
    assert [each.service_id for each in found.activities] == ["garmin:1", None]
    assert [each.row for each in found.skipped] == [2, 3, 4, 5, 6, 7]
    assert len(rows) == len(found.activities) + len(found.skipped)


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda rows: rows,
        lambda rows: {"summarizedActivitiesExport": rows},
        lambda rows: [{"summarizedActivitiesExport": rows[:1]}, {"summarizedActivitiesExport": rows[1:]}],
    ],
)
def test_the_table_is_read_however_it_is_wrapped(wrapped: Any) -> None:
    rows = [made.summary(1), made.summary(2), made.summary(3)]
    found = reader.read(made.to_bytes(wrapped(rows)), NAME, ZONE)
    assert [each.service_id for each in found.activities] == ["garmin:1", "garmin:2", "garmin:3"]


def test_activities_are_in_order_of_their_start() -> None:
    found = contents(made.summary(1), made.summary(2, made.START - timedelta(days=9)))
    assert [each.service_id for each in found.activities] == ["garmin:2", "garmin:1"]
    assert {each.origin.index for each in found.activities} == {0, 1}


def test_shoes_name_the_runs_they_were_worn_in_and_other_gear_is_told() -> None:
    found = reader.read(made.gear(), f"{made.EMAIL}_gear.json", ZONE)
    road, trail = found.shoes
    assert (
        road.id,
        road.model,
        road.worn_in,
    ) == ("garmin:7", "Made-up Road 3 (blue)", ("garmin:1", "garmin:2"))
    assert (date(2024, 1, 2), date(2025, 12, 31)) == (trail.in_use_from, trail.in_use_to)
    assert (road.in_use_from, road.in_use_to) == (date(2025, 7, 25), None)
    assert [(each.row, each.why) for each in found.skipped] == [(3, "gear of another kind: Bike")]


ON = date(2026, 4, 6)


@pytest.mark.parametrize(
    ("data", "name", "day", "rows"),
    [
        (
            made.nights(),
            "2026-01-01_2026-04-10_99999999_sleepData.json",
            DayRecord(ON, "garmin", sleep_s=27_000),
            3,
        ),
        (
            made.daily_totals(),
            "UDSFile_2026-01-01_2026-04-10.json",
            DayRecord(ON, "garmin", resting_heart_rate_bpm=49, steps=11_240),
            2,
        ),
        (made.health_status(), "x_healthStatusData.json", DayRecord(ON, "garmin", hrv_rmssd_ms=62), 2),
        (made.weights(), "99999999_userBioMetrics.json", DayRecord(ON, "garmin", mass_kg=68.4), 2),
    ],
)
def test_days_are_read_and_what_was_not_measured_is_no_zero(
    data: bytes, name: str, day: DayRecord, rows: int
) -> None:
    found = reader.read(data, name, ZONE)
    assert found.days == (day,)
    assert rows == len(found.days) + len(found.skipped)
    assert found.activities == ()


def test_every_json_of_the_export_is_known_and_none_is_unreadable() -> None:
    for path, data in made.archive().items():
        if path.endswith(".json"):
            found = read(data, path, ZONE)
            assert reader_of(data, path.rpartition("/")[2]).name == reader.READER
            assert found.kind
            given_by = (*found.activities, *found.shoes, *found.days)
            assert bool(given_by) == (path not in made.SET_ASIDE), path


@pytest.mark.parametrize("uploads", ["DI-Connect-Uploaded-Files", "DI-Connect-Fitness-Uploaded-Files"])
def test_the_whole_export_is_read_through_its_zips(uploads: str) -> None:
    """Four rows and the recordings of two of them; a triathlon's parent and a day's monitoring are none."""
    rows, recordings, unreadable = [], [], []
    for member in members(io.BytesIO(made.zipped(made.archive(uploads).items())), "export.zip"):
        assert member.data is not None
        try:
            found = read(member.data, member.name, ZONE)
        except BadFile:
            unreadable.append(member.name.rpartition(".")[2])
            continue
        (recordings if member.name.endswith(".fit") else rows).extend(found.activities)
    assert sorted(str(each.service_id) for each in rows) == ["garmin:1", "garmin:11", "garmin:2", "garmin:4"]
    assert len(recordings) == 2
    assert {each.start for each in recordings} < {each.start for each in rows}
    assert unreadable == []


@pytest.mark.parametrize("owner", [made.EMAIL, made.ACCOUNT, "Made.Up", "made_up@mail.example", "made-up"])
def test_whose_files_they_are_is_in_nothing_that_comes_out(owner: str) -> None:
    files = {
        f"{owner}_0_summarizedActivities.json": made.summaries(
            made.summary(avgSpeed=9), made.summary(2, parent=True)
        ),
        f"{owner}_gear.json": made.gear(),
        f"2026-01-01_2026-04-10_{owner}_sleepData.json": made.nights(),
        f"{owner}_userBioMetrics.json": made.weights(),
        f"{owner}_heartRateZones.json": b"[]",
    }
    for name, data in files.items():
        assert owner not in repr(read(data, f"DI_CONNECT/{name}", ZONE))
        for cut in range(0, len(data), 7):
            assert owner not in _told(data[:cut], name)


def _told(data: bytes, name: str) -> str:
    try:
        return repr(reader.read(data, name, ZONE))
    except BadFile as fault:
        return str(fault)


def test_the_page_of_the_table_and_the_days_of_a_file_stay_in_its_name() -> None:
    assert contents(made.summary()).activities[0].origin.name == "0_summarizedActivities.json"


def test_what_is_wrong_with_one_row_loses_no_other() -> None:
    data = made.summaries(made.summary(1), made.summary(2), made.summary(3))
    broken = data.replace(b'"activityId": 2, "uuidMsb": 1', b'"activityId": 2, "uuidMsb": oops')
    found = reader.read(broken, NAME, ZONE)
    assert [each.service_id for each in found.activities] == ["garmin:1", "garmin:3"]
    assert "entries there are lost" in found.warnings[0]


HOSTILE = [
    None,
    True,
    [],
    {},
    "",
    "NaN",
    "\ud800",
    -1,
    1e308,
    10**400,
    float("nan"),
    float("inf"),
    "x" * 50_000,
    [[]],
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20])
def test_no_value_of_any_kind_in_any_field_breaks_the_table(value: object) -> None:
    for field in made.summary():
        row = made.summary() | {field: value}
        found = reader.read(made.to_bytes([row, made.summary(5)]), NAME, ZONE)
        assert "garmin:5" in {each.service_id for each in found.activities}
        assert len(found.activities) + len(found.skipped) == 2
        for each in found.activities:
            repr(each).encode()
            for channel, mean in each.averages.items():
                assert CHANNELS[channel].low <= mean <= CHANNELS[channel].high


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20])
def test_no_value_of_any_kind_breaks_shoes_or_days(value: object) -> None:
    files = {
        "gear.json": made.gear(),
        "sleepData.json": made.nights(),
        "UDSFile_1.json": made.daily_totals(),
        "x_healthStatusData.json": made.health_status(),
        "1_userBioMetrics.json": made.weights(),
    }
    for name, data in files.items():
        for changed in _each_changed(json.loads(data), value):
            reader.read(made.to_bytes(changed), name, ZONE)


def _each_changed(whole: Any, value: object) -> list[Any]:
    """The same with one member or entry changed, for each of them."""
    changed: list[Any] = []
    places = whole.items() if isinstance(whole, dict) else enumerate(whole) if isinstance(whole, list) else ()
    for place, held in places:
        for inner in [value, *_each_changed(held, value)]:
            copied = dict(whole) if isinstance(whole, dict) else list(whole)
            copied[place] = inner
            changed.append(copied)
    return changed


@given(st.data())
def test_whatever_becomes_of_the_bytes_only_contents_or_a_refusal_comes_out(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([made.summaries(made.summary()), made.gear(), made.nights(), made.weights()])
    )
    at = data.draw(st.integers(0, len(whole)))
    to = data.draw(st.integers(at, min(len(whole), at + 9)))
    changed = whole[:at] + data.draw(st.binary(max_size=9)) + whole[to:]
    name = data.draw(st.sampled_from([NAME, "x_gear.json", "sleepData.json", "1_userBioMetrics.json", "x"]))
    with suppress(BadFile):
        assert isinstance(reader.read(changed, name, ZONE), Contents)


def test_a_web_page_or_another_json_is_refused() -> None:
    for data in (b"<html>sign in</html>", b'{"error": "rate limit"}', b"[]"):
        with pytest.raises(BadFile):
            read(data, "run.json", ZONE)
    assert not reader.knows(b"<html>sign in</html>", NAME)


def test_the_recordings_of_the_made_up_export_are_those_of_its_table() -> None:
    row, recorded = only(), read(made.activity_fit(), "x_500001.fit", UTC).activities[0]
    assert (row.start, row.distance_m, row.moving_s) == (
        recorded.start,
        recorded.distance_m,
        recorded.moving_s,
    )
    assert read(made.monitoring_fit(), "x_500003.fit", UTC).activities == ()
    assert re.search("UploadedFiles", " ".join(made.archive()))
    assert row.start > datetime(2026, 1, 1, tzinfo=UTC)
