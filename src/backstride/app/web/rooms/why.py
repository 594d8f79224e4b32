"""Why: what changed before it began, what fits, with reasons, and what every sentence rests on."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from backstride.app.web.here import HereIs
from backstride.reports.outline import outline
from backstride.reports.tracing import traced

router = APIRouter()

SHOWN = ("short", "ask", "changes", "causes", "contributors", "next", "made_from")
"""Sections of the report that answer this question; the others have pages of their own."""


@router.get("/why")
def why(here: HereIs) -> HTMLResponse:
    """The answer to the question of the page."""
    answer = here.answer()
    made = answer.coverage
    doors = {
        "ask": ((here.say("web.answer_now"), "/check-in"),),
        "next": ((here.say("web.answer_now"), "/check-in"),),
        "changes": ((here.say("web.record"), "/record"),),
        "made_from": ((here.say("web.explain"), "/why/explained"),),
    }
    return here.page(
        "why.html.j2",
        sections=[each for each in outline(answer, here.wording) if each.id in SHOWN],
        empty=not (made.runs or made.answers or made.symptom_notes),
        doors=doors,
    )


@router.get("/why/explained")
def explained(here: HereIs) -> HTMLResponse:
    """Every sentence of the answer with the answers, days, runs and sources it rests on."""
    answer = here.answer()
    runs = {id for day in answer.strip.days for id in day.activities}
    runs |= {run.activity for each in answer.origins for run in each.runs}
    return here.page("explained.html.j2", traced=traced(answer, here.wording), runs=sorted(runs))
