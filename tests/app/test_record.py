"""The record week by week and as pictures: every run is there, and what is not recorded is no rest."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.app.made_up import MORNING, eight_weeks, told

ON = (MORNING + timedelta(days=3)).date()


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTRIDE_STORE", str(tmp_path / "store.sqlite"))


@pytest.fixture
def _runs(tmp_path: Path) -> None:
    """Eight weeks of three runs, and a long one at the end."""
    told("add", str(eight_weeks(tmp_path / "export")))


def pictures(tmp_path: Path, *words: str) -> tuple[str, list[ElementTree.Element]]:
    page = tmp_path / "record.html"
    told("record", "--html", str(page), *words)
    text = page.read_text("utf-8")
    return text, [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", text, re.S)]


def looks(svg: ElementTree.Element, wanted: str) -> int:
    return sum(wanted in each.get("class", "").split() for each in svg.iter())


def test_an_empty_store_says_how_to_begin() -> None:
    assert "backstride add" in told("record")


@pytest.mark.usefixtures("_runs")
def test_every_run_is_in_the_weeks_once() -> None:
    whole = json.loads(told("record", "--on", ON.isoformat(), "--weeks", "12", "--json"))

    run = [day["distance_m"] for day in whole["days"] if day["state"] == "run"]
    full = [week for week in whole["weeks"] if week["seen_days"] == 7]
    assert len(whole["weeks"]) == 12
    assert whole["weeks"][-1]["last"] == ON.isoformat()
    assert [low for low, _ in run] == [high for _, high in run]
    assert sum(low for low, _ in run) == pytest.approx(8 * 26_000 + 20_000, rel=0.01)
    assert all(week["distance_m"]["value"] == pytest.approx(26_000, rel=0.01) for week in full)
    assert len(full) == 7


@pytest.mark.usefixtures("_runs")
def test_days_that_are_not_recorded_leave_a_band_and_are_hatched(tmp_path: Path) -> None:
    later = (ON + timedelta(days=14)).isoformat()
    week = json.loads(told("record", "--on", later, "--json"))["weeks"][-1]
    assert week["seen_days"] == 0
    assert week["distance_m"]["low"] < week["distance_m"]["high"]

    _, [calendar, _, lanes, _] = pictures(tmp_path, "--on", later)
    assert looks(calendar, "unrecorded") > 300
    assert looks(lanes, "band") >= 2


@pytest.mark.usefixtures("_runs")
def test_the_pictures_hold_every_run_the_pain_and_the_jump(tmp_path: Path) -> None:
    told("log", "6", "--on", ON.isoformat())
    text, [calendar, small, lanes, narrow] = pictures(tmp_path, "--on", ON.isoformat())

    for svg in (calendar, small):
        assert looks(svg, "run") == 25
        assert looks(svg, "pain") == 1
    for svg in (lanes, narrow):
        assert looks(svg, "spike") == 1
        assert looks(svg, "mark") == 2, "20 km after 12 is more than 30 %: two strokes"
        assert looks(svg, "pain") == 1
        assert looks(svg, "onset") == 1
    assert "http" not in re.sub(r"<svg.*?</svg>", "", text, flags=re.S)
    assert "<script" not in text


@pytest.mark.usefixtures("_runs")
def test_each_picture_has_words_for_those_who_do_not_see_it_and_a_table(tmp_path: Path) -> None:
    text, drawn = pictures(tmp_path, "--on", ON.isoformat())

    assert all(svg.get("role") == "img" and len(svg.get("aria-label", "")) > 40 for svg in drawn)
    assert text.count("<table>") == 2
    assert date.fromisoformat("2026-03-02").isoformat() in text


@pytest.mark.usefixtures("_runs")
def test_a_raised_red_flag_stands_first_on_terminal_and_page(tmp_path: Path) -> None:
    told("answer", "bowel_change=yes", "--on", ON.isoformat())
    first = told("record", "--on", ON.isoformat()).splitlines()[0]
    text, _ = pictures(tmp_path, "--on", ON.isoformat())

    assert first == "This may be an emergency: get help now"
    assert text.index('class="alarm"') < text.index("<h1>")


@pytest.mark.usefixtures("_runs")
def test_distances_come_in_the_runners_units(tmp_path: Path) -> None:
    assert "12.4 miles" in told("record", "--on", ON.isoformat(), "--units", "miles")
    text, _ = pictures(tmp_path, "--on", ON.isoformat(), "--units", "miles")
    assert "12.4 miles" in text
