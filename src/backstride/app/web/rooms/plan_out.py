"""The plan and the answer as files to take along, made as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from backstride.app.actions import zone_of
from backstride.app.calendar_kept import calendar_now, wishes_of
from backstride.app.taking_out import workouts, zipped
from backstride.app.web import guard
from backstride.app.web.here import Here, HereIs
from backstride.app.web.home import Home
from backstride.languages.catalog import translated
from backstride.model.assessment import Plan
from backstride.model.errors import BadInput
from backstride.reports import week_page
from backstride.reports.renderers import RENDERERS
from backstride.reports.wording import Wording

router = APIRouter()

TYPES: Mapping[str, str] = {
    "ics": "text/calendar; charset=utf-8",
    "zip": "application/zip",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/json",
}
_ON_ITS_OWN = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""A report holds its own looks and no script: it may do nothing else."""


@router.get("/plan/out/{name}")
def take(here: HereIs, name: str) -> Response:
    """One file.  Where no plan is made only the answer, and a calendar that turns off what it held."""
    make = FILES.get(name)
    if make is None:
        raise HTTPException(404)
    try:
        made = make(here)
    except BadInput as error:
        return _not_made(here, here.told(error.faults))
    if made is None:
        plan = here.answer().plan
        why = () if isinstance(plan, Plan) else (here.wording.say(plan.reason),)
        return _not_made(here, why or (here.say("door.no_sessions"),))
    ending = name.rpartition(".")[2]
    shown = "inline" if ending == "html" else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="backstride-{name}"'}
    if ending == "html":
        headers["Content-Security-Policy"] = _ON_ITS_OWN
    return Response(made, media_type=TYPES[ending], headers=headers)


def _not_made(here: Here, lines: tuple[str, ...]) -> Response:
    return here.page("plan_not_out.html.j2", 409, title=here.say("web_plan.not_made"), lines=lines)


@router.get("/plan/feed/{secret}.ics")
def feed(request: Request, secret: str) -> Response:
    """The same calendar for a program that asks by itself: it knows the secret, and sends no cookie."""
    home: Home = request.app.state.homes["own"]
    wishes = wishes_of(home.path)
    if not guard.same(secret, wishes.secret):
        raise HTTPException(404)
    words = Wording(translated(home.knowledge.sentences, wishes.language), wishes.units, wishes.language)
    made = _calendar(home, words)
    if made is None:
        raise HTTPException(404)
    return Response(made, media_type=TYPES["ics"])


def _calendar(home: Home, words: Wording) -> bytes | None:
    answer = home.answer(home.on())
    return calendar_now(home.path, answer, words, zone_of(answer.profile))


def _watch(here: Here) -> bytes | None:
    answer = here.answer()
    if not isinstance(answer.plan, Plan) or not answer.plan.sessions:
        return None
    return zipped(workouts(answer, answer.plan, here.wording))


def _week(here: Here) -> bytes | None:
    answer = here.answer()
    return week_page.render(answer, answer.plan, here.wording) if isinstance(answer.plan, Plan) else None


def _report(kind: str) -> Callable[[Here], bytes | None]:
    return lambda here: RENDERERS[kind].render(here.answer(), here.wording)


FILES: Mapping[str, Callable[[Here], bytes | None]] = {
    "calendar.ics": lambda here: _calendar(here.home, here.wording),
    "workouts.zip": _watch,
    "week.html": _week,
    "answer.html": _report("html"),
    "answer.json": _report("json"),
    "answer.pdf": _report("pdf"),
}
