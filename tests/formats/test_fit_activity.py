"""What a FIT file tells becomes an Activity, and nothing is made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.formats import fit_bytes as fb
from tests.formats.fit_bytes import D, F, Writer

from backstride.formats.contents import Contents
from backstride.formats.fit.reader import read
from backstride.model.activity import Activity

ZONE = ZoneInfo("Asia/Tokyo")
START = datetime(2024, 11, 8, 11, 33, 20, tzinfo=UTC)


def contents(writer: Writer | bytes) -> Contents:
    return read(writer if isinstance(writer, bytes) else writer.file(), "some/folder/made.fit", ZONE)


def only(writer: Writer | bytes) -> Activity:
    (activity,) = contents(writer).activities
    return activity


def test_a_run_is_read_whole() -> None:
    activity = only(fb.run(60))
    assert activity.start == START
    assert activity.sport == "run"
    assert activity.distance_m == 180.0
    assert 60.0 == activity.moving_s == activity.elapsed_s
    assert (activity.climb_m, activity.descent_m) == (12.0, 3.0)
    assert activity.rpe == 4.0
    assert activity.stream.rows == 60
    assert {171.0} == set(activity.stream["cadence_spm"].tolist())
    assert activity.averages["cadence_spm"] == 170.0
    assert (
        activity.laps[0].start_s,
        activity.laps[0].moving_s,
        activity.laps[0].distance_m,
    ) == (0.0, 60.0, 180.0)
    assert activity.device is not None
    assert (activity.device.maker, activity.device.product) == ("Garmin", "4024")
    assert (activity.origin.name, activity.origin.reader, activity.origin.index) == ("made.fit", "fit", 0)
    assert () == activity.warnings == activity.repairs


def test_latitude_comes_to_a_hundred_thousandth_of_a_degree() -> None:
    latitude = only(fb.run(3)).stream["latitude_deg"]
    assert latitude == pytest.approx([38.72, 38.720027, 38.720054], abs=1e-7)


def record_run(fields: list[F], rows: list[list[fb.Value]], sport: int = 1, sub_sport: int = 0) -> Writer:
    """A file with just these records and a session without a position or a local clock."""
    writer = fb.started().define(1, 20, [F(253, fb.UINT32), *fields])
    for nth, row in enumerate(rows):
        writer.data(1, fb.START + nth, *row)
    return writer.define(3, 18, fb.SESSION).data(
        3, *fb.session(len(rows), sport=sport, sub_sport=sub_sport, ascent=None, descent=None)
    )


def test_a_treadmill_run_keeps_its_cadence() -> None:
    activity = only(record_run([F(4, fb.UINT8)], [[84]] * 5, sub_sport=1))
    assert activity.surface == "treadmill"
    assert {168.0} == set(activity.stream["cadence_spm"].tolist())
    assert "latitude_deg" not in activity.stream
    assert activity.zone_from == "profile"
    assert activity.start.tzinfo == ZONE


@pytest.mark.parametrize(
    ("sport", "sub_sport", "expected", "surface"),
    [
        (1, 3, "run", "trail"),
        (1, 4, "run", "track"),
        (1, 2, "run", "road"),
        (1, 0, "run", None),
        (4, 1, "run", "treadmill"),
        (11, 0, "walk", None),
        (17, 3, "walk", "trail"),
        (2, 7, "ride", None),
        (5, 17, "swim", None),
        (10, 20, "strength", None),
        (0, 0, "other", None),
        (254, 254, "other", None),
    ],
)
def test_sport_and_ground_are_what_the_file_says(
    sport: int, sub_sport: int, expected: str, surface: str | None
) -> None:
    activity = only(record_run([F(3, fb.UINT8)], [[120]] * 3, sport, sub_sport))
    assert (expected, surface) == (activity.sport, activity.surface)


def test_a_swimmers_strokes_are_no_steps() -> None:
    activity = only(record_run([F(4, fb.UINT8), F(3, fb.UINT8)], [[30, 120]] * 3, sport=5))
    assert "cadence_spm" not in activity.stream
    assert "cadence_spm" not in activity.averages


def test_zeros_of_running_dynamics_are_placeholders_and_other_zeros_are_not() -> None:
    fields = [
        F(41, fb.UINT16),
        F(39, fb.UINT16),
        F(84, fb.UINT16),
        F(7, fb.UINT16),
        F(6, fb.UINT16),
        F(4, fb.UINT8),
    ]
    stream = only(record_run(fields, [[0, 0, 0, 0, 0, 0], [2450, 853, 5012, 300, 3000, 85]])).stream
    for channel, value in (
        ("contact_ms", 245.0),
        ("vertical_oscillation_mm", 85.3),
        ("balance_left_share", 0.5012),
    ):
        np.testing.assert_allclose(stream[channel], [np.nan, value])
    for channel, value in (("power_w", 300.0), ("speed_mps", 3.0), ("cadence_spm", 170.0)):
        np.testing.assert_array_equal([0.0, value], stream[channel])


def test_nothing_distance_and_nothing_climb_of_zero_stay_zero() -> None:
    writer = (
        fb.started().define(3, 18, fb.SESSION).data(3, *fb.session(60, distance=0, ascent=0, descent=None))
    )
    activity = only(writer)
    assert activity.distance_m == 0.0
    assert (activity.climb_m, activity.descent_m) == (0.0, None)


def test_what_the_session_does_not_tell_is_not_known() -> None:
    writer = fb.started().define(3, 18, fb.SESSION)
    activity = only(
        writer.data(3, *fb.session(60, distance=None, ascent=None, descent=None, rpe=None, heart_rate=None))
    )
    assert (
        activity.distance_m,
        activity.climb_m,
        activity.descent_m,
        activity.rpe,
    ) == (None, None, None, None)
    assert "heart_rate_bpm" not in activity.averages


def test_a_rating_of_zero_was_not_given() -> None:
    assert only(fb.started().define(3, 18, fb.SESSION).data(3, *fb.session(rpe=0))).rpe is None


def test_values_out_of_range_are_left_out_and_counted() -> None:
    activity = only(record_run([F(3, fb.UINT8)], [[120], [254], [251], [0], [130]]))
    np.testing.assert_array_equal([120, np.nan, np.nan, np.nan, 130], activity.stream["heart_rate_bpm"])
    assert any("2 of heart_rate_bpm" in warning for warning in activity.warnings)


def test_several_records_of_one_second_become_one() -> None:
    writer = (
        fb.started()
        .define(1, 20, [F(253, fb.UINT32), F(3, fb.UINT8)])
        .define(2, 20, [F(253, fb.UINT32), F(7, fb.UINT16)])
    )
    for nth in range(4):
        writer.data(1, fb.START + nth, 120 + nth).data(2, fb.START + nth, 200 + nth)
    activity = only(writer.define(3, 18, fb.SESSION).data(3, *fb.session(4)))
    assert activity.stream["time_s"].tolist() == [0.0, 1.0, 2.0, 3.0]
    assert activity.stream["heart_rate_bpm"].tolist() == [120.0, 121.0, 122.0, 123.0]
    assert activity.stream["power_w"].tolist() == [200.0, 201.0, 202.0, 203.0]


def test_records_out_of_order_are_put_in_order() -> None:
    writer = fb.started().define(1, 20, [F(253, fb.UINT32), F(3, fb.UINT8)])
    for nth in (2, 0, 1):
        writer.data(1, fb.START + nth, 120 + nth)
    activity = only(writer.define(3, 18, fb.SESSION).data(3, *fb.session(3)))
    assert activity.stream["heart_rate_bpm"].tolist() == [120.0, 121.0, 122.0]
    assert "repair_point_order" in activity.repairs


def test_a_multisport_file_gives_an_activity_a_leg() -> None:
    writer = fb.started().define(1, 20, [F(253, fb.UINT32), F(5, fb.UINT32), F(3, fb.UINT8)])
    for nth in range(60):
        writer.data(1, fb.START + nth, nth * 300, 120)
    writer.define(3, 18, fb.SESSION)
    writer.data(3, *fb.session(20, fb.START, sport=2, distance=20 * 300))
    writer.data(3, *fb.session(40, fb.START + 20, sport=1, distance=40 * 300 - 300))
    ride, run = contents(writer).activities
    assert (ride.sport, run.sport) == ("ride", "run")
    assert (ride.stream.rows, run.stream.rows) == (20, 40)
    assert START + timedelta(seconds=20) == run.start
    assert (run.stream["distance_m"][0], run.stream["distance_m"][-1]) == (0.0, 117.0)
    assert run.repairs == ("repair_distance_offset",)
    assert (ride.origin.index, run.origin.index) == (0, 1)


def test_a_recording_that_broke_off_is_summed_up_from_its_records() -> None:
    writer = fb.started().define(1, 20, fb.RECORD)
    for nth in range(60):
        writer.data(1, *fb.record(nth))
    activity = only(writer)
    assert (activity.distance_m, activity.moving_s, activity.elapsed_s) == (177.0, 59.0, 59.0)
    assert activity.sport == "other"
    assert any("no session" in warning for warning in activity.warnings)
    assert any("does not name its sport" in warning for warning in activity.warnings)


def test_the_sport_message_tells_the_sport_where_there_is_no_session() -> None:
    writer = fb.started().define(2, 12, [F(0, fb.ENUM), F(1, fb.ENUM)]).data(2, 1, 3).define(1, 20, fb.RECORD)
    activity = only(writer.data(1, *fb.record(0)).data(1, *fb.record(1)))
    assert (activity.sport, activity.surface) == ("run", "trail")


def with_local_clock(offset_s: int | None, position: bool) -> Writer:
    fields = [F(0, fb.SINT32), F(1, fb.SINT32)]
    place: list[fb.Value] = [fb.semicircles(38.72), fb.semicircles(-9.14)] if position else [None, None]
    local = None if offset_s is None else fb.START + 60 + offset_s
    return record_run(fields, [place] * 3).define(4, 34, fb.ACTIVITY).data(4, fb.START + 60, 60_000, 1, local)


@pytest.mark.parametrize(
    ("offset_s", "position", "hours", "zone_from"),
    [
        (7200, False, 2, "file"),
        (7200, True, 2, "file"),
        (0, False, 0, "file"),
        (0, True, 0, "file"),
        (5 * 3600 + 45 * 60, False, 5.75, "file"),
        (None, True, 0, "place"),
        (None, False, 9, "profile"),
        # No place has these, so the clock was never set.
        (3601 * 7 + 400, False, 9, "profile"),
        (15 * 3600, True, 0, "place"),
    ],
)
def test_local_time_is_the_files_then_the_places_then_the_profiles(
    offset_s: int | None, position: bool, hours: float, zone_from: str
) -> None:
    activity = only(with_local_clock(offset_s, position))
    assert (timedelta(hours=hours), zone_from) == (activity.start.utcoffset(), activity.zone_from)
    assert activity.start == START


def test_file_and_place_that_agree_give_the_zone_its_name() -> None:
    assert str(only(with_local_clock(0, True)).start.tzinfo) == "Europe/Lisbon"


def test_a_stop_of_the_timer_is_a_pause() -> None:
    """Records written through a pause are left out, and the pause is not moving time."""
    writer = fb.started().define(1, 20, [F(253, fb.UINT32), F(3, fb.UINT8)]).define(2, 21, fb.EVENT)
    writer.data(2, fb.START, 0, 0)
    for nth in range(60):
        if nth == 20:
            writer.data(2, fb.START + 20, 0, 4)
        if nth == 40:
            writer.data(2, fb.START + 40, 0, 0)
        writer.data(1, fb.START + nth, 120)
    activity = only(writer)
    assert [*range(21), *range(40, 60)] == activity.stream["time_s"].tolist()
    assert (activity.moving_s, activity.elapsed_s) == (39.0, 59.0)
    assert "repair_paused_records" in activity.repairs


STRYD = bytes.fromhex("18fb2cf01a4b430dad66988c847421f4")


def test_stryd_stays_apart_from_the_watch() -> None:
    """Stryd counts centimetres where the watch counts millimetres, and each keeps its own channel."""
    writer = fb.started().define(6, 207, [F(1, fb.BYTES, 16), F(3, fb.UINT8)]).data(6, STRYD, 0)
    writer.define(5, 206, fb.DESCRIPTION)
    pod = [
        (0, fb.UINT16, "Power", "Watts"), (2, fb.UINT8, "Cadence", "RPM"),
        (3, fb.UINT16, "Ground Time", "Milliseconds"),
        (4, fb.FLOAT32, "Vertical Oscillation", "Centimeters"), (8, fb.UINT16, "Form Power", "Watts"),
        (9, fb.FLOAT32, "Leg Spring Stiffness", "kN/m"), (11, fb.UINT16, "Air Power", "Watts"),
    ]  # fmt: skip
    for number, base, name, units in pod:
        writer.data(5, 0, number, base, name, units, None)
    fields = [F(253, fb.UINT32), F(7, fb.UINT16), F(39, fb.UINT16), F(41, fb.UINT16)]
    writer.define(1, 20, fields, [D(number, 0, base) for number, base, _, _ in pod])
    writer.data(1, fb.START, 310, 912, 2310, 280, 86, 240, 7.25, 70, 10.5, 5)
    writer.data(1, fb.START + 1, 311, 913, 2311, 0, 0, 0, 0.0, 0, 0.0, 0)
    stream = only(writer.define(3, 18, fb.SESSION).data(3, *fb.session(2))).stream
    expected = {
        "power_w": [310, 311], "stryd_power_w": [280, 0], "stryd_cadence_spm": [172, 0],
        "contact_ms": [231.0, 231.1], "stryd_contact_ms": [240, np.nan],
        "vertical_oscillation_mm": [91.2, 91.3], "stryd_vertical_oscillation_mm": [72.5, np.nan],
        "form_power_w": [70, 0], "air_power_w": [5, 0], "leg_stiffness_knpm": [10.5, np.nan],
    }  # fmt: skip
    for channel, values in expected.items():
        np.testing.assert_allclose(stream[channel], values, err_msg=channel)


def test_power_of_another_app_is_not_stryds() -> None:
    writer = fb.started().define(5, 206, fb.DESCRIPTION).data(5, 0, 0, fb.UINT16, "Power", "Watts", None)
    writer.define(1, 20, [F(253, fb.UINT32), F(3, fb.UINT8)], [D(0, 0, fb.UINT16)]).data(
        1, fb.START, 120, 280
    )
    stream = only(writer.define(3, 18, fb.SESSION).data(3, *fb.session(1))).stream
    assert {"time_s", "heart_rate_bpm"} == set(stream)


def test_heart_rates_from_a_straps_memory_take_the_place_of_the_watchs() -> None:
    """The first hr message ties the clocks, the next packs eight twelve-bit times and rates."""
    writer = fb.started().define(1, 20, [F(253, fb.UINT32), F(3, fb.UINT8)])
    for nth in range(12):
        writer.data(1, fb.START + nth, 60)
    writer.define(3, 18, fb.SESSION).data(3, *fb.session(12, sport=5))
    base = 4000 / 1024
    writer.define(2, 132, [F(253, fb.UINT32), F(9, fb.UINT32), F(0, fb.UINT16), F(6, fb.UINT8)])
    writer.data(2, fb.START, round(base * 1024), 0, 101)
    ticks = [(4000 + 1024 * nth) % 4096 for nth in range(1, 9)]
    packed = b"".join(
        (low | high << 12).to_bytes(3, "little") for low, high in zip(ticks[::2], ticks[1::2], strict=True)
    )
    writer.define(2, 132, [F(6, fb.UINT8, 8), F(10, fb.BYTES, 12)]).data(2, list(range(102, 110)), packed)
    activity = only(writer)
    # The strap fell silent after eight seconds; two seconds on, the watch's own counts again.
    assert [*range(101, 110), 109, 109, 60] == activity.stream["heart_rate_bpm"].tolist()
    assert activity.repairs == ("repair_heart_rate_from_strap",)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (5, "a workout plan"),
        (9, "weight readings"),
        (2, "a watch's settings"),
        (6, "a course"),
        (32, "a day's monitoring"),
    ],
)
def test_a_sound_file_without_an_activity_says_what_it_is(kind: int, words: str) -> None:
    writer = fb.started(kind=kind).define(1, 20, fb.RECORD).data(1, *fb.record(0))
    assert ((), words) == (contents(writer).activities, contents(writer).kind)


def test_an_activity_whose_clock_was_never_set_is_set_aside_in_words() -> None:
    writer = fb.started().define(1, 20, [F(253, fb.UINT32), F(3, fb.UINT8)])
    for nth in range(30):
        writer.data(1, 16_441_241 + nth, 120)
    found = contents(writer)
    assert found.activities == ()
    assert "clock was never set" in found.kind


def test_a_record_from_another_year_does_not_stretch_the_run() -> None:
    writer = fb.run(200)
    writer.data(1, *fb.record(0, 990_000_000))
    activity = only(writer)
    assert activity.stream.rows == 200
    assert activity.start == START
    assert "repair_dates" in activity.repairs


def test_a_time_that_elapsed_is_no_shorter_than_the_timers() -> None:
    writer = fb.started().define(3, 18, fb.SESSION).data(3, *fb.session(60, elapsed=30_000))
    assert (only(writer).moving_s, only(writer).elapsed_s) == (60.0, 60.0)


def test_heights_below_any_land_are_not_recorded() -> None:
    activity = only(record_run([F(2, fb.UINT16), F(3, fb.UINT8)], [[0, 120], [3000, 120], [0, 121]]))
    np.testing.assert_array_equal([np.nan, 100.0, np.nan], activity.stream["altitude_m"])


def test_chained_activities_are_all_read() -> None:
    found = contents(fb.run(5).file() + fb.run(7, fb.START + 86_400).file())
    assert [activity.stream.rows for activity in found.activities] == [5, 7]
    assert len({activity.id for activity in found.activities}) == 2
