"""Every file handed in gets one line, the counts add up, and one bad file never stops the rest."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from tests.app.made_up import MORNING, gpx_run

from backstride.app.intake import ImportReport, Progress, import_paths
from backstride.app.progress import progress_words
from backstride.model.errors import BadInput
from backstride.store.store import Store

NO_WORDS = lambda progress: None  # noqa: E731  # nobody watches


def take(store: Store, *paths: Path) -> ImportReport:
    return import_paths(store, paths, UTC, NO_WORDS)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store.sqlite")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A nested folder with a run, the same run in gz, a ride, a broken file, and a zip with a run inside."""
    made = tmp_path / "export"
    (made / "deep" / "er").mkdir(parents=True)
    (made / "run.gpx").write_bytes(gpx_run(MORNING))
    (made / "deep" / "run.gpx.gz").write_bytes(gzip.compress(gpx_run(MORNING), mtime=0))
    (made / "deep" / "ride.gpx").write_bytes(gpx_run(MORNING + timedelta(days=1), kind="cycling"))
    (made / "deep" / "er" / "broken.fit").write_bytes(b"not a watch file")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside/second.gpx", gpx_run(MORNING + timedelta(days=2)))
    (made / "part.zip").write_bytes(packed.getvalue())
    return made


def test_every_file_has_one_line_and_the_counts_add_up(store: Store, folder: Path) -> None:
    report = take(store, folder)

    assert {line.name: line.outcome for line in report.lines} == {
        "deep/er/broken.fit": "unreadable",
        "deep/ride.gpx": "kept",
        "deep/run.gpx.gz": "imported",
        "inside/second.gpx": "imported",
        "run.gpx": "duplicate",
    }
    assert len(report.lines) == 5
    assert sum(report.counts.values()) == 5
    assert report.counts["imported"] == 2
    assert report.counts["duplicate"] == 1


def test_the_store_keeps_runs_and_other_sport(store: Store, folder: Path) -> None:
    take(store, folder)

    assert [each.sport for each in store.history().activities] == ["run", "ride", "run"]


def test_handing_the_same_in_again_adds_nothing(store: Store, folder: Path) -> None:
    take(store, folder)
    again = take(store, folder)

    assert again.counts == {
        "imported": 0,
        "kept": 0,
        "besides": 0,
        "duplicate": 4,
        "set_aside": 0,
        "unreadable": 1,
    }
    assert len(store.history().activities) == 3


def test_an_unreadable_line_says_where_and_why(store: Store, folder: Path) -> None:
    line = next(each for each in take(store, folder).lines if each.outcome == "unreadable")

    assert line.why.startswith("at ")
    assert "not a watch file" not in line.why, "the words of a file do not belong in a message"


def test_a_path_that_is_not_there_is_refused_before_anything_is_read(store: Store, folder: Path) -> None:
    with pytest.raises(BadInput, match="no such file or folder"):
        take(store, folder, folder / "nowhere")

    assert store.history().activities == ()


def test_links_out_of_the_folder_are_not_followed(store: Store, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.gpx"
    outside.write_bytes(gpx_run(MORNING + timedelta(days=9)))
    (folder / "link.gpx").symlink_to(outside)

    (line,) = (line for line in take(store, folder).lines if line.name == "link.gpx")
    assert (line.outcome, line.why) == ("set_aside", "a link to another place; links are not followed")
    assert len(store.history().activities) == 3


def test_progress_ends_at_all_of_it(store: Store, folder: Path) -> None:
    told: list[Progress] = []
    import_paths(store, [folder], UTC, told.append)

    assert told[-1].done_bytes == told[-1].total_bytes
    assert told[-1].files == 5
    assert [each.files for each in told] == sorted(each.files for each in told)


def test_progress_says_how_many_how_fast_and_how_long() -> None:
    words = progress_words(Progress(50, 25, 100, "run.fit"), 10.0)

    assert "50 files, 5 a second, 25% done, about 30 s left" in words
