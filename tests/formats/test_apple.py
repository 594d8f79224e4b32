"""What becomes of an Apple Health export."""

from __future__ import annotations

import hashlib
import pickle
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO, RawIOBase
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.app.demo.exports import apple
from backstride.app.demo.exports.apple import PHONE, START, WATCH, Run, export, export_of, record
from backstride.formats.apple import scan
from backstride.formats.apple.dates import unix_s_and_offset_s
from backstride.formats.apple.reader import knows_apple, read, read_stream
from backstride.formats.archive import unpack
from backstride.formats.archive.unpack import members
from backstride.formats.contents import Contents
from backstride.formats.readers import read as read_any
from backstride.model.activity import Activity
from backstride.model.errors import BadFile
from backstride.model.history import DayRecord

ZONE = ZoneInfo("Asia/Tokyo")
LATER = START + timedelta(days=2)


def contents(data: bytes) -> Contents:
    return read(data, "export.xml", ZONE)


def only(data: bytes) -> Activity:
    (activity,) = contents(data).activities
    return activity


def value(activity: Activity, channel: str) -> float:
    return round(float(np.nanmedian(activity.stream[channel])), 2)


def test_a_run_has_every_channel_the_watch_wrote_in_our_units() -> None:
    run = only(export_of(Run()))
    expected = {
        "heart_rate_bpm": 150.0,
        "speed_mps": 3.0,
        "power_w": 240.0,
        "contact_ms": 245.0,
        "vertical_oscillation_mm": 85.0,
        "step_length_mm": 1071.43,
        "cadence_spm": 168.0,
    }
    assert expected == {name: value(run, name) for name in expected}
    assert {*expected, "time_s", "distance_m"} == set(run.stream)
    assert float(run.stream["distance_m"][-1]) == pytest.approx(1800, abs=10)


def test_the_workout_tells_totals_climb_averages_device_and_route() -> None:
    run = only(export_of(Run()))
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (1800.0, 600.0, 600.0)
    assert run.climb_m == 4.18
    assert run.averages == {"heart_rate_bpm": 150.0, "contact_ms": 245.0}
    assert run.device is not None
    assert (run.device.maker, run.device.product, run.device.software) == ("Apple", "Watch6,2", "10.3")
    assert run.file == "workout-routes/route_2024-05-01_8.00am.gpx"


def test_the_path_of_the_route_begins_where_the_export_stands() -> None:
    run = read(export_of(Run()), "apple_health_export/export.xml", ZONE).activities[0]
    assert run.file == "apple_health_export/workout-routes/route_2024-05-01_8.00am.gpx"


def test_the_local_time_is_that_of_the_workout_not_of_the_phone() -> None:
    run = only(export_of(Run(zone="America/Los_Angeles")))
    assert (run.start.isoformat(), run.zone_from) == ("2024-04-30T23:30:00-07:00", "file")


@pytest.mark.parametrize("zone", [None, "Nowhere/Else", "../../etc/passwd", "Europe", "\x00"])
def test_without_a_zone_that_exists_the_profile_counts(zone: str | None) -> None:
    run = only(export_of(Run(zone=zone)))
    assert (run.start, run.zone_from, run.start.tzinfo) == (START, "profile", ZONE)


def test_miles_are_read_as_metres() -> None:
    run = only(export_of(Run(miles=True)))
    assert run.distance_m == pytest.approx(1800)
    assert value(run, "speed_mps") == 3.0


def test_a_pause_is_in_elapsed_but_not_in_moving_and_has_no_rows() -> None:
    run = only(export_of(Run(pause=(200, 320))))
    assert (run.elapsed_s, run.moving_s) == (600.0, 480.0)
    times = run.stream["time_s"]
    assert not ((times > 200) & (times < 320)).any()


def test_without_a_duration_the_pauses_tell_the_moving_time() -> None:
    data = (
        export_of(Run(pause=(200, 320))).replace(b' durationUnit="min"', b"").replace(b" duration=", b" x=")
    )
    assert only(data).moving_s == 480.0


