"""What goes into a store comes out of it the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store import made_up, strategies
from tests.store.made_up import assert_same_columns

from backstride.model.activity import Activity, Stream
from backstride.model.history import (
    Answer,
    CheckIn,
    DayRecord,
    Profile,
    Shoe,
    Span,
    Symptom,
    one_a_day,
)
from backstride.model.history import (
    TestResult as PhysicalTest,  # pytest would take a name that begins with Test for a test
)
from backstride.model.ledger import LedgerLine
from backstride.model.said import plainly
from backstride.store.diary import Entry
from backstride.store.errors import Unstorable
from backstride.store.packing import pack
from backstride.store.store import Store

on_disk = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""Each example makes a store of its own on the disk."""


@contextmanager
def fresh_store() -> Iterator[Store]:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "runner.sqlite") as store:
        yield store


def imported(store: Store, data: bytes, activities: tuple[Activity, ...]) -> LedgerLine:
    ids = tuple(activity.id for activity in activities)
    return store.add_file(
        store.begin_import(), data, activities, LedgerLine("a.fit", "imported", plainly(""), ids)
    )


@on_disk
@given(strategies.files())
def test_every_activity_comes_back_as_it_went_in(file: tuple[bytes, tuple[Activity, ...]]) -> None:
    data, activities = file
    with fresh_store() as store:
        imported(store, data, activities)
        found = {activity.id: activity for activity in store.history().activities}
        assert {activity.id for activity in activities} == set(found)
        for expected in activities:
            for other in (found[expected.id], store.activity(expected.id)):
                assert other is not None
                assert replace(expected, stream=Stream()) == replace(other, stream=Stream())
                assert expected.start.utcoffset() == other.start.utcoffset()
                assert str(expected.start.tzinfo) == str(other.start.tzinfo)
                assert expected.on == other.on
                assert_same_columns(expected.stream, other.stream)
        assert data == store.original(activities[0].origin.sha256)


@on_disk
@given(strategies.profiles, st.lists(strategies.entries, max_size=12))
def test_every_diary_entry_and_the_profile_come_back_as_they_went_in(
    profile: Profile, entries: list[Entry]
) -> None:
    with fresh_store() as store:
        assert profile == store.change_profile(lambda told: profile)
        ids = store.add(*entries)
        assert profile == store.profile() == store.history().profile
        assert list(zip(ids, entries, strict=True)) == [(row.id, row.entry) for row in store.diary()]


@on_disk
@given(st.lists(strategies.answers | strategies.symptoms | strategies.check_ins, max_size=12))
def test_a_history_has_every_entry_latest_day_last(entries: list[Entry]) -> None:
    with fresh_store() as store:
        store.add(*entries)
        history = store.history()
    for kind, found in ((Answer, history.answers), (Symptom, history.symptoms)):
        of_kind = [entry for entry in entries if isinstance(entry, kind)]
        assert sorted(of_kind, key=lambda entry: entry.on) == list(found)  # stable: as entered within a day
    told = [entry for entry in entries if isinstance(entry, CheckIn)]
    assert one_a_day(told) == history.check_ins


def test_check_ins_of_one_day_come_together_and_what_was_told_later_counts() -> None:
    day, next_day = date(2026, 3, 1), date(2026, 3, 2)
    first = CheckIn(day, ("walk_run_1",), pain_during=2, pain_after=3)
    later = CheckIn(day, ("cat_camel", "walk_run_1"), pain_after=1, pain_next_morning=0)

    assert one_a_day((CheckIn(next_day, pain_now=4), first, later)) == (
        CheckIn(day, ("walk_run_1", "cat_camel"), 2, 1, 0),
        CheckIn(next_day, pain_now=4),
    )


def test_an_empty_store_says_nothing_and_not_nothing_happened() -> None:
    with fresh_store() as store:
        history = store.history()
    assert Profile() == history.profile
    assert not [*history.activities, *history.answers, *history.symptoms, *history.shoes]
    assert history.recorded is None


def test_activities_come_oldest_first_whatever_the_order_of_import() -> None:
    with fresh_store() as store:
        for number in (3, 1, 2):
            data, activity, _ = made_up.file(number, rows=5)
            imported(store, data, (activity,))
        found = store.history().activities
    assert [made_up.file(number)[1].start for number in (1, 2, 3)] == [one.start for one in found]


def test_both_one_oclocks_of_the_night_the_clocks_go_back_stay_apart() -> None:
    zone = ZoneInfo("America/New_York")
    first = datetime(2023, 11, 5, 5, 30, tzinfo=UTC).astimezone(zone)
    second = datetime(2023, 11, 5, 6, 30, tzinfo=UTC).astimezone(zone)
    with fresh_store() as store:
        for number, start in enumerate((first, second)):
            data, activity, _ = made_up.file(number, rows=0)
            imported(store, data, (replace(activity, start=start, stream=Stream()),))
        found = [activity.start for activity in store.history().activities]
    assert [(0, timedelta(hours=-4)), (1, timedelta(hours=-5))] == [(at.fold, at.utcoffset()) for at in found]


