"""activities.csv and the other tables of a Strava export, of many years and languages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backstride.app.demo.exports import strava as made
from backstride.formats.readers import read, reader_of
from backstride.formats.tables import strava, strava_lists
from backstride.model.errors import BadFile
from backstride.model.history import Shoe

ZONE = ZoneInfo("Europe/Lisbon")
START = datetime(2022, 5, 29, 15, 53, 35, tzinfo=UTC)


def test_a_row_is_the_activity_in_metres_and_seconds() -> None:
    """The second copy of a doubled column is the exact one."""
    contents = strava.read(made.activities(), "activities.csv", ZONE)
    run = contents.activities[0]
    assert (run.start, run.zone_from) == (START, "profile")
    assert run.start.tzinfo == ZONE
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (3322.949951171875, 1411, 1428)
    assert (run.climb_m, run.descent_m) == (61.878849029541016, 86)
    assert (run.sport, run.shoe, run.rpe) == ("run", "Blue ones", 6)
    assert (run.service_id, run.file) == ("strava:90000000001", "activities/80000000001.gpx.gz")
    assert run.note == 'Made up.\nSecond line, with "quotes"\nback was stiff'
    assert run.averages == {
        "heart_rate_bpm": 143.5,
        "cadence_spm": pytest.approx(142.518, abs=0.001),
        "power_w": 241,
    }
    assert (contents.kind, contents.warnings, contents.skipped) == (strava.KIND, (), ())


def test_an_activity_typed_in_by_hand_is_kept_and_names_no_file() -> None:
    typed = strava.read(made.activities(), "activities.csv", ZONE).activities[1]
    assert (typed.title, typed.file, typed.note) == ("Typed in", None, None)


@pytest.mark.parametrize(
    "header", [made.in_german(), made.in_no_known_language()], ids=["german", "no known language"]
)
def test_an_export_in_another_language_gives_the_same(header: tuple[str, ...]) -> None:
    english = strava.read(made.activities(), "activities.csv", ZONE).activities
    other = strava.read(made.activities(header=header), "activities.csv", ZONE).activities
    for one, two in zip(english, other, strict=True):
        assert (one.start, one.sport, one.distance_m, one.moving_s) == (
            two.start,
            two.sport,
            two.distance_m,
            two.moving_s,
        )
        assert (one.note, one.shoe, one.file, one.rpe, one.averages) == (
            two.note,
            two.shoe,
            two.file,
            two.rpe,
            two.averages,
        )
        assert (one.climb_m, one.descent_m, one.service_id) == (two.climb_m, two.descent_m, two.service_id)


def test_a_german_row_is_read_with_its_date_and_decimal_comma() -> None:
    told = {**made.RUN, "Activity Date": "29.05.2022, 15:53:35", "Activity Type": "Lauf", "Distance": "3,32"}
    (run,) = strava.read(made.activities(told, header=made.in_german()), "activities.csv", ZONE).activities
    assert (run.start, run.sport, run.distance_m) == (START, "run", 3322.949951171875)


def test_an_export_of_2020_has_no_private_note_and_is_read() -> None:
    data = made.table(made.OF_2020, [made.row(made.RUN, made.OF_2020)])
    (run,) = strava.read(data, "activities.csv", ZONE).activities
    assert (run.distance_m, run.shoe) == (3322.949951171875, "Blue ones")
    assert run.file == "activities/80000000001.gpx.gz"


@pytest.mark.parametrize(("distance", "expected_m"), [("3322.9", 3322.9), ("3.32", 3320)])
def test_an_export_of_2018_has_one_distance_and_its_size_tells_metres_from_kilometres(
    distance: str, expected_m: float
) -> None:
    cells = ["90000000001", "2018-05-29 15:53:35", "Made up", "Run", "", "1428", distance, "false", "", ""]
    (run,) = strava.read(made.table(made.OF_2018, [cells]), "activities.csv", ZONE).activities
    assert run.distance_m == pytest.approx(expected_m)
    assert (run.elapsed_s, run.moving_s, run.file) == (1428, None, None)


def test_a_row_without_the_exact_distance_takes_the_one_that_strava_shows() -> None:
    told = {**made.RUN, "Distance 2": "", "Elapsed Time 2": ""}
    (run,) = strava.read(made.activities(told), "activities.csv", ZONE).activities
    assert (run.distance_m, run.elapsed_s) == (3320, 1428)


def test_an_unknown_kind_is_another_sport_and_said() -> None:
    told = {**made.RUN, "Activity Type": "Quidditch"}
    contents = strava.read(made.activities(told), "activities.csv", ZONE)
    assert contents.activities[0].sport == "other"
    assert "Quidditch (1)" in contents.warnings[0]


def test_a_bike_is_no_shoe_and_its_cadence_counts_both_pedals() -> None:
    told = {**made.RUN, "Activity Type": "Ride", "Activity Gear": "Bike"}
    (ride,) = strava.read(made.activities(told), "activities.csv", ZONE).activities
    assert (ride.shoe, ride.sport) == (None, "ride")
    assert ride.averages["cadence_spm"] == pytest.approx(142.518, abs=0.001)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"Activity Date": ""}, "it names no date"),
        ({"Activity Date": "soon"}, "it names no date"),
        (
            dict.fromkeys(("Elapsed Time", "Elapsed Time 2", "Moving Time", "Distance", "Distance 2"), ""),
            "neither a distance nor a duration",
        ),
    ],
)
def test_a_row_that_gives_nothing_is_skipped_with_the_reason(change: dict[str, str], why: str) -> None:
    contents = strava.read(made.activities({**made.RUN, **change}, made.MANUAL), "activities.csv", ZONE)
    (left_out,) = contents.skipped
    assert (left_out.row, len(contents.activities)) == (1, 1)
    assert why in left_out.why


def test_a_row_with_too_many_cells_is_skipped() -> None:
    data = made.table(made.ENGLISH, [[*made.row(made.RUN), "more"], made.row(made.MANUAL)])
    contents = strava.read(data, "activities.csv", ZONE)
    assert contents.skipped[0].why == "it has 95 cells, the header names 94"
    assert len(contents.activities) == 1


def test_any_table_of_ids_and_dates_is_not_taken_for_stravas() -> None:
    assert not strava.knows(b"id,date,name,weight,notes\n1,2024-01-01,a,2,b\n", "activities.csv")


def test_an_id_that_a_spreadsheet_rounded_is_no_id() -> None:
    rows = [{**made.RUN, "Activity ID": told} for told in ("9.00E+10", "90000000001.0", "x", "0")]
    ids = [each.service_id for each in strava.read(made.activities(*rows), "a.csv", ZONE).activities]
    assert ids == [None, "strava:90000000001", None, None]


@pytest.mark.parametrize("number", ["NaN", "inf", "-5", "1e300", "0", "0.0", "--", "nil"])
def test_a_number_that_is_none_is_not_recorded(number: str) -> None:
    names = ("Distance", "Distance 2", "Average Cadence", "Average Heart Rate", "Average Watts")
    told = {**made.RUN, **dict.fromkeys(names, number), "Perceived Exertion": number}
    (run,) = strava.read(made.activities(told), "activities.csv", ZONE).activities
    assert (run.distance_m, run.rpe, run.averages) == (None, None, {})


def test_the_shoes_are_named_as_activities_name_them() -> None:
    contents = strava_lists.read(made.shoes(), "shoes.csv", ZONE)
    assert contents.shoes == (
        Shoe("Blue ones", "Made-up Model 1"),
        Shoe("Made-up Model 2", "Made-up Model 2"),
    )
    assert contents.kind == "Strava's list of shoes"


def test_a_shoe_without_any_name_or_twice_is_skipped() -> None:
    contents = strava_lists.read(
        made.shoes(("A", "", "", "Run"), ("", "", "", "Run"), ("A", "B", "", "")), "shoes.csv", ZONE
    )
    assert [shoe.id for shoe in contents.shoes] == ["A"]
    assert [each.row for each in contents.skipped] == [2, 3]


@pytest.mark.parametrize("name", strava_lists.LISTS)
def test_every_other_table_is_told_in_words_by_its_columns(name: str) -> None:
    each = strava_lists.LISTS[name]
    filled = [*each.begins, *(f"more {place}" for place in range(each.columns - len(each.begins)))]
    contents = read(made.table(filled, [["x"] * len(filled)]), name, ZONE)
    assert not contents.activities
    assert contents.kind.startswith("Strava's")
    assert contents.kind.endswith("no activity in it")


def test_a_table_in_another_language_is_known_by_its_name_and_width() -> None:
    contents = read(
        made.table(("Schuhname", "Marke", "Modell", "Sport"), [["A", "B", "C", ""]]), "shoes.csv", ZONE
    )
    assert contents.shoes == (Shoe("A", "B C"),)
    with pytest.raises(BadFile, match="table"):
        read(made.table(("Schuhname", "Marke"), []), "shoes.csv", ZONE)


def test_every_file_of_a_whole_export_has_a_reader() -> None:
    files = made.archive(recording=b"")
    known = {path: reader_of(data, path).name for path, data in files.items() if path.endswith(".csv")}
    assert known["activities.csv"] == "strava_csv"
    assert {name for path, name in known.items() if path != "activities.csv"} == {"strava_lists"}
