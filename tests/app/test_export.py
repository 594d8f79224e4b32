"""Everything goes out as one zip, and comes back into an empty store as it was."""

from __future__ import annotations

import json
import stat
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.app.made_up import eight_weeks, gpx_run

from backstride.app.actions import assess_store
from backstride.app.demo import make
from backstride.app.export import LEDGER, TOLD, UNKEPT, export_file
from backstride.app.import_export import import_export
from backstride.app.intake import import_paths
from backstride.app.reading import line_of
from backstride.formats.readers import read
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput
from backstride.model.history import Answer, CheckIn, DayRecord, InstrumentResult, Shoe, Span, Symptom
from backstride.reports.as_json import document
from backstride.reports.wording import Wording
from backstride.store.originals import sha256_of
from backstride.store.packing import pack_unkept
from backstride.store.store import Store

ON = date(2026, 3, 22)
WORDS = Wording(shipped().sentences)


def quiet(*_: object) -> None:
    """Tells nobody."""


def exported(store: Store, to: Path) -> Path:
    export_file(store, to, assess_store(store, ON, shipped()), WORDS, quiet)
    return to


def answer_of(store: Store, on: date = ON) -> object:
    return document(assess_store(store, on, shipped()), WORDS)


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A store with eight weeks of runs, the same file twice, a broken one, and one of each thing told."""
    folder = eight_weeks(tmp_path / "watch")
    (folder / "broken.fit").write_bytes(b"no fit file at all")
    path = tmp_path / "full.sqlite"
    with Store.open(path) as store:
        import_paths(store, (folder,), UTC, quiet)
        import_paths(store, (next(folder.glob("*.gpx")),), UTC, quiet)
        store.change_profile(lambda told: type(told)(birth_year=1980, mass_kg=70.5, medicines=()))
        store.add(
            Answer("fever", "no", ON),
            Answer("fever", "no", ON),
            Symptom(ON, 3.0, ("low_back_left",), "after", "heat", "Grüße \U0001f3c3"),
            Shoe("blue", "A shoe", date(2026, 1, 1)),
            Span(date(2026, 1, 1), date(2026, 3, 1)),
            CheckIn(ON, ("plank",), 1.0),
            InstrumentResult("odi", ON, total=12.0),
        )
    return path


def test_a_made_up_watch_archive_comes_back_with_the_same_answer(tmp_path: Path) -> None:
    runner = make(tmp_path / "archive", 1, kind="garmin")
    with Store.open(tmp_path / "one.sqlite") as one, Store.open(tmp_path / "two.sqlite") as two:
        import_paths(one, (tmp_path / "archive",), UTC, quiet)
        one.change_profile(lambda told: runner.profile)
        one.add(*runner.symptoms, *runner.answers, *runner.check_ins)

        done = import_export(two, exported(one, tmp_path / "all.zip"), quiet)

        assert not done.report.stopped
        assert answer_of(one, runner.on) == answer_of(two, runner.on)
        assert [line.outcome for line in one.ledger()] == [line.outcome for line in two.ledger()]


def test_all_that_was_told_comes_back_also_what_was_told_twice(full: Path, tmp_path: Path) -> None:
    with Store.open(full) as one, Store.open(tmp_path / "two.sqlite") as two:
        done = import_export(two, exported(one, tmp_path / "all.zip"), quiet)

        assert one.profile() == two.profile()
        assert [row.entry for row in one.diary()] == [row.entry for row in two.diary()]
        assert [each.name for each in one.ledger()] == [each.name for each in two.ledger()]
        assert [each.began_at for each in one.imports()] == [each.began_at for each in two.imports()]
        assert len(one.diary()) == done.diary


def test_the_original_files_stand_in_it_byte_for_byte(full: Path, tmp_path: Path) -> None:
    with Store.open(full) as store:
        path = exported(store, tmp_path / "all.zip")
    with ZipFile(path) as archive:
        rows = [json.loads(line) for line in archive.read(LEDGER).splitlines()]
        assert all(sha256_of(archive.read(row["file"])) == row["sha256"] for row in rows if row["file"])
        assert any(row["outcome"] == "unreadable" and row["file"] for row in rows)
        assert archive.testzip() is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_files_of_one_name_both_go_out(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one.sqlite") as one, Store.open(tmp_path / "two.sqlite") as two:
        for day in (1, 2, 3):
            (tmp_path / "run.gpx").write_bytes(gpx_run(datetime(2026, 3, day, 8, tzinfo=UTC)))
            import_paths(one, (tmp_path / "run.gpx",), UTC, quiet)
        import_export(two, exported(one, tmp_path / "all.zip"), quiet)

        assert len(two.history().activities) == 3


def test_what_was_read_from_a_file_that_is_not_kept_comes_back_too(tmp_path: Path) -> None:
    """As of an export of a phone, which is too large to be held."""
    data = gpx_run(datetime(2026, 3, 2, 8, tzinfo=UTC))
    contents = read(data, "export.xml", UTC)
    day = DayRecord(ON, "apple", steps=5000.0)
    with Store.open(tmp_path / "one.sqlite") as one, Store.open(tmp_path / "two.sqlite") as two:
        line = line_of("export.xml", "export.zip", contents)
        packed = pack_unkept(sha256_of(data), len(data), contents.activities, (day, Shoe("s", "Shoe")))
        one.add_packed(one.begin_import(), packed, line)
        path = exported(one, tmp_path / "all.zip")
        import_export(two, path, quiet)

        (before,), (after,) = one.history().activities, two.history().activities
        assert before.id == after.id
        assert all((before.stream[name] == after.stream[name]).all() for name in ("time_s", "latitude_deg"))
        assert (day,) == two.history().days
        assert [shoe.id for shoe in two.history().shoes] == ["s"]
        assert answer_of(one) == answer_of(two)


def test_a_store_that_is_not_empty_is_left_as_it_is(full: Path, tmp_path: Path) -> None:
    with Store.open(full) as one, Store.open(tmp_path / "two.sqlite") as two:
        path = exported(one, tmp_path / "all.zip")
        two.add(Answer("fever", "yes", ON))
        version = two.version()

        with pytest.raises(BadInput, match="not empty"):
            import_export(two, path, quiet)
        assert version == two.version()


def test_merging_adds_what_is_not_there_and_changes_nothing_that_is(full: Path, tmp_path: Path) -> None:
    with Store.open(full) as one, Store.open(tmp_path / "two.sqlite") as two:
        path = exported(one, tmp_path / "all.zip")
        two.change_profile(lambda told: type(told)(mass_kg=80.0))
        two.add(Answer("fever", "no", ON), Answer("fever", "yes", ON))
        import_export(two, path, quiet, merge=True)
        again = import_export(two, path, quiet, merge=True)

        assert two.profile().mass_kg == 80.0
        assert two.profile().birth_year == 1980
        answers = [row.entry for row in two.diary("answer")]
        assert [Answer("fever", "no", ON), Answer("fever", "yes", ON)] == answers
        assert len(one.history().activities) == len(two.history().activities)
        assert again.diary == 0
        assert {"duplicate", "unreadable"} == {line.outcome for line in again.report.lines}


def test_watch_archives_and_other_zips_are_refused_by_name(tmp_path: Path) -> None:
    other = BytesIO()
    with ZipFile(other, "w") as archive:
        archive.writestr("activities/1.gpx", gpx_run(datetime(2026, 3, 2, 8, tzinfo=UTC)))
    (tmp_path / "garmin.zip").write_bytes(other.getvalue())
    (tmp_path / "text.zip").write_bytes(b"no zip at all")
    with Store.open(tmp_path / "two.sqlite") as store:
        for name in ("garmin.zip", "text.zip"):
            with pytest.raises(BadInput, match="not a whole export of backstride"):
                import_export(store, tmp_path / name, quiet)
        with pytest.raises(BadInput, match="no such file"):
            import_export(store, tmp_path / "nothing.zip", quiet)
        assert store.is_empty()


LINE = (
    b'{"name": "a.fit", "source": "", "outcome": "unreadable", "why": ["", {}], "activities": [], '
    b'"warnings": [], "skipped": [], "sha256": "00", "file": null, %s}\n'
)
"""A line of a ledger, but for which import it is of."""


def changed(path: Path, name: str, data: bytes | None) -> Path:
    """The zip with another member of that name, or without it."""
    made = BytesIO()
    with ZipFile(path) as old, ZipFile(made, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        if data is not None:
            new.writestr(name, data)
    path.write_bytes(made.getvalue())
    return path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (TOLD, None),
        (TOLD, b"{}"),
        (TOLD, b"[1]"),
        (TOLD, b"\xff\xfe"),
        (TOLD, b'{"schema": "backstride/export/9"}'),
        (
            TOLD,
            b'{"schema": "backstride/export/1", "zone": "UTC", "profile": {"birth_year": "soon"}, '
            b'"diary": []}',
        ),
        (
            TOLD,
            b'{"schema": "backstride/export/1", "zone": "UTC", "profile": {}, '
            b'"diary": [{"kind": "symptom", "entry": {"on": 3, "score": "much"}}]}',
        ),
        (
            TOLD,
            b'{"schema": "backstride/export/1", "zone": "../../etc/passwd", "profile": {}, "diary": []}',
        ),
        (LEDGER, None),
        (LEDGER, b"[]\n"),
        (LEDGER, b'{"outcome": "lost"}\n'),
        (LEDGER, LINE % b'"import": 1, "size_bytes": null'),
        (LEDGER, LINE % b'"import": "x", "began_at": "2026-03-06T10:00:00+00:00", "size_bytes": null'),
        (LEDGER, LINE % b'"import": 1, "began_at": "2026-03-06T10:00:00", "size_bytes": null'),
        (LEDGER, LINE % b'"import": 1, "began_at": "2026-03-06T10:00:00+00:00", "size_bytes": "x"'),
        (UNKEPT, b'{"sha256": "00", "activity": {}, "columns": []}\n'),
        (UNKEPT, b'{"sha256": "00", "found": "day", "body": {"on": "never"}}\n'),
    ],
)
def test_a_forged_or_damaged_export_stores_nothing(
    full: Path, tmp_path: Path, name: str, data: bytes | None
) -> None:
    with Store.open(full) as one:
        path = changed(exported(one, tmp_path / "all.zip"), name, data)
    with Store.open(tmp_path / "two.sqlite") as two:
        with pytest.raises(BadInput):
            import_export(two, path, quiet)
        assert two.is_empty()


def test_an_original_that_was_changed_is_named_and_the_rest_comes_in(full: Path, tmp_path: Path) -> None:
    with Store.open(full) as one, Store.open(tmp_path / "two.sqlite") as two:
        path = exported(one, tmp_path / "all.zip")
        with ZipFile(path) as archive:
            name = next(each for each in archive.namelist() if each.endswith(".gpx"))
        done = import_export(two, changed(path, name, b"other bytes"), quiet)

        damaged = [line for line in done.report.lines if "damaged" in line.why]
        assert [line.outcome for line in damaged] == ["unreadable"]
        assert len(one.history().activities) - 1 == len(two.history().activities)


def test_adding_an_export_like_any_archive_reads_its_original_files(full: Path, tmp_path: Path) -> None:
    with Store.open(full) as one, Store.open(tmp_path / "two.sqlite") as two:
        report = import_paths(two, (exported(one, tmp_path / "all.zip"),), UTC, quiet)

        assert [each.id for each in one.history().activities] == [
            each.id for each in two.history().activities
        ]
        own = [line for line in report.lines if line.name.startswith("backstride/")]
        assert len(own) == 4
        assert all(line.outcome == "set_aside" and "backstride import" in line.why for line in own)


def test_an_export_never_takes_another_files_place(full: Path, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_text("mine")
    with Store.open(full) as one:
        with pytest.raises(BadInput, match="already"):
            exported(one, tmp_path / "all.zip")
        answer = assess_store(one, ON, shipped())

        def fail(done: int, of: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            export_file(one, tmp_path / "new.zip", answer, WORDS, fail)
    assert (tmp_path / "all.zip").read_text() == "mine"
    assert not list(tmp_path.glob("new*"))
