"""The terminal door: what each command prints, and that it never ends in a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.app.made_up import eight_weeks, safe, typed
from typer.testing import CliRunner, Result

from backstride.app.cli import app
from backstride.app.demo.exports.kinds import ExportKind
from backstride.app.demo.make import UNTIL
from backstride.app.demo.runner import plan_runs
from backstride.app.demo.story import Story
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput

runner = CliRunner()


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTRIDE_STORE", str(tmp_path / "store.sqlite"))


def run(*words: str, typed: str | None = None) -> Result:
    result = runner.invoke(app, list(words), input=typed, catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


def printed(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return eight_weeks(tmp_path / "export")


def test_bare_it_says_what_to_do_first() -> None:
    assert "backstride demo" in run().output


def test_an_empty_store_says_what_is_missing_and_asks_for_safety_first() -> None:
    told = run("why").output

    assert "No activities yet" in told
    assert "Safety questions first" in told
    assert "No plan yet" in told


def test_from_files_and_answers_to_an_answer(folder: Path) -> None:
    run(
        "answer",
        "age_years=40",
        "sex=female",
        "pain_began_on=2026-03-06",
        *typed(safe(date(2026, 3, 7))),
        "--on",
        "2026-03-07",
    )
    run("log", "5", "--at", "low_back_left", "--timing", "after", "--on", "2026-03-06")
    whole = printed("why", str(folder), "--on", "2026-03-08")

    assert whole["schema"] == "backstride/assessment/1"
    assert whole["import"]["counts"]["imported"] == 25
    assert whole["triage"]["open_questions"] == []
    assert whole["triage"]["tier"] == "T0"
    assert whole["plan"]["made"] is True
    spike = next(each for each in whole["changes"] if each["id"] == "single_run_spike")
    assert spike["facts"]["single_run_spike"] == "over_30"
    assert whole["causes"][0]["cause"] == "non_specific"


def test_a_raised_emergency_exits_zero_stands_first_and_has_no_plan() -> None:
    run("answer", "saddle_numbness=yes")
    whole = printed("why")

    assert whole["triage"]["tier"] == "T4"
    assert whole["plan"]["made"] is False
    assert next(iter(whole)) == "schema"
    assert list(whole)[1] == "triage"


def test_wrong_answers_exit_two_and_store_nothing() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "backstride", "answer", "fever=no", "fevr=yes"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    assert "did you mean fever?" in result.stderr
    assert "Traceback" not in result.stderr
    assert printed("why")["coverage"]["answers"] == 0


def test_a_note_of_pain_can_be_taken_back() -> None:
    run("log", "4", "--on", "2026-03-01")
    assert printed("why", "--on", "2026-03-02")["coverage"]["symptom_notes"] == 1

    assert "Taken back" in run("undo", "symptom").output
    assert printed("why", "--on", "2026-03-02")["coverage"]["symptom_notes"] == 0
    assert "no pain to take back" in run("undo", "symptom").output


def test_a_profile_is_told_shown_and_checked() -> None:
    assert printed("profile", "height_m=1.7", "mass_kg=62", "medicines=warfarin, ramipril")["medicines"] == [
        "warfarin",
        "ramipril",
    ]
    assert "height_m  1.7" in run("profile").output
    assert "sex  not told" in run("profile").output


def test_questions_list_everything_a_case_needs() -> None:
    listed = printed("questions")

    by_id = {question["id"]: question for question in listed["questions"]}
    assert by_id["fever"]["allowed"] == ["yes", "no", "not_sure", "unknown"]
    assert set(by_id) == set(shipped().questions)
    assert "low_back_left" in listed["regions"]


def test_the_knowledge_holds() -> None:
    result = run("knowledge", "check")

    assert result.exit_code == 0, result.output
    assert "all hold" in result.output


def test_the_doctor_says_what_is_there() -> None:
    facts = printed("doctor")

    assert facts["knowledge"] == shipped().version
    assert facts["store"]


def test_a_page_is_written_beside_the_answer(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    run("why", "--html", str(page))

    assert page.read_text().startswith("<!doctype html>")


def test_forgetting_deletes_the_store(tmp_path: Path) -> None:
    run("log", "4")
    assert (tmp_path / "store.sqlite").exists()

    run("forget", "--yes")

    assert not list(tmp_path.glob("store.sqlite*"))


def test_the_check_in_stops_at_an_emergency() -> None:
    told = run("ask", typed="41\nfemale\n1\nyes\n").output

    assert "!!!!" in told
    assert "Where does it hurt?" not in told
    assert printed("why")["triage"]["tier"] == "T4"


def test_a_check_in_of_no_settles_safety_and_can_be_left(tmp_path: Path) -> None:
    told = run("ask", typed="41\nmale\n" + "0\n" * 12 + "q\n").output

    assert "Traceback" not in told
    assert printed("why")["triage"]["open_questions"] == []


def test_what_was_answered_before_stopping_is_kept() -> None:
    run("ask", typed="41\nq\n")

    assert printed("profile")["age_years"] == 41


def test_piped_output_has_no_colour_and_no_progress(folder: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "backstride", "add", str(folder)], capture_output=True, text=True, check=True
    )

    assert result.stderr == ""
    assert re.search(r"\x1b\[", result.stdout) is None
    assert "25 files:" in result.stdout


@pytest.mark.parametrize("maker", get_args(ExportKind))
def test_the_made_up_runner_comes_as_the_export_of_each_maker(
    maker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight weeks, so that it is fast: every run is in, and the one that was too long is found."""
    monkeypatch.setattr(import_module("backstride.app.demo.make"), "EXPORT_WEEKS", 8)
    whole = printed("demo", "--as", maker, "--keep", str(tmp_path / "kept"))

    assert whole["profile"]["made_up"] is True
    assert whole["import"]["counts"]["unreadable"] == 0
    assert whole["import"]["counts"]["imported"] >= 1
    ran = sum(plan.on > UNTIL - timedelta(days=56) for plan in plan_runs(Story(UNTIL), 1))
    assert (whole["coverage"]["runs"], whole["coverage"]["other_activities"]) == (ran, 0)
    assert any("22 km, +57 %" in change["statement"] for change in whole["changes"])
    assert whole["plan"]["made"] is True
    (given,) = (tmp_path / "kept").iterdir()
    lists = {"garmin_list": "Activities.csv", "intervals": "activities.csv"}
    assert given.name == lists.get(maker, f"made-up-{maker.replace('_', '-')}-export.zip")


