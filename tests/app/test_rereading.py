"""A better reader reads the stored files anew, and nothing is lost where it gives nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from tests.app.test_import_broken_off import gpx

from backstride.app import rereading
from backstride.app.intake import ImportReport, Progress, import_paths
from backstride.app.rereading import reread
from backstride.formats import readers
from backstride.formats.contents import Contents, source_of
from backstride.formats.readers import READERS, Reader
from backstride.model.errors import BadFile
from backstride.model.said import plainly, said
from backstride.store.store import Store


def quiet(_: Progress) -> None:
    """Tells nobody."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    given = tmp_path / "given"
    given.mkdir()
    for number in range(3):
        (given / f"run-{number}.gpx").write_bytes(gpx(number))
    (given / "odd.xyz").write_bytes(b"XYZ1 a format of tomorrow")
    with Store.open(tmp_path / "runner.sqlite") as opened:
        import_paths(opened, (given,), UTC, quiet)
        yield opened


def newer(gives: bool = True) -> Reader:
    """The GPX reader of tomorrow: it gives titles, or cannot read anything."""
    old = next(reader for reader in READERS if reader.name == "gpx")

    def read(data: bytes, name: str, zone: object) -> Contents:
        if not gives:
            raise BadFile(name, said("byte {at}", at=0), plainly("not today"))
        found = old.read(data, name, UTC)
        origin = source_of(data, name, "gpx", old.version + 1).origin
        better = (
            replace(one, title="Better", origin=origin(place)) for place, one in enumerate(found.activities)
        )
        return replace(found, activities=tuple(better))

    return replace(old, version=old.version + 1, read=read)


def use(monkeypatch: pytest.MonkeyPatch, *rows: Reader) -> None:
    named = {row.name: row for row in (*READERS, *rows)}
    for room in (readers, rereading):
        monkeypatch.setattr(room, "READERS", tuple(named.values()))


def again(store: Store) -> ImportReport:
    return reread(store, UTC, quiet, workers=0)


def test_with_the_same_readers_there_is_nothing_to_read_anew(store: Store) -> None:
    before = store.history().activities
    assert again(store).lines == ()
    assert [one.id for one in before] == [one.id for one in store.history().activities]


def test_a_newer_reader_takes_the_place_of_what_an_older_one_gave(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.history().activities
    use(monkeypatch, newer())
    report = again(store)

    assert report.counts["imported"] == 3
    after = store.history().activities
    assert [one.id for one in before] == [one.id for one in after]
    assert {one.title for one in after} == {"Better"}
    assert again(store).lines == ()


def test_a_newer_reader_that_cannot_read_a_file_leaves_what_it_gave(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, newer(gives=False))

    assert again(store).lines == ()
    assert len(store.history().activities) == 3


def test_a_file_of_a_format_that_was_not_known_is_read_once_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(data: bytes, name: str, zone: object) -> Contents:
        found = newer().read(gpx(9), name, UTC)
        origin = source_of(data, name, "xyz", 1).origin(0)
        return replace(found, activities=(replace(found.activities[0], origin=origin),))

    knows = said("a format of tomorrow")
    use(monkeypatch, Reader("xyz", 1, (".xyz",), lambda data, _: data[:4] == b"XYZ1", read, knows))

    assert [line.name for line in again(store).lines] == ["odd.xyz"]
    assert len(store.history().activities) == 4


def test_a_damaged_original_is_passed_over_and_the_others_are_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store._connection.execute("UPDATE original SET packed = x'02' WHERE name = 'run-1.gpx'")
    use(monkeypatch, newer())

    assert again(store).counts["imported"] == 2
    assert len(store.history().activities) == 3
