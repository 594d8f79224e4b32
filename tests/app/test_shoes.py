"""The rack of shoes at the terminal, and the lanes of shoes and ground on the page of the record."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.app.made_up import MORNING, gpx_run
from typer.testing import CliRunner

from backstride.app.cli import app
from backstride.model.errors import BadInput

ON = MORNING.date().isoformat()


def told(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def rack(*words: str) -> Any:
    return json.loads(told("shoes", "--on", ON, "--json", *words))


@pytest.fixture(autouse=True)
def _runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight weeks of three runs of 8 km, the last one on a trail."""
    monkeypatch.setenv("BACKSTRIDE_STORE", str(tmp_path / "store.sqlite"))
    given = tmp_path / "export"
    given.mkdir()
    for week in range(8):
        for day in (0, 2, 5):
            at = MORNING - timedelta(days=7 * week + 5 - day)
            kind = "trail_running" if (week, day) == (0, 5) else "running"
            (given / f"{at:%Y-%m-%d}.gpx").write_bytes(gpx_run(at, 8, kind))
    told("add", str(given))


def day(ago: int) -> str:
    return (MORNING - timedelta(days=ago)).date().isoformat()


def two_pairs() -> None:
    told("shoe", "steady", "--model", "Steady <b>3</b>", "--to", day(15), "--before-km", "400")
    told("shoe", "light", "--model", "Light 1", "--from", day(14), "--before-km", "0")


def pictures(tmp_path: Path) -> tuple[str, list[ElementTree.Element]]:
    page = tmp_path / "record.html"
    told("record", "--html", str(page), "--on", ON, "--weeks", "12")
    text = page.read_text("utf-8")
    return text, [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", text, re.S)]


def test_without_any_pair_it_says_how_to_enter_one() -> None:
    assert "backstride shoe" in told("shoes", "--on", ON)
    assert rack()["pairs"] == []


def test_every_pair_has_its_distance_its_share_and_its_state() -> None:
    two_pairs()
    told("shoe", "light", "--drop-mm", "4", "--stack-mm", "24")

    whole = rack()
    steady, light = whole["pairs"]
    assert steady["life_m"]["low"] == pytest.approx(steady["distance_m"]["low"] + 400_000)
    assert (steady["state"], light["state"]) == ("away", "new")
    assert light["distance_m"]["low"] == light["distance_m"]["high"] == pytest.approx(56_000, rel=0.01)
    assert (light["drop_mm"], light["stack_mm"], steady["drop_mm"]) == (4, 24, None)
    assert steady["share"]["low"] + light["share"]["low"] == pytest.approx(1)
    assert [each["after"] for each in whole["switches"]] == ["light"]
    words = told("shoes", "--on", ON)
    assert "Light 1" in words
    assert "4 mm" in words


def test_what_no_run_names_is_shown_as_a_row_and_as_two_ends() -> None:
    told("shoe", "light", "--model", "Light 1")

    whole = rack()
    assert whole["without_pair_runs"] == 24
    assert whole["pairs"][0]["distance_m"] == {"low": 0, "high": pytest.approx(192_000, rel=0.01)}
    assert whole["pairs"][0]["life_m"]["high"] is None
    assert "pair not known" in told("shoes", "--on", ON)


def test_a_pair_is_changed_by_the_name_the_list_shows_and_keeps_what_was_told() -> None:
    two_pairs()
    told("shoe", "light 1", "--drop-mm", "6")
    (light,) = [each for each in rack()["pairs"] if each["id"] == "light"]
    assert (light["name"], light["drop_mm"], light["life_m"]["high"]) == (
        "Light 1",
        6,
        light["life_m"]["low"],
    )

    told("undo", "shoe")
    assert [each["drop_mm"] for each in rack()["pairs"]] == [None, None]


def test_a_name_that_two_pairs_have_is_asked_back() -> None:
    told("shoe", "one", "--model", "Light 1")
    told("shoe", "two", "--model", "Light 1")
    with pytest.raises(BadInput, match="one, two"):
        CliRunner().invoke(app, ["shoe", "Light 1", "--drop-mm", "6"], catch_exceptions=False)


def test_distances_come_in_the_runners_units_and_a_red_flag_stands_first() -> None:
    two_pairs()
    assert "miles" in told("shoes", "--on", ON, "--units", "miles")
    told("answer", "bowel_change=yes", "--on", ON)
    assert told("shoes", "--on", ON).startswith("This may be an emergency")
    assert rack()["alarm"].startswith("This may be an emergency")


def test_the_page_has_a_lane_and_a_table_of_shoes_and_of_ground(tmp_path: Path) -> None:
    two_pairs()
    text, drawn = pictures(tmp_path)

    lanes = [svg for svg in drawn if "lanes" in svg.get("class", "")]
    assert len(lanes) == 2
    for svg in lanes:
        said = " ".join(svg.itertext())
        assert "Shoes, and how far each has gone" in said
        assert "Light 1, 56.1 km" in said
        assert "Ground, by share of the week's distance" in said
        assert "trail" in said
        assert "pale bar" in svg.get("aria-label", "")
    assert text.count("<table>") == 4
    assert "<b>3</b>" not in text


def test_the_page_without_shoes_or_ground_has_no_lane_of_them(tmp_path: Path) -> None:
    for run in json.loads(told("runs", "--json", "--all"))["runs"]:
        if run["surface"] is not None:
            told("runs", "remove", run["id"])
    text, _ = pictures(tmp_path)

    assert "Shoes" not in text
    assert "Ground" not in text
    assert text.count("<table>") == 2


def test_the_weeks_say_what_ground_they_were_on() -> None:
    weeks = json.loads(told("record", "--on", ON, "--json"))["ground"]

    trail = [week["distance_m"]["trail"][0] for week in weeks]
    assert [metres > 0 for metres in trail].count(True) == 1
    opened = sum(week["open_m"][0] for week in weeks)
    assert opened + sum(trail) == pytest.approx(24 * 8_000, rel=0.01)
