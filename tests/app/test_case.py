"""A case file is a whole runner; what is left out is not known, and every wrong field is named at once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from backstride.app.actions import open_case
from backstride.knowledge.loader import shipped
from backstride.model.errors import BadFile, BadInput

WHOLE = """
title = "a made-up runner"
made_up = true
on = 2026-03-20
recorded = [{ first = 2026-01-01, last = 2026-03-19 }]

[profile]
age_years = 34
sex = "female"
conditions = ["osteoporosis"]

[answers]
fever = "no"
cancer_ever = "unknown"

[[symptoms]]
date = 2026-03-19
score = 4
regions = ["low_back_left"]
timing = "after"

[[shoes]]
id = "blue"
in_use_from = 2026-03-01

[[activities]]
date = 2026-03-12
distance_m = 22000
moving_s = 7600
cadence_spm = 168
shoe = "blue"

[[activities]]
date = 2026-03-02
sport = "ride"
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_a_case_is_a_whole_history(tmp_path: Path) -> None:
    case = open_case(write(tmp_path / "case.toml", WHOLE), shipped())

    assert case.on == date(2026, 3, 20)
    assert case.history.profile.made_up
    assert {answer.question: answer.value for answer in case.history.answers} == {
        "osteoporosis": "yes",
        "fever": "no",
    }
    assert [(each.sport, each.on, each.distance_m) for each in case.history.activities] == [
        ("ride", date(2026, 3, 2), None),
        ("run", date(2026, 3, 12), 22_000),
    ]
    assert case.history.activities[1].averages == {"cadence_spm": 168}
    assert case.history.recorded is not None
    assert case.history.recorded[0].days == 78


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    table = {
        "on": "2026-03-20",
        "profile": {"age_years": 50},
        "symptoms": [{"date": "2026-03-19", "score": 2}],
    }
    as_json = open_case(write(tmp_path / "case.json", json.dumps(table)), shipped())
    as_toml = open_case(
        write(
            tmp_path / "case.toml",
            "on = 2026-03-20\n[profile]\nage_years = 50\n[[symptoms]]\ndate = 2026-03-19\nscore = 2\n",
        ),
        shipped(),
    )

    assert as_json.history == as_toml.history


def test_a_row_without_numbers_knows_none(tmp_path: Path) -> None:
    case = open_case(write(tmp_path / "case.toml", "[[activities]]\ndate = 2026-03-12\n"), shipped())

    run = case.history.activities[0]
    assert (run.distance_m, run.moving_s, run.climb_m, run.rpe) == (None, None, None, None)
    assert case.on == date(2026, 3, 13)


def test_every_wrong_field_is_named_at_once(tmp_path: Path) -> None:
    text = (
        WHOLE.replace("score = 4", "score = 14")
        .replace('sex = "female"', 'sex = "f"')
        .replace("low_back_left", "elbow")
    )

    with pytest.raises(BadInput) as caught:
        open_case(write(tmp_path / "case.toml", text), shipped())

    told = "\n".join(caught.value.faults)
    assert "profile.sex" in told
    assert "symptoms[0].score" in told
    assert "elbow" in told


def test_a_wrong_answer_names_the_file_and_the_right_values(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"case\.toml: fever: 'perhaps'.*yes, no or not_sure"):
        open_case(
            write(tmp_path / "case.toml", WHOLE.replace('fever = "no"', 'fever = "perhaps"')), shipped()
        )


def test_what_is_not_toml_is_a_bad_file(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="a case file is TOML or JSON"):
        open_case(write(tmp_path / "case.toml", "= 3"), shipped())


def test_a_case_that_is_not_there_is_a_bad_file(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="No such file"):
        open_case(tmp_path / "nobody.toml", shipped())
