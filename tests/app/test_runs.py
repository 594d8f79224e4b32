"""Each activity is listed once, with what each record gave, and what the runner says of it stays."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest
from tests.app.test_import_broken_off import gpx
from tests.formats import xml_text
from typer.testing import CliRunner

import backstride.formats
from backstride.app.cli import app
from backstride.app.intake import Progress, import_paths
from backstride.app.interview import Interview
from backstride.app.record import activities_of, hold, remove, short
from backstride.knowledge.loader import shipped
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadInput
from backstride.store.store import Store


def quiet(_: Progress) -> None:
    """Tells nobody."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runner.sqlite"


@pytest.fixture
def store(path: Path, tmp_path: Path) -> Iterator[Store]:
    """Two runs, one of them twice: once more with other bytes, as a service writes it anew."""
    given = tmp_path / "given"
    given.mkdir()
    (given / "watch.gpx").write_bytes(gpx(1))
    (given / "service.gpx").write_bytes(gpx(1).replace(b"made-up", b"a made-up service"))
    (given / "other.gpx").write_bytes(gpx(2))
    with Store.open(path) as opened:
        import_paths(opened, (given,), UTC, quiet)
        yield opened


def told(path: Path, *words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--store", str(path)])
    assert done.exit_code == 0, done.exception
    return done.output


def test_a_run_that_came_twice_is_listed_once(store: Store, path: Path) -> None:
    assert len(store.history().activities) == 3
    lines = told(path, "runs").splitlines()

    assert len(lines) == 2
    assert "2 records of it" in lines[0]
    assert "records" not in lines[1]


def test_the_check_in_looks_at_each_run_once_too(store: Store) -> None:
    interview = Interview.begin(store, date(2024, 2, 1), shipped())
    assert len(interview.history.activities) == 2
    interview.refresh(store.history())
    assert len(interview.history.activities) == 2


def test_what_each_record_gave_can_be_seen(store: Store, path: Path) -> None:
    one = activities_of(store)[0]
    text = told(path, "runs", "show", short(one.id))

    assert "It is made of 2 records" in text
    assert all(short(copy.id) in text for copy in one.copies)
    assert "place" in text
    rows = json.loads(told(path, "runs", "show", one.id, "--json"))["records"]
    assert [copy.id for copy in one.copies] == [row["id"] for row in rows]


def test_what_was_taken_out_stays_out_when_it_comes_again_and_can_be_had_back(
    store: Store, path: Path, tmp_path: Path
) -> None:
    gone = activities_of(store)[0]
    told(path, "runs", "remove", short(gone.id))
    assert len(activities_of(store)) == 1

    again = tmp_path / "again.gpx"
    again.write_bytes(gpx(1).replace(b"made-up", b"a third made-up service"))
    import_paths(store, (again, tmp_path / "given"), UTC, quiet)
    assert len(activities_of(store)) == 1

    told(path, "undo", "removed")
    assert len(activities_of(store)) == 2
    assert len(activities_of(store)[0].copies) == 3


def test_what_the_runner_says_of_two_records_counts_and_the_last_word_most(store: Store, path: Path) -> None:
    first, second = (copy.id for copy in activities_of(store)[0].copies)
    hold(store, first, second, same=False)
    assert len(activities_of(store)) == 3
    hold(store, second, first, same=True)
    assert len(activities_of(store)) == 2
    told(path, "undo", "sameness")
    assert len(activities_of(store)) == 3


@pytest.mark.parametrize("wrong", ["abc", "ffffffff", "zz"])
def test_an_id_of_nothing_is_refused(store: Store, wrong: str) -> None:
    with pytest.raises(BadInput):
        remove(store, wrong, activities_of(store)[0].on)
    assert len(activities_of(store)) == 2


def test_every_channel_has_a_name_to_be_said_by() -> None:
    assert not [name for name in CHANNELS if f"runs.name_{name}" not in shipped().sentences]


def test_another_device_is_marked_where_it_begins(path: Path, tmp_path: Path) -> None:
    given = tmp_path / "devices"
    given.mkdir()
    for day, name in enumerate(("Forerunner 245", "Forerunner 245", "Forerunner 965")):
        points = xml_text.straight_run(60)
        moved = [replace(each, at_s=each.at_s + 86_400 * day) for each in points]
        creator = f"<Creator><Name>Garmin {name}</Name></Creator>"
        (given / f"{day}.tcx").write_bytes(xml_text.tcx(xml_text.LapText(moved), tail=creator))
    with Store.open(path) as opened:
        import_paths(opened, (given,), UTC, quiet)
    lines = told(path, "runs").splitlines()

    assert len(lines) == 4
    assert "965" in lines[2]


def test_every_repair_has_a_phrase_and_is_never_shown_by_its_name(store: Store, path: Path) -> None:
    names = repairs_in_the_code()
    assert {"repair_jumps", "repair_frozen_sensor", "distance_from_positions"} <= names
    keys = {f"runs.repair_{name.removeprefix('repair_')}" for name in names}
    assert keys - set(shipped().sentences) == set()

    one = next(each for each in activities_of(store) if each.repairs)
    text = told(path, "runs", "show", one.id)
    assert "worked out from the places" in text
    assert not [name for name in names if name in text]


def repairs_in_the_code() -> set[str]:
    """Every text in the readers that is named as a repair, or as worked out from something."""
    root = Path(backstride.formats.__file__).parent
    texts = {
        node.value
        for file in root.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    worked_out = re.compile(r"(distance|speed|moving|climb)_from_[a-z]+")
    return {text for text in texts if re.fullmatch(r"repair_[a-z_]+", text) or worked_out.fullmatch(text)}


def test_an_empty_store_says_how_to_begin(path: Path) -> None:
    assert "backstride add" in told(path, "runs")
