"""The contract of every row of READERS, and what becomes of files that are none of theirs."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from tests.formats import fit_bytes, xml_text

from backstride.app.demo.exports import (
    apple,
    fitbit,
    garmin,
    garmin_list,
    health_connect,
    intervals_list,
    polar,
    samsung,
    strava,
)
from backstride.formats.not_read import HOLDS_NOTHING, KNOWN_BUT_NOT_READ
from backstride.formats.readers import READERS, Reader, read, reader_of
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadFile

ZONE = ZoneInfo("Europe/Lisbon")

RECORDINGS: dict[str, bytes] = {
    "fit": fit_bytes.run(60).file(),
    "gpx": xml_text.gpx(xml_text.track(xml_text.straight_run(60))),
    "tcx": xml_text.tcx(xml_text.LapText(xml_text.straight_run(60))),
    "polar_account": polar.to_bytes(polar.newer_session(60)),
    "apple": apple.export(
        "".join(apple.Run(seconds=120).records()), apple.Run(seconds=120).workout(), days=2000
    ),
    "samsung": samsung.live(600),
    "health_connect": health_connect.database(health_connect.run()),
}
"""A minute's run in each format that holds every second."""
TABLES: dict[str, bytes] = {
    "strava_csv": strava.activities(),
    "strava_lists": strava.shoes(),
    "garmin_csv": garmin_list.activities(),
    "intervals_csv": intervals_list.activities(),
    "garmin_account": garmin.summaries(garmin.summary()),
    "fitbit_account": fitbit.to_bytes([fitbit.exercise()]),
}
"""A list of activities, or of what belongs to them, in each format that holds one row for each."""
SAMPLES = RECORDINGS | TABLES


@pytest.fixture(params=READERS, ids=lambda row: row.name)
def row(request: pytest.FixtureRequest) -> Reader:
    reader = request.param
    assert isinstance(reader, Reader)
    return reader


@pytest.fixture(params=[row for row in READERS if row.name in RECORDINGS], ids=lambda row: row.name)
def recording(request: pytest.FixtureRequest) -> Reader:
    reader = request.param
    assert isinstance(reader, Reader)
    return reader


def test_every_reader_has_a_sample_here() -> None:
    assert {reader.name for reader in READERS} == SAMPLES.keys()


def test_a_reader_gives_known_channels_in_range_and_of_one_length(recording: Reader) -> None:
    (activity,) = recording.read(SAMPLES[recording.name], "a/run", ZONE).activities
    assert activity.sport == "run"
    assert activity.start.tzinfo is not None
    assert activity.stream.rows >= 60
    for name, column in activity.stream.items():
        channel = CHANNELS[name]
        assert activity.stream.rows == column.size
        assert not ((column < channel.low) | (column > channel.high)).any()
    assert activity.averages.keys() <= CHANNELS.keys()
    assert all(lap.averages.keys() <= CHANNELS.keys() for lap in activity.laps)


def test_an_activity_can_be_walked_back_to_its_file(recording: Reader) -> None:
    origin = recording.read(SAMPLES[recording.name], "a/folder/run", ZONE).activities[0].origin
    assert ("run", recording.name, recording.version) == (origin.name, origin.reader, origin.reader_version)
    assert len(origin.sha256) == 64


def test_a_table_gives_summaries_whose_rows_can_be_walked_back() -> None:
    for row in READERS:
        if row.name not in TABLES:
            continue
        contents = row.read(TABLES[row.name], "a/folder/list", ZONE)
        assert contents.activities or contents.shoes
        for activity in contents.activities:
            assert activity.stream.rows == 0
            assert activity.averages.keys() <= CHANNELS.keys()
            assert ("list", row.name, row.version) == (
                activity.origin.name,
                activity.origin.reader,
                activity.origin.reader_version,
            )


def test_reading_twice_gives_the_same(recording: Reader) -> None:
    first, second = (recording.read(SAMPLES[recording.name], "run", ZONE).activities[0] for _ in range(2))
    assert (first.id, first.start, first.distance_m) == (second.id, second.start, second.distance_m)


def test_a_broken_file_is_refused_with_path_place_and_reason(row: Reader) -> None:
    for broken in (b"", b"\0\0\0\0", b"hello", SAMPLES[row.name][:11]):
        with pytest.raises(BadFile) as refused:
            row.read(broken, "run.bin", ZONE)
        assert refused.value.path == "run.bin"
        assert refused.value.where.startswith(("byte", "line"))
        assert len(refused.value.why) > 10


