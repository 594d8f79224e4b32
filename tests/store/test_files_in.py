"""Originals, ledger and activities: what becomes of files handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.store import made_up
from tests.store.made_up import assert_same_columns

from backstride.model.activity import Activity, Lap, Stream
from backstride.model.ledger import LedgerLine, Outcome
from backstride.model.said import plainly
from backstride.store import originals
from backstride.store.errors import GoneActivity, Unstorable
from backstride.store.originals import KEEP_UP_TO_BYTES
from backstride.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "runner.sqlite") as opened:
        yield opened


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_the_same_bytes_twice_are_one_file_and_one_activity(store: Store) -> None:
    data, activity, line = made_up.file(1)
    run = store.begin_import()
    assert line == store.add_file(run, data, (activity,), line)
    again = store.add_file(run, data, (activity,), replace(line, name="copy.fit"))
    assert ("copy.fit", "duplicate", f"the same as {line.name}") == (again.name, again.outcome, again.why)
    assert (line, again) == store.ledger()
    assert len(store.history().activities) == 1
    assert store.doctor().rows["original"] == 1


def test_known_bytes_are_told_by_what_they_came_to_and_not_by_a_later_copy(store: Store) -> None:
    data, activity, line = made_up.file(1)
    assert store.known(sha256(data)) is None
    run = store.begin_import()
    store.add_file(run, data, (activity,), line)
    store.note(run, LedgerLine("copy.fit", "duplicate", plainly("the same as run-1.fit")), data)
    assert line == store.known(sha256(data))


def test_an_unreadable_file_read_by_a_later_version_is_known_as_imported(store: Store) -> None:
    data, activity, line = made_up.file(1)
    run = store.begin_import()
    unreadable = LedgerLine(line.name, "unreadable", plainly("at byte 12: not known yet"))
    store.note(run, unreadable, data)
    assert unreadable == store.known(sha256(data))
    assert data == store.original(sha256(data))
    assert line == store.add_file(run, data, (activity,), line)
    assert line == store.known(sha256(data))


def test_each_import_has_its_own_lines_in_order(store: Store) -> None:
    at = datetime(2024, 5, 1, 12, tzinfo=UTC)
    first, second = store.begin_import(at), store.begin_import(at)
    lines = [
        LedgerLine(f"{n}.bin", "unreadable", plainly("at byte 0: no"), (), (plainly("odd"),))
        for n in range(4)
    ]
    for run, line in zip((first, second, first, second), lines, strict=True):
        store.note(run, line)
    assert (lines[0], lines[2]) == store.ledger(first)
    assert (lines[1], lines[3]) == store.ledger(second)
    assert tuple(lines) == store.ledger()
    assert [(first, at, 2), (second, at, 2)] == [(run.id, run.began_at, run.files) for run in store.imports()]


@pytest.mark.parametrize(("outcome", "limit"), [(o, n) for o, n in KEEP_UP_TO_BYTES.items() if n is not None])
def test_bytes_beyond_the_limit_are_not_kept_but_are_known_when_they_come_again(
    store: Store, monkeypatch: pytest.MonkeyPatch, outcome: Outcome, limit: int
) -> None:
    assert limit >= 1 << 20
    monkeypatch.setitem(KEEP_UP_TO_BYTES, outcome, 1_000)
    small, large = bytes(1_000), bytes(1_001)
    run = store.begin_import()
    for data in (small, large):
        store.note(run, LedgerLine("x.bin", outcome, plainly("why")), data)
    assert small == store.original(sha256(small))
    assert store.original(sha256(large)) is None
    assert store.known(sha256(large)) is not None


def test_a_file_too_large_for_sqlite_gives_its_activities_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, activity, line = made_up.file(1)
    monkeypatch.setattr(originals, "MAX_PACKED_BYTES", 10)
    store.add_file(store.begin_import(), data, (activity,), line)
    assert store.original(sha256(data)) is None
    assert_same_columns(activity.stream, store.history().activities[0].stream)


def test_bytes_left_out_at_first_are_filled_in_when_the_file_can_be_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, activity, line = made_up.file(1)
    monkeypatch.setitem(KEEP_UP_TO_BYTES, "unreadable", 1)
    run = store.begin_import()
    store.note(run, LedgerLine(line.name, "unreadable", plainly("why")), data)
    assert store.original(sha256(data)) is None
    store.add_file(run, data, (activity,), line)
    assert data == store.original(sha256(data))


def test_a_newer_reader_takes_the_place_of_an_older_reading_and_never_the_other_way(store: Store) -> None:
    data, old, line = made_up.file(1, rows=50)
    newer = replace(made_up.file(1, rows=70, reader_version=2)[1], title="read anew")
    run = store.begin_import()
    store.add_file(run, data, (old,), line)
    before = store.history()
    assert line == store.add_file(run, data, (newer,), line)
    assert store.add_file(run, data, (old,), line).outcome == "duplicate"
    (found,) = store.history().activities
    assert newer.title == found.title
    assert_same_columns(newer.stream, found.stream)
    with pytest.raises(GoneActivity):
        before.activities[0].stream["time_s"]


def test_a_history_made_before_more_files_came_in_still_reads_its_streams(store: Store) -> None:
    run = store.begin_import()
    data, activity, line = made_up.file(1)
    store.add_file(run, data, (activity,), line)
    before = store.history()
    for number in range(2, 6):
        data, other, line = made_up.file(number)
        store.add_file(run, data, (other,), line)
    assert len(before.activities) == 1
    assert_same_columns(activity.stream, before.activities[0].stream)
    assert before.activities[0].stream.rows == 120


def test_asking_whether_a_channel_was_recorded_decodes_nothing(store: Store) -> None:
    data, activity, line = made_up.file(1)
    store.add_file(store.begin_import(), data, (activity,), line)
    stream = store.history().activities[0].stream
    store._connection.execute("UPDATE stream_column SET packed = x'00'")
    assert "time_s" in stream
    assert "power_w" not in stream
    assert stream.get("power_w") is None


def broken(activity: Activity) -> list[Activity]:
    """The activity broken in one way each."""
    fine = dict(activity.stream.items())
    return [
        replace(activity, start=activity.start.replace(tzinfo=None)),
        replace(activity, distance_m=float("nan")),
        replace(activity, averages={"speed_mps": float("inf")}),
        replace(activity, laps=(Lap(float("nan"), None, None),)),
        replace(activity, origin=replace(activity.origin, sha256="0" * 64)),
        replace(activity, stream=Stream({"no_such_channel": np.zeros(3), "time_s": np.zeros(3)})),
        replace(activity, stream=Stream({"heart_rate_bpm": np.zeros(3)})),
        replace(activity, stream=Stream({**fine, "power_w": np.zeros(3)})),
        replace(activity, stream=Stream({**fine, "power_w": np.full(120, np.inf)})),
    ]


@pytest.mark.parametrize("fault", range(9))
def test_an_activity_that_breaks_a_promise_is_refused_and_the_store_is_as_it_was(
    store: Store, fault: int
) -> None:
    data, activity, line = made_up.file(1)
    with pytest.raises(Unstorable):
        store.add_file(store.begin_import(), data, (broken(activity)[fault],), line)
    rows = store.doctor().rows
    assert [rows[table] for table in ("original", "ledger", "activity", "stream_column")] == [0, 0, 0, 0]


def test_every_fault_of_every_activity_is_named_at_once(store: Store) -> None:
    data, activity, line = made_up.file(1)
    first = replace(activity, distance_m=float("nan"), climb_m=float("inf"))
    second = broken(activity)[8]
    with pytest.raises(Unstorable) as error:
        store.add_file(store.begin_import(), data, (first, second), line)
    assert len(error.value.each) == 3


def test_two_activities_may_not_have_the_same_place_in_a_file(store: Store) -> None:
    data, activity, line = made_up.file(1)
    with pytest.raises(Unstorable):
        store.add_file(store.begin_import(), data, (activity, activity), line)


def test_a_line_must_fit_what_is_done(store: Store) -> None:
    data, activity, line = made_up.file(1)
    run = store.begin_import()
    with pytest.raises(ValueError, match="noted"):
        store.add_file(run, data, (), line)
    with pytest.raises(ValueError, match="noted"):
        store.add_file(run, data, (activity,), replace(line, outcome="unreadable"))
    with pytest.raises(ValueError, match="added"):
        store.note(run, line)
    assert store.ledger() == ()
