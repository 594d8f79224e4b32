"""What Polar Flow's account export gives, of both generations, sound and broken."""

from __future__ import annotations

import json
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.app.demo.exports import polar as made
from backstride.formats.contents import Contents
from backstride.formats.polar import reader
from backstride.formats.readers import read, reader_of
from backstride.model.activity import Activity
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadFile
from backstride.model.history import DayRecord

ZONE = ZoneInfo("Europe/Lisbon")
BERLIN = ZoneInfo("Europe/Berlin")
NAME = f"training-session_2026-04-06T07-30-00_7766215556-{made.UUID}.json"


def only(session: object, name: str = NAME) -> Activity:
    found = reader.read(made.to_bytes(session), name, ZONE)
    assert len(found.activities) == 1, found
    return found.activities[0]


@pytest.mark.parametrize("session", [made.newer_session(), made.older_session()], ids=["newer", "older"])
def test_a_session_is_a_run_with_every_second(session: made.Json) -> None:
    run = only(session)
    assert run.start == made.START.replace(tzinfo=BERLIN)
    assert (run.sport, run.zone_from) == ("run", "file")
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (1800.0, 600.0, 600.0)
    assert run.stream["time_s"].tolist() == list(range(601))
    assert np.nanmedian(run.stream["speed_mps"]) == pytest.approx(3)
    assert run.stream["distance_m"][-1] == 1800
    assert np.nanmin(run.stream["heart_rate_bpm"]) == 140
    assert run.averages["heart_rate_bpm"] in (148, 149)
    assert run.warnings == ()


def test_bare_nan_is_not_recorded() -> None:
    assert b"NaN" in made.to_bytes(made.newer_session())
    stream = only(made.newer_session()).stream
    assert np.isnan(stream["heart_rate_bpm"]).tolist() == [True] * 3 + [False] * 598


def test_the_way_counts_from_its_own_start() -> None:
    """The route begins 20 s after the exercise: its first point belongs to the twentieth second."""
    stream = only(made.newer_session(route_after_ms=20_000)).stream
    placed = np.flatnonzero(~np.isnan(stream["latitude_deg"]))
    assert placed[0] == 20
    north_m = (stream["latitude_deg"][placed] - 52.5) * made.METRES_PER_DEGREE
    np.testing.assert_allclose(north_m, 3.0 * placed, atol=0.1)


def test_a_way_without_samples_is_a_run_of_its_own_moments() -> None:
    session = made.newer_session()
    session["exercises"][0]["samples"] = {}
    run = only(session)
    assert run.stream.rows == 598
    assert (run.stream["altitude_m"] == 34).all()
    assert np.nanmedian(run.stream["speed_mps"]) == pytest.approx(3, abs=0.01)


def test_points_of_the_way_with_no_sample_near_keep_their_own_moment() -> None:
    session = made.newer_session()
    for channel in session["exercises"][0]["samples"]["samples"]:
        channel["values"] = channel["values"][:100]
    stream = only(session).stream
    assert stream["time_s"][-1] > 590
    assert np.isnan(stream["heart_rate_bpm"][100:]).all()
    assert not np.isnan(stream["latitude_deg"][100:]).any()


def test_the_way_is_put_to_the_samples_moments_and_makes_no_rows_of_its_own() -> None:
    assert only(made.newer_session()).stream.rows == 601


def test_a_session_that_names_no_offset_is_in_the_runners_zone_and_told() -> None:
    session = made.newer_session()
    del session["timezoneOffsetMinutes"], session["exercises"][0]["timezoneOffsetMinutes"]
    session["exercises"][0]["routes"] = {}
    run = only(session)
    assert run.start == made.START.replace(tzinfo=ZONE)
    assert run.zone_from == "profile"
    assert any("no zone" in each for each in run.warnings)


def test_a_run_indoors_has_no_distance_and_no_place() -> None:
    run = only(made.newer_session(sport="17", indoor=True))
    assert (run.sport, run.surface, run.distance_m, run.moving_s) == ("run", "treadmill", None, 600.0)
    assert run.stream.keys().isdisjoint({"latitude_deg", "distance_m", "speed_mps"})
    assert "heart_rate_bpm" in run.stream


def test_cadence_of_one_foot_is_doubled() -> None:
    assert set(only(made.newer_session()).stream["cadence_spm"]) == {168.0}


def test_zeros_before_the_barometer_is_ready_are_no_climb() -> None:
    heights = [0.0] * 5 + [183.0 + 5 * np.sin(second / 60) for second in range(596)]
    run = only(made.newer_session(altitude=heights))
    assert np.isnan(run.stream["altitude_m"][:5]).all()
    assert run.stream["altitude_m"][5] == 183
    assert run.climb_m is not None
    assert run.climb_m < 40
    assert "repair_altitude_at_zero" in run.repairs