def test_a_file_cut_in_the_middle_keeps_what_came_before(recording: Reader) -> None:
    data = SAMPLES[recording.name]
    found = recording.read(data[: len(data) * 2 // 3], "run", ZONE)
    assert found.activities[0].stream.rows > 20
    assert found.warnings
    assert found.activities[0].warnings


@pytest.mark.parametrize("ending", [".fit", ".gpx", ".tcx", ".xml", ".FIT", "", ".jpg"])
def test_what_a_file_is_is_told_by_its_bytes_not_its_name(row: Reader, ending: str) -> None:
    assert row == reader_of(SAMPLES[row.name], f"run{ending}")


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\n\n  ", b"\xef\xbb\xbf \r\n"])
def test_marks_and_blanks_before_an_xml_file_do_not_hide_it(before: bytes) -> None:
    assert reader_of(before + SAMPLES["gpx"], "x").name == "gpx"
    assert reader_of(before + SAMPLES["tcx"], "x").name == "tcx"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_wide_letters_do_not_hide_an_xml_file(encoding: str) -> None:
    assert reader_of(SAMPLES["tcx"].decode().encode(encoding), "x").name == "tcx"


def test_a_prefix_on_the_root_does_not_hide_it() -> None:
    assert reader_of(b'<?xml version="1.0"?><!-- made up --><g:gpx xmlns:g="x"></g:gpx>', "x").name == "gpx"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "run.fit", "the file is empty"),
        (b"<!DOCTYPE html><html><body>sign in</body></html>", "run.fit", "web page"),
        (b"\n<html><head></head></html>", "run.gpx", "web page"),
        (b'{"error": "rate limit"}', "run.fit", "JSON"),
        (b"[1, 2]", "run.tcx", "JSON"),
        (b'<?xml version="1.0"?><kml></kml>', "run.gpx", "map overlay"),
        (b"<strange></strange>", "run.tcx", "<strange>"),
        (b"PK\x03\x04rest", "run.fit", "zip"),
        (b"\x1f\x8brest", "run.fit", "gzip"),
        (b"Date,Distance\n", "activities.csv", "table"),
        (b"\0" * 500, "run.fit", "zeros"),
        (b"who knows", "run", "no file of a kind that is known"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_it_is(data: bytes, name: str, words: str) -> None:
    with pytest.raises(BadFile, match=words) as refused:
        read(data, f"some/folder/{name}", ZONE)
    assert (name, "byte 0") == (refused.value.path, refused.value.where)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7", "letter.fit", "a document"),
        (b"\x89PNG\r\n", "map.png", "a picture"),
        (b"Read me: made up.", "read me.txt", "a text"),
        (b"<ClinicalDocument></ClinicalDocument>", "copy.xml", "Apple Health"),
        (b'{"a": 1}', "DI_CONNECT/DI-Connect-New/something_new.json", "Garmin's account"),
        (b"a,b\n1,2\n", "Takeout/Fitbit/Stress/stress.csv", "Google's archive"),
    ],
)
def test_what_holds_no_recording_is_set_aside_and_is_no_fault(data: bytes, name: str, words: str) -> None:
    contents = read(data, name, ZONE)

    assert contents.activities == ()
    assert words in contents.kind


def test_a_page_to_sign_in_that_was_saved_under_another_name_is_a_fault() -> None:
    with pytest.raises(BadFile, match="web page"):
        read(b"<html>sign in</html>", "notes.txt", ZONE)


def test_a_refusal_says_what_the_name_promised() -> None:
    with pytest.raises(BadFile, match=r"though its name ends in \.fit"):
        read(b"<html></html>", "run.fit", ZONE)


def test_every_ending_that_is_not_read_has_advice_and_no_reader_claims_it() -> None:
    claimed = {ending for reader in READERS for ending in reader.endings}
    assert claimed.isdisjoint(KNOWN_BUT_NOT_READ)
    assert HOLDS_NOTHING.keys().isdisjoint({*KNOWN_BUT_NOT_READ, *claimed})
    for ending, advice in KNOWN_BUT_NOT_READ.items():
        assert ending == ending.lower()
        assert ending.startswith(".")
        assert len(advice) > 15
        with pytest.raises(BadFile, match="this is"):
            read(b"\x01\x02 something else", f"file{ending.upper()}", ZONE)


def test_a_table_that_names_a_fit_file_is_told_as_a_table() -> None:
    """The magic word of FIT may stand in any text; a header has a length that headers have."""
    table = b"kind\tfile\tbytes\n" + b"fit\trun of 2017.FIT\t92129\n" * 40

    with pytest.raises(BadFile) as caught:
        read(table, "list.tsv", UTC)

    assert "FIT header" not in caught.value.why
    assert "message" not in caught.value.why
