"""What-if on the terminal: a raised flag first, the runner's own usual, and errors that say what is right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from tests.app.made_up import MORNING, gpx_run
from typer.testing import CliRunner

from backstride.app import entering
from backstride.app.cli import app
from backstride.app.intake import import_paths
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadInput
from backstride.store.store import Store

ON = date(2026, 3, 20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runner.sqlite"


@pytest.fixture
def store(path: Path, tmp_path: Path) -> Iterator[Store]:
    """Four runs at 3 m/s without steps on record."""
    given = tmp_path / "given"
    given.mkdir()
    for day in range(4):
        (given / f"{day}.gpx").write_bytes(gpx_run(MORNING + timedelta(days=3 * day)))
    with Store.open(path) as opened:
        import_paths(opened, (given,), UTC, lambda _: None)
        yield opened


def typed(path: Path, *words: str) -> Result:
    """What the command prints."""
    return CliRunner().invoke(app, ["what-if", "--store", str(path), "--on", str(ON), *words])


def said(path: Path, *words: str) -> str:
    result = typed(path, *words)
    assert result.exit_code == 0, result.exception
    return " ".join(result.output.split())


def test_signs_may_stand_before_the_numbers(path: Path) -> None:
    words = said(path, "--cadence", "+7", "--pace", "-10", "--lean", "-5", "--mass", "-3", "--grade", "-5")

    assert words.startswith(
        "What if: 7 % more steps a minute, 10 % slower, 5 degrees less forward lean, "
        "3 kg lighter and 5 % downhill?"
    )


def test_typical_values_are_said_to_be_typical(path: Path) -> None:
    words = said(path, "--cadence", "7", "--mass", "-3")

    assert "Typical values are used: 5:33 min/km, 165 steps a minute." in words
    assert "a typical 12 degrees is used" in words
    assert "Your weight is not told" in words


def test_the_runners_own_usual_is_taken_where_there_is_one(path: Path, store: Store) -> None:
    store.change_profile(lambda told: told.__class__(mass_kg=55.0))

    words = said(path, "--mass", "-3")
    found = json.loads(typed(path, "--mass", "-3", "--json").output)

    assert "your own usual easy running: 5:3" in words
    assert "from your last 4 runs" in words
    assert "None of them has steps on record" in words
    assert "Your weight is not told" not in words
    assert found["base"]["mass_kg"] == 55.0
    assert found["base"]["speed_mps"] == pytest.approx(3.0, abs=0.05)


def test_runs_after_the_day_asked_for_are_left_out(path: Path, store: Store) -> None:
    result = CliRunner().invoke(
        app, ["what-if", "--store", str(path), "--on", "2026-03-01", "--cadence", "7"]
    )

    assert "too few runs" in " ".join(result.output.split())


def test_a_raised_red_flag_stands_first(path: Path, store: Store) -> None:
    entering.answer(store, [("saddle_numbness", "yes")], ON, shipped())

    lines = typed(path, "--cadence", "7").output.splitlines()
    found = json.loads(typed(path, "--cadence", "7", "--json").output)

    headline = " ".join(" ".join(lines[: lines.index("")]).split())
    assert found["alarm"] == headline
    assert not headline.startswith("What if")
    assert list(found)[:2] == ["schema", "alarm"]


def test_without_a_flag_nothing_alarms(path: Path) -> None:
    assert json.loads(typed(path, "--cadence", "7", "--json").output)["alarm"] is None


def test_json_holds_the_direction_and_no_percentage(path: Path) -> None:
    found = json.loads(typed(path, "--cadence", "7", "--json").output)

    assert found["schema"] == "backstride/what-if/1"
    assert found["direction"] == "unclear"
    assert [each["exponent"] for each in found["by_exponent"]] == [1, 2, 4, 10]
    assert found["change"]["cadence_share"] == pytest.approx(0.07)
    assert found["force_before_bw"][0] < found["force_before_bw"][1]
    assert not any("%" in sentence for sentence in (*found["says"], *found["unknown"]))


def faults(path: Path, *words: str) -> list[str]:
    error = typed(path, *words).exception
    assert isinstance(error, BadInput)
    return [str(each) for each in error.faults]


def test_every_value_out_of_range_is_named_at_once(path: Path) -> None:
    told = faults(path, "--cadence", "nan", "--lean", "30", "--mass", "-60")

    assert [each.split(":")[0] for each in told] == ["--cadence nan", "--lean 30", "--mass -60"]
    assert "right would be a number from -10 to +10" in told[1]


def test_no_change_at_all_is_asked_back(path: Path) -> None:
    for words in ((), ("--cadence", "0", "--lean", "0")):
        assert "say what would change" in faults(path, *words)[0]