def test_a_maker_that_the_made_up_runner_has_no_export_of_is_named() -> None:
    result = run("demo", "--as", "casio")
    assert result.exit_code == 2
    assert "polar" in result.output


def test_the_same_note_on_many_files_is_told_a_few_times_and_counted() -> None:
    told = run("demo", "--as", "samsung").output

    assert told.count("names no sport") == 4
    assert "and 50 more files with the same note" in told


@pytest.mark.parametrize("words", [("log", "4"), ("answer", "sex=female"), ("score", "rmdq=8")])
def test_nothing_is_told_of_a_day_that_has_not_come(words: tuple[str, ...]) -> None:
    tomorrow = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011  # as the program sees it

    with pytest.raises(BadInput, match="has not come yet"):
        run(*words, "--on", tomorrow)


def test_why_explain_walks_back_to_answers_and_runs_with_the_alarm_first(folder: Path) -> None:
    run("add", str(folder))
    run("answer", "pain_began_on=2026-03-06", "leg_pain=none", "saddle_numbness=yes", "--on", "2026-03-08")

    told = run("why", "--explain", "--on", "2026-03-08").output

    assert told.index("MAY BE AN EMERGENCY") < told.index("Where each sentence comes from")
    assert "You answered on 8 March 2026: new numbness" in " ".join(told.split())
    assert re.search(r"Runs: 5 March 2026 \([0-9a-f]{16}-0\)", " ".join(told.split()))


def test_a_pdf_is_written_and_is_one(folder: Path, tmp_path: Path) -> None:
    run("add", str(folder))
    page = tmp_path / "answer.pdf"

    assert run("report", str(page), "--to", "pdf").exit_code == 0
    assert page.read_bytes().startswith(b"%PDF-")
