"""The diary as a list: what was told, each with a way to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from backstride.app.diary_words import day_of, entry_words
from backstride.app.web.before import BEFORE
from backstride.app.web.here import Form, HereIs

router = APIRouter()

A_PAGE = 100
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@dataclass(frozen=True, slots=True)
class Told:
    """One row."""

    id: int
    kind: str
    on: date | None
    words: str


@router.get("/settings/diary")
def diary(
    here: HereIs, before: Annotated[int, Query(ge=1, le=2**63 - 1)] = 2**63 - 1, done: str = ""
) -> HTMLResponse:
    """What was told, the latest first, a hundred at a time."""
    with here.store() as store:
        rows = [row for row in store.diary() if row.id < before]
    page = rows[: -A_PAGE - 1 : -1]
    told = [
        Told(row.id, row.kind, day_of(row.entry), entry_words(row.entry, here.wording, here.knowledge))
        for row in page
    ]
    more = page[-1].id if len(rows) > len(page) else None
    return here.page("told.html.j2", told=told, more=more, done=done if done in ("taken", "again") else "")


@router.post("/settings/diary/undo")
def undo(here: HereIs, form: Form) -> RedirectResponse:
    """The row taken back last is told again."""
    with here.store() as store:
        again = BEFORE.undo_entry(store)
    return here.to("/settings/diary" + ("?done=again" if again else ""))


@router.post("/settings/diary/{id}")
def take_back(here: HereIs, form: Form, id: RowId) -> RedirectResponse:
    """One row is gone; one that was gone already stays so."""
    with here.store() as store:
        row = next((each for each in store.diary() if each.id == id), None)
        if row is None or not store.forget(id):
            return here.to("/settings/diary")
        BEFORE.took(store, row.entry)
    return here.to("/settings/diary?done=taken")