def test_a_duration_longer_than_the_workout_is_not_its_own() -> None:
    data = export_of(Run(pause=(200, 320))).replace(b'durationUnit="min"', b'durationUnit="hr"', 1)
    assert only(data).moving_s == 480.0


def test_a_pause_that_never_ended_lasts_to_the_end() -> None:
    data = export_of(Run(pause=(300, 600), skip=frozenset()))
    data = data.replace(b"HKWorkoutEventTypeResume", b"HKWorkoutEventTypeMarker")
    assert float(only(data).stream["time_s"][-1]) <= 300


def test_the_steps_of_an_interval_training_are_laps() -> None:
    run = only(export_of(Run(legs=((0, 300), (300, 600)))))
    assert [(lap.start_s, lap.moving_s, lap.distance_m) for lap in run.laps] == [
        (0.0, 300.0, 900.0),
        (300.0, 300.0, 900.0),
    ]


def test_the_one_leg_of_an_ordinary_run_is_no_lap() -> None:
    assert only(export_of(Run(legs=((0, 600),)))).laps == ()


def test_a_triathlon_is_one_activity_for_each_sport() -> None:
    run = Run(seconds=1800, legs=((0, 600), (600, 660), (660, 1200), (1200, 1800)))
    text = export_of(run).decode().replace("TypeRunning", "TypeSwimBikeRun")
    legs = text.split("<WorkoutActivity ")
    legs[1] = legs[1].replace("DistanceWalkingRunning", "DistanceSwimming")
    legs[2] = legs[2].replace("DistanceWalkingRunning", "BasalEnergyBurned")
    legs[3] = legs[3].replace("DistanceWalkingRunning", "DistanceCycling")
    found = contents("<WorkoutActivity ".join(legs).encode()).activities
    assert [each.sport for each in found] == ["swim", "ride", "run"]
    assert [round(each.distance_m or 0) for each in found] == [1800.0, 1620.0, 1800.0]
    assert len({each.service_id for each in found}) == 3
    assert [each.origin.index for each in found] == [0, 1, 2]


@pytest.mark.parametrize(
    ("word", "sport", "surface"),
    [
        ("Running", "run", "treadmill"),
        ("Walking", "walk", "treadmill"),
        ("Cycling", "ride", None),
        ("Yoga", "other", None),
        ("TraditionalStrengthTraining", "strength", None),
        ("WheelchairRunPace", "other", None),
        ("DownhillSkiing", "other", None),
    ],
)
def test_indoors_is_a_treadmill_on_foot(word: str, sport: str, surface: str | None) -> None:
    activity = only(export_of(Run(indoors=True)).replace(b"TypeRunning", f"Type{word}".encode()))
    assert (sport, surface) == (activity.sport, activity.surface)


def test_what_is_of_running_stays_out_of_a_ride() -> None:
    ride = only(export_of(Run()).replace(b"TypeRunning", b"TypeCycling"))
    assert {"time_s", "heart_rate_bpm"} == set(ride.stream)


def test_steps_of_phone_and_watch_are_never_added_up() -> None:
    both = "".join(each for source in (PHONE, WATCH) for each in Run(source=source).records())
    found = contents(export(both, Run().workout()))
    assert value(found.activities[0], "cadence_spm") == 168.0
    assert [day.steps for day in found.days] == [1680.0]


def test_a_workout_of_an_app_has_the_samples_of_the_watch() -> None:
    found = only(export("".join(Run().records()), Run(source="Strider & Co").workout()))
    assert value(found, "heart_rate_bpm") == 150.0


def test_a_workout_takes_its_own_source_where_another_has_more() -> None:
    other = "".join(Run(source=PHONE, heart_rate_bpm=90).records())
    own = "".join(Run(source="Strider & Co", seconds=300).records())
    found = only(export(other + own, Run(source="Strider & Co").workout()))
    assert value(found, "heart_rate_bpm") == 150.0


