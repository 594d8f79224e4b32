"""What the runner told can be taken back, the store can be checked, and all of it can be forgotten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.store import made_up

from backstride.model.history import Answer, Profile, Symptom
from backstride.store.diary import KINDS
from backstride.store.errors import LockedStore
from backstride.store.store import Store
from backstride.store.where import default_path

MONDAY, TUESDAY = date(2024, 1, 1), date(2024, 1, 2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runner.sqlite"


def test_the_last_entry_of_a_kind_can_be_taken_back_again_and_again(path: Path) -> None:
    with Store.open(path) as store:
        store.add(Symptom(TUESDAY, 4.0), Answer("fever", "no", MONDAY), Symptom(MONDAY, 2.0))
        first, second = store.forget_last("symptom"), store.forget_last("symptom")
        assert first is not None
        assert second is not None
        assert [Symptom(MONDAY, 2.0), Symptom(TUESDAY, 4.0)] == [first.entry, second.entry]
        assert store.forget_last("symptom") is None
        assert [Answer("fever", "no", MONDAY)] == [row.entry for row in store.diary()]


def test_any_entry_can_be_deleted_by_an_id_that_is_never_given_twice(path: Path) -> None:
    with Store.open(path) as store:
        (old,) = store.add(Answer("fever", "no", MONDAY))
        assert store.forget(old)
        assert not store.forget(old)
        (new,) = store.add(Answer("fever", "yes", MONDAY))
        assert new != old
        assert [new] == [row.id for row in store.diary("answer")]


def test_what_was_deleted_is_not_left_in_the_file(path: Path) -> None:
    with Store.open(path) as store:
        (row,) = store.add(Symptom(MONDAY, 4.0, note="a phrase found nowhere else"))
    assert b"found nowhere else" in path.read_bytes()
    with Store.open(path) as store:
        store.forget(row)
    assert b"found nowhere else" not in path.read_bytes()


def test_a_profile_change_is_given_what_is_stored(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as two:
        one.change_profile(lambda told: Profile(height_m=1.7))
        two.change_profile(lambda told: Profile(height_m=told.height_m, mass_kg=60.0))
        assert Profile(height_m=1.7, mass_kg=60.0) == one.profile()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_listed_and_taken_back_when_there_is_none(path: Path, kind: str) -> None:
    with Store.open(path) as store:
        for known in KINDS:
            if known == kind:
                assert store.diary(known) == ()
                assert store.forget_last(known) is None


def test_a_sound_store_is_told_sound_with_its_counts(path: Path) -> None:
    data, activity, line = made_up.file(1)
    with Store.open(path) as store:
        store.add_file(store.begin_import(), data, (activity,), line)
        store.add(Symptom(MONDAY, 0.0))
        health = store.doctor(thorough=True)
    assert health.sound
    assert health.complete
    columns = len(made_up.CHANNELS_USED)
    expected = {
        "import_run": 1,
        "original": 1,
        "ledger": 1,
        "activity": 1,
        "stream_column": columns,
        "found": 0,
        "diary": 1,
        "measured": 0,
    }
    assert expected == health.rows
    assert (1, columns) == (health.originals_checked, health.columns_checked)
    assert health.size_bytes > 10_000
    assert path == health.path


def test_damaged_originals_columns_and_links_are_named(path: Path) -> None:
    data, activity, line = made_up.file(1)
    with Store.open(path) as store:
        store.add_file(store.begin_import(), data, (activity,), line)
        connection = store._connection
        connection.execute("UPDATE stream_column SET packed = x'01' WHERE channel = 'contact_ms'")
        connection.execute("UPDATE original SET packed = x'02'")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO ledger VALUES (9, 77, NULL, 'x', 'unreadable', '', '[]', '[]', '', '[]')"
        )
        health = store.doctor()
    assert not health.sound
    assert (activity.origin.sha256,) == health.damaged_originals
    assert (f"{activity.id}: contact_ms",) == health.damaged_columns
    assert health.faults == ("rows of ledger that point nowhere",)


def test_a_check_that_stops_early_says_that_it_is_not_complete(path: Path) -> None:
    with Store.open(path) as store:
        run = store.begin_import()
        for number in range(3):
            data, activity, line = made_up.file(number)
            store.add_file(run, data, (activity,), line)
        health = store.doctor(look_at_bytes=1)
    assert health.sound
    assert not health.complete
    assert (health.originals_checked, health.columns_checked) == (1, 1)


def test_a_file_with_overwritten_pages_gives_faults_and_no_error(path: Path) -> None:
    with Store.open(path) as store:
        run = store.begin_import()
        for number in range(20):
            data, activity, line = made_up.file(number)
            store.add_file(run, data, (activity,), line)
    content = bytearray(path.read_bytes())
    for page in range(20, len(content) // 4096):
        content[page * 4096 : page * 4096 + 2_000] = b"\xa5" * 2_000
    path.write_bytes(content)
    with Store.open(path) as store:
        assert not store.doctor().sound


def test_forgetting_everything_leaves_no_file(path: Path) -> None:
    with Store.open(path) as store:
        store.add(Symptom(MONDAY, 4.0))
        store.forget_everything()
    assert list(path.parent.iterdir()) == []
    with Store.open(path) as store:
        assert store.diary() == ()


def test_nothing_is_forgotten_while_another_program_has_the_store_open(path: Path) -> None:
    with Store.open(path, busy_s=0.05) as store, Store.open(path) as other:
        store.add(Symptom(MONDAY, 4.0))
        with pytest.raises(LockedStore):
            store.forget_everything()
        assert len(other.diary()) == 1
        assert len(store.diary()) == 1
        other.add(Symptom(TUESDAY, 4.0))
        assert len(store.diary()) == 2


def test_the_store_lies_where_the_environment_says() -> None:
    assert Path("/data/mine.sqlite") == default_path({"BACKSTRIDE_STORE": "/data/mine.sqlite"})
    assert Path.home() / "mine.sqlite" == default_path({"BACKSTRIDE_STORE": "~/mine.sqlite"})


def test_the_store_lies_in_the_platforms_data_folder_when_nobody_says() -> None:
    assert "runner.sqlite" == default_path({}).name == default_path({"BACKSTRIDE_STORE": ""}).name
    assert default_path({}).parent.name == "backstride"
