"""Copies: which records are held to be one activity, and which two might be; the runner has the last word."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from backstride.app.copies_list import CopiesList, Made, copies_list, join_activities, part_record
from backstride.app.record import remove
from backstride.app.web.here import Form, Here, HereIs
from backstride.app.web.links import run_page
from backstride.store.store import Store

router = APIRouter()

PER_PAGE = 30
DONE = ("joined", "parted", "removed", "undone")
ROWS = re.compile(r"\d{1,18}(,\d{1,18}){0,500}")
Id = Annotated[str, Path(max_length=80)]
Number = Annotated[int, Query(ge=1, le=2**63 - 1)]


def listed(here: Here, store: Store) -> CopiesList:
    """What there is to decide, worked out once for as long as nothing changes."""
    return here.home.keep(store, "copies", lambda: copies_list(store.history()))


@router.get("/start/copies")
def copies(
    here: HereIs, page: Number = 1, upto: str = "", text: str = "", done: str = "", rows: str = ""
) -> HTMLResponse:
    """Pairs to decide first, then what is joined, newest first."""
    day, fault = _day(upto, here)
    with here.store() as store:
        every = listed(here, store)
    words = text.strip().lower()
    joined = [each for each in every.joined if _fits(each, day, words)]
    pairs = [each for each in every.pairs if _fits(each.first, day, words) or _fits(each.second, day, words)]
    pages = max(1, -(-len(joined) // PER_PAGE))
    page = min(page, pages)
    return here.page(
        "start_copies.html.j2",
        422 if fault else 200,
        joined=joined[PER_PAGE * (page - 1) : PER_PAGE * page],
        pairs=pairs[:PER_PAGE],
        more_pairs=max(0, len(pairs) - PER_PAGE),
        found=len(joined),
        any=bool(every.joined or every.pairs),
        number=page,
        pages=pages,
        upto=upto,
        text=text.strip(),
        fault=fault,
        done=done if done in DONE else "",
        rows=rows if ROWS.fullmatch(rows) else "",
        run_page=run_page,
    )


@router.post("/start/copies/join")
def join(here: HereIs, form: Form) -> RedirectResponse:
    """The two are one from now on."""
    with here.store() as store:
        rows = join_activities(store, str(form.get("first")), str(form.get("second")))
    return _done(here, "joined", rows)


@router.post("/start/copies/part")
def part(here: HereIs, form: Form) -> RedirectResponse:
    """The record stands alone from now on."""
    with here.store() as store:
        rows = part_record(store, str(form.get("record")))
    return _done(here, "parted", rows)


@router.post("/start/copies/remove")
def take_out(here: HereIs, form: Form) -> RedirectResponse:
    """The activity is out of the record, with every copy of it."""
    with here.store() as store:
        remove(store, str(form.get("id")), here.on)
        row = store.diary("removed")[-1].id
    return _done(here, "removed", (row,))


@router.post("/start/copies/undo")
def undo(here: HereIs, form: Form) -> RedirectResponse:
    """What was decided last is as it was."""
    rows = str(form.get("rows", ""))
    if not ROWS.fullmatch(rows):
        raise HTTPException(422, "rows")
    wanted = {int(row) for row in rows.split(",")}
    with here.store() as store:
        for row in (*store.diary("sameness"), *store.diary("removed")):
            if row.id in wanted:
                store.forget(row.id)
    return here.to("/start/copies?done=undone#done")


def _done(here: Here, what: str, rows: tuple[int, ...]) -> RedirectResponse:
    return here.to(f"/start/copies?done={what}&rows={','.join(map(str, rows))}#done")


def _day(typed: str, here: Here) -> tuple[date | None, str]:
    """The day, and what is wrong with what was typed."""
    if not typed.strip():
        return None, ""
    try:
        return date.fromisoformat(typed.strip()), ""
    except ValueError:
        return None, here.say("start.no_day")


def _fits(each: Made, day: date | None, words: str) -> bool:
    if day is not None and each.on > day:
        return False
    read = f"{each.title} {' '.join(line.file for line in each.records)}".lower()
    return words in read