def test_records_that_stand_twice_count_once() -> None:
    """Restored phones and correlations repeat them."""
    steps = "".join(Run().records())
    children = f' <Correlation type="HKCorrelationTypeIdentifierFood">\n{steps} </Correlation>\n'
    found = contents(export(steps + children + steps, Run().workout()))
    assert [day.steps for day in found.days] == [1680.0]
    assert value(found.activities[0], "cadence_spm") == 168.0


def test_a_stride_length_is_one_step_as_the_watch_writes_it() -> None:
    run = only(export_of(Run()))
    assert (value(run, "step_length_mm"), run.repairs) == (1071.43, ())


def test_a_stride_length_of_two_steps_is_halved_and_said() -> None:
    run = only(export_of(Run(step_m=2 * 3.0 * 60 / 168)))
    assert value(run, "step_length_mm") == 1071.43
    assert "repair_step_length" in run.repairs


def test_a_service_id_is_the_same_for_every_export_and_names_nobody() -> None:
    first = only(export_of(Run())).service_id
    second = contents(export_of(Run(), Run(start=LATER))).activities[0].service_id
    assert first == second
    assert first == "apple:20240501T063000Z-run"
    assert "Runner" not in repr(contents(export_of(Run())).activities)


def test_activities_come_by_their_start() -> None:
    found = contents(export_of(Run(start=LATER), Run())).activities
    assert [each.start for each in found] == [START, LATER]


def test_a_workout_without_a_date_is_skipped_and_said() -> None:
    data = export_of(Run(), Run(start=LATER))
    at = data.rindex(b"startDate", 0, data.rindex(b'<MetadataEntry key="HKIndoor'))
    found = contents(data[:at] + b'startDate="soon" old' + data[at:])
    assert [row.row for row in found.skipped] == [2]
    assert len(found.activities) == 1


def night(hours: float, lasting_h: float, word: str, source: str = WATCH) -> str:
    begin = datetime(2024, 5, 1, 21, tzinfo=UTC) + timedelta(hours=hours)
    word = f"HKCategoryValueSleepAnalysis{word}"
    return record("SleepAnalysis", "", word, begin, lasting_h * 3600, source, category=True)


def test_sleep_is_what_any_source_noticed_by_the_day_of_waking() -> None:
    records = (
        night(0, 8, "InBed")
        + night(0.5, 2, "AsleepCore")
        + night(2.5, 0.5, "Awake")
        + night(3, 4, "AsleepREM")
        + night(1, 2, "Asleep", PHONE)
        + night(16, 0.5, "AsleepUnspecified")
    )
    assert (DayRecord(date(2024, 5, 2), "apple", sleep_s=7 * 3600),) == contents(export(records)).days


def test_days_have_pulse_variability_and_mass() -> None:
    noon = datetime(2024, 5, 1, 12, tzinfo=UTC)
    records = (
        record("RestingHeartRate", "count/min", 55, noon)
        + record("RestingHeartRate", "count/min", 52, noon + timedelta(hours=5))
        + record("HeartRateVariabilitySDNN", "ms", 40, noon)
        + record("HeartRateVariabilitySDNN", "ms", 60, noon + timedelta(hours=1))
        + record("BodyMass", "lb", 150, noon)
        + record("BodyMass", "kg", 9999, noon + timedelta(days=1))
    )
    expected = DayRecord(date(2024, 5, 1), "apple", resting_heart_rate_bpm=52, hrv_sdnn_ms=50, mass_kg=68.039)
    assert (expected,) == contents(export(records)).days


def test_a_day_is_that_of_the_phone() -> None:
    late = datetime(2024, 5, 1, 23, 30, tzinfo=UTC)
    assert date(2024, 5, 2) == contents(export(record("StepCount", "count", 50, late))).days[0].on


