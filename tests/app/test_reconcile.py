"""What came in stands beside what the archive itself claims, and where they differ it is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from tests.app.test_import_broken_off import gpx
from tests.formats import xml_text
from typer.testing import CliRunner

from backstride.app.cli import app
from backstride.app.demo.exports import garmin, strava
from backstride.app.intake import import_paths
from backstride.app.reconcile import Sums, reconciled
from backstride.model.activity import Activity, Origin, Stream
from backstride.model.history import History, Sameness
from backstride.model.ledger import LedgerLine, Outcome
from backstride.model.said import plainly
from backstride.store.store import Store

START = datetime(2024, 3, 1, 7, tzinfo=UTC)
COLUMNS = Stream({"time_s": np.arange(1_800.0), "speed_mps": np.full(1_800, 3.0)})


def record(number: int, far_m: float | None = 5_400.0, table: bool = False, **more: object) -> Activity:
    """A made-up run; the same number is the same run."""
    origin = Origin(f"{number:063x}{int(table)}"[::-1], "list.csv" if table else f"{number}.fit", "made", 1)
    one = Activity(
        start=START + timedelta(days=number),
        zone_from="file",
        sport="run",
        origin=origin,
        distance_m=far_m,
        moving_s=1_800.0,
        elapsed_s=1_800.0,
        service_id=f"made:{number}",
        stream=Stream() if table else COLUMNS,
    )
    return replace(one, **more)  # type: ignore[arg-type]


def line(
    *records: Activity, outcome: Outcome = "imported", name: str = "x", source: str = "a.zip"
) -> LedgerLine:
    return LedgerLine(name, outcome, plainly("a run"), tuple(one.id for one in records), source=source)


def test_each_year_has_what_is_recorded_what_is_claimed_and_what_has_no_partner() -> None:
    both, row_only, alone = record(1), record(2, table=True), record(400)
    row = record(1, 5_420.0, table=True)
    history = History(activities=(both, row, row_only, alone))
    lines = (line(both, name="1.fit"), line(alone, name="400.fit"), line(row, row_only, name="list.csv"))
    (source,) = reconciled(history, lines)

    first, second = source.years
    assert (first.year, first.kind, second.year) == (2024, "run", 2025)
    assert Sums(1, 5_400.0, 1_800.0) == first.recorded
    assert Sums(2, 10_820.0, 3_600.0) == first.claimed
    assert first.found == {"both": 1, "row_only": 1, "recording_only": 0}
    assert second.found == {"both": 0, "row_only": 0, "recording_only": 1}
    assert first.differences == ()


def test_a_devices_own_file_without_samples_is_a_recording_and_no_claim() -> None:
    swim = record(1, sport="swim", stream=Stream(), origin=Origin("a" * 64, "swim.fit", "fit", 2))
    (source,) = reconciled(History(activities=(swim,)), (line(swim),))

    assert (source.years[0].recorded.count, source.years[0].claimed.count) == (1, 0)


def test_a_row_that_says_another_distance_than_its_recording_is_named() -> None:
    recording, row = record(1), record(1, 6_000.0, table=True)
    (source,) = reconciled(History(activities=(recording, row)), (line(recording, row),))

    (difference,) = source.years[0].differences
    assert (row.id, recording.id) == (difference.row.id, difference.recording.id)


def test_what_is_not_known_is_counted_and_not_summed_as_nothing() -> None:
    (source,) = reconciled(History(activities=(record(1, None),)), (line(record(1, None)),))

    assert Sums(1, 0.0, 1_800.0, without_distance=1) == source.years[0].recorded
    assert source.years[0].differences == ()
    untimed = record(2, moving_s=None, elapsed_s=None)
    (source,) = reconciled(History(activities=(untimed,)), (line(untimed),))
    assert Sums(1, 5_400.0, 0.0, without_time=1) == source.years[0].recorded


def test_a_table_that_came_twice_claims_once_and_a_file_that_came_again_stays_what_it_was() -> None:
    row = record(1, table=True)
    newer = replace(row, origin=replace(row.origin, sha256="f" * 64))
    lines = (
        line(row, name="list.csv"),
        line(newer, name="list-2.csv"),
        line(row, outcome="duplicate", name="list.csv"),
    )
    (source,) = reconciled(History(activities=(row, newer)), lines)

    assert source.years[0].claimed.count == 1
    assert source.files["imported"] == 2
    assert source.files["duplicate"] == 0


def test_the_runners_word_on_copies_counts_here_too() -> None:
    recording, row = record(1), record(1, table=True)
    history = History(activities=(recording, row), sameness=(Sameness(row.id, recording.id, same=False),))

    (source,) = reconciled(history, (line(recording, row),))
    assert source.years[0].found == {"both": 0, "row_only": 1, "recording_only": 1}


def test_archives_in_one_folder_are_sources_of_their_own(tmp_path: Path) -> None:
    given = tmp_path / "downloads"
    given.mkdir()
    for name in ("first", "second"):
        with ZipFile(given / f"{name}.zip", "w") as packed:
            packed.writestr("run.gpx", gpx(len(name)))
    (given / "alone.gpx").write_bytes(gpx(1))
    with Store.open(tmp_path / "runner.sqlite") as store:
        import_paths(store, (given,), UTC, lambda progress: None)
        found = reconciled(store.history(), store.ledger())

    assert [each.source for each in found] == ["downloads", "downloads/first.zip", "downloads/second.zip"]
    assert [sum(each.files.values()) for each in found] == [1, 1, 1]


def test_whole_archives_are_told_on_the_terminal_as_json_and_as_a_page(tmp_path: Path) -> None:
    track = xml_text.gpx(xml_text.track(xml_text.straight_run(60)))
    for name, files in (("strava", strava.archive(track)), ("garmin", garmin.archive())):
        for path, data in files.items():
            place = tmp_path / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    path = tmp_path / "runner.sqlite"
    with Store.open(path) as store:
        report = import_paths(store, (tmp_path / "strava", tmp_path / "garmin"), UTC, lambda progress: None)
        count = len(store.history().activities)
    assert report.counts["unreadable"] == 0, [each for each in report.lines if each.outcome == "unreadable"]

    def told(*words: str) -> str:
        done = CliRunner().invoke(app, ["imports", "--store", str(path), *words])
        assert done.exit_code == 0, done.exception
        return done.output

    text = told("--files", "--html", str(tmp_path / "page.html"))
    assert all(line.name in text for line in report.lines)
    page = (tmp_path / "page.html").read_text("utf-8")
    assert all(f"<h2>{name}</h2>" in page for name in ("strava", "garmin"))
    assert "http" not in page.replace("http-equiv", "")

    document = json.loads(told("--json"))
    assert [line.name for line in report.lines] == [each["name"] for each in document["ledger"]]
    sources = document["sources"]
    assert [source["source"] for source in sources] == ["strava", "garmin"]
    sums = [year[side]["count"] for source in sources for year in source["years"] for side in ("recorded",)]
    claimed = [year["claimed"]["count"] for source in sources for year in source["years"] if year["claimed"]]
    assert count == sum(sums) + sum(claimed)


def test_a_raised_red_flag_stands_first_here_too(tmp_path: Path) -> None:
    path, page = tmp_path / "runner.sqlite", tmp_path / "page.html"
    (tmp_path / "run.gpx").write_bytes(gpx(1))
    with Store.open(path) as store:
        import_paths(store, (tmp_path / "run.gpx",), UTC, lambda progress: None)
    calm = CliRunner().invoke(app, ["imports", "--store", str(path)]).output
    CliRunner().invoke(app, ["answer", "saddle_numbness=yes", "--store", str(path)])
    alarmed = CliRunner().invoke(app, ["imports", "--store", str(path), "--html", str(page)]).output

    first = next(line for line in alarmed.splitlines() if not line.startswith("Wrote"))
    assert first not in calm
    assert "emergency" in first.lower()
    html = page.read_text("utf-8")
    assert html.index('role="alert"') < html.index("<h1>")
