"""The answer at hand: worked out again for what is told at once, and for files once the last is in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.app.made_up import gpx_run

from backstride.app.actions import assess_store
from backstride.app.entering import answer_rows
from backstride.app.intake import import_paths
from backstride.app.web.home import Home
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Tier
from backstride.model.history import Symptom

ON = date(2026, 3, 22)


class Files:
    """Whether files are coming in."""

    coming = False

    def __call__(self) -> bool:
        return self.coming


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def home(tmp_path: Path, files: Files) -> Home:
    return Home(tmp_path / "s.sqlite", shipped(), lambda: ON, files)


def come_in(home: Home, folder: Path) -> None:
    """One run is in the store."""
    (folder / "a.gpx").write_bytes(gpx_run(datetime(2026, 3, 20, 7, tzinfo=UTC)))
    with home.store() as store:
        import_paths(store, [folder / "a.gpx"], UTC, lambda progress: None)


def test_the_answer_waits_for_the_last_file(home: Home, files: Files, tmp_path: Path) -> None:
    before = home.answer(ON)
    files.coming = True
    come_in(home, tmp_path)
    assert home.answer(ON) is before
    files.coming = False

    assert home.answer(ON).coverage.runs == 1


def test_what_is_told_meanwhile_counts_at_once(home: Home, files: Files, tmp_path: Path) -> None:
    home.answer(ON)
    files.coming = True
    come_in(home, tmp_path)
    with home.store() as store:
        answer_rows(store, (("bladder_change", "new"),), ON, shipped())

    assert home.answer(ON).triage.tier > Tier.T0


def test_the_answer_is_at_hand_once_it_is_renewed(home: Home, files: Files, tmp_path: Path) -> None:
    home.answer(ON)
    files.coming = True
    come_in(home, tmp_path)
    home.renew()

    assert home.answer(ON).coverage.runs == 1
    files.coming = False
    assert home.answer(ON) is home.answer(ON)


def test_what_is_told_is_answered_from_the_runs_at_hand_as_from_the_store(home: Home, tmp_path: Path) -> None:
    come_in(home, tmp_path)
    home.answer(ON)
    with home.store() as store:
        store.add(Symptom(ON, 6.0, ("low_back_left",)))
        answer_rows(store, (("worse_sitting", "yes"),), ON, shipped())
        assert home.answer(ON) == assess_store(store, ON, shipped())


def test_what_is_recorded_after_the_day_is_looked_at_from_the_store(home: Home, tmp_path: Path) -> None:
    come_in(home, tmp_path)
    before = date(2026, 3, 19)
    with home.store() as store:
        assert home.answer(before) == assess_store(store, before, shipped())
    assert home.answer(before).coverage.runs == 0
    assert home.answer(ON).coverage.runs == 1
