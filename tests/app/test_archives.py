"""Each archive goes in whole, as a zip and as a folder: each file has its line, and nothing is a fault."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from tests.formats import xml_text

from backstride.app import intake
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
from backstride.app.intake import ImportReport, import_paths
from backstride.copies import each_once
from backstride.formats.archive import unpack
from backstride.model.activity import Activity
from backstride.store.store import Store

Files = dict[str, bytes]
TRACK = xml_text.gpx(xml_text.track(xml_text.straight_run(60)))
RUN = apple.Run(seconds=600)
ARCHIVES: dict[str, Files] = {
    "garmin": garmin.archive(),
    "garmin, older": garmin.archive("DI-Connect-Fitness-Uploaded-Files"),
    "strava": strava.archive(TRACK),
    "apple": apple.archive(RUN),
    "polar": polar.archive(),
    "fitbit": fitbit.archive(),
    "samsung": samsung.archive(),
    "health_connect": {"health_connect_export.db": health_connect.database(health_connect.run())},
    "intervals": {"activities.csv": intervals_list.activities()},
    "garmin list": {"Activities.csv": garmin_list.activities()},
}
LITTER: Files = {"__MACOSX/._a.fit": b"\0\5\x16\7", ".DS_Store": b"\0", "folder/Thumbs.db": b"\0"}


def as_zip(files: Files, path: Path) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as whole:
        for name, data in (files | LITTER).items():
            whole.writestr(name, data)
    return path


def as_folder(files: Files, path: Path) -> Path:
    for name, data in files.items():
        place = path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return path


def taken_in(path: Path, *given: Path) -> tuple[ImportReport, tuple[Activity, ...], tuple[Activity, ...]]:
    """The report, every record, and every activity once."""
    with Store.open(path) as store:
        report = import_paths(store, given, UTC, lambda progress: None, workers=0)
        history = store.history()
        return report, history.activities, each_once(history).activities


def faults(report: ImportReport) -> list[str]:
    return [f"{line.name}: {line.why}" for line in report.lines if line.outcome == "unreadable"]


def summed(activities: Iterable[Activity]) -> list[tuple[object, ...]]:
    return [(one.start, one.sport, one.distance_m, one.moving_s, sorted(one.stream)) for one in activities]


@pytest.mark.parametrize("maker", ARCHIVES)
def test_a_zip_and_its_unpacked_folder_give_the_same_and_no_fault(maker: str, tmp_path: Path) -> None:
    files = ARCHIVES[maker]
    zipped = as_zip(files, tmp_path / "export.zip")
    folder = as_folder(files, tmp_path / "unpacked")
    by_zip, records, once = taken_in(tmp_path / "zip.sqlite", zipped)
    by_folder, _, also = taken_in(tmp_path / "folder.sqlite", folder)

    assert [] == faults(by_zip) == faults(by_folder)
    assert len(by_zip.lines) - len(LITTER) == len(by_folder.lines) >= len(files)
    assert [one for one in once if one.sport == "run"]
    assert summed(once) == summed(also)
    assert len(records) >= len(once)


@pytest.mark.parametrize("maker", ARCHIVES)
def test_handed_in_again_nothing_is_added(maker: str, tmp_path: Path) -> None:
    zipped = as_zip(ARCHIVES[maker], tmp_path / "export.zip")
    _, records, once = taken_in(tmp_path / "store.sqlite", zipped)
    report, again, also = taken_in(tmp_path / "store.sqlite", zipped)

    assert {"duplicate", "set_aside"} >= {line.outcome for line in report.lines}
    assert [one.id for one in records] == [one.id for one in again]
    assert summed(once) == summed(also)


def test_a_large_export_of_apple_is_streamed_and_gives_what_a_small_one_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zipped = as_zip(ARCHIVES["apple"], tmp_path / "export.zip")
    _, _, whole = taken_in(tmp_path / "whole.sqlite", zipped)
    told: list[str] = []
    monkeypatch.setattr(unpack, "STREAM_FROM_BYTES", 1_000)
    streamed = intake.read_streamed
    monkeypatch.setattr(intake, "read_streamed", lambda *all: (told.append(all[1].name), streamed(*all))[1])
    report, _, once = taken_in(tmp_path / "streamed.sqlite", zipped)
    again, _, _ = taken_in(tmp_path / "streamed.sqlite", zipped)

    assert told == ["apple_health_export/export.xml"] * 2
    assert faults(report) == []
    assert summed(whole) == summed(once)
    (line,) = (each for each in again.lines if each.name.endswith("export.xml"))
    assert line.outcome == "duplicate"


def test_the_same_run_from_every_maker_at_once_stays_as_many_runs_as_there_were(tmp_path: Path) -> None:
    """Made-up runs of different days do not melt into one another because they stand in one store."""
    given = [as_zip(files, tmp_path / f"{nth}.zip") for nth, files in enumerate(ARCHIVES.values())]
    alone = sum(len(taken_in(tmp_path / f"{nth}.sqlite", path)[2]) for nth, path in enumerate(given))
    _, _, together = taken_in(tmp_path / "all.sqlite", *given)

    assert len(together) <= alone
    assert len(together) >= alone / 2


def test_zips_in_a_zip_that_are_read_from_memory_keep_their_names() -> None:
    inner = BytesIO()
    with ZipFile(inner, "w") as packed:
        packed.writestr("a.txt", "made up")
    outer = BytesIO()
    with ZipFile(outer, "w") as packed:
        packed.writestr("part.zip", inner.getvalue())

    assert [member.name for member in unpack.members(outer, "export.zip")] == ["part.zip/a.txt"]
