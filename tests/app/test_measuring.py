"""Questionnaires and physical tests at the terminal: asked, noted, taken back, never past a safety sign."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from backstride.app.cli import app
from backstride.app.timer import Timer
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput

runner = CliRunner()
MAY_HOLD = (
    *("leg_weakness=no", "both_legs=no", "saddle_numbness=no", "fever=no", "big_accident=no"),
    *("age_years=35", "sex=male", "osteoporosis=no", "sore_shoulder=no", "uncontrolled_blood_pressure=no"),
    *("one_sided_impact_pain=no", "pain_began_on=2025-11-01"),
)


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTRIDE_STORE", str(tmp_path / "store.sqlite"))


def run(*words: str, typed: str | None = None) -> Result:
    return runner.invoke(app, list(words), input=typed, catch_exceptions=False)


def printed(*words: str) -> Any:
    return json.loads(run(*words, "--json").stdout)


def standing(id: str) -> Any:
    return next(each["standing"] for each in printed("score")["instruments"] if each["id"] == id)


def test_bare_it_lists_every_questionnaire() -> None:
    told = run("score").output

    assert all(id in told for id in shipped().instruments)
    assert "never filled in" in told


def test_a_score_is_noted_without_a_dialogue_shown_in_the_answer_and_taken_back() -> None:
    run("score", "rmdq=14", "--on", "2026-01-05")
    told = run("score", "rmdq=8", "nprs.average=3", "--on", "2026-02-16").output

    assert "better by 6 points" in told
    assert "How you are doing" in run("why", "--on", "2026-02-17").output
    assert [each["instrument"] for each in printed("why", "--on", "2026-02-17")["scores"]] == ["nprs", "rmdq"]
    run("undo", "score")
    assert standing("nprs") is None


def test_a_questionnaire_is_asked_item_by_item_with_a_way_back() -> None:
    run("score", "ostrc", "--on", "2026-02-16", typed="8\n17\nb\n8\n8\n8\n")

    assert standing("ostrc")["value"]["value"] == 32
    assert standing("ostrc")["band"] == "some"


def test_what_was_left_out_is_not_zero() -> None:
    run("score", "ostrc", typed="8\n\n8\n8\n")

    assert (standing("ostrc")["value"]["low"], standing("ostrc")["value"]["high"]) == (24, 49)


def test_stopping_keeps_nothing_of_the_sheet() -> None:
    assert "Nothing was kept" in run("score", "nprs", typed="4\nq\n").output
    assert standing("nprs") is None


def test_activities_are_named_once_and_asked_again_by_name() -> None:
    first = run("score", "psfs", "--on", "2026-01-05", typed="run 5 km\nsit\nsleep\n\n2\n4\n3\n")
    again = run("score", "psfs", "--on", "2026-02-16", typed="\n6\n8\n7\n")

    assert "run 5 km" in first.output
    assert "better by 4 points" in again.output


@pytest.mark.parametrize(
    ("words", "told"),
    [(["nprss"], "did you mean nprs?"), (["nprs=3"], "no single number"), (["odi=a"], "'a'")],
)
def test_what_is_wrong_is_told_and_stores_nothing(words: list[str], told: str) -> None:
    with pytest.raises(BadInput, match=told.replace("?", r"\?")):
        run("score", *words)
    assert printed("score")["instruments"][0]["standing"] is None


def test_a_case_file_may_hold_scores(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(
        'on = 2026-03-20\n[[scores]]\ninstrument = "rmdq"\ndate = 2026-03-01\ntotal = 9\n'
        '[[scores]]\ninstrument = "nprs"\ndate = 2026-03-10\nitems = { average = 4 }\n'
    )
    assert [each["instrument"] for each in printed("assess", str(case))["scores"]] == ["nprs", "rmdq"]


def test_a_wrong_score_in_a_case_is_named(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text('on = 2026-03-20\n[[scores]]\ninstrument = "rmdq"\ndate = 2026-03-01\ntotal = 90\n')

    with pytest.raises(BadInput, match=r"case\.toml: rmdq: '90"):
        run("assess", str(case))


def test_bare_it_lists_every_test_and_nothing_known_offers_no_hold() -> None:
    states = {each["id"]: each["state"] for each in printed("test")["tests"]}

    assert set(states) == set(shipped().physical_tests)
    assert states["back_extensor_hold"] == "not_known"
    assert states["leg_length"] == "offered"


def test_a_hold_is_shown_with_steps_and_stop_rules_noted_and_read() -> None:
    run("answer", *MAY_HOLD, "--on", "2026-03-01")
    told = run("test", "side_bridge", "--on", "2026-03-02", typed="62\n50\n").output

    assert "1. Lie on your right side" in told
    assert "! Stop at the first sharp pain" in told
    assert "left side is lower by 19 %" in told
    assert "Women" not in told
    (found,) = printed("test", "side_bridge", "--on", "2026-03-02")["tests"]
    assert found["latest"] == {"side_bridge_right_s": 62, "side_bridge_left_s": 50}
    assert "Taken back" in run("undo", "test").output


def test_what_is_open_is_asked_first_and_one_reason_against_it_ends_it() -> None:
    told = run("test", "side_bridge", typed="15\n").output

    assert "How old are you" in told
    assert "not for now, because of being under 18" in told
    assert "Lie on your right side" not in told


def test_a_man_is_not_asked_about_pregnancy() -> None:
    run("answer", "sex=male", "age_years=35")

    assert "pregnant" not in run("test", "hops", typed="no\n" * 12).output


def test_leaving_it_open_offers_nothing() -> None:
    told = run("test", "plank", typed="\n" * 20).output

    assert "not known whether it is fine" in told
    assert "Keep head, back and hips" not in told


def test_a_raised_safety_sign_comes_before_any_test() -> None:
    run("answer", "saddle_numbness=yes")
    told = run("test", "leg_length").output

    assert "looked at first" in told
    assert "thin boards" not in told


def test_three_measurements_are_kept_as_their_mean() -> None:
    run("test", "leg_length", typed="7\n9\n8\nleft\n")
    (found,) = printed("test", "leg_length")["tests"]

    assert found["latest"] == {"leg_length_difference_mm": 8, "shorter_leg": "left"}


def test_a_timer_that_was_stopped_at_once_is_no_result() -> None:
    run("answer", *MAY_HOLD, "--on", "2026-03-01")
    told = run("test", "plank", "--on", "2026-03-02", typed="\n\nq\n").output

    assert "too short to count" in told
    (found,) = printed("test", "plank")["tests"]
    assert found["latest"] == {}


@pytest.mark.parametrize(("ends_s", "took"), [(None, 42.0), (30.0, 30.0)])
def test_the_timer_counts_from_enter_to_enter_and_no_longer_than_it_runs(
    ends_s: float | None, took: float
) -> None:
    ticks = iter((100.0, 142.0))
    prompts: list[str] = []

    def read(prompt: str) -> str:
        prompts.append(prompt)
        return ""

    assert Timer(lambda: next(ticks)).run(read, ends_s) == took
    assert len(prompts) == 2
