"""Today: how is the back, what to do now, and what the plan changed and why."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from backstride.app.web.here import HereIs

router = APIRouter()


@router.get("/")
def today(here: HereIs) -> HTMLResponse:
    """The one screen of every day."""
    return here.page("today.html.j2")