@pytest.mark.parametrize(
    "mangle",
    [
        lambda text: text.replace(' sourceVersion="10.3"', ""),
        lambda text: text.replace("&gt;", ">").replace("&lt;", "<"),
        lambda text: text.replace('type="HKQ', 'sourceVersion="1" type="HKQ'),
        lambda text: text.replace(' unit="', ' odd attribute = 3 unit="'),
        lambda text: text.replace("  <", "\t<").replace(" <", "<"),
        lambda text: text.replace("\n", ""),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace('"/>\n', '"\n  >\n  <MetadataEntry key="a" value="b"/>\n </Record>\n')
        if "<Workout" not in text
        else text,
    ],
)  # fmt: skip
def test_records_of_any_make_are_read(mangle: object) -> None:
    assert callable(mangle)
    records = "".join(Run().records())
    data = export(mangle(records), mangle(Run().workout()))
    assert value(only(data), "heart_rate_bpm") == 150.0


def test_attributes_in_another_order_and_in_single_quotes_are_read() -> None:
    odd = (
        "<Record value='151' endDate='2024-05-01 07:30:05 +0100' unit='count/min'\n"
        " startDate='2024-05-01 07:30:05 +0100' sourceName='A &quot;b&quot; > c'"
        " type='HKQuantityTypeIdentifierHeartRate'/>"
    )
    assert value(only(export(odd * 3, Run().workout())), "heart_rate_bpm") == 151.0


def test_dates_of_the_first_exports_are_read() -> None:
    data = export("".join(Run().records()), Run().workout())
    old = data.replace(b"2024-05-01 07:", b"20240501 07:")
    old = re.sub(rb"20240501 (\d\d):(\d\d):(\d\d) ", rb"20240501\1\2\3", old)
    assert only(old).start == START
    assert value(only(old), "heart_rate_bpm") == 150.0


OFFSETS = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@given(
    st.lists(
        st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30), timezones=OFFSETS),  # noqa: DTZ001
        min_size=1,
        max_size=20,
    )
)
def test_dates_read_thousands_at_a_time_are_what_the_calendar_says(moments: list[datetime]) -> None:
    moments = [moment.replace(microsecond=0) for moment in moments]
    texts = [f"{moment:%Y-%m-%d %H:%M:%S %z}".encode() for moment in moments]
    at_s, offset_s = unix_s_and_offset_s(texts)
    assert at_s.tolist() == [moment.timestamp() for moment in moments]
    assert offset_s.tolist() == [(moment.utcoffset() or timedelta()).total_seconds() for moment in moments]


@pytest.mark.parametrize(
    "text", ["2023-02-29", "2024-00-10", "2024-13-01", "2024-04-31", "1900-01-01", "2024-1x-01"]
)
def test_what_is_no_day_is_no_date(text: str) -> None:
    sound = b"2024-02-29 08:30:00 +0200"
    at_s, _ = unix_s_and_offset_s([sound, f"{text} 08:30:00 +0200".encode()])
    assert np.isnan(at_s).tolist() == [False, True]


def test_samples_that_cannot_be_right_are_left_out_and_counted() -> None:
    bad = (
        record("HeartRate", "count/min", "nan", START)
        + record("HeartRate", "count/min", "", START)
        + record("HeartRate", "furlong", 150, START)
        + record("HeartRate", "count/min", "1e999", START)
        + record("DistanceWalkingRunning", "km", "1e308", START)
        + record("HeartRate", "count/min", "-5", START)
        + record("HeartRate", "count/min", 150, START).replace("2024-05-01", "2024-13-41")
    )
    found = contents(export_of(Run(), records=bad))
    assert "7 samples have no date or no value that can be right" in found.warnings
    assert value(found.activities[0], "heart_rate_bpm") == 150.0


