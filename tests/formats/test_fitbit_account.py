"""What Fitbit's account export gives, sound and broken."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.app.demo.exports import fitbit as made
from backstride.formats.contents import Contents
from backstride.formats.fitbit import reader
from backstride.formats.readers import read, reader_of
from backstride.model.activity import Activity
from backstride.model.errors import BadFile
from backstride.model.history import DayRecord

ZONE = ZoneInfo("America/New_York")
NAME = "exercise-0.json"
ON = date(2024, 2, 8)


def contents(*rows: object) -> Contents:
    return reader.read(made.to_bytes(list(rows)), NAME, ZONE)


def only(**more: Any) -> Activity:
    found = contents(made.exercise(**more))
    assert len(found.activities) == 1, found
    return found.activities[0]


def test_a_row_is_an_activity_without_a_recording() -> None:
    run = only()
    assert run.distance_m == pytest.approx(2.1 * 1609.344)
    assert (run.moving_s, run.elapsed_s) == (1079.0, 1080.0)
    assert (run.sport, run.service_id, run.title) == ("run", "fitbit:1", "Run")
    assert run.averages == pytest.approx({"heart_rate_bpm": 155, "speed_mps": 7 * 1609.344 / 3600})
    assert run.stream.rows == 0
    assert run.warnings == ()


def test_elevation_is_in_feet_beside_miles_and_in_metres_beside_kilometres() -> None:
    assert only().climb_m == pytest.approx(12.802)
    assert only(distance=3.38, distanceUnit="Kilometer", speed=11.3, elevationGain=12.8).climb_m == 12.8
    assert only(elevationGain=0).climb_m is None


def test_where_a_link_names_the_local_clock_the_time_is_utc() -> None:
    run = only()
    assert run.start == made.UTC_START.replace(tzinfo=UTC)
    assert (run.start.utcoffset(), run.zone_from) == (timedelta(hours=-5), "file")


def test_where_the_link_names_the_same_clock_it_is_the_runners_own() -> None:
    run = only(hours_east=0)
    assert run.start == made.UTC_START.replace(tzinfo=ZONE)
    assert (run.zone_from, run.warnings) == ("profile", ())


def test_what_other_rows_show_of_the_clock_counts_for_a_row_without_links_and_is_told() -> None:
    bare = made.exercise(2, made.UTC_START + timedelta(days=1), hours_east=None)
    in_utc = contents(made.exercise(), bare).activities[1]
    assert in_utc.start == (made.UTC_START + timedelta(days=1)).replace(tzinfo=UTC)
    assert "as other rows of the file show" in in_utc.warnings[0]
    local = contents(made.exercise(hours_east=0), bare).activities[1]
    assert local.start == (made.UTC_START + timedelta(days=1)).replace(tzinfo=ZONE)
    assert "as other rows of the file show" in local.warnings[0]


def test_a_time_that_nothing_settles_is_the_runners_own_clock_and_told() -> None:
    run = only(hours_east=None)
    assert run.start == made.UTC_START.replace(tzinfo=ZONE)
    assert "may be hours off" in run.warnings[0]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"distanceUnit": None}, "names no unit"),
        ({"distanceUnit": "Furlong"}, "names no unit"),
        ({"distance": 21.0}, "do not fit one another"),
        ({"duration": 1080, "activeDuration": 1079, "speed": None}, "do not fit one another"),
    ],
)
def test_a_distance_that_cannot_be_trusted_is_left_out_and_told(more: dict[str, Any], words: str) -> None:
    run = only(**more)
    assert run.distance_m is None
    assert any(words in each for each in run.warnings)


@pytest.mark.parametrize(
    ("name", "named"),
    [("Run", ("run", None)), ("Treadmill", ("run", "treadmill")), ("Walk", ("walk", None)),
     ("Outdoor Bike", ("ride", None)), ("Swim", ("swim", None)), ("Sport", ("other", None))],
)  # fmt: skip
def test_the_sport_is_what_the_activity_is_called(name: str, named: tuple[str, str | None]) -> None:
    run = only(name=name)
    assert named == (run.sport, run.surface)


def test_every_row_is_an_activity_or_told_why_not() -> None:
    found = contents(
        made.exercise(1), made.exercise(1), made.exercise(2, startTime="soon", originalStartTime=1), 5
    )
    assert [each.service_id for each in found.activities] == ["fitbit:1"]
    assert [each.row for each in found.skipped] == [2, 3, 4]


def test_a_nap_is_told_and_the_night_counts() -> None:
    rows = [made.night(), made.night(minutes=25, log_id=2, main=False), made.night("2024-02-09", minutes=0)]
    found = reader.read(made.to_bytes(rows), "sleep-2024-02-08.json", ZONE)
    assert found.days == (DayRecord(ON, "fitbit", sleep_s=431 * 60),)
    assert [each.row for each in found.skipped] == [2, 3]


def test_of_a_day_without_a_resting_heart_rate_there_is_none() -> None:
    path = f"{made.DATA}resting_heart_rate-2024-02-08.json"
    found = read(made.archive()[path], path, ZONE)
    assert found.days == (DayRecord(ON, "fitbit", resting_heart_rate_bpm=56.4),)
    assert [each.why for each in found.skipped] == ["nothing was measured on that day"]


@pytest.mark.parametrize(
    ("weight", "bmi", "mass_kg"),
    [(154.3, 22.9, 69.99), (70.0, 22.9, 70.0), (154.3, None, 69.99), (154.3, 2.0, None), (0, 22.9, None)],
)
def test_a_weight_is_in_the_unit_its_body_mass_index_goes_with(
    weight: float, bmi: float | None, mass_kg: float | None
) -> None:
    row = {"logId": 1, "weight": weight, "bmi": bmi, "date": "02/08/24", "time": "07:59:59"}
    found = reader.read(made.to_bytes([row]), "weight-2024-02-08.json", ZONE)
    told = [each.mass_kg for each in found.days]
    assert told == ([] if mass_kg is None else [pytest.approx(mass_kg, abs=0.01)])
    assert len(found.days) + len(found.skipped) == 1


def test_a_row_of_the_newer_table_has_its_units_and_its_offset_in_the_file() -> None:
    found = read(b"\xef\xbb\xbf" + made.table(made.table_row()), "UserExercises_2026-10-01.csv", ZONE)
    (run,) = found.activities
    assert run.start == datetime(2026, 10, 4, 12, 54, 29, tzinfo=UTC)
    assert (run.start.utcoffset(), run.zone_from) == (timedelta(hours=2), "file")
    assert (run.distance_m, run.elapsed_s, run.climb_m, run.moving_s) == (9120.0, 3000.0, 64.0, None)
    assert run.averages == {"heart_rate_bpm": 151, "speed_mps": 3.04}
    assert run.service_id == "fitbit:1000000000000000001"


def test_every_row_of_the_newer_table_is_an_activity_or_told_why_not() -> None:
    rows = [
        made.table_row("1"),
        made.table_row("1"),
        made.table_row("2", start="x"),
        made.table_row("3", deletion_reason="USER"),
        "4,2026-10-04T12:54:29Z",
        made.table_row("5", start="2026-10-01 06:00:00+0000", tracker_total_distance_mm="", utc_offset=""),
    ]
    found = read(made.table(*rows), "UserExercises_2026-10-01.csv", ZONE)
    assert [each.service_id for each in found.activities] == ["fitbit:5", "fitbit:1"]
    assert [each.row for each in found.skipped] == [2, 3, 4, 5]
    assert (found.activities[0].distance_m, found.activities[0].zone_from) == (None, "profile")


def test_a_cell_without_an_end_keeps_the_rows_before_it() -> None:
    long = made.table_row("2", events='"' + "x" * 200_000)
    found = read(made.table(made.table_row("1"), long, made.table_row("3")), "UserExercises_1.csv", ZONE)
    assert [each.service_id for each in found.activities] == ["fitbit:1"]
    assert "the rest is lost" in found.warnings[0]


def test_every_file_of_the_export_is_known_and_none_is_unreadable() -> None:
    given = {"activities": 0, "days": 0, "set aside": 0}
    for path, data in made.archive().items():
        assert reader_of(data, path.rpartition("/")[2]).name == reader.READER, path
        found = read(data, path, ZONE)
        given["activities" if found.activities else "days" if found.days else "set aside"] += 1
    assert given == {"activities": 3, "days": 3, "set aside": 7}


HOSTILE = [None, True, [], {}, "", "NaN", "\ud800", -1, 1e308, 10**400, float("nan"), "x" * 50_000, [[]]]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20])
def test_no_value_of_any_kind_in_any_field_breaks_a_table(value: object) -> None:
    for field in made.exercise():
        found = contents(made.exercise(1) | {field: value}, made.exercise(5))
        assert "fitbit:5" in {each.service_id for each in found.activities}
        assert len(found.activities) + len(found.skipped) == 2
        repr(found).encode()
    for field in made.night():
        reader.read(made.to_bytes([made.night() | {field: value}]), "sleep-2024-02-08.json", ZONE)
    for row in ({"dateTime": value, "value": {"date": value, "value": 5}}, {"value": value}, value):
        reader.read(made.to_bytes([row]), "resting_heart_rate-2024-02-08.json", ZONE)
    for row in ({"date": value, "weight": 1}, {"date": "02/08/24", "weight": value, "bmi": value}, value):
        reader.read(made.to_bytes([row]), "weight-2024-02-08.json", ZONE)


WHOLE = made.to_bytes([made.exercise(), made.exercise(2)])
TABLE = made.table(made.table_row("1"), made.table_row("2"))


@given(st.data())
def test_whatever_becomes_of_the_bytes_only_contents_or_a_refusal_comes_out(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([WHOLE, TABLE]))
    at = data.draw(st.integers(0, len(whole)))
    to = data.draw(st.integers(at, min(len(whole), at + 9)))
    changed = whole[:at] + data.draw(st.binary(max_size=9)) + whole[to:]
    name = data.draw(st.sampled_from([NAME, "sleep-2024-02-08.json", "weight-2024-02-08.json", "x"]))
    with suppress(BadFile):
        assert isinstance(reader.read(changed, name, ZONE), Contents)
