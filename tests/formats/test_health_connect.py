"""What becomes of a backup of Health Connect."""

from __future__ import annotations

import sqlite3
from datetime import date
from io import BytesIO
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.app.demo.exports.health_connect import (
    DAY,
    PHONE,
    START,
    UUID,
    WATCH,
    archive,
    database,
    day,
    insert,
    run,
    series,
)
from backstride.formats.archive.unpack import members
from backstride.formats.contents import Contents
from backstride.formats.health_connect import database as tables
from backstride.formats.health_connect.reader import read
from backstride.formats.readers import read as read_any
from backstride.model.activity import Activity
from backstride.model.errors import BadFile
from backstride.model.history import DayRecord

ZONE = ZoneInfo("Asia/Tokyo")
NAME = "health_connect_export.db"


def only(data: bytes) -> Activity:
    (activity,) = read(data, NAME, ZONE).activities
    return activity


def test_a_session_is_a_run_with_the_samples_of_its_time() -> None:
    activity = only(database(run()))
    names = ("heart_rate_bpm", "speed_mps", "cadence_spm", "altitude_m")
    medians = {name: float(np.nanmedian(activity.stream[name])) for name in names}
    assert medians == {"heart_rate_bpm": 150.0, "speed_mps": 3.0, "cadence_spm": 168.0, "altitude_m": 40.0}
    assert (activity.sport, activity.distance_m, activity.elapsed_s) == ("run", 1800.0, 600.0)
    assert activity.start.isoformat() == "2024-05-01T07:30:00+01:00"
    assert (activity.zone_from, activity.start.tzinfo) == ("file", ZoneInfo("Europe/Lisbon"))
    assert activity.service_id == f"health_connect:{UUID.hex()}"


@pytest.mark.parametrize(
    ("number", "sport", "surface"),
    [(33, "run", None), (34, "run", "treadmill"), (53, "walk", None), (4, "ride", None), (56, "other", None)],
)
def test_the_number_of_a_sport_is_the_platforms_not_that_of_apps(
    number: int, sport: str, surface: str | None
) -> None:
    """56 is running for apps, and a wheelchair in the database."""
    activity = only(database(run(exercise_type=number)))
    assert (activity.sport, activity.surface) == (sport, surface)


def test_what_two_apps_wrote_of_one_run_is_never_added_up() -> None:
    def twice(connection: sqlite3.Connection) -> None:
        run(app=PHONE)(connection)
        connection.execute(f"DELETE FROM exercise_session_record_table WHERE app_info_id = {PHONE}")

    found = read(database(twice, run()), NAME, ZONE)
    assert found.activities[0].distance_m == 1800.0
    assert [each.steps for each in found.days] == [1680.0]


def test_without_samples_of_its_own_app_a_session_has_those_of_another() -> None:
    def other(connection: sqlite3.Connection) -> None:
        names = ("heart_rate_record_table", "heart_rate_record_series_table", "beats_per_minute")
        connection.execute("DELETE FROM heart_rate_record_series_table")
        series(connection, *names, 140, 5, 600, PHONE)

    assert float(np.nanmedian(only(database(run(), other)).stream["heart_rate_bpm"])) == 140.0


def test_effort_is_kept_and_the_smallest_float_is_none() -> None:
    efforts = [
        only(database(run(session_rate_of_perceived_exertion=each))).rpe for each in (7.0, 1.4e-45, None)
    ]
    assert efforts == [7.0, None, None]


def test_a_session_without_a_time_is_skipped_and_said() -> None:
    found = read(database(run(), run(start_time=None), run(start_time=10**15)), NAME, ZONE)
    assert (len(found.activities), [each.row for each in found.skipped]) == (1, [2, 3])


def test_a_day_has_sleep_pulse_variability_and_mass() -> None:
    expected = DayRecord(
        date(2024, 5, 1),
        "health_connect",
        sleep_s=27_800,
        resting_heart_rate_bpm=52,
        hrv_rmssd_ms=50,
        mass_kg=70.5,
    )
    assert read(database(day), NAME, ZONE).days == (expected,)


def test_columns_and_tables_that_are_not_there_do_no_harm() -> None:
    data = database(run(), without=("weight_record_table", "sleep_stages_table", "application_info_table"))
    assert only(data).distance_m == 1800.0


def test_the_zip_of_a_backup_gives_its_run() -> None:
    (member,) = members(BytesIO(archive()), "Health Connect.zip")
    assert member.data is not None
    found = read_any(member.data, member.name, ZONE)
    assert (found.kind, found.activities[0].start) == ("a Health Connect export", START)


def test_another_database_is_refused_as_before() -> None:
    other = database(without=("exercise_session_record_table",))
    with pytest.raises(BadFile, match="a database; export the activities as FIT"):
        read_any(other, "x.db", ZONE)


def test_cells_of_wrong_kinds_are_not_recorded() -> None:
    def wrong(connection: sqlite3.Connection) -> None:
        for cell in ("text", b"blob", None, -5, 1e308):
            cells = {"beats_per_minute": cell, "epoch_millis": int(START.timestamp() * 1000), "parent_key": 1}
            insert(connection, "heart_rate_record_series_table", **cells)
            insert(connection, "steps_record_table", app_info_id=WATCH, local_date=DAY, count=cell)
            insert(connection, "weight_record_table", local_date=10**12, time=0, weight=70_000)
            insert(connection, "exercise_session_record_table", uuid=cell, start_time=cell, title=b"\xff")

    found = read(database(run(), wrong), NAME, ZONE)
    assert float(np.nanmedian(found.activities[0].stream["heart_rate_bpm"])) == 150.0
    assert len(found.skipped) == 5


def test_a_table_that_is_a_question_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_STEPS", 10_000_000)

    def view(connection: sqlite3.Connection) -> None:
        connection.execute(
            "CREATE VIEW weight_record_table AS "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT i AS local_date, i AS time, i AS weight FROM n WHERE i < 0"
        )

    found = read(database(run(), view, without=("weight_record_table",)), NAME, ZONE)
    assert found.activities
    assert any("could not be read to their end" in warning for warning in found.warnings)


SOUND = database(run(60), day)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_a_database_that_is_cut_short_is_refused_or_warned_of(share: float) -> None:
    try:
        found = read(SOUND[: int(len(SOUND) * share)], NAME, ZONE)
    except BadFile:
        return
    assert found.warnings


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_whatever_stands_in_it_only_contents_or_a_refusal_come_out(draws: st.DataObject) -> None:
    changed = bytearray(SOUND)
    for _ in range(draws.draw(st.integers(1, 12))):
        at = draws.draw(st.integers(0, len(changed) - 8))
        changed[at : at + 4] = draws.draw(st.binary(min_size=4, max_size=4))
    try:
        assert isinstance(read(bytes(changed), NAME, ZONE), Contents)
    except BadFile:
        return
