"""One session of the plan: to read through, and, where the page may run its script, to be led through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from backstride.app.web.here import Here, HereIs
from backstride.app.web.plan_shown import drawn
from backstride.model.assessment import NoPlan, Plan
from backstride.model.session import Block, Part, Session
from backstride.model.text import Text
from backstride.reports.session_lines import limits_of_length, of_kind

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One thing without a break in it, in words, and the numbers that a clock needs."""

    words: str
    amount: str
    numbers: dict[str, Any]  # Any: what is written into data attributes


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """Parts that are gone through together."""

    id: str
    name: str
    dose: str | None
    rounds: int
    parts: tuple[ShownPart, ...]
    cues: tuple[str, ...]
    figure: Markup


@router.get("/plan/session/{kind}")
def session(here: HereIs, kind: str) -> Response:
    """The session as the plan holds it now; where it holds none of that kind, the plan says why."""
    made = here.answer().plan
    if isinstance(made, NoPlan):
        return here.to("/plan")
    if kind not in ("walk", "walk_run", "strength", "mobility"):
        raise HTTPException(404)
    found = of_kind(made).get(kind)
    if found is None:
        return here.page("plan_not_out.html.j2", 404, title=here.say("web_plan.session_gone"), lines=())
    next_on = _next_on(made, found, here.on)
    return here.page(
        "plan_session.html.j2",
        session=found,
        blocks=tuple(_block(block, here) for block in found.blocks),
        lengths=tuple(limits_of_length(found, here.wording)),
        today=next_on == here.on,
        next_on=next_on,
        led=next_on == here.on or found.kind != "walk_run",
        did=quote(" ".join(found.steps)),
    )


def _next_on(plan: Plan, session: Session, on: date) -> date | None:
    """The first day of the plan that holds it, today or later; None where none does."""
    return next((day.on for day in plan.week if day.on >= on and session.kind in day.sessions), None)


def _block(block: Block, here: Here) -> ShownBlock:
    return ShownBlock(
        id=block.id,
        name=here.wording.say(block.name),
        dose=None if block.dose is None else here.wording.say(block.dose),
        rounds=block.rounds,
        parts=tuple(_part(part, block, here) for part in block.parts),
        cues=tuple(here.wording.say(cue) for cue in block.cues),
        figure=drawn(block.drawing, here.wording.say(block.name), here),
    )


def _part(part: Part, block: Block, here: Here) -> ShownPart:
    say = here.wording.say
    if part.does != "work":
        words = here.say(f"session.part_{part.does}")
    elif part.side is None:
        words = say(block.name)
    else:
        words = say(Text(f"session.{part.side.replace(' ', '_')}", {"name": block.name}))
    numbers: dict[str, Any] = {
        "does": part.does,
        "seconds": part.seconds,
        "repetitions": part.repetitions,
        "hold": part.hold_s,
    }
    if part.side == "in turn":
        numbers |= {
            "first": say(Text("session.left", {"name": block.name})),
            "second": say(Text("session.right", {"name": block.name})),
        }
    amount = ". ".join(_amounts(part, here))
    return ShownPart(words, amount, {name: value for name, value in numbers.items() if value is not None})


def _amounts(part: Part, here: Here) -> Iterator[str]:
    if part.seconds is not None:
        yield _long(part.seconds, here)
    if part.repetitions is not None:
        yield here.say(
            "web_plan.times_one" if part.repetitions == 1 else "web_plan.times", count=part.repetitions
        )
    if part.hold_s is not None:
        yield here.say("session.hold", count=part.hold_s)
    if part.seconds is None and part.repetitions is None:
        yield here.say("web_plan.as_long_as")


def _long(seconds: int, here: Here) -> str:
    """To the second, as a clock counts it."""
    whole = seconds >= 120 and seconds % 60 == 0
    count = seconds // 60 if whole else seconds
    return here.say("plan.minutes" if whole else "plan.seconds", count=count)
