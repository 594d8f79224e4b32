"""`report --to`: the plan out to calendar, watch and wall, and nothing at all while no plan is made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.app.made_up import run, words_of
from typer.testing import Result

from backstride.app.taking_out import TakenOut
from backstride.model.errors import BadInput

ON = "2026-03-20"
OUT = ("ics", "fit", "week")


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTRIDE_STORE", str(tmp_path / "store.sqlite"))


def answer(*given: str) -> None:
    assert run("answer", *given, "--on", ON).exit_code == 0


def report(to: str, path: Path, *more: str) -> Result:
    return run("report", str(path), "--to", to, "--on", ON, *more)


@pytest.mark.usefixtures("ready")
def test_a_folder_of_workouts_one_for_each_session(tmp_path: Path) -> None:
    done = report("fit", tmp_path / "watch")

    assert done.exit_code == 0, words_of(done)
    names = sorted(path.name for path in (tmp_path / "watch").iterdir())
    assert "backstride-walk-run.fit" in names
    assert "backstride-strength.fit" in names
    assert all(name in words_of(done) for name in names)
    assert all(path.read_bytes()[8:12] == b".FIT" for path in (tmp_path / "watch").iterdir())


@pytest.mark.usefixtures("ready")
def test_a_calendar_and_again_over_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"

    assert report("ics", path, "--at", "18:30").exit_code == 0
    first = path.read_bytes()
    assert report("ics", path, "--at", "18:30").exit_code == 0
    assert path.read_bytes() == first
    assert b"T183000" in first


@pytest.mark.usefixtures("ready")
def test_the_calendar_is_in_the_runners_zone(tmp_path: Path) -> None:
    assert run("profile", "zone=Asia/Kolkata").exit_code == 0
    report("ics", tmp_path / "plan.ics", "--at", "07:00")

    assert b"DTSTART;TZID=Asia/Kolkata:20260320T070000" in (tmp_path / "plan.ics").read_bytes()


@pytest.mark.usefixtures("ready")
def test_a_week_for_the_wall(tmp_path: Path) -> None:
    assert report("week", tmp_path / "week.html").exit_code == 0
    page = " ".join((tmp_path / "week.html").read_text().split())

    assert "Your week, 20 March 2026 to 26 March 2026" in page
    assert "Fri, 20 Mar" in page
    assert "Walk-run 34 min" in page
    assert "The pain rule" in page
    assert "Get help the same day or sooner if" in page
    assert not re.search(r"https?://|<script|src=", page)


@pytest.mark.parametrize("to", ["text", "html", "json"])
def test_the_whole_answer_is_written_too(tmp_path: Path, to: str) -> None:
    assert report(to, tmp_path / "answer").exit_code == 0
    assert (tmp_path / "answer").stat().st_size > 400


@pytest.mark.parametrize("to", OUT)
def test_nothing_is_written_while_safety_questions_are_open(tmp_path: Path, to: str) -> None:
    done = report(to, tmp_path / "out")

    assert done.exit_code != 0
    assert "A few safety questions come first" in words_of(done)
    assert "Nothing was written" in words_of(done)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("to", OUT)
@pytest.mark.usefixtures("ready")
def test_nothing_new_is_written_while_a_flag_is_raised_and_the_alarm_comes_first(
    tmp_path: Path, to: str
) -> None:
    answer("saddle_numbness=yes")
    done = report(to, tmp_path / "other")

    words = words_of(done)
    assert done.exit_code != 0
    assert 0 <= words.find("THIS MAY BE AN EMERGENCY") < words.find("Nothing was written")
    assert "delete those to come from your calendar and your watch" in words
    assert not (tmp_path / "other").exists()


@pytest.mark.usefixtures("ready")
def test_a_raised_flag_turns_every_event_to_come_off_in_place(tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is not installed")
    path = tmp_path / "plan.ics"
    report("ics", path, "--at", "18:30")
    before = {str(each["UID"]): each for each in icalendar.Calendar.from_ical(path.read_bytes()).events}
    answer("saddle_numbness=yes")
    done = report("ics", path)
    off = path.read_bytes()
    after = {str(each["UID"]): each for each in icalendar.Calendar.from_ical(off).events}

    words = words_of(done)
    assert done.exit_code != 0
    assert 0 <= words.find("THIS MAY BE AN EMERGENCY") < words.find("Turned off every session to come")
    assert "Nothing was written" not in words
    assert after.keys() == before.keys()
    assert len(after) > 4
    for uid, event in after.items():
        assert str(event["STATUS"]) == "CANCELLED"
        assert int(event["SEQUENCE"]) > int(before[uid]["SEQUENCE"])
        assert event["DTSTART"].to_ical() == before[uid]["DTSTART"].to_ical()
        assert str(event["SUMMARY"]).startswith("Off: ")
        assert "This may be an emergency" in str(event["DESCRIPTION"])
        assert "No plan is made now" in str(event["DESCRIPTION"])
    report("ics", path)
    assert path.read_bytes() == off


@pytest.mark.usefixtures("ready")
def test_a_second_parser_sees_the_events_turned_off_and_on_again(tmp_path: Path) -> None:
    vobject = pytest.importorskip("vobject", reason="vobject is not installed")
    path = tmp_path / "plan.ics"

    def events() -> dict[str, tuple[str, int, str]]:
        found = vobject.readOne(path.read_text()).vevent_list
        return {
            each.uid.value: (each.status.value, int(each.sequence.value), each.summary.value)
            for each in found
        }

    report("ics", path)
    first = events()
    answer("saddle_numbness=yes")
    report("ics", path)
    off = events()
    run("undo", "answer")
    assert report("ics", path).exit_code == 0
    on = events()

    assert {status for status, _, _ in off.values()} == {"CANCELLED"}
    assert {status for status, _, _ in on.values()} == {"CONFIRMED"}
    assert first.keys() == off.keys() == on.keys()
    assert all(first[uid][1] < off[uid][1] < on[uid][1] for uid in first)
    assert {uid: name for uid, (_, _, name) in on.items()} == {
        uid: name for uid, (_, _, name) in first.items()
    }


@pytest.mark.usefixtures("ready")
def test_days_that_are_over_stay_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    report("ics", path)
    run("answer", "saddle_numbness=yes", "--on", "2026-03-22")
    run("report", str(path), "--to", "ics", "--on", "2026-03-22")
    events = path.read_text().replace("\r\n ", "").split("BEGIN:VEVENT")[1:]

    past = [event for event in events if "DTSTART;VALUE=DATE:20260320" in event or "0260321" in event]
    assert past
    assert all("STATUS:CONFIRMED" in event for event in past if "20260322" not in event)
    assert all("STATUS:CANCELLED" in event for event in events if "DTSTART;VALUE=DATE:20260324" in event)


@pytest.mark.usefixtures("ready")
def test_a_raised_flag_takes_our_workouts_away_and_nobody_elses(tmp_path: Path) -> None:
    watch = tmp_path / "watch"
    report("fit", watch)
    own = b"the runner's own, under a name of ours"
    (watch / "backstride-walk.fit").write_bytes(own)
    (watch / "own.fit").write_bytes(own)
    answer("saddle_numbness=yes")
    done = report("fit", watch)

    words = words_of(done)
    assert done.exit_code != 0
    assert 0 <= words.find("THIS MAY BE AN EMERGENCY") < words.find("Took away")
    assert "Delete it from your watch too" in words
    assert contents(watch) == {"backstride-walk.fit": own, "own.fit": own}


@pytest.mark.usefixtures("ready")
def test_what_is_not_ours_is_left_alone_while_a_flag_is_raised(tmp_path: Path) -> None:
    calendar, folder = tmp_path / "own.ics", tmp_path / "folder"
    calendar.write_text("BEGIN:VCALENDAR\r\nPRODID:-//another//EN\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
    folder.mkdir()
    (folder / "backstride-strength.fit").write_bytes(b"not ours")
    answer("saddle_numbness=yes")
    before = calendar.read_bytes()

    assert "Nothing was written" in words_of(report("ics", calendar))
    assert "Nothing was written" in words_of(report("fit", folder))
    assert calendar.read_bytes() == before
    assert contents(folder) == {"backstride-strength.fit": b"not ours"}


@pytest.mark.usefixtures("ready")
def test_a_workout_of_ours_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    (tmp_path / "backstride-walk-run.fit").write_bytes(b"not ours")

    assert isinstance(report("fit", tmp_path).exception, BadInput)
    assert (tmp_path / "backstride-walk-run.fit").read_bytes() == b"not ours"


def contents(path: Path) -> dict[str, bytes]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.usefixtures("ready")
def test_once_running_is_stopped_its_workout_goes_and_the_calendar_says_so(tmp_path: Path) -> None:
    watch, calendar = tmp_path / "watch", tmp_path / "plan.ics"
    report("fit", watch)
    report("ics", calendar)
    (watch / "own.fit").write_bytes(b"the runner's own")
    answer("leg_pain=below_knee")
    done = report("fit", watch)
    report("ics", calendar)

    assert done.exit_code == 0
    assert not (watch / "backstride-walk-run.fit").exists()
    assert "Took away" in words_of(done)
    assert (watch / "own.fit").exists()
    events = calendar.read_text().replace("\r\n ", "").split("BEGIN:VEVENT")
    runs = [event for event in events if "UID:walk_run" in event]
    assert len(runs) == 4
    assert all("STATUS:CANCELLED" in event for event in runs)
    assert all("Before running again" in event for event in runs)
    assert "Before running again" in words_of(done)


@pytest.mark.usefixtures("ready")
def test_where_no_session_is_left_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backstride.app.taking_out._workouts", lambda *given: TakenOut(()))

    assert "no session for a watch" in words_of(report("fit", tmp_path / "watch"))


@pytest.mark.usefixtures("ready")
def test_what_is_typed_wrong_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.ics").write_text("my own")
    for words in (("fit", tmp_path / "w", "--at", "07:00"), ("ics", tmp_path / "notes.ics")):
        done = report(str(words[0]), Path(words[1]), *map(str, words[2:]))
        assert isinstance(done.exception, BadInput)
    (tmp_path / "file").write_text("my own")
    assert isinstance(report("fit", tmp_path / "file").exception, BadInput)
    assert (tmp_path / "notes.ics").read_text() == (tmp_path / "file").read_text() == "my own"
