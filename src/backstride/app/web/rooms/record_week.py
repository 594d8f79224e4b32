"""One week: every day with its runs and its pain, and what is not recorded said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from backstride.app import entering, recorded
from backstride.app.run_list import RunRow
from backstride.app.web.here import HereIs
from backstride.app.web.links import run_page, week_page
from backstride.app.web.rooms.record_runs import listed
from backstride.model.errors import BadInput
from backstride.model.findings import DayLoad
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity

router = APIRouter()
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week."""

    load: DayLoad
    rows: tuple[RunRow, ...]
    pain: float | None
    """None where none was noted."""
    share: float
    """Of the farthest day of the week, 0 to 1."""


@router.get("/record/week")
def this_week(here: HereIs) -> HTMLResponse:
    """The week of today."""
    return week(here, here.on.isoformat())


@router.get("/record/week/{first}")
def week(here: HereIs, first: str) -> HTMLResponse:
    """The week of a day, from Monday on."""
    try:
        day = entering.checked_day(date.fromisoformat(first), here.on)
    except (ValueError, BadInput):
        raise HTTPException(404, "week") from None
    monday = day - timedelta(days=day.weekday())
    span = Span(monday, min(here.on, monday + timedelta(days=6)))
    with here.store() as store:
        every = listed(here, store)
        told = here.home.keep(
            store, ("week", here.on, monday), lambda: recorded.season_of(store, here.on, span, here.knowledge)
        )
    scores = {mark.on: mark.score for mark in told.pain}
    most = max((each.distance_m.high for each in told.days if each.state == "run"), default=0.0)
    days = [
        Day(
            each,
            tuple(row for row in reversed(every.rows) if row.on == each.on),
            scores.get(each.on),
            each.distance_m.low / most if each.state == "run" and most > 0 else 0.0,
        )
        for each in told.days
    ]
    (in_all,) = told.weeks
    earliest = every.rows[-1].on if every.rows else None
    return here.page(
        "record_week.html.j2",
        monday=monday,
        days=days,
        week=in_all,
        known=not isinstance(in_all.distance, Missing) and not isinstance(in_all.running_days, Missing),
        longest=None if in_all.longest_m is None else Quantity(in_all.longest_m, "m"),
        worst=None if in_all.pain is None else Quantity(in_all.pain, "score"),
        before=week_page(monday - A_WEEK) if earliest is not None and earliest < monday else None,
        after=week_page(monday + A_WEEK) if monday + A_WEEK <= here.on else None,
        any=bool(every.rows),
        run_page=run_page,
        names=every.shoes,
    )
