"""`report --to`: the plan out to calendar, watch and wall, and nothing at all while no plan is made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backstride.app.cli import app
from backstride.app.taking_out import TakenOut
from backstride.knowledge.loader import shipped
from backstride.model.errors import BackstrideError, BadInput

runner = CliRunner()
ON = "2026-03-20"
READY = (
    "age_years=34",
    "sex=male",
    "pain_began_on=2026-02-20",
    "walk_30_min_easy=yes",
    "heel_raises_10=yes",
    "hops_5_pain_free=yes",
    "leg_pain=none",
    "leg_numb_or_tingling=no",
)
OUT = ("ics", "fit", "week")


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTRIDE_STORE", str(tmp_path / "store.sqlite"))


def run(*words: str) -> Result:
    result = runner.invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit | BackstrideError):
        raise result.exception
    return result


def told(result: Result) -> str:
    return " ".join(f"{result.output} {result.exception or ''}".split())


def answer(*given: str) -> None:
    assert run("answer", *given, "--on", ON).exit_code == 0


def safe() -> list[str]:
    """Every safety question answered with its harmless answer."""
    return [
        f"{question.id}={'0' if question.kind == 'number' else 'no'}"
        for question in shipped().questions.values()
        if question.group == "safety" and question.follows is None
    ]


@pytest.fixture
def ready() -> None:
    """A runner who may run."""
    answer(*safe(), *READY)


def report(to: str, path: Path, *more: str) -> Result:
    return run("report", str(path), "--to", to, "--on", ON, *more)


@pytest.mark.usefixtures("ready")
def test_a_folder_of_workouts_one_for_each_session(tmp_path: Path) -> None:
    done = report("fit", tmp_path / "watch")

    assert done.exit_code == 0, told(done)
    names = sorted(path.name for path in (tmp_path / "watch").iterdir())
    assert "backstride-walk-run.fit" in names
    assert "backstride-strength.fit" in names
    assert all(name in told(done) for name in names)
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
    assert "A few safety questions come first" in told(done)
    assert "Nothing was written" in told(done)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("to", OUT)
@pytest.mark.usefixtures("ready")
def test_nothing_is_written_while_a_flag_is_raised_and_the_alarm_comes_first(tmp_path: Path, to: str) -> None:
    report(to, tmp_path / "out")
    before = contents(tmp_path / "out")
    answer("saddle_numbness=yes")
    again, new = report(to, tmp_path / "out"), report(to, tmp_path / "other")

    for done in (again, new):
        words = told(done)
        assert done.exit_code != 0
        assert 0 <= words.find("THIS MAY BE AN EMERGENCY") < words.find("Nothing was written")
        assert "delete those to come from your calendar and your watch" in words
    assert contents(tmp_path / "out") == before
    assert not (tmp_path / "other").exists()


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
    assert "Took away" in told(done)
    assert (watch / "own.fit").exists()
    events = calendar.read_text().replace("\r\n ", "").split("BEGIN:VEVENT")
    runs = [event for event in events if "UID:walk_run" in event]
    assert len(runs) == 4
    assert all("STATUS:CANCELLED" in event for event in runs)


def test_where_no_session_is_left_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(*safe(), *READY)
    monkeypatch.setattr("backstride.app.taking_out._workouts", lambda *given: TakenOut(()))

    assert "no session for a watch" in told(report("fit", tmp_path / "watch"))


@pytest.mark.usefixtures("ready")
def test_what_is_typed_wrong_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.ics").write_text("my own")
    for words in (("fit", tmp_path / "w", "--at", "07:00"), ("ics", tmp_path / "notes.ics")):
        done = report(str(words[0]), Path(words[1]), *map(str, words[2:]))
        assert isinstance(done.exception, BadInput)
    (tmp_path / "file").write_text("my own")
    assert isinstance(report("fit", tmp_path / "file").exception, BadInput)
    assert (tmp_path / "notes.ics").read_text() == (tmp_path / "file").read_text() == "my own"
