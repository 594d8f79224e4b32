"""Damaged and hostile tables: what comes out is Contents or BadFile, and every row is accounted for."""

from __future__ import annotations

from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.app.demo.exports import garmin_list, intervals_list, strava
from backstride.formats.readers import READERS, Reader, read
from backstride.formats.tables.grid import grid_of
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadFile

ZONE = ZoneInfo("Europe/Lisbon")

TABLES: dict[str, bytes] = {
    "strava_csv": strava.activities(),
    "strava_lists": strava.shoes(),
    "garmin_csv": garmin_list.activities(),
    "intervals_csv": intervals_list.activities(),
}
"""One table for each reader of tables."""
NAMES = ("activities.csv", "shoes.csv", "comments.csv", "x", "Activities.fit")

CELLS = (
    "",
    "--",
    "NaN",
    "1e308",
    "-1",
    "9" * 30,
    '"',
    "\\",
    "\n",
    "\ufeff",
    "<html>",
    "null",
    "2022-02-30",
    "\ufffd",
)


def reader(name: str) -> Reader:
    return next(each for each in READERS if each.name == name)


def check(data: bytes, name: str) -> None:
    """Read by each reader of tables, the result is sound; else it is refused."""
    for each in READERS:
        if each.name not in TABLES:
            continue
        each.knows(data, name)
        try:
            contents = each.read(data, name, ZONE)
        except BadFile:
            continue
        for activity in contents.activities:
            assert activity.start.tzinfo is not None
            assert activity.distance_m is None or activity.distance_m > 0
            assert all(
                CHANNELS[channel].low <= value <= CHANNELS[channel].high
                for channel, value in activity.averages.items()
            )
        if each.name != "strava_lists":
            rows = [activity.origin.index + 1 for activity in contents.activities]
            rows += [row.row for row in contents.skipped]
            assert sorted(rows) == list(range(1, len(grid_of(data, name).rows) + 1))


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
def test_a_table_with_bytes_changed_gives_contents_or_is_refused(name: str, data: st.DataObject) -> None:
    table = bytearray(TABLES[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(table) - 1))
        change = data.draw(st.sampled_from(("byte", "cut", "drop", "twice")))
        if change == "byte":
            table[at] = data.draw(st.integers(0, 255))
        elif change == "cut" and at > 20:
            del table[at:]
        elif change == "drop":
            del table[at : at + data.draw(st.integers(1, 30))]
        else:
            table[at:at] = table[at : at + 40]
        if not table:
            table = bytearray(b"x")
    check(bytes(table), data.draw(st.sampled_from(NAMES)))


@given(data=st.data())
def test_a_row_of_hostile_cells_is_read_or_skipped(data: st.DataObject) -> None:
    cell = st.sampled_from(CELLS) | st.text(max_size=20)
    told = {name: data.draw(cell) for name in data.draw(st.sets(st.sampled_from(sorted(strava.RUN))))}
    try:
        table = strava.activities({**strava.RUN, **told}, strava.MANUAL)
    except UnicodeEncodeError:
        return
    check(table, "activities.csv")


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe" + b"\x00\xd8" * 50,
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbfActivity ID",
        b"Activity ID,Activity Date\n",
        b"<html>Activity ID,Activity Date</html>",
        b'"Activity ID,Activity Date',
        b",,,,,,,\n,,,,,,\n",
        b"sep=;\n",
    ],
)
def test_what_only_looks_like_a_table_is_refused_or_holds_nothing(data: bytes) -> None:
    check(data, "activities.csv")
    with suppress(BadFile):
        assert not read(data, "activities.csv", ZONE).activities


@pytest.mark.parametrize("name", TABLES)
def test_a_table_cut_anywhere_gives_no_number_that_was_not_in_it(name: str) -> None:
    whole = {activity.distance_m for activity in reader(name).read(TABLES[name], "x", ZONE).activities}
    for length in range(1, len(TABLES[name]), 5):
        check(TABLES[name][:length], "x.csv")
        try:
            cut = reader(name).read(TABLES[name][:length], "x", ZONE)
        except BadFile:
            continue
        assert {activity.distance_m for activity in cut.activities} <= whole


@pytest.mark.parametrize("name", TABLES)
def test_reading_a_table_twice_gives_the_same_and_its_rows_can_be_walked_back(name: str) -> None:
    first, second = (reader(name).read(TABLES[name], "a/folder/list", ZONE) for _ in range(2))
    assert [each.id for each in first.activities] == [each.id for each in second.activities]
    assert first.shoes == second.shoes
    for each in first.activities:
        assert ("list", name) == (each.origin.name, each.origin.reader)
