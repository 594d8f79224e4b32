"""What the GPX reader makes of files, sound and broken."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.formats import xml_text
from tests.formats.xml_text import START, Point, assert_lawful, straight_run, track

from backstride.formats.xml import gpx
from backstride.formats.xml.gpx_log import GpxLog
from backstride.model.activity import Activity
from backstride.model.errors import BadFile

BERLIN = ZoneInfo("Europe/Berlin")
RUN = xml_text.gpx(track(straight_run(60, heart_rate=150, one_foot=85, altitude=40.0), name="Evening"))


def only(data: bytes) -> Activity:
    contents = gpx.read(data, "run.gpx", UTC)
    assert len(contents.activities) == 1, contents
    return contents.activities[0]


def test_a_run_has_its_start_in_the_zone_of_the_place() -> None:
    run = only(RUN)
    assert (START.astimezone(BERLIN), "place", "run") == (run.start, run.zone_from, run.sport)
    assert timedelta(hours=2) == run.start.utcoffset()
    assert (run.title, run.device and run.device.software) == ("Evening", "made up")


def test_distance_and_speed_come_from_the_positions() -> None:
    run = only(RUN)
    assert run.distance_m == pytest.approx(180, abs=0.01)
    np.testing.assert_allclose(run.stream["distance_m"], np.arange(61) * 3.0, atol=0.01)
    np.testing.assert_allclose(run.stream["speed_mps"], 3.0, atol=0.01)
    assert (run.moving_s, run.elapsed_s) == (60.0, 60.0)


def test_cadence_of_one_foot_is_doubled() -> None:
    assert only(RUN).stream["cadence_spm"].tolist() == [170.0] * 61


def test_cadence_that_counts_both_feet_already_is_left_as_it_is() -> None:
    run = only(xml_text.gpx(track(straight_run(20, one_foot=171))))
    assert run.stream["cadence_spm"].tolist() == [171.0] * 21
    assert "repair_cadence_of_both_feet" in run.repairs


def test_a_walk_of_110_steps_a_minute_is_told_from_55_of_one_foot() -> None:
    for written in (55, 110):
        walk = only(xml_text.gpx(track(straight_run(20, 1.4, one_foot=written), kind="walking")))
        assert walk.stream["cadence_spm"].tolist() == [110.0] * 21


def test_a_swimmers_strokes_are_no_steps() -> None:
    swim = only(xml_text.gpx(track(straight_run(20, 1.0, one_foot=30), kind="16")))
    assert swim.sport == "swim"
    assert "cadence_spm" not in swim.stream


def test_channels_that_are_not_recorded_are_not_there() -> None:
    assert set(only(RUN).stream) == {
        *("time_s", "latitude_deg", "longitude_deg", "altitude_m", "heart_rate_bpm", "cadence_spm"),
        *("distance_m", "speed_mps"),
    }


def test_a_value_left_out_of_a_point_is_nan_and_not_filled() -> None:
    points = [
        Point(0, 52.5, 13.4, heart_rate=120),
        Point(1, 52.50002, 13.4),
        Point(2, 52.50004, 13.4, heart_rate=124),
    ]
    heart = only(xml_text.gpx(track(points))).stream["heart_rate_bpm"]
    np.testing.assert_array_equal([120, np.nan, 124], heart)


def test_a_real_zero_stays_and_a_heart_rate_of_zero_is_not_recorded() -> None:
    run = only(xml_text.gpx(track(straight_run(9, altitude=0.0, watts=0, one_foot=0, heart_rate=0))))
    assert (
        {0.0} == set(run.stream["altitude_m"]) == set(run.stream["power_w"]) == set(run.stream["cadence_spm"])
    )
    assert "heart_rate_bpm" not in run.stream
    assert any("heart_rate_bpm" in warning for warning in run.warnings)


def test_longitude_zero_is_a_place_and_zero_zero_is_none() -> None:
    greenwich = [Point(at, 51.5 + at * 2e-5, 0.0) for at in range(5)]
    run = only(xml_text.gpx(track([*greenwich, Point(5, 0.0, 0.0)])))
    np.testing.assert_array_equal([0, 0, 0, 0, 0, np.nan], run.stream["longitude_deg"])
    assert (ZoneInfo("Europe/London"), "place") == (run.start.tzinfo, run.zone_from)
    assert run.distance_m == pytest.approx(8.9, abs=0.05)


def test_points_without_a_position_are_kept() -> None:
    indoor = only(xml_text.gpx(track([Point(at, heart_rate=130, one_foot=80) for at in range(30)])))
    assert (indoor.stream.rows, indoor.distance_m, indoor.zone_from) == (30, None, "profile")
    assert indoor.stream["cadence_spm"].tolist() == [160.0] * 30


def test_a_stop_of_five_minutes_is_not_counted_as_moving() -> None:
    after = [Point(360 + at, 52.5 + (60 + at) * 3 / xml_text.METRES_PER_DEGREE, 13.4) for at in range(61)]
    for data in (
        xml_text.gpx(track(straight_run(60), after)),
        xml_text.gpx(track([*straight_run(60), *after])),
    ):
        run = only(data)
        assert (run.moving_s, run.elapsed_s) == (120.0, 420.0)
        assert run.distance_m == pytest.approx(360, abs=0.1)
        assert np.nanmin(run.stream["speed_mps"]) > 2.9


def test_a_tunnel_is_run_through_and_counts_as_moving() -> None:
    through = [p for p in straight_run(400) if not 100 < (p.at_s or 0) < 200]
    run = only(xml_text.gpx(track(through)))
    assert run.moving_s == 400.0
    assert run.distance_m == pytest.approx(1200, abs=0.1)


def test_a_jump_of_the_receiver_adds_no_distance() -> None:
    away = [replace(point, latitude=(point.latitude or 0) + 1) for point in straight_run(60)]
    run = only(xml_text.gpx(track([*straight_run(60)[:30], *away[30:]])))
    assert run.distance_m == pytest.approx(177, abs=0.1)
    assert "repair_jumps" in run.repairs


def test_a_jump_and_back_is_not_where_the_runner_was() -> None:
    points = straight_run(60)
    points[30] = Point(30, 53.5, 13.4)
    run = only(xml_text.gpx(track(points)))
    assert run.distance_m == pytest.approx(180, abs=0.1)
    assert np.flatnonzero(np.isnan(run.stream["latitude_deg"])).tolist() == [30]
    assert "repair_position_spikes" in run.repairs


def test_points_out_of_order_are_sorted_and_doubles_merged() -> None:
    points = straight_run(20)
    double = Point(7, heart_rate=141)
    run = only(xml_text.gpx(track([*points[10:], *points[:10], double])))
    assert run.stream["time_s"].tolist() == list(range(21))
    assert run.stream["heart_rate_bpm"][7] == 141
    assert not np.isnan(run.stream["latitude_deg"]).any()
    assert "repair_point_order" in run.repairs


def test_a_first_point_of_years_ago_does_not_move_the_start() -> None:
    run = only(xml_text.gpx(track([Point(-400 * 86_400.0, 52.5, 13.4), *straight_run(200)])))
    assert run.start == START
    assert "repair_dates" in run.repairs


def test_a_recorder_whose_clock_was_never_set_gives_no_day() -> None:
    contents = gpx.read(xml_text.gpx(track(straight_run(20))).replace(b"2024-", b"1970-"), "run.gpx", UTC)
    assert (contents.activities, contents.kind) == ((), "a track whose clock was never set")


def test_tracks_of_two_sports_are_two_activities_and_laps_of_one_are_one() -> None:
    first, second = straight_run(60), [Point(70 + at, 52.6, 13.4 + at * 5e-5) for at in range(60)]
    two = gpx.read(xml_text.gpx(track(first), track(second, kind="cycling")), "run.gpx", UTC).activities
    assert [(each.sport, each.origin.index) for each in two] == [("run", 0), ("ride", 1)]
    assert len({each.id for each in two}) == 2
    one = only(xml_text.gpx(track(second), track(first)))
    assert (one.stream.rows, one.start) == (121, START)


def test_a_route_holds_no_activity() -> None:
    untimed = [Point(None, p.latitude, p.longitude) for p in straight_run(20)]
    assert gpx.read(xml_text.gpx(track(untimed)), "x", UTC).kind == "a route without times"
    assert (
        gpx.read(xml_text.gpx('<rte><rtept lat="1" lon="2"/></rte>'), "x", UTC).kind
        == "a route without times"
    )
    assert gpx.read(xml_text.gpx('<wpt lat="1" lon="2"/>'), "x", UTC).kind == "a list of places"
    assert gpx.read(xml_text.gpx(), "x", UTC).kind == "a GPX file without any point"
    assert gpx.read(xml_text.gpx(track([Point(0, 52.5, 13.4)])), "x", UTC).kind == "a track of a single point"


def test_a_planned_route_whose_times_nobody_can_run_is_no_activity() -> None:
    planned = [Point(at / 100, 52.5 + at * 3e-4, 13.4) for at in range(50)]
    assert gpx.read(xml_text.gpx(track(planned)), "x", UTC).kind == "a route with made-up times"


@pytest.mark.parametrize(
    ("kind", "name", "sport"),
    [
        ("running", None, "run"),
        ("9", None, "run"),
        ("Run", None, "run"),
        ("RUNNING", None, "run"),
        ("trail_running", None, "run"),
        ("road_biking", "Morning Run", "ride"),
        (None, "Running 5/1/12 8:00 am", "run"),
        (None, "Ride to the run", "other"),
        (None, "Hello", "other"),
    ],
)
def test_the_sport_is_read_in_common_dialects(kind: str | None, name: str | None, sport: str) -> None:
    run = only(xml_text.gpx(track(straight_run(20), kind=kind, name=name)))
    assert sport == run.sport
    assert (kind is None) == any("sport" in warning for warning in run.warnings)


def test_a_sport_in_an_unknown_word_is_not_guessed() -> None:
    run = only(xml_text.gpx(track(straight_run(20), kind="quidditch")))
    assert (run.sport, "not known here" in run.warnings[0]) == ("other", True)


def test_a_trail_run_is_on_trail() -> None:
    assert only(xml_text.gpx(track(straight_run(20), kind="trail_running"))).surface == "trail"


def test_an_offset_in_the_times_counts_before_the_place() -> None:
    run = only(RUN.replace(b"06:3", b"08:3").replace(b"00Z", b"00+02:00"))
    assert (run.start, run.zone_from, run.start.tzinfo) == (START, "file", BERLIN)
    abroad = only(RUN.replace(b"06:3", b"15:3").replace(b"00Z", b"00+09:00"))
    assert (START, timedelta(hours=9)) == (abroad.start, abroad.start.utcoffset())


def test_times_without_a_zone_are_utc_and_the_runner_is_told() -> None:
    run = only(RUN.replace(b"00Z<", b"00<"))
    assert run.start == START
    assert any("no zone" in warning for warning in run.warnings)


def test_given_distances_count_unless_the_positions_belie_them() -> None:
    sound = [Point(p.at_s, p.latitude, p.longitude, distance=3.1 * (p.at_s or 0)) for p in straight_run(60)]
    assert only(xml_text.gpx(track(sound))).distance_m == pytest.approx(186)
    single_steps = [Point(p.at_s, p.latitude, p.longitude, distance=3) for p in straight_run(60)]
    run = only(xml_text.gpx(track(single_steps)))
    assert run.distance_m == pytest.approx(180, abs=0.1)
    assert "repair_distance" in run.repairs


def test_speeds_in_kilometres_an_hour_become_metres_a_second() -> None:
    fast = [Point(p.at_s, p.latitude, p.longitude, speed=10.8) for p in straight_run(60)]
    assert only(xml_text.gpx(track(fast))).stream["speed_mps"] == pytest.approx(3.0)


def test_climb_is_told_and_noise_is_not_climbed() -> None:
    noise = [0.0, 2.0, -1.0, 1.5, 0.0] * 4
    points = [
        Point(at, 52.5 + at * 3e-5, 13.4, altitude=100 + up)
        for at, up in enumerate([*noise, *range(0, 61, 3)])
    ]
    run = only(xml_text.gpx(track(points)))
    assert run.climb_m is not None
    assert run.descent_m is not None
    assert 58 <= run.climb_m <= 62
    assert run.descent_m < 3


UNDECLARED = RUN.replace(b' xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"', b"")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + RUN, id="byte order mark"),
        pytest.param(b"\n  \r\n" + RUN, id="blanks in front"),
        pytest.param(b"HTTP/1.1 200 OK\n\n" + RUN, id="junk in front"),
        pytest.param(b"\xff\xfe" + RUN.decode().encode("utf-16-le"), id="UTF-16"),
        pytest.param(RUN.decode().encode("utf-16-be"), id="UTF-16 without mark"),
        pytest.param(RUN.replace(b"UTF-8", b"UTF-16"), id="wrongly declared UTF-16"),
        pytest.param(RUN.replace(b"Evening", b"Ev\xe9ning"), id="Latin-1 that says UTF-8"),
        pytest.param(
            RUN.replace(b"UTF-8", b"windows-1252").replace(b"Evening", b"Ev\x80"), id="windows-1252"
        ),
        pytest.param(RUN.replace(b"Evening", b"Run & fun"), id="bare ampersand"),
        pytest.param(RUN.replace(b"Evening", b"Fun&nbsp;run"), id="entity of HTML"),
        pytest.param(RUN.replace(b"Evening", b"Eve\x0bning\x00"), id="control characters"),
        pytest.param(UNDECLARED, id="undeclared prefix"),
        pytest.param(RUN.replace(b"<trk", b"<g:trk").replace(b"</trk", b"</g:trk"), id="prefixed tracks"),
        pytest.param(RUN + b"\n\x00\x00junk", id="junk behind"),
        pytest.param(RUN.replace(b"52.5", b"52,5"), id="decimal commas"),
    ],
)
def test_a_file_with_a_blemish_is_read_in_full(data: bytes) -> None:
    run = only(data)
    assert (run.stream.rows, run.start) == (61, START)
    assert set(run.stream) == set(only(RUN).stream)


def test_a_file_that_is_cut_short_keeps_what_was_recorded() -> None:
    run = only(RUN[: len(RUN) // 2])
    assert 25 < run.stream.rows < 35
    (warning,) = run.warnings
    assert warning.startswith("the file is cut short at line ")


def test_damage_in_the_middle_costs_only_the_damaged_points() -> None:
    middle = len(RUN) // 2
    run = only(RUN[:middle] + b"<<\x01\xff<trkpt <" + RUN[middle + 40 :])
    assert 58 <= run.stream.rows < 61
    assert run.elapsed_s == 60
    assert any("damaged at line" in warning for warning in run.warnings)


BOMB = b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><gpx><trk/></gpx>'


@pytest.mark.parametrize(
    ("data", "where", "why"),
    [
        (b"", "line 1", "empty"),
        (b"not xml at all", "line 1", "no XML"),
        (b"<gpx><trk><trkseg><trkpt", "line 1", "before the first point"),
        (b"<html><body>Sign in</body></html>", "line 1", "should be <gpx>"),
        (BOMB, "line 1", "entities"),
        (b"<gpx>\n" + b"<a>" * 5000, "line 2", "deep"),
        (b"<gpx>\n" + b"<trk>" * 5000, "line 2", "deep"),
        (b"<gpx><trk><trkseg><trkpt>\n" + b"<a>" * 800_000, "line 2", "one point is longer than 1 MiB"),
        (b"<gpx><trk name='" + b"x" * (6 << 20), "line 1", "4 MiB"),
    ],
)
def test_a_broken_file_is_refused_with_the_place_and_the_reason(data: bytes, where: str, why: str) -> None:
    with pytest.raises(BadFile) as refused:
        gpx.read(data, "broken.gpx", UTC)
    assert ("broken.gpx", where) == (refused.value.path, refused.value.where)
    assert why in refused.value.why


@settings(deadline=None)
@given(xml_text.points)
def test_what_was_written_is_what_is_read(points: list[Point]) -> None:
    """Each value lands at its own moment; what is missing is NaN."""
    contents = gpx.read(xml_text.gpx(track(points, kind="other")), "law.gpx", UTC)
    if contents.kind == "a route with made-up times":
        return
    run = contents.activities[0]
    stream = run.stream
    ordered = sorted(points, key=lambda point: point.at_s or 0)
    first = ordered[0].at_s or 0
    np.testing.assert_allclose(stream["time_s"], [(point.at_s or 0) - first for point in ordered], atol=1e-3)
    for channel, name, factor in (
        ("latitude_deg", "latitude", 1),
        ("altitude_m", "altitude", 1),
        ("heart_rate_bpm", "heart_rate", 1),
        ("cadence_spm", "one_foot", 2),
        ("power_w", "watts", 1),
        ("temperature_c", "temperature", 1),
    ):
        written = [getattr(point, name) for point in ordered]
        expected = np.array([np.nan if value is None else value * factor for value in written], float)
        if any(value is not None for value in written):
            np.testing.assert_allclose(stream[channel], xml_text.but_for_spikes(run, channel, expected))
        else:
            assert channel not in stream


def test_a_point_inside_a_point_harms_no_other() -> None:
    inner = b"<trkpt lat='1' lon='1'><time>2024-05-01T06:00:00Z</time></trkpt>"
    nested = b"<trkpt lat='52.5' lon='13.4'>" + inner + b"</trkpt>"
    run = only(RUN.replace(b"<trkseg>", b"<trkseg>" + nested))
    assert run.stream.rows >= 61
    assert run.elapsed_s == 1860


@settings(deadline=None)
@given(st.binary(max_size=300))
@example(b"<gpx><trk><trkseg><trkpt lat='x'><time>2024</time></trkpt></trkseg></trk></gpx>")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert_lawful(gpx.read, data)
    assert_lawful(gpx.read, b"<gpx>" + data)


@settings(deadline=None)
@given(st.data())
def test_a_mutated_file_is_read_or_refused(data: st.DataObject) -> None:
    assert_lawful(
        gpx.read, data.draw(xml_text.mutated(xml_text.gpx(track(straight_run(12, heart_rate=150)))))
    )


def test_a_file_that_was_read_leaves_nothing_behind_for_the_collector() -> None:
    """Points that wait for it add up over an archive of thousands of files."""
    only(RUN)
    gc.collect()
    gc.disable()
    try:
        only(RUN)
        assert not [each for each in gc.get_objects() if isinstance(each, GpxLog)]
    finally:
        gc.enable()
