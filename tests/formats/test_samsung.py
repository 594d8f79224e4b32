"""What becomes of an export of Samsung Health."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.app.demo.exports import samsung
from backstride.app.demo.exports.samsung import START, UUID, exercise, exercises, live, locations, steps
from backstride.formats.contents import Contents
from backstride.formats.readers import read as read_any
from backstride.formats.samsung.reader import read
from backstride.model.errors import BadFile

ZONE = ZoneInfo("Asia/Tokyo")
LIVE = f"{UUID}.com.samsung.health.exercise.live_data.json"


def test_a_row_is_a_run_with_its_numbers_and_where_its_recording_stands() -> None:
    (run,) = read(exercises(exercise()), "com.samsung.shealth.exercise.1.csv", ZONE).activities
    assert (run.sport, run.distance_m, run.moving_s, run.elapsed_s) == ("run", 1800.5, 600.0, 620.0)
    assert run.climb_m == 12.5
    assert run.averages == {"heart_rate_bpm": 150.0, "speed_mps": 3.0, "cadence_spm": 168.0}
    assert (run.start, run.start.isoformat(), run.zone_from) == (START, "2024-05-01T08:30:00+02:00", "file")
    assert run.service_id == f"samsung:{UUID}"
    assert run.file == f"jsons/com.samsung.shealth.exercise/a/{LIVE}"


def test_every_row_gives_an_activity_or_a_reason() -> None:
    rows = [exercise(), exercise(start_time="soon"), exercise(exercise_type=11007), exercise(start_time="")]
    found = read(exercises(*rows), "x.csv", ZONE)
    assert [activity.sport for activity in found.activities] == ["run", "ride"]
    assert [row.row for row in found.skipped] == [2, 4]


@pytest.mark.parametrize(
    ("number", "speed", "sport", "surface"),
    [
        (1001, 1.4, "walk", None),
        (15005, 3, "run", "treadmill"),
        (15005, 1.4, "walk", "treadmill"),
        (0, 1, "other", None),
    ],
)
def test_the_number_of_an_exercise_is_its_sport(
    number: int, speed: float, sport: str, surface: str | None
) -> None:
    data = exercises(exercise(exercise_type=number, mean_speed=speed))
    (activity,) = read(data, "x.csv", ZONE).activities
    assert (activity.sport, activity.surface) == (sport, surface)


def test_zeros_of_what_was_not_measured_are_none() -> None:
    (run,) = read(
        exercises(exercise(distance=0, mean_heart_rate="0.0", duration="")), "x.csv", ZONE
    ).activities
    assert (run.distance_m, run.moving_s, "heart_rate_bpm" in run.averages) == (None, None, False)


def test_a_recording_has_its_sensors_on_common_rows_and_the_id_of_its_exercise() -> None:
    (run,) = read(live(), LIVE, ZONE).activities
    assert run.service_id == f"samsung:{UUID}"
    assert (run.sport, run.start) == ("run", START)
    medians = {
        name: float(np.nanmedian(run.stream[name])) for name in ("heart_rate_bpm", "cadence_spm", "speed_mps")
    }
    assert medians == {"heart_rate_bpm": 150.0, "cadence_spm": 168.0, "speed_mps": 3.0}
    assert run.distance_m == 1800.0
    assert any("names no sport" in warning for warning in run.warnings)


def test_a_recording_of_positions_has_the_zone_of_its_place() -> None:
    (run,) = read(locations(), LIVE.replace("live", "location"), ZONE).activities
    assert (run.start.isoformat(), run.zone_from) == ("2024-05-01T07:30:00+01:00", "place")
    assert run.distance_m == pytest.approx(1797, abs=3)
    assert run.service_id == f"samsung:{UUID}"


def test_a_recording_that_is_cut_short_keeps_what_stands_before() -> None:
    data = live()
    found = read(data[: len(data) // 2], LIVE, ZONE)
    assert 250 <= float(found.activities[0].stream["time_s"][-1]) <= 310
    assert found.warnings


def test_a_recording_of_structure_alone_is_told_in_words() -> None:
    data = b'[{"start_time": 1714545000000, "elapsed_time": 0, "segment": 1}]'
    assert read(data, LIVE, ZONE).kind == "a recording of Samsung Health without a value"


def test_steps_of_a_day_are_those_of_all_sources_as_one() -> None:
    found = read(steps(), "x.csv", ZONE)
    assert [(day.on, day.steps) for day in found.days] == [(date(2024, 5, 1), 9000), (date(2024, 5, 2), 4000)]
    assert [row.row for row in found.skipped] == [1, 3, 5]


def test_body_mass_is_the_last_of_each_day_in_local_time() -> None:
    rows: list[dict[str, object]] = [
        {"start_time": "2024-05-01 22:30:00.000", "weight": 70.5, "time_offset": "UTC+0200"},
        {"start_time": "2024-05-02 05:30:00.000", "weight": 70.1, "time_offset": "UTC+0200"},
        {"start_time": "2024-05-02 06:30:00.000", "weight": 0, "time_offset": "UTC+0200"},
    ]
    columns = ["start_time", "weight", "time_offset"]
    found = read(samsung.table("com.samsung.health.weight", columns, rows), "x.csv", ZONE)
    assert [(day.on, day.mass_kg) for day in found.days] == [(date(2024, 5, 2), 70.1)]
    assert [row.row for row in found.skipped] == [1, 3]


def test_every_file_of_an_export_is_told() -> None:
    kinds = [str(read_any(data, name, ZONE).kind) for name, data in samsung.archive().items()]
    assert kinds == [
        "a table of exercises of Samsung Health",
        "a table of Samsung Health (com.samsung.shealth.exercise.weather); it holds no run",
        "a table of steps of Samsung Health",
        "a recording of Samsung Health",
        "a recording of Samsung Health",
        "a side file of Samsung Health; it holds no run",
    ]


@pytest.mark.parametrize("data", [b"", b"<html>", b"[", b"{}", b'"text"', b"\0\0", b"[1, 2]x"])
def test_what_is_none_of_its_files_is_refused_or_holds_nothing(data: bytes) -> None:
    try:
        found = read(data, LIVE, ZONE).activities
    except BadFile:
        return
    assert not found


@pytest.mark.parametrize(
    "sample",
    [
        '{"start_time": 1e999, "heart_rate": 150}',
        '{"start_time": "x", "heart_rate": 150}',
        '{"start_time": 1714545000000, "heart_rate": NaN}',
        '{"start_time": 1714545000000, "heart_rate": null, "speed": "fast"}',
        '{"start_time": 1714545000000, "heart_rate": true}',
        '{"start_time": 99999999999999999999999, "heart_rate": 150}',
        '[]', 'null', '{"start_time": 1714545000000, "latitude": 1e308, "longitude": "\\ud800"}',
    ],
)  # fmt: skip
def test_samples_of_wrong_kinds_are_passed_over(sample: str) -> None:
    data = live()[:-1] + f", {sample}]".encode()
    (run,) = read(data, LIVE, ZONE).activities
    assert run.distance_m == 1800.0


EITHER = st.sampled_from([exercises(exercise(), exercise()), live(30), locations(30), steps()])


@settings(max_examples=150, deadline=None)
@given(EITHER, st.data())
def test_whatever_stands_in_it_only_contents_or_a_refusal_come_out(data: bytes, draws: st.DataObject) -> None:
    changed = bytearray(data)
    for _ in range(draws.draw(st.integers(1, 6))):
        at = draws.draw(st.integers(0, len(changed) - 1))
        with_what = draws.draw(
            st.sampled_from([b"", b'"', b",", b"\n", b"\0", b"\xff", b"9" * 30, b"-", b"}"])
        )
        changed[at : at + draws.draw(st.integers(0, 20))] = with_what
    for name in ("x.csv", LIVE):
        try:
            assert isinstance(read(bytes(changed), name, ZONE), Contents)
        except BadFile:
            continue
