"""Whatever the bytes, a reader gives what a file holds or refuses it in words, soon and in little memory.

One contract over every row of READERS and every file of the made-up archives, with bytes flipped, cut,
put in, doubled, mixed with those of other formats, and with absurd numbers for sound ones.

BACKSTRIDE_FUZZ=200 tries 200 times as long: `BACKSTRIDE_FUZZ=200 ./test tests/formats/test_fuzz.py`.
"""

from __future__ import annotations

import os
import re
import tracemalloc
from contextlib import suppress
from dataclasses import replace
from time import process_time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.test_archives import ARCHIVES
from tests.formats import fit_bytes, xml_text
from tests.formats.test_readers import SAMPLES, ZONE

from backstride.formats.contents import Contents
from backstride.formats.readers import READERS, Reader, read
from backstride.model.activity import Activity
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadFile
from backstride.store.packing import pack

LONGER = max(1, int(os.environ.get("BACKSTRIDE_FUZZ", "1")))
LONGEST_S = 5.0
MOST_TIMES, MOST_BYTES = 50, 64 << 20
"""No file may take more memory than 50 times its size and 64 MiB."""

ONE_OF_EACH = {reader.name: SAMPLES[reader.name] for reader in READERS}
IN_ARCHIVES = {
    f"{maker}/{name}": data
    for maker, files in ARCHIVES.items()
    for name, data in files.items()
    if not name.endswith((".zip", ".gz"))
}
"""The archives' own files; their zips and gzips are unpacked before a reader sees them."""

ABSURD = (
    *(b"-1", b"0", b"NaN", b"1e308", b"-1e308", b"1e999", b"9" * 30, b"2147483648", b"1" + b"0" * 400),
    *(b"null", b'""', b"[]", b"{}", b"\xff\xfe", b"\0", b"<x>", b"&a;", b"]]>", b'"', b"\r", b"\xed\xa0\x80"),
    *(b"9999-12-31T23:59:59Z", b"0001-01-01T00:00:00Z", b"2024-02-30", b"1970-01-01"),
)
_NUMBER = re.compile(rb"[0-9.]{1,40}")


@st.composite
def harmed(draw: st.DrawFn, whole: bytes) -> bytes:
    """The file, harmed in up to five ways."""
    data = bytearray(whole)
    for kind in draw(st.lists(st.sampled_from(sorted(_WAYS)), min_size=1, max_size=5)):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        end = min(len(data), at + draw(st.sampled_from((1, 2, 4, 16, 100, 3_000))))
        _WAYS[kind](draw, data, at, end)
    return bytes(data)


def _flip(draw: st.DrawFn, data: bytearray, at: int, end: int) -> None:
    if data:
        data[at] ^= 1 << draw(st.integers(0, 7))


def _set(draw: st.DrawFn, data: bytearray, at: int, end: int) -> None:
    data[at:end] = bytes([draw(st.sampled_from((0, 1, 0x7F, 0x80, 0xFF)))]) * (end - at)


def _cut(draw: st.DrawFn, data: bytearray, at: int, end: int) -> None:
    del data[at : draw(st.sampled_from((end, len(data))))]


def _insert(draw: st.DrawFn, data: bytearray, at: int, end: int) -> None:
    data[at:at] = draw(st.binary(min_size=1, max_size=20))


def _double(draw: st.DrawFn, data: bytearray, at: int, end: int) -> None:
    data[at:at] = bytes(data[at:end]) * draw(st.sampled_from((1, 2, 30)))


def _splice(draw: st.DrawFn, data: bytearray, at: int, end: int) -> None:
    other = ONE_OF_EACH[draw(st.sampled_from(sorted(ONE_OF_EACH)))]
    begin = draw(st.integers(0, len(other) - 1))
    data[at:end] = other[begin : begin + draw(st.sampled_from((4, 50, 2_000)))]


def _absurd(draw: st.DrawFn, data: bytearray, at: int, end: int) -> None:
    found = _NUMBER.search(data, at)
    begin, end = found.span() if found is not None else (at, at)
    data[begin:end] = draw(st.sampled_from(ABSURD))


_WAYS = {
    "flip": _flip,
    "set": _set,
    "cut": _cut,
    "insert": _insert,
    "double": _double,
    "splice": _splice,
    "absurd": _absurd,
}


