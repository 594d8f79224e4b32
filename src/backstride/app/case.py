"""A whole runner as one TOML or JSON file: for stories, exams, and anyone who writes a case from a text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from backstride.app.case_rows import CaseRows, ProfileRow
from backstride.app.visits import checked_visit
from backstride.app.wishing import checked_exercise_wish, checked_goal, checked_pause
from backstride.instruments.entering import checked_sheet
from backstride.knowledge.answering import checked_answers
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity
from backstride.model.errors import BadFile, BadInput
from backstride.model.faults import in_words
from backstride.model.history import (
    CheckIn,
    History,
    Profile,
    Shoe,
    Span,
    Symptom,
    TestResult,
    one_a_day,
)
from backstride.model.said import plainly, said
from backstride.model.wishes import Restart, Wishes

ReadFiles = Callable[[Path], tuple[Activity, ...]]
"""Reads the activities of a file that a case names."""


@dataclass(frozen=True, slots=True)
class Case:
    """One runner from a case file, and the day to assess."""

    title: str
    on: date
    history: History
    expect: dict[str, Any]  # Any: what a story expects is read by its test alone


def read_case(path: Path, knowledge: Knowledge, read_files: ReadFiles) -> Case:
    """The case in a TOML or JSON file.

    Raises: BadFile when it cannot be read as TOML or JSON; BadInput with every wrong field at once.
    """
    rows = _rows(path)
    on = rows.on or _last_day(rows)
    if on is None:
        raise BadInput((said("{name}: on: say which day to assess, as in on = 2026-03-20", name=path.name),))
    answers = (*((id, "yes") for id in rows.profile.conditions), *rows.answers.items())
    try:
        checked = checked_answers(answers, on, knowledge)
        tests = checked_answers(rows.tests.items(), on, knowledge)
        scores = tuple(checked_sheet(row.instrument, row.values(), row.on, knowledge) for row in rows.scores)
        seen = [checked_visit(row.who, row.may_run, row.on, knowledge) for row in rows.seen]
        wishes = _wishes(rows, knowledge)
    except BadInput as error:
        raise BadInput(
            tuple(said("{field}: {why}", field=path.name, why=fault) for fault in error.faults)
        ) from None
    activities = [
        activity
        for index, row in enumerate(rows.activities)
        for activity in (
            read_files(path.parent / row.path) if row.path else (row.activity(index, path.name),)
        )
    ]
    history = History(
        profile=_profile(rows.profile, rows.made_up),
        activities=tuple(sorted(activities, key=lambda activity: activity.start)),
        symptoms=tuple(Symptom(**row.model_dump()) for row in rows.symptoms),
        answers=checked,
        shoes=tuple(Shoe(**row.model_dump()) for row in rows.shoes),
        tests=tuple(TestResult(test.question, test.value, test.on) for test in tests),
        scores=scores,
        check_ins=one_a_day(CheckIn(**row.model_dump()) for row in rows.check_ins),
        seen=tuple(sorted(seen, key=lambda visit: visit.on)),
        wishes=wishes,
        recorded=None if rows.recorded is None else tuple(Span(row.first, row.last) for row in rows.recorded),
    )
    return Case(rows.title or path.stem, on, history, dict(rows.expect))


def _wishes(rows: CaseRows, knowledge: Knowledge) -> Wishes:
    """What is wanted of the plan, each kind by the day it was told."""
    goals = [checked_goal(row.kind, row.on, row.distance_m, row.by, row.race) for row in rows.goals]
    asked = [
        checked_exercise_wish(row.exercise, row.wish, row.asked_by, row.on, knowledge) for row in rows.wishes
    ]
    pauses = [checked_pause(row.reason, row.first, row.last, row.on or row.first) for row in rows.pauses]
    return Wishes(
        tuple(sorted(goals, key=lambda goal: goal.on)),
        tuple(sorted(asked, key=lambda wish: wish.on)),
        tuple(sorted(pauses, key=lambda pause: pause.on)),
        tuple(Restart(row.on) for row in sorted(rows.restarts, key=lambda row: row.on)),
    )


def _rows(path: Path) -> CaseRows:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise BadFile(path.name, said("opening it"), plainly(error.strerror or "")) from None
    except UnicodeDecodeError as error:
        raise BadFile(path.name, said("byte {start}", start=error.start), said("not UTF-8 text")) from None
    try:
        table = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFile(
            path.name, said("reading it"), said("{error}; a case file is TOML or JSON", error=error)
        ) from None
    try:
        return CaseRows.model_validate(table)
    except ValidationError as error:
        faults = (
            said("{field}: {why}", field=f"{path.name}: {_place(each['loc'])}", why=in_words(each))
            for each in error.errors()
        )
        raise BadInput(tuple(faults)) from None


def _place(loc: tuple[int | str, ...]) -> str:
    """Where in the file, as in symptoms[2].score."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".") or "file"


def _profile(row: ProfileRow, made_up: bool) -> Profile:
    return Profile(**row.model_dump(exclude={"conditions"}), made_up=made_up)


def _last_day(rows: CaseRows) -> date | None:
    """Without a day of its own a case is assessed the day after the last thing it tells."""
    days = [row.on for row in rows.symptoms] + [row.on for row in rows.activities if row.on is not None]
    return max(days) + timedelta(days=1) if days else None
