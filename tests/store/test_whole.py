"""A backup is the whole store as one file that opens like any other."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from backstride.model.errors import BadInput
from backstride.model.history import Answer, Profile
from backstride.store.store import Store

ON = date(2026, 3, 22)


def test_a_backup_holds_all_and_opens_like_any_store(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one.sqlite") as one, Store.open(tmp_path / "one.sqlite") as other:
        one.change_profile(lambda told: Profile(mass_kg=70.0))
        other.add(Answer("fever", "no", ON))
        one.backup(tmp_path / "copy.sqlite")
        one.add(Answer("fever", "yes", ON))

    with Store.open(tmp_path / "copy.sqlite") as copy:
        assert [Answer("fever", "no", ON)] == [row.entry for row in copy.diary()]
        assert copy.profile().mass_kg == 70.0
        assert copy.doctor(thorough=True).sound
    assert stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600


def test_a_backup_never_takes_another_files_place(tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite").write_text("mine")
    with Store.open(tmp_path / "one.sqlite") as store, pytest.raises(BadInput, match="already"):
        store.backup(tmp_path / "copy.sqlite")
    assert (tmp_path / "copy.sqlite").read_text() == "mine"
    assert not list(tmp_path.glob("*.part"))


def test_a_store_is_empty_until_something_is_told(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one.sqlite") as store:
        assert store.is_empty()
        store.change_profile(lambda told: told)
        assert store.is_empty()
        (row,) = store.add(Answer("fever", "no", ON))
        assert not store.is_empty()
        store.forget(row)
        assert store.is_empty()