def tries(each: int) -> settings:
    """So many, or as many times more as were asked for."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(max_examples=each * LONGER, deadline=None, suppress_health_check=slow)


def read_within_bounds(data: bytes, name: str, reader: Reader | None) -> Contents | None:
    """What the file holds, None where it is refused; by the reader its bytes ask for where none is named."""
    refused: BadFile | None = None
    tracemalloc.start()
    begun = process_time()  # a busy machine is not the file's fault
    try:
        contents = read(data, name, ZONE) if reader is None else reader.read(data, name, ZONE)
    except BadFile as fault:
        contents, refused = None, fault
    finally:
        took_s, peak = process_time() - begun, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert refused is None or (refused.where and refused.why)
    # Watching the memory takes twice the time that reading does: what was slow is timed without.
    assert took_s < LONGEST_S or untraced_s(data, name, reader) < LONGEST_S
    assert peak < MOST_TIMES * len(data) + MOST_BYTES
    return contents


def untraced_s(data: bytes, name: str, reader: Reader | None) -> float:
    """How long reading takes by itself."""
    begun = process_time()
    with suppress(BadFile):
        _ = read(data, name, ZONE) if reader is None else reader.read(data, name, ZONE)
    return process_time() - begun


def assert_sound(contents: Contents) -> None:
    """The activities keep the promises of their types, and can be stored."""
    assert contents.kind
    ids = [activity.id for activity in contents.activities]
    assert len(ids) == len(set(ids))
    for activity in contents.activities:
        assert_activity(activity)
    for sha256 in {activity.origin.sha256 for activity in contents.activities}:
        assert len(sha256) == 64


def assert_activity(activity: Activity) -> None:
    """Its columns are of one length, in order and in range, its totals finite and not negative."""
    assert activity.start.tzinfo is not None
    for total in (activity.distance_m, activity.moving_s, activity.elapsed_s):
        assert total is None or 0 <= total < float("inf")
    for averages in (activity.averages, *(lap.averages for lap in activity.laps)):
        for name, value in averages.items():
            assert CHANNELS[name].low <= value <= CHANNELS[name].high
    assert activity.stream.rows or not len(activity.stream)
    for name, column in activity.stream.items():
        assert column.shape == (activity.stream.rows,)
        known = column[~np.isnan(column)]
        assert known.size
        assert CHANNELS[name].low <= known.min() <= known.max() <= CHANNELS[name].high
    if activity.stream.rows:
        assert (np.diff(activity.stream["time_s"]) > 0).all()


def check(data: bytes, name: str, reader: Reader | None) -> None:
    """The whole contract for one file."""
    for each in READERS:
        each.knows(data, name)
    contents = read_within_bounds(data, name, reader)
    if contents is None:
        return
    assert_sound(contents)
    pack(data, "imported", contents.activities, (*contents.shoes, *contents.days))


@pytest.mark.parametrize("reader", READERS, ids=lambda row: row.name)
@tries(50)
@given(data=st.data())
def test_a_reader_gives_what_a_harmed_file_holds_or_refuses_it(reader: Reader, data: st.DataObject) -> None:
    check(data.draw(harmed(ONE_OF_EACH[reader.name])), "harmed", reader)


@tries(150)
@given(data=st.data())
def test_a_harmed_file_of_an_archive_is_read_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(IN_ARCHIVES)))
    check(data.draw(harmed(IN_ARCHIVES[name])), name, None)


@pytest.mark.parametrize("reader", READERS, ids=lambda row: row.name)
@tries(5)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(reader: Reader, data: bytes) -> None:
    head = ONE_OF_EACH[reader.name][:40]
    check(head + data, "any", reader)
    check(data, "any", reader)


def test_a_tag_that_only_begins_like_a_workout_hides_no_record() -> None:
    """Found by harming Apple's export."""
    data = SAMPLES["apple"].replace(b"<Workout ", b"<Workouts ").replace(b"</Workout>", b"</Workouts>")
    check(data, "export.xml", None)


def test_points_of_another_year_are_left_out_and_the_day_of_most_is_kept() -> None:
    """Found by harming a session of Polar's; the same held for GPX and TCX."""
    run = xml_text.straight_run(60)
    strays = [replace(point, at_s=3e8 + nth) for nth, point in enumerate(run[:30])]
    data = xml_text.gpx(xml_text.track([*run, *strays]))
    check(data, "run.gpx", None)
    (activity,) = read(data, "run.gpx", ZONE).activities
    assert activity.stream.rows == 61
    assert "repair_far_records" in activity.repairs


def test_a_session_that_began_after_all_its_records_has_no_stream() -> None:
    """Found by harming a FIT file."""
    writer = fit_bytes.started().define(1, 20, fit_bytes.RECORD).data(1, *fit_bytes.record(0))
    writer.define(3, 18, fit_bytes.SESSION).data(3, *fit_bytes.session(60, fit_bytes.START + 5 * 86_400))
    check(writer.file(), "run.fit", None)
