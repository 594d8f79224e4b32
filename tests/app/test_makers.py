"""For each maker the way to the archive can be had, and every way ends with what to do with it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from backstride.app.cli import app
from backstride.app.makers import MAKERS, Maker
from backstride.model.errors import BadInput

NEEDED = {
    *("garmin", "strava", "apple", "polar", "suunto", "coros", "samsung", "fitbit", "health_connect"),
    "intervals",
}


def test_every_archive_that_is_read_has_its_way_and_each_maker_one() -> None:
    ids = [maker.id for maker in MAKERS]

    assert len(ids) == len(set(ids))
    assert set(ids) >= NEEDED


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.id)
def test_a_way_is_some_steps_and_says_how_long_it_takes_and_what_comes(maker: Maker) -> None:
    assert 2 <= len(maker.steps) <= 5
    assert all(step.endswith((".", ".zip", "FOLDER", ".csv")) for step in maker.steps)
    assert len(maker.waits) > 10
    assert len(maker.gives) > 10


def test_one_maker_can_be_asked_for_and_a_slip_of_the_finger_is_met() -> None:
    told = CliRunner().invoke(app, ["sources", "Strava"])

    assert told.exit_code == 0
    assert "Request Your Archive" in told.output
    assert "garmin" not in told.output
    assert "did you mean strava?" in str(CliRunner().invoke(app, ["sources", "starva"]).exception)
    assert isinstance(CliRunner().invoke(app, ["sources", "nobody"]).exception, BadInput)


def test_the_list_can_be_had_as_json() -> None:
    told = json.loads(CliRunner().invoke(app, ["sources", "--json"]).output)

    assert [maker.id for maker in MAKERS] == [row["id"] for row in told["makers"]]
