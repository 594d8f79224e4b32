"""Record: the year as a calendar with pain over it, the season on one axis, and every month at a glance."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from babel.dates import get_month_names
from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse

from backstride.app import recorded
from backstride.app.web.here import Here, HereIs
from backstride.app.web.links import run_page, week_page
from backstride.app.web.rooms import (
    record_explain,
    record_load,
    record_run,
    record_runs,
    record_shoes,
    record_week,
)
from backstride.model.history import Span
from backstride.model.season import MonthTold
from backstride.model.text import Quantity
from backstride.reports.record.page import ROWS, RecordPage, record_lead, record_page
from backstride.store.store import Store

router = APIRouter()
WEEKS = {"12w": 12, "26w": 26, "53w": 53}
"""How far back the season reaches, by the word in the address; a year's number is that year."""
USUAL = "12w"


@router.get("/record")
def record(here: HereIs, show: str = USUAL, row: Annotated[list[str] | None, Query()] = None) -> HTMLResponse:
    """The pictures of the record: of the last weeks, or of one year."""
    rows = tuple(each for each in ROWS if each in row) if row else ROWS
    with here.store() as store:
        months = here.home.keep(
            store, ("months", here.on), lambda: recorded.months_of(store, here.on, here.knowledge)
        )
        years = sorted({month.first.year for month in months}, reverse=True)
        if show not in WEEKS and show not in map(str, years):
            raise HTTPException(404, "show")
        looks = (here.looks.language, here.looks.units)
        page, lead = here.home.keep(
            store,
            ("record", here.on, show, rows, looks),
            lambda: _page(here, store, show, rows),
        )
    return here.page(
        "record_pictures.html.j2",
        page=page,
        lead=lead,
        show=show,
        weeks=WEEKS,
        years=years,
        choices=ROWS,
        chosen=rows,
        months=months,
        by_year=_by_year(months, here),
        month_names=_month_names(here.looks.language),
    )


def _page(here: Here, store: Store, show: str, rows: tuple[str, ...]) -> tuple[RecordPage, list[str]]:
    words, spans = here.wording, _spans(show, here.on)
    told = recorded.record(store, here.on, spans, here.knowledge)
    year = None if show in WEEKS else show
    titles = None
    if year is not None:
        titles = (here.say("web_record.year", year=year), here.say("web_record.season_of", year=year))
    made = record_page(
        told.year, told.season, told.form, told.gear, None, (), words, run_page, rows, titles, week_page
    )
    return made, record_lead(told.first_on, told.last_on, told.runs, told.season, words)


def _spans(show: str, on: date) -> tuple[Span, Span]:
    """The days of the calendar and of the season."""
    if show in WEEKS:
        monday = on - timedelta(days=on.weekday())
        return (
            Span(on - timedelta(days=recorded.YEAR_DAYS - 1), on),
            Span(monday - timedelta(weeks=WEEKS[show] - 1), on),
        )
    year = Span(date(int(show), 1, 1), min(on, date(int(show), 12, 31)))
    return year, year


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of the table of months."""

    words: str
    title: str
    shade: int
    """0 to 4 by its distance: a month of the runner's farthest is the darkest."""
    unseen: int
    length: int


def _by_year(months: tuple[MonthTold, ...], here: Here) -> list[tuple[int, list[Cell | None]]]:
    """Newest year first, twelve months each; None where the record does not reach."""
    most = max((month.distance_m.low for month in months), default=0.0)
    found: dict[int, list[Cell | None]] = {}
    for month in months:
        twelve = found.setdefault(month.first.year, [None] * 12)
        twelve[month.first.month - 1] = _cell(month, most, here)
    return sorted(found.items(), reverse=True)


def _cell(month: MonthTold, most: float, here: Here) -> Cell:
    low, words = month.distance_m.low, here.wording
    distance = words.quantity(Quantity(low, "m"))
    more = month.unseen_days > 0 or not month.distance_m.known
    title = here.say(
        "web_record.month_title",
        month=f"{month.first:%Y-%m}",
        distance=f"{distance}{'+' if more else ''}",
        runs=str(month.run_days),
        unseen=str(month.unseen_days),
    )
    said = f"{distance}{'+' if more else ''}" if month.run_days else "–"
    shade = 0 if low <= 0 or most <= 0 else min(4, 1 + int(4 * low / most))
    return Cell(said, title, shade, month.unseen_days, monthrange(month.first.year, month.first.month)[1])


def _month_names(language: str) -> list[str]:
    names = get_month_names("abbreviated", locale=language)
    return [str(names[number]) for number in range(1, 13)]


for part in (record_week, record_runs, record_run, record_shoes, record_load, record_explain):
    router.include_router(part.router)
