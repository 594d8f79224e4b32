"""What the TCX reader makes of files, sound and broken."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.formats import xml_text
from tests.formats.xml_text import START, LapText, Point, assert_lawful, straight_run, time_text

from backstride.formats.xml import tcx
from backstride.model.activity import Activity, Device
from backstride.model.errors import BadFile

BERLIN = ZoneInfo("Europe/Berlin")


def with_distance(seconds: int, from_s: int = 0, speed: float = 3.0, **more: float) -> list[Point]:
    return [
        Point(at, 52.5 + at * speed / xml_text.METRES_PER_DEGREE, 13.4, distance=at * speed, **more)
        for at in range(from_s, from_s + seconds + 1)
    ]


HEART = "<AverageHeartRateBpm><Value>151</Value></AverageHeartRateBpm>"
SPEED = (
    "<Extensions><ns3:LX><ns3:AvgSpeed>3.0</ns3:AvgSpeed>"
    "<ns3:AvgRunCadence>84</ns3:AvgRunCadence></ns3:LX></Extensions>"
)
WATCH = (
    "<Notes>windy</Notes><Creator><Name>Forerunner 945</Name><Version><VersionMajor>4</VersionMajor>"
    "<VersionMinor>6</VersionMinor></Version></Creator>"
)
LAPS = (
    LapText(with_distance(60, heart_rate=150, one_foot=85), 60, 181.0, HEART + SPEED),
    LapText(with_distance(40, 61, heart_rate=160, one_foot=86), 40, 120.0, start_s=61),
)
RUN = xml_text.tcx(*LAPS, tail=WATCH)


def only(data: bytes) -> Activity:
    contents = tcx.read(data, "run.tcx", UTC)
    assert len(contents.activities) == 1, contents
    return contents.activities[0]


def test_the_totals_are_those_of_the_laps() -> None:
    run = only(RUN)
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (301.0, 100.0, 101.0)
    assert ("run", START.astimezone(BERLIN), "place") == (run.sport, run.start, run.zone_from)
    assert [(lap.start_s, lap.moving_s, lap.distance_m) for lap in run.laps] == [
        (0.0, 60.0, 181.0),
        (61.0, 40.0, 120.0),
    ]


def test_what_a_lap_states_of_itself_is_its_average_and_never_its_maximum() -> None:
    first, second = only(RUN).laps
    assert first.averages == {"heart_rate_bpm": 151.0, "speed_mps": 3.0, "cadence_spm": 168.0}
    assert second.averages == {}
    assert only(xml_text.tcx(LAPS[0])).averages == first.averages


def test_the_device_and_the_note_are_kept() -> None:
    run = only(RUN)
    assert Device("Garmin", "Forerunner 945", "4.6") == run.device
    assert run.note == "windy"


def test_the_points_are_kept_with_cadence_of_both_feet() -> None:
    stream = only(RUN).stream
    assert stream["time_s"].tolist() == list(range(102))
    assert {170.0, 172.0} == set(stream["cadence_spm"])
    assert {150.0, 160.0} == set(stream["heart_rate_bpm"])
    np.testing.assert_allclose(stream["distance_m"], np.arange(102) * 3.0)
    np.testing.assert_allclose(stream["speed_mps"], 3.0)


def test_a_treadmill_run_keeps_its_cadence() -> None:
    """No position, no distance but the lap's own."""
    indoor = only(
        xml_text.tcx(LapText([Point(at, heart_rate=140, one_foot=83) for at in range(61)], 60, 170.0))
    )
    assert (indoor.stream.rows, indoor.distance_m, indoor.zone_from) == (61, 170.0, "profile")
    assert {166.0} == set(indoor.stream["cadence_spm"])
    assert "latitude_deg" not in indoor.stream


def test_speed_and_power_of_the_extension_are_taken() -> None:
    points = [Point(at, distance=3.0 * at, speed=3.2, watts=240) for at in range(30)]
    stream = only(xml_text.tcx(LapText(points, 29, 87.0))).stream
    assert ({3.2}, {240.0}) == (set(stream["speed_mps"]), set(stream["power_w"]))