def test_heights_that_count_from_the_start_are_dropped_and_their_climb_kept() -> None:
    heights = [second / 20 for second in range(601)]
    run = only(made.newer_session(altitude=heights))
    assert "altitude_m" not in run.stream
    assert run.climb_m == pytest.approx(30)
    assert any("counts from 0" in each for each in run.warnings)


def test_a_climb_that_nobody_ran_is_not_kept() -> None:
    heights = [min(9.0, second) + second * 10.0 for second in range(601)]
    run = only(made.newer_session(altitude=[0.0, 1.0, *heights[2:]]))
    assert ("altitude_m" in run.stream, run.climb_m) == (False, None)


def test_the_climb_that_polar_states_counts() -> None:
    run = only(made.older_session())
    assert (run.climb_m, run.descent_m) == (12.0, 9.0)
    assert "climb_from_altitude" not in run.repairs


def test_a_pause_is_a_gap_whether_or_not_the_samples_count_it() -> None:
    run = only(made.newer_session(pause=(200, 260)))
    times = run.stream["time_s"]
    assert (run.moving_s, run.elapsed_s) == (600.0, 660.0)
    assert np.diff(times).max() >= 59
    assert times[-1] == 660
    assert "repair_paused_samples" in run.repairs
    placed = ~np.isnan(run.stream["latitude_deg"])
    north_m = (run.stream["latitude_deg"][placed] - 52.5) * made.METRES_PER_DEGREE
    np.testing.assert_allclose(north_m, run.stream["distance_m"][placed], atol=0.1)
    counted = made.newer_session(seconds=660)
    counted["exercises"][0]["pauseTimes"] = made.newer_session(pause=(200, 260))["exercises"][0]["pauseTimes"]
    wall = only(counted)
    assert wall.stream["time_s"][-1] == 660
    assert np.diff(wall.stream["time_s"]).max() == 60
    assert wall.moving_s == 600
    assert "repair_paused_samples" not in wall.repairs


def test_laps_begin_where_the_one_before_ended() -> None:
    assert [(lap.start_s, lap.moving_s, lap.distance_m) for lap in only(made.newer_session()).laps] == [
        (0.0, 300.0, 900.0),
        (300.0, 300.0, 900.0),
    ]


@pytest.mark.parametrize(
    ("sport", "named"),
    [
        ("1", ("run", None)), ("17", ("run", "treadmill")), ("11", ("walk", None)), ("27", ("run", "trail")),
        ("2", ("ride", None)), ("23", ("swim", None)), ("15", ("strength", None)), ("13", ("other", None)),
        ("4", ("run", None)), ("19", ("run", "road")), ("36", ("run", "track")),
    ],
)  # fmt: skip
def test_a_sports_number_is_its_sport(sport: str, named: tuple[str, str | None]) -> None:
    run = only(made.newer_session(sport=sport))
    assert named == (run.sport, run.surface)
    assert run.warnings == ()


def test_a_sport_that_is_not_known_is_told_and_not_guessed() -> None:
    run = only(made.newer_session(sport="4242"))
    assert run.sport == "other"
    assert "number 4242" in run.warnings[0]


@pytest.mark.parametrize(
    ("word", "sport"), [("TREADMILL_RUNNING", "run"), ("HIKING", "walk"), ("YOGA", "other")]
)
def test_the_older_export_names_sports_in_words(word: str, sport: str) -> None:
    assert only(made.older_session(sport=word)).sport == sport


def test_a_session_of_several_exercises_is_several_activities() -> None:
    session = made.newer_session()
    second = json.loads(made.to_bytes(made.newer_session(sport="2")["exercises"][0]))
    for name in ("startTime", "stopTime"):
        second[name] = second[name].replace("T07:", "T09:")
    session["exercises"].append(second)
    found = reader.read(made.to_bytes(session), NAME, ZONE)
    assert [each.sport for each in found.activities] == ["run", "ride"]
    assert [each.service_id for each in found.activities] == ["polar:7766215556-1", "polar:7766215556-2"]
    assert len({each.id for each in found.activities}) == 2


def test_a_session_without_exercises_is_kept_as_its_totals() -> None:
    run = only(made.newer_session() | {"exercises": [], "distanceMeters": 5000})
    assert (run.distance_m, run.moving_s, run.stream.rows) == (5000, 600.0, 0)
    assert run.averages["heart_rate_bpm"] == 148


def test_id_note_and_device_are_kept() -> None:
    run = only(made.newer_session())
    assert (run.service_id, run.note) == ("polar:7766215556", "made-up: easy, legs heavy")
    assert run.device is not None
    assert (run.device.maker, run.device.product) == ("Polar", "Polar Vantage M")
    old = only(made.older_session(), f"training-session-2019-01-18-3142858899-{made.UUID}.json")
    assert (old.service_id, old.title) == ("polar:3142858899", "Running")


