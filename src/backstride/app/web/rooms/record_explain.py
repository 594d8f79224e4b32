"""Any number walked back: to its days, its runs, the channels they were worked out from, and their files."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from backstride.app import actions, entering
from backstride.app.explain_words import files_of, head, name_of, rests_on
from backstride.app.run_words import device_name
from backstride.app.web.here import HereIs
from backstride.app.web.links import run_page
from backstride.features.explain import MEASURES
from backstride.model.errors import BadInput
from backstride.model.text import Missing

router = APIRouter()
MOST_DAYS = 371
"""Longer windows are for the terminal: what unrecorded years may have held takes minutes."""


@router.get("/record/explain")
def measures(here: HereIs) -> HTMLResponse:
    """Every number there is, with what it means."""
    rows = [
        (
            name,
            here.say(f"features.name_{name}"),
            here.say(f"features.means_{name}"),
            here.say(f"explain.grain_{row.grain}"),
        )
        for name, row in MEASURES.items()
    ]
    return here.page("record_measures.html.j2", every=rows)


@router.get("/record/explain/{measure}")
def explain(here: HereIs, measure: str, on: str = "", days: str = "") -> HTMLResponse:
    """One number: its value, what it means, and every day behind it."""
    if measure not in MEASURES:
        raise HTTPException(404, "measure")
    day = _day(on, here.on)
    length = int(days) if days.isdecimal() and 0 < int(days) <= MOST_DAYS else None
    with here.store() as store:
        told = here.home.keep(
            store,
            ("explain", measure, day, length),
            lambda: actions.explained(store, measure, day, length, here.knowledge),
        )
    words = here.wording
    title = head(told, words)
    return here.page(
        "record_explain.html.j2",
        told=told,
        title=title[:1].upper() + title[1:],
        value=words.known(told.value),
        help=words.say(told.value.what_would_help) if isinstance(told.value, Missing) else None,
        rests=rests_on(told, words, here.knowledge),
        names_of=lambda channels: ", ".join(dict.fromkeys(name_of(each, words) for each in channels)),
        files_of=files_of,
        device_of=device_name,
        known=words.known,
        missing=lambda value: isinstance(value, Missing),
        run_page=run_page,
        at=day,
        length=length,
    )


def _day(typed: str, today: date) -> date:
    if not typed:
        return today
    try:
        return entering.checked_day(min(date.fromisoformat(typed), today), today)
    except (ValueError, BadInput):
        raise HTTPException(404, "on") from None
