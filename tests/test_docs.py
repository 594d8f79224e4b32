"""The documents tell of every field, command and question kind that there is."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from backstride.app.case_rows import (
    ActivityRow,
    CaseRows,
    GoalRow,
    PauseRow,
    ProfileRow,
    ScoreRow,
    SeenRow,
    ShoeRow,
    SymptomRow,
    WishRow,
)
from backstride.app.cli import app
from backstride.app.web import api_reading, api_telling
from backstride.knowledge.loader import shipped
from backstride.model import assessment, findings, ladder, scores, session, wishes
from backstride.model.history import Profile
from backstride.model.text import Quantity
from backstride.store.diary import KINDS

ROOT = Path(__file__).parent.parent
JSON_PAGE = (ROOT / "docs" / "json.md").read_text()

PRINTED = (
    assessment.Assessment,
    assessment.Triage,
    assessment.Flag,
    assessment.RankedCause,
    assessment.Reason,
    assessment.Contributor,
    assessment.Plan,
    assessment.NoPlan,
    assessment.Step,
    assessment.NextQuestion,
    assessment.Coverage,
    assessment.SourceNote,
    session.Session,
    session.Block,
    session.Part,
    session.PlannedDay,
    ladder.LadderChange,
    ladder.RunMatch,
    ladder.RunDay,
    wishes.GoalAhead,
    wishes.WishKept,
    wishes.PauseAhead,
    scores.Standing,
    scores.ScoreChange,
    findings.Finding,
    findings.DayLoad,
    findings.Strip,
    findings.Week,
    findings.Onset,
    Profile,
    Quantity,
)


@pytest.mark.parametrize("type_", PRINTED, ids=[each.__name__ for each in PRINTED])
def test_the_json_page_names_every_field(type_: type) -> None:
    missing = [field.name for field in fields(type_) if field.name not in JSON_PAGE]

    assert missing == []


@pytest.mark.parametrize(
    "row",
    [CaseRows, ProfileRow, SymptomRow, ScoreRow, SeenRow, GoalRow, WishRow, PauseRow, ShoeRow, ActivityRow],
    ids=lambda row: row.__name__,
)
def test_the_case_page_shows_the_fields_of_a_case(row: type) -> None:
    may_be_silent = {
        "on",
        "check_ins",
        "expect",
        "eased_by",
        "in_use_to",
        "elapsed_s",
        "title",
        "birth_year",
    } | {
        "vertical_oscillation_mm",
        "balance_left_share",
        "heart_rate_bpm",
    }
    missing = [name for name in row.model_fields if name not in JSON_PAGE and name not in may_be_silent]  # type: ignore[attr-defined]

    assert missing == []


def test_the_guide_and_readme_name_only_commands_there_are() -> None:
    commands = {
        command.callback.__name__.replace("_", "-") for command in app.registered_commands if command.callback
    }
    commands |= {group.name for group in app.registered_groups if group.name}
    readme = (ROOT / "README.md").read_text()

    for text, lead in ((shipped().sentences["door.guide"], "  backstride "), (readme, "./run ")):
        named = {line.split(lead, 1)[1].split()[0].strip("`") for line in text.splitlines() if lead in line}
        assert {name for name in named if name[0].isalpha()} <= commands


def test_the_api_page_names_every_operation() -> None:
    page = (ROOT / "docs" / "api.md").read_text()
    routes = {(method, each.path) for each in api_routes() for method in each.methods or ()}

    assert len(routes) > 20
    assert [f"{method} {path}" for method, path in routes if f"`{method} {path}" not in page] == []


def api_routes() -> list[APIRoute]:
    return [
        each
        for part in (api_reading, api_telling)
        for each in part.router.routes
        if isinstance(each, APIRoute)
    ]


def test_the_export_page_names_every_field_of_the_diary_and_the_profile() -> None:
    page = (ROOT / "docs" / "export.md").read_text()

    for kind, type_ in KINDS.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{kind}` |")]
        assert [each.name for each in fields(type_) if f"`{each.name}`" not in row] == []
    assert [each.name for each in fields(Profile) if f"`{each.name}`" not in page] == []