def test_every_file_of_the_export_is_known_and_none_is_unreadable() -> None:
    given = {"run": 0, "day": 0, "set aside": 0}
    for path, data in made.archive().items():
        assert reader_of(data, path).name == reader.READER, path
        found = read(data, path, ZONE)
        given["run" if found.activities else "day" if found.days else "set aside"] += 1
    assert given == {"run": 3, "day": 2, "set aside": 10}


def test_nights_are_days_and_what_was_not_measured_is_no_zero() -> None:
    sleep = [
        {"night": "2026-04-06", "evaluation": {"asleepDuration": "PT7H30M"}},
        {"night": "2026-04-07", "evaluation": {"asleepDuration": "PT0S"}},
        {"evaluation": {"asleepDuration": "PT7H"}},
    ]
    found = reader.read(made.to_bytes(sleep), "sleep_result_42.json", ZONE)
    assert found.days == (DayRecord(date(2026, 4, 6), "polar", sleep_s=27_000),)
    assert [each.row for each in found.skipped] == [2, 3]
    recovery = [{"night": "2026-04-06", "meanNightlyRecoveryRmssd": 42}, {"night": "2026-04-07"}]
    found = reader.read(made.to_bytes(recovery), "nightly_recovery_42.json", ZONE)
    assert found.days == (DayRecord(date(2026, 4, 6), "polar", hrv_rmssd_ms=42),)
    assert [each.row for each in found.skipped] == [2]


@pytest.mark.parametrize("session", [made.newer_session(), made.older_session()], ids=["newer", "older"])
def test_a_session_cut_short_keeps_what_came_before(session: made.Json) -> None:
    data = made.to_bytes(session)
    run = reader.read(data[: len(data) * 2 // 3], NAME, ZONE).activities[0]
    assert run.stream.rows > 20
    assert any("the rest is lost" in each for each in run.warnings)


HOSTILE = [
    None,
    True,
    [],
    {},
    "",
    "NaN",
    "\ud800",
    -1,
    0,
    1e308,
    10**400,
    float("nan"),
    "x" * 20_000,
    [[]],
    [None],
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20])
def test_no_value_of_any_kind_in_any_place_breaks_a_session(value: object) -> None:
    for session in (made.newer_session(20, altitude=[5.0] * 21, pause=(5, 9)), made.older_session(20)):
        for changed in _each_changed(session, value):
            try:
                found = reader.read(made.to_bytes(changed), NAME, ZONE)
            except BadFile:
                continue
            for activity in found.activities:
                _assert_lawful(activity)


def _each_changed(whole: Any, value: object) -> list[Any]:
    """The same with one member or entry changed, for each member and the first two entries of each list."""
    changed: list[Any] = []
    places: Any = whole.items() if isinstance(whole, dict) else ()
    if isinstance(whole, list):
        places = list(enumerate(whole))[:2]
    for place, held in places:
        for inner in [value, *_each_changed(held, value)]:
            copied = dict(whole) if isinstance(whole, dict) else list(whole)
            copied[place] = inner
            changed.append(copied)
    return changed


def _assert_lawful(activity: Activity) -> None:
    repr(activity).encode()
    assert activity.start.tzinfo is not None
    for name, column in activity.stream.items():
        assert column.size == activity.stream.rows
        assert not ((column < CHANNELS[name].low) | (column > CHANNELS[name].high)).any(), name
    if activity.stream.rows:
        assert (np.diff(activity.stream["time_s"]) > 0).all()


SMALL = made.to_bytes(made.newer_session(10, altitude=[5.0] * 11, pause=(3, 6)))


@given(st.data())
def test_whatever_becomes_of_the_bytes_only_contents_or_a_refusal_comes_out(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SMALL)))
    to = data.draw(st.integers(at, min(len(SMALL), at + 9)))
    changed = SMALL[:at] + data.draw(st.binary(max_size=9)) + SMALL[to:]
    name = data.draw(st.sampled_from([NAME, "sleep_result_4.json", "nightly_recovery_4.json", "x"]))
    try:
        found = reader.read(changed, name, ZONE)
    except BadFile:
        pass
    else:
        assert isinstance(found, Contents)
        for activity in found.activities:
            _assert_lawful(activity)


def test_a_run_over_the_change_of_the_clock_keeps_its_offset() -> None:
    run = only(made.newer_session(timezoneOffsetMinutes=60) | {})
    assert run.start.utcoffset() == timedelta(hours=2)  # the exercise's own counts before the session's
    assert run.start.astimezone(UTC).hour == 5