def test_a_zone_this_machine_does_not_know_keeps_the_local_day() -> None:
    data, activity, _ = made_up.file(1, rows=0)
    late = datetime(2023, 11, 5, 23, 30, tzinfo=ZoneInfo("Europe/Kyiv"))

    with fresh_store() as store:
        imported(store, data, (replace(activity, start=late, stream=Stream()),))
        store._connection.execute("UPDATE activity SET zone_name = 'Europe/Nowhere'")
        (found,) = store.history().activities
    assert late == found.start
    assert date(2023, 11, 5) == found.on
    assert timezone(timedelta(hours=2)) == found.start.tzinfo


def test_a_name_with_bytes_that_are_no_text_is_kept_readable() -> None:
    data, activity, line = made_up.file(1, rows=5)
    raw = b"caf\xe9.fit".decode("utf-8", "surrogateescape")
    with fresh_store() as store:
        run = store.begin_import()
        store.add_file(run, data, (activity,), replace(line, name=raw))
        store.add(Answer("note", raw, date(2024, 1, 1)))
        assert store.ledger()[0].name == r"caf\udce9.fit"
        assert raw == store.history().answers[0].value


def test_a_shoe_entered_again_takes_its_place_until_that_is_taken_back() -> None:
    new, worn = Shoe("s1", "Trail 3"), Shoe("s1", "Trail 3", in_use_to=date(2024, 5, 1))
    with fresh_store() as store:
        store.add(new, Shoe("s2", "Road 1"), worn)
        assert [worn, Shoe("s2", "Road 1")] == list(store.history().shoes)
        store.forget_last("shoe")
        assert new == store.history().shoes[0]


def test_what_is_left_out_of_a_pair_entered_again_stays_as_it_was_told() -> None:
    with fresh_store() as store:
        store.add(Shoe("s1", "Trail 3", date(2024, 5, 1), None, 0.0), Shoe("s1", "", drop_mm=0.0))
        assert store.history().shoes == (Shoe("s1", "Trail 3", date(2024, 5, 1), None, 0.0, drop_mm=0.0),)


def test_tests_and_recorded_days_are_in_the_history() -> None:
    result = PhysicalTest("extension", "eases", date(2024, 2, 1))
    span = Span(date(2024, 1, 1), date(2024, 3, 1))
    with fresh_store() as store:
        store.add(result, span)
        history = store.history()
    assert (result,) == history.tests
    assert (span,) == history.recorded


def test_a_number_that_is_not_finite_is_refused_and_the_other_entries_with_it() -> None:
    with fresh_store() as store:
        with pytest.raises(Unstorable):
            store.add(Symptom(date(2024, 1, 1), 3.0), Symptom(date(2024, 1, 2), float("nan")))
        assert store.diary() == ()


@on_disk
@given(st.lists(strategies.shoes | strategies.day_records, min_size=1, max_size=4))
def test_the_shoes_and_days_of_a_file_come_back_as_they_went_in(found: list[Shoe | DayRecord]) -> None:
    with fresh_store() as store:
        line = LedgerLine("gear.json", "besides", plainly("a list of shoes"), source="export.zip")
        store.add_packed(store.begin_import(), pack(b"made up", "besides", (), found), line)
        history = store.history()

        shoes = {each.id: each for each in found if isinstance(each, Shoe)}
        assert tuple(shoes.values()) == history.shoes
        noted = [each for each in found if isinstance(each, DayRecord)]
        assert {(each.on, each.maker) for each in noted} == {(day.on, day.maker) for day in history.days}
        assert (line,) == store.ledger()


def test_what_several_files_note_of_a_day_is_put_together_and_nothing_known_is_lost() -> None:
    day = date(2024, 5, 1)
    nights, pulse = DayRecord(day, "garmin", sleep_s=27_000.0), DayRecord(day, "garmin", steps=9_000.0)
    other = DayRecord(day, "apple", steps=8_000.0)
    with fresh_store() as store:
        run = store.begin_import()
        for nth, record in enumerate((nights, pulse, other)):
            line = LedgerLine(f"{nth}.json", "besides", plainly("days"))
            store.add_packed(run, pack(bytes([nth]), "besides", (), (record,)), line)

        assert (other, DayRecord(day, "garmin", sleep_s=27_000.0, steps=9_000.0)) == store.history().days


def test_what_the_runner_says_of_a_pair_counts_over_the_file_and_the_list_of_runs_stays() -> None:
    listed = Shoe("garmin:7", "By the file", worn_in=("garmin:1",))
    with fresh_store() as store:
        line = LedgerLine("gear.json", "besides", plainly("a list of shoes"))
        store.add_packed(store.begin_import(), pack(b"made up", "besides", (), (listed,)), line)
        store.add(Shoe("garmin:7", "By the runner", distance_before_m=1_000.0))

        (pair,) = store.history().shoes
        assert (pair.model, pair.distance_before_m, pair.worn_in) == ("By the runner", 1_000.0, ("garmin:1",))