def test_laps_that_leave_a_part_out_do_not_count() -> None:
    run = only(xml_text.tcx(LapText(with_distance(100), 40, 120.0)))
    assert (run.distance_m, run.moving_s) == (300.0, 100.0)
    assert any("120 m" in warning for warning in run.warnings)


def test_laps_of_no_length_leave_the_distance_to_the_positions() -> None:
    run = only(xml_text.tcx(LapText(straight_run(60), 60, 0.0)))
    assert run.distance_m == pytest.approx(180, abs=0.01)
    assert run.moving_s == 60


def test_a_timer_that_ran_longer_than_the_run_does_not_count() -> None:
    run = only(xml_text.tcx(LapText(with_distance(60), 0.0, 180.0)))
    assert run.moving_s == 60


def test_distances_that_start_anew_at_each_lap_are_counted_on() -> None:
    second = [
        Point(p.at_s, p.latitude, p.longitude, distance=(p.distance or 0) - 183) for p in LAPS[1].points
    ]
    run = only(xml_text.tcx(LAPS[0], LapText(second, 40, 120.0, start_s=61)))
    assert "repair_distance_resets" in run.repairs
    assert (np.diff(run.stream["distance_m"]) >= 0).all()
    assert run.stream["distance_m"][-1] == 300


def test_a_pause_between_two_tracks_of_a_lap_is_not_moving() -> None:
    tracks = (
        with_distance(30),
        [Point((p.at_s or 0) + 300, p.latitude, p.longitude) for p in straight_run(60)[30:]],
    )
    run = only(xml_text.tcx(LapText((), 60.0, 180.0, tracks=tracks)))
    assert (run.moving_s, run.elapsed_s) == (60.0, 360.0)


def test_laps_without_points_are_an_activity() -> None:
    run = only(xml_text.tcx(LapText((), 1800, 5000.0)))
    assert (*(run.start, run.distance_m, run.moving_s, run.elapsed_s, run.stream.rows),) == (
        START,
        5000.0,
        1800.0,
        1800.0,
        0,
    )


def test_a_lap_that_began_before_the_satellites_were_found_is_the_start() -> None:
    run = only(xml_text.tcx(LapText(with_distance(60, 90), 150, 450.0)))
    assert (run.start, run.stream["time_s"][0], run.elapsed_s) == (START, 90.0, 150.0)
    wrong = only(RUN.replace(f'StartTime="{time_text(0)}"'.encode(), b'StartTime="1989-12-31T00:00:00Z"'))
    assert wrong.start == START


def test_several_activities_are_kept_apart() -> None:
    one = RUN[RUN.index(b"<Activity ") : RUN.index(b"</Activities>")].decode()
    other = one.replace("Running", "Biking").replace("2024-05-01", "2024-05-02")
    first, second = tcx.read(
        xml_text.tcx_of(f"<Activities>{one}{other}</Activities>"), "two.tcx", UTC
    ).activities
    assert (first.sport, second.sport, first.origin.index, second.origin.index) == ("run", "ride", 0, 1)
    assert second.start - first.start == timedelta(days=1)
    assert second.stream["cadence_spm"].max() == 172


def test_a_course_or_a_workout_holds_no_activity() -> None:
    course = "".join(map(xml_text.tcx_point, with_distance(10)))
    course = f"<Courses><Course><Name>x</Name><Track>{course}</Track></Course></Courses>"
    workout = '<Workouts><Workout Sport="Running"><Name>x</Name></Workout></Workouts>'
    for body, kind in (
        (course, "a course"),
        (workout, "a workout plan"),
        ("", "a TCX file without any activity"),
    ):
        contents = tcx.read(xml_text.tcx_of(body), "x.tcx", UTC)
        assert ((), kind) == (contents.activities, contents.kind)


