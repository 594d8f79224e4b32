"""Any number is walked back to its days, runs, channels and files, and adds up on the way."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.app.made_up import MORNING, eight_weeks, told

from backstride.features.explain import MEASURES
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput

ON = (MORNING + timedelta(days=3)).date()


@pytest.fixture(autouse=True)
def _record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight weeks of three runs, and a long one at the end."""
    monkeypatch.setenv("BACKSTRIDE_STORE", str(tmp_path / "store.sqlite"))
    told("add", str(eight_weeks(tmp_path / "export")))


def taken_apart(name: str, *words: str) -> Any:
    return json.loads(told("explain", name, "--on", ON.isoformat(), *words, "--json"))


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_can_be_taken_apart_and_says_what_it_means(name: str) -> None:
    assert f"features.means_{name}" in shipped().sentences
    whole = taken_apart(name)

    assert whole["id"] == name
    assert (whole["value"]["value"] is None) == ("why" in whole["value"])
    assert whole["value"].get("unit", MEASURES[name].unit) == MEASURES[name].unit
    words = told("explain", name, "--on", ON.isoformat())
    assert whole["name"].lower() in words.lower().replace("\n", " ")


def test_the_runs_behind_a_weeks_distance_add_up_to_it_and_name_their_files() -> None:
    whole = taken_apart("distance_per_week_m", "--days", "14")

    runs = [run for day in whole["days"] for run in day["runs"]]
    assert len(whole["days"]) == 14
    assert whole["value"]["value"] * 2 == pytest.approx(sum(run["value"]["value"] for run in runs))
    assert all(
        run["files"][0]["name"].endswith(".gpx") and len(run["files"][0]["sha256"]) == 64 for run in runs
    )


def test_a_run_held_against_another_names_it() -> None:
    whole = taken_apart("single_run_ratio")
    [run] = whole["days"][0]["runs"]

    days = taken_apart("distance_m", "--days", "30")["days"]
    km = {each["id"]: each["value"]["value"] / 1000 for day in days for each in day["runs"]}
    assert km[run["against"]] == pytest.approx(12, rel=0.01)
    assert whole["value"]["value"] == pytest.approx(20 / 12, rel=0.01)


def test_a_day_that_is_not_recorded_says_so_and_what_it_may_have_held() -> None:
    later = (ON + timedelta(days=5)).isoformat()
    words = told("explain", "distance_per_week_m", "--on", later)

    assert "not recorded" in words
    assert "taken to hold" in words
    assert "29 % of these days are recorded" in words


def test_a_measure_of_several_runs_comes_together_as_its_row_says() -> None:
    assert taken_apart("distance_m", "--days", "5")["value"]["value"] == pytest.approx(32_000, rel=0.01)
    assert "by itself" in taken_apart("start_hour", "--days", "5")["value"]["why"]


def test_a_wrong_name_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(BadInput, match=r"did you mean distance_per_week_m\?"):
        told("explain", "distance_per_wek_m")


def test_the_list_names_every_measure() -> None:
    listed = told("explain")
    assert all(name in listed for name in MEASURES)
    rows = json.loads(told("explain", "--json"))["measures"]
    assert [row["id"] for row in rows] == list(MEASURES)


def test_a_raised_red_flag_stands_first() -> None:
    told("answer", "bowel_change=yes")
    first = told("explain", "distance_per_week_m").splitlines()[0]

    assert first
    assert told("imports").replace("\n", " ").startswith(first)


def test_distances_come_in_the_runners_units() -> None:
    assert "12.4 miles" in told("explain", "longest_run_m", "--on", ON.isoformat(), "--units", "miles")
