"""Plan: what is ahead, where one stands on the ladder, and what is wished of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from backstride.app.calendar_kept import is_given_out, wishes_of
from backstride.app.visits import who_may_say
from backstride.app.web.here import Here, HereIs
from backstride.app.web.plan_shown import (
    days_of,
    every_exercise,
    exercises_of,
    ladder_of,
    steps_of,
    to_do,
)
from backstride.model.assessment import NoPlan, Plan
from backstride.model.history import MayRun, Seen
from backstride.model.text import Text
from backstride.model.wishes import ExerciseWish, Goal, GoalKind, Pause, PauseReason, Restart
from backstride.reports.outline import change_item, outline
from backstride.reports.sayer import Sayer
from backstride.reports.wanting import wanted
from backstride.store.diary import DiaryRow, Kind

router = APIRouter()

WISHED: tuple[Kind, ...] = ("goal", "wish", "pause", "restart", "seen")
"""Kinds of entry that are told on this page, and can be taken back here."""
_FEW = 3
"""So many of the newest changes are seen at once."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What was just told, in words, and the rows by which it is taken back."""

    lines: tuple[str, ...]
    rows: str


@router.get("/plan")
def plan(
    here: HereIs,
    noted: Annotated[str, Query(pattern=r"^[0-9,]*$", max_length=200)] = "",
    undone: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    """The weeks ahead; without a plan the reason, and the one thing to do."""
    return shown(here, noted=_noted(here, noted), undone=undone)


@router.get("/plan/exercises")
def exercises(
    here: HereIs, noted: Annotated[str, Query(pattern=r"^[0-9,]*$", max_length=200)] = ""
) -> Response:
    """Every exercise, each to be asked for or left out."""
    made = here.answer().plan
    if isinstance(made, NoPlan):
        return here.to("/plan")
    return here.page(
        "plan_exercises.html.j2", exercises=every_exercise(made, here), noted=_noted(here, noted)
    )


def shown(
    here: Here,
    typed: Mapping[str, str] | None = None,
    faults: tuple[str, ...] = (),
    unfolded: str = "",
    noted: Noted | None = None,
    undone: bool = False,
) -> HTMLResponse:
    """The page; `typed` is what a form was sent with that had `faults`, and `unfolded` which form it was."""
    answer, say = here.answer(), Sayer(here.wording)
    told: dict[str, Any] = {
        "typed": typed or {},
        "faults": faults,
        "unfolded": unfolded,
        "noted": noted,
        "undone": undone,
    }
    if isinstance(answer.plan, NoPlan):
        return here.page(
            "plan_none.html.j2",
            422 if faults else 200,
            waits=answer.plan,
            cancels=is_given_out(here.home.path),
            **told,
        )
    made = answer.plan
    changes = tuple(change_item(change, say) for change in made.history)
    section = next(each for each in outline(answer, here.wording) if each.id == "plan")
    return here.page(
        "plan.html.j2",
        422 if faults else 200,
        plan=made,
        title=section.title,
        days=days_of(made, here),
        rungs=ladder_of(made, here),
        to_do=to_do(made, here),
        see=steps_of(made, "see", here),
        see_first=made.look_first or made.steps[0].kind == "see",
        again=steps_of(made, "review", here),
        exercises=tuple(exercises_of(made, here)),
        wanted=tuple(wanted(made, say)),
        changes=changes[:_FEW],
        earlier=changes[_FEW:],
        paused=any(here.on in pause for pause in made.pauses),
        who_may_say=[
            (id, here.knowledge.professionals[id].text("name")) for id in who_may_say(here.knowledge)
        ],
        may_run=get_args(MayRun),
        goals=get_args(GoalKind),
        reasons=get_args(PauseReason),
        cites={source for step in made.steps for source in step.sources},
        calendar=wishes_of(here.home.path),
        feed=_feed(here),
        **told,
    )


def _feed(here: Here) -> str | None:
    """The address that a calendar can ask; None while it was not asked for, and of a made-up runner."""
    secret = wishes_of(here.home.path).secret
    if secret is None or here.demo:
        return None
    return f"{here.request.url.scheme}://{here.request.url.netloc}/plan/feed/{secret}.ics"


def _noted(here: Here, ids: str) -> Noted | None:
    """What those entries say, where they were told on this page."""
    wanted_ids = {int(id) for id in ids.split(",") if id}
    if not wanted_ids:
        return None
    with here.store() as store:
        rows = [row for kind in WISHED for row in store.diary(kind) if row.id in wanted_ids]
    lines = tuple(line for row in rows for line in _said(row, here))
    return Noted(lines, ",".join(str(row.id) for row in rows)) if rows else None


def _said(row: DiaryRow, here: Here) -> Iterator[str]:
    entry, made = row.entry, here.answer().plan
    match entry:
        case Goal():
            yield here.say("door.goal_none" if entry.kind == "none" else "web_plan.noted_goal")
        case ExerciseWish():
            name = here.knowledge.exercises[entry.exercise].text("name")
            yield here.say(f"door.wish_{entry.wish}", name=name)
            yield from _not_kept(entry.exercise, here)
        case Pause():
            yield from _of_pause(entry, here)
        case Restart():
            yield here.say("door.restart", day=entry.on)
        case Seen():
            who = here.knowledge.professionals[entry.who].text("name")
            yield here.say(f"door.seen_{entry.may_run}", day=entry.on, who=who)
            if entry.may_run == "yes" and isinstance(made, Plan) and made.look_first:
                yield here.say("door.seen_still_waits")
    if isinstance(made, NoPlan):
        yield here.say(
            "door.seen_no_flag" if isinstance(entry, Seen) else "door.wish_no_plan", why=made.reason
        )


def _not_kept(exercise: str, here: Here) -> Iterator[str]:
    """Why a wish about an exercise is not kept."""
    made = here.answer().plan
    if isinstance(made, Plan):
        for kept in made.wishes:
            if kept.exercise == exercise and not kept.kept:
                yield from Sayer(here.wording).all((kept.says, *kept.because))


def _of_pause(pause: Pause, here: Here) -> Iterator[str]:
    if pause.last is None:
        yield here.say("web_plan.noted_pause", day=pause.first)
    elif pause.last < pause.on:
        yield here.say("door.pause_over", day=pause.last + timedelta(days=1))
        return
    else:
        yield here.say("door.pause_until", first=pause.first, last=pause.last)
    yield here.wording.say(Text("door.pause_safety"))
