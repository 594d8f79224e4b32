"""What was worked out of activities is kept, comes back exactly, and is never worth waiting for."""

from __future__ import annotations

from pathlib import Path

from tests.store import made_up

from backstride.model.findings import MeasuredRun, Worked
from backstride.store.store import Store

VALUES = {
    "running_s": Worked(3_600.25, ("speed_mps",)),
    "temperature_c": Worked(None, (), "not_recorded"),
    "typical_easy_m": Worked(5.0, ("speed_mps",), None, 4.0, 6.0),
}


def test_what_was_kept_comes_back_and_a_later_one_takes_its_place(tmp_path: Path) -> None:
    data, activity, line = made_up.file(1)
    with Store.open(tmp_path / "runner.sqlite") as store:
        store.add_file(store.begin_import(), data, (activity,), line)
        assert not store.measured()
        assert store.keep_measured({activity.id: ("key", VALUES)})
        assert dict(store.measured()) == {activity.id: ("key", VALUES)}

        later: MeasuredRun = ("other key", {"running_s": Worked(0.1, ())})
        store.keep_measured({activity.id: later})
        assert dict(store.measured()) == {activity.id: later}


def test_what_is_no_activity_any_more_is_not_kept(tmp_path: Path) -> None:
    with Store.open(tmp_path / "runner.sqlite") as store:
        store.keep_measured({"nobody": ("key", VALUES)})
        assert not store.measured()


def test_while_another_program_writes_nothing_is_kept_and_nobody_waits(tmp_path: Path) -> None:
    path = tmp_path / "runner.sqlite"
    data, activity, line = made_up.file(1)
    with Store.open(path) as store, Store.open(path) as other:
        store.add_file(store.begin_import(), data, (activity,), line)
        other._connection.execute("BEGIN IMMEDIATE")
        assert not store.keep_measured({activity.id: ("key", VALUES)})
        other._connection.execute("ROLLBACK")
        assert store.keep_measured({activity.id: ("key", VALUES)})
