"""The answer and the plan as files: for people, for programs, for calendar, watch and wall."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from backstride.app import actions
from backstride.app.commands.common import (
    OnDay,
    StorePath,
    UnitsOption,
    day_or_today,
    door,
    opened,
    paper,
    wording,
)
from backstride.app.taking_out import OutKind, TakenOut, take_out
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment, Plan, Tier
from backstride.model.errors import BackstrideError, BadInput
from backstride.model.said import plainly, said
from backstride.model.text import Text
from backstride.model.wishes import PAUSED
from backstride.reports.renderers import RENDERERS
from backstride.reports.terminal import print_on
from backstride.reports.wording import Wording


class To(StrEnum):
    """What can be written."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    PDF = "pdf"
    ICS = "ics"
    FIT = "fit"
    WEEK = "week"


def report(
    path: Annotated[Path, typer.Argument(help="The file to write; for fit, a folder.")],
    to: Annotated[
        To,
        typer.Option("--to", help="The whole answer, or of the plan: a calendar, watch workouts, a week."),
    ],
    at: Annotated[
        datetime | None,
        typer.Option(
            "--at", formats=["%H:%M"], help="ics: when sessions begin, else whole days.", show_default=False
        ),
    ] = None,
    on: OnDay = None,
    units: UnitsOption = "km",
    store: StorePath = None,
) -> None:
    """The answer as a file, or the plan out to calendar, watch and wall."""
    if at is not None and to is not To.ICS:
        raise BadInput((said("--at: only for --to ics"),))
    with opened(store) as opened_store:
        answer = actions.assess_store(opened_store, day_or_today(on), shipped())
    words = wording(units)
    if to in RENDERERS:
        path.write_bytes(RENDERERS[to].render(answer, words))
        typer.echo(door("wrote", file=str(path)), err=True)
        return
    _tell_alarm(answer, words)
    time = None if at is None else at.time()
    done = take_out(cast(OutKind, to.value), path, answer, words, actions.zone_of(answer.profile), time)
    if done.no_plan is not None:
        raise BackstrideError(
            plainly(words.say(done.no_plan.reason)), *(plainly(line) for line in _taken_back(done))
        )
    if not done.wrote:
        typer.echo(door("no_sessions"), err=True)
    for file in done.wrote:
        typer.echo(door("wrote", file=str(file)), err=True)
    for file in done.removed:
        typer.echo(door("taken_away", file=str(file)), err=True)
    if done.removed and isinstance(answer.plan, Plan) and (why := _why_no_run(answer.plan)) is not None:
        typer.echo(words.say(why), err=True)


def _why_no_run(plan: Plan) -> Text | None:
    """What the plan says where it holds no run now; None where it holds one."""
    if any(session.kind == "walk_run" for session in plan.sessions):
        return None
    if (pause := next((step.what for step in plan.steps if step.id == PAUSED), None)) is not None:
        return pause
    return next((step.what for kind in ("run", "avoid") for step in plan.steps if step.kind == kind), None)


def _taken_back(done: TakenOut) -> tuple[str, ...]:
    """What became of files taken out before, and what is left to do by hand."""
    off = tuple(door("turned_off", file=str(file)) for file in done.turned_off)
    gone = tuple(door("taken_away", file=str(file)) for file in done.removed)
    return (*off, *gone) or (door("not_taken_out"),)


def _tell_alarm(answer: Assessment, words: Wording) -> None:
    """A raised flag comes before anything that is said of files."""
    if answer.triage.tier > Tier.T0:
        typer.echo(print_on(paper(), answer, words, frozenset()), err=True)