UNDECLARED = RUN.replace(b' xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"', b"")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"          " + RUN, id="blanks in front, as in Strava's exports"),
        pytest.param(b"\xff\xfe" + RUN.decode().encode("utf-16-le"), id="UTF-16"),
        pytest.param(RUN.replace(b"windy", b"w\xefndy"), id="Latin-1"),
        pytest.param(RUN.replace(b"windy", b"wind & rain"), id="bare ampersand"),
        pytest.param(UNDECLARED, id="undeclared prefix"),
        pytest.param(RUN.replace(b"ns3:", b"x:").replace(b":ns3=", b":x="), id="another prefix"),
    ],
)
def test_a_file_with_a_blemish_is_read_in_full(data: bytes) -> None:
    run = only(data)
    assert (run.stream.rows, len(run.laps), run.distance_m) == (102, 2, 301.0)
    assert set(only(RUN).stream) == set(run.stream)


def test_a_file_that_is_cut_short_keeps_the_laps_and_points_before() -> None:
    run = only(RUN[: int(len(RUN) * 0.8)])
    assert 70 < run.stream.rows < 95
    assert len(run.laps) == 2
    assert (run.distance_m, run.moving_s) == (301.0, 100.0), "the head of the last lap tells its whole length"
    assert any(warning.startswith("the file is cut short at line ") for warning in run.warnings)


def test_damage_in_the_middle_costs_only_the_damaged_points() -> None:
    middle = len(RUN) // 3
    run = only(RUN[:middle] + b"\x00<<\xfe>" + RUN[middle + 300 :])
    assert 98 <= run.stream.rows < 102
    assert (len(run.laps), run.distance_m) == (2, 301.0)


@pytest.mark.parametrize(
    ("data", "where", "why"),
    [
        (b"", "line 1", "empty"),
        (
            b"<TrainingCenterDatabase><Activities><Activity Sport='Running'>",
            "line 1",
            "before the first point",
        ),
        (b"<gpx></gpx>", "line 1", "should be <trainingcenterdatabase>"),
        (b"<!DOCTYPE a [<!ENTITY % b 'c'>]><TrainingCenterDatabase/>", "line 1", "entities"),
    ],
)
def test_a_broken_file_is_refused_with_the_place_and_the_reason(data: bytes, where: str, why: str) -> None:
    with pytest.raises(BadFile) as refused:
        tcx.read(data, "broken.tcx", UTC)
    assert ("broken.tcx", where) == (refused.value.path, refused.value.where)
    assert why in refused.value.why


@settings(deadline=None)
@given(xml_text.points, st.integers(1, 29))
def test_what_was_written_is_what_is_read(points: list[Point], cut: int) -> None:
    """Each value lands at its own moment, whichever lap it was in; what is missing is NaN."""
    data = xml_text.tcx(LapText(points[:cut]), LapText(points[cut:]), sport="Other")
    run = only(data)
    stream = run.stream
    ordered = sorted(points, key=lambda point: point.at_s or 0)
    np.testing.assert_allclose(stream["time_s"], [point.at_s or 0 for point in ordered], atol=1e-3)
    for channel, name, factor in (
        ("longitude_deg", "longitude", 1),
        ("altitude_m", "altitude", 1),
        ("heart_rate_bpm", "heart_rate", 1),
        ("cadence_spm", "one_foot", 2),
        ("power_w", "watts", 1),
    ):
        written = [getattr(point, name) for point in ordered]
        if any(value is not None for value in written):
            expected = np.array([np.nan if value is None else value * factor for value in written], float)
            np.testing.assert_allclose(stream[channel], xml_text.but_for_spikes(run, channel, expected))
        else:
            assert channel not in stream


@settings(deadline=None)
@given(st.binary(max_size=300))
@example(b"<Activities><Activity><Lap StartTime='2024-05-01T00:00:00Z'/></Activity></Activities>")
@example(
    b"<Activities><Activity><Lap StartTime='2099-12-31T23:59:59Z'><TotalTimeSeconds>1e300</TotalTimeSeconds>"
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert_lawful(tcx.read, data)
    assert_lawful(tcx.read, b"<TrainingCenterDatabase>" + data)


@settings(deadline=None)
@given(st.data())
def test_a_mutated_file_is_read_or_refused(data: st.DataObject) -> None:
    small = xml_text.tcx(
        LapText(with_distance(5), 5, 15.0, HEART), LapText(with_distance(5, 6), 5, 15.0, start_s=6)
    )
    assert_lawful(tcx.read, data.draw(xml_text.mutated(small)))