def test_a_file_that_is_cut_short_keeps_what_stands_before() -> None:
    data = export_of(Run())
    for end in (data.index(b"</Workout>"), data.index(b"<WorkoutStatistics"), data.index(b"</HealthData")):
        found = contents(data[:end])
        assert len(found.activities) == 1
        assert "the file is cut short; what stands before was read; export it again" in found.warnings


def test_declared_entities_are_refused_and_the_list_of_elements_is_not() -> None:
    data = export_of(Run())
    assert b"<!ELEMENT" in data
    with pytest.raises(BadFile, match="declares XML entities"):
        contents(data.replace(b"<!ELEMENT Record", b'<!ENTITY a "aaaa">\n<!ELEMENT Record'))


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"\0" * 99, b'{"a": 1}', b"Date,Value\n1,2\n"])
def test_what_is_no_export_is_refused(data: bytes) -> None:
    assert not knows_apple(data, "export.xml")
    with pytest.raises(BadFile, match=r"export.xml: at byte 0: this is no Apple Health export"):
        contents(data)


def test_an_export_is_known_by_its_bytes_behind_its_long_list_of_elements() -> None:
    long = apple.HEAD.replace("]>", "<!ATTLIST Audiogram a CDATA #REQUIRED>\n" * 400 + "]>", 1)
    data = (long + "</HealthData>").encode()
    for before in (b"", b"\xef\xbb\xbf", b" \n"):
        assert knows_apple(before + data[:65536], "exportación.xml")
    assert read_any(data, "Export.xml", ZONE).kind == "an Apple Health export"


def test_what_stands_beside_it_is_told_in_words() -> None:
    files = apple.archive(Run())
    kinds = {name: str(read_any(data, name, ZONE).kind) for name, data in files.items()}
    assert [kinds[name] if "gpx" not in name else "a GPX file without points" for name in files] == [
        "an Apple Health export",
        "the copy of an Apple Health export for clinics; what it holds stands in export.xml too",
        "a GPX file without points",
        "an electrocardiogram of an Apple Watch; it holds no run",
    ]


class ForwardOnly(RawIOBase):
    """A stream that cannot seek, and that reads a little at a time."""

    def __init__(self, data: bytes, most: int) -> None:
        self._file, self._most = BytesIO(data), most

    def read(self, size: int = -1) -> bytes:
        return self._file.read(min(size, self._most) if size >= 0 else -1)


@pytest.mark.parametrize("most", [997, 65_536])
def test_how_the_bytes_come_changes_nothing(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "BLOCK_BYTES", 70_000)
    data = export_of(Run(pause=(200, 320)), Run(start=LATER))
    whole = contents(data)
    parts = read_stream(cast(BinaryIO, ForwardOnly(data, most)), "export.xml", ZONE)
    assert columns(whole) == columns(parts)
    assert whole.days == parts.days
    assert hashlib.sha256(data).hexdigest() == parts.activities[0].origin.sha256


def columns(found: Contents) -> list[Mapping[str, list[float]]]:
    return [
        {name: np.nan_to_num(column, nan=-1).tolist() for name, column in each.stream.items()}
        for each in found.activities
    ]


def test_streams_made_when_asked_for_are_the_same_each_time_and_in_another_process() -> None:
    found = contents(export_of(Run(), Run(start=LATER, speed_mps=2.5)))
    first = columns(found)
    assert first == columns(found)
    assert first == columns(pickle.loads(pickle.dumps(found)))


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_large_export_comes_out_of_its_archive_as_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "STREAM_FROM_BYTES", 10_000)
    monkeypatch.setattr(unpack, "MEMBER_BYTES", 20_000)
    files = apple.archive(Run())
    found = {}
    for member in members(BytesIO(zipped(files)), "export.zip", knows_apple):
        if member.stream is not None:
            found[member.name] = read_stream(member.stream, member.name, ZONE)
        else:
            assert member.data == files[member.name]
    (only_one,) = found.values()
    assert hashlib.sha256(files["apple_health_export/export.xml"]).hexdigest() == (
        only_one.activities[0].origin.sha256
    )


