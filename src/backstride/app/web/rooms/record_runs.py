"""The list of activities: looked through by day, words, sport, shoe, ground and distance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from backstride.app.run_list import RunList, RunRow, Wanted, chosen, run_list
from backstride.app.web.here import Here, HereIs
from backstride.app.web.links import run_page
from backstride.model.activity import SPORTS, SURFACES
from backstride.model.text import Quantity
from backstride.reports.wording import Units
from backstride.store.store import Store

router = APIRouter()
A_PAGE = 50
M_PER: dict[Units, float] = {"km": 1_000.0, "miles": 1_609.344}


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was filled in."""

    first: str = ""
    last: str = ""
    text: str = ""
    sport: str = "run"
    shoe: str = ""
    ground: str = ""
    least: str = ""


def listed(here: Here, store: Store) -> RunList:
    """Every activity, read once for as long as nothing in the store changes."""
    return here.home.keep(store, ("runs", here.on), lambda: run_list(store, here.on, here.knowledge))


@router.get("/record/runs")
def runs(here: HereIs, page: int = 1) -> HTMLResponse:
    """One page of the activities that fit, newest first."""
    told = here.request.query_params
    asked = Asked(**{name: told.get(name, getattr(Asked(), name)).strip() for name in Asked.__slots__})
    wanted, faults = _wanted(asked, here)
    with here.store() as store:
        every = listed(here, store)
    fits = chosen(every, wanted)
    pages = max(1, -(-len(fits) // A_PAGE))
    page = min(max(1, page), pages)
    known = [row.distance_m for row in fits if row.distance_m is not None]
    return here.page(
        "record_runs.html.j2",
        422 if faults else 200,
        asked=asked,
        faults=faults,
        shown=fits[(page - 1) * A_PAGE : page * A_PAGE],
        found=len(fits),
        any=bool(every.rows),
        whole=Quantity(sum(known), "m") if known else None,
        unknown=len(fits) - len(known),
        shoes=every.shoes,
        pace=_pace,
        run_page=run_page,
        sports=SPORTS,
        grounds=SURFACES,
        narrowed=asked != Asked(),
        pages=pages,
        at=page,
        out=told.get("out") == "1",
        back=told.get("back") == "1",
        to_page=lambda number: f"/record/runs?{urlencode({**_told(asked), 'page': number})}",
    )


def _told(asked: Asked) -> dict[str, str]:
    """What was filled in, for an address."""
    usual = Asked()
    pairs = {name: getattr(asked, name) for name in Asked.__slots__}
    return {name: value for name, value in pairs.items() if value != getattr(usual, name)}


def _wanted(asked: Asked, here: Here) -> tuple[Wanted, dict[str, str]]:
    """What is looked for, and by field what cannot be read; such a field is left out."""
    faults: dict[str, str] = {}
    first, last = (day_or_fault(getattr(asked, name), name, faults, here) for name in ("first", "last"))
    least = None
    if asked.least:
        try:
            least = float(asked.least.replace(",", ".")) * M_PER[here.looks.units]
        except ValueError:
            faults["least"] = here.say("web_record.no_number")
    wanted = Wanted(first, last, asked.text, asked.sport, asked.shoe, asked.ground, least)
    return wanted, faults


def day_or_fault(typed: str, name: str, faults: dict[str, str], here: Here) -> date | None:
    """The day as a date field sends it; None where it was left empty, or `faults` say that it is none."""
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        faults[name] = here.say("web_record.no_day")
        return None


def _pace(row: RunRow) -> Quantity | None:
    """Mean speed on the move; None where it is not known."""
    if not row.distance_m or not row.moving_s:
        return None
    return Quantity(row.distance_m / row.moving_s, "mps")