def test_a_large_export_without_an_archive_comes_as_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "STREAM_FROM_BYTES", 10_000)
    (member,) = members(BytesIO(export_of(Run())), "export.xml", knows_apple)
    assert member.stream is not None
    assert len(read_stream(member.stream, member.name, ZONE).activities) == 1


def test_a_large_export_nobody_asks_a_stream_of_is_refused_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "STREAM_FROM_BYTES", 10_000)
    monkeypatch.setattr(unpack, "MEMBER_BYTES", 20_000)
    first = next(iter(members(BytesIO(zipped(apple.archive(Run()))), "export.zip")))
    assert first.kind == "unreadable"


def test_a_large_export_in_a_damaged_archive_keeps_what_stands_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unpack, "STREAM_FROM_BYTES", 10_000)
    packed = bytearray(zipped({"export.xml": export("".join(Run().records()), Run().workout(), days=90_000)}))
    packed[len(packed) * 9 // 10] ^= 0xFF
    found_members = members(BytesIO(bytes(packed)), "export.zip", knows_apple)
    member = next(found_members)
    assert member.stream is not None
    found = read_stream(member.stream, member.name, ZONE)
    assert len(found.activities) == 1
    assert any("cut short" in warning for warning in found.warnings)


def test_a_zip_whose_download_was_cut_short_keeps_the_workouts_before() -> None:
    packed = zipped({"a/export.xml": export("".join(Run().records()), Run().workout(), days=90_000)})
    found = []
    for member in members(BytesIO(packed[: len(packed) * 9 // 10]), "export.zip", knows_apple):
        if member.stream is not None:
            found.append(read_stream(member.stream, member.name, ZONE))
    assert [len(each.activities) for each in found] == [1]
    assert any("cut short" in warning for warning in found[0].warnings)


def test_after_a_stream_in_a_zip_without_its_index_come_the_other_members() -> None:
    files = apple.archive(Run())
    packed = zipped(files)
    found: list[str] = []
    for member in members(BytesIO(packed[: packed.rindex(b"PK\x01\x02") - 40]), "export.zip", knows_apple):
        if member.stream is not None:
            assert member.stream.read() == files[member.name]
        found.append(member.name)
    assert found[: len(files)] == list(files)


SMALL = export_of(Run(seconds=60, pause=(20, 30), legs=((0, 30), (30, 60))))


def test_a_word_that_only_looks_like_a_workout_is_none() -> None:
    data = SMALL.replace(b"<Workout ", b"<Workout\0 ").replace(b"</Workout>", b"")
    assert contents(data).activities == ()


SIGNS = [b"", b'"', b"<", b">", b"\0", b"\xff\xfe", b"9", b"&#x110000;", b"/"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_in_it_only_contents_or_a_refusal_come_out(data: st.DataObject) -> None:
    changed = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(changed) - 1))
        with_what = data.draw(st.sampled_from(SIGNS))
        changed[at : at + data.draw(st.integers(0, 40))] = with_what
    try:
        found = contents(bytes(changed))
    except BadFile:
        return
    columns(found)


@pytest.mark.parametrize(
    "data",
    [
        b"<HealthData>" + b'<Record type="' * 100_000,
        b"<HealthData>" + b"<Workout " * 100_000,
        b"<HealthData>" + b"<Workout a='" * 100_000,
        b"<HealthData>" + b"<Correlation >" * 100_000 + b"<Record",
        b"<HealthData>" + b" " * 5_000_000,
        b"<HealthData>" + b"<Workout >" * 20_000,
        b"<HealthData><Workout startDate='2024-05-01 08:00:00 +0200' endDate='2099-05-01 08:00:00 +0200'/>",
    ],
)
def test_hostile_files_are_done_with_soon(data: bytes) -> None:
    found = contents(data)
    assert tuple(each for each in found.activities if each.stream) == ()
