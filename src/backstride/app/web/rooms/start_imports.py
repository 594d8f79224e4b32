"""What came in: each import with what became of every file, and the archives beside what they claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse

from backstride.app.actions import zone_of
from backstride.app.commands.files import mark, notes_of
from backstride.app.commands.imports_told import files_told, imports_page
from backstride.app.reconcile import reconciled
from backstride.app.web.here import Here, HereIs
from backstride.model.ledger import OUTCOMES, LedgerLine
from backstride.reports.imports_page import ImportsPage
from backstride.store.ledger import ImportRun
from backstride.store.store import Store

router = APIRouter()

PER_PAGE = 200
MOST_IMPORTS = 12
"""Shown at once; the others fold away."""
Number = Annotated[int, Query(ge=1, le=2**63 - 1)]


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was filled in."""

    outcome: str = ""
    text: str = ""
    of: int | None = None
    """One import."""

    def at(self, **changed: object) -> str:
        """The address of the same, but for what changed."""
        told = {"of": self.of, "outcome": self.outcome, "text": self.text, **changed}
        query = urlencode({name: value for name, value in told.items() if value})
        return f"/start/imports?{query}" if query else "/start/imports"


@router.get("/start/imports")
def imports(here: HereIs, outcome: str = "", text: str = "", of: str = "", page: Number = 1) -> HTMLResponse:
    """All imports, or one of them."""
    asked = Asked(outcome if outcome in OUTCOMES else "", text.strip(), int(of) if of.isdecimal() else None)
    words = here.wording
    with here.store() as store:
        runs = tuple(reversed(store.imports()))
        if asked.of is not None and all(run.id != asked.of for run in runs):
            raise HTTPException(404, "import")
        lines = store.ledger(asked.of)
        told = _told(here, store, lines) if asked.of is None else None
        zone = zone_of(store.profile())
    counts = {each: sum(line.outcome == each for line in lines) for each in OUTCOMES}
    wanted = _wanted(lines, asked)
    pages = max(1, -(-len(wanted) // PER_PAGE))
    page = min(page, pages)
    return here.page(
        "start_imports.html.j2",
        told=told,
        runs=runs,
        most=MOST_IMPORTS,
        when=lambda run: _when(here, run, zone),
        rows=[
            (line.outcome, mark(line, words), line.name, words.told(line.why), notes_of(line, words))
            for line in wanted[PER_PAGE * (page - 1) : PER_PAGE * page]
        ],
        in_words=files_told(counts, words) if lines else "",
        counts=[(each, count) for each, count in counts.items() if count],
        asked=asked,
        number=page,
        pages=pages,
        total=len(lines),
        wanted=len(wanted),
    )


def _told(here: Here, store: Store, lines: tuple[LedgerLine, ...]) -> ImportsPage:
    """Each archive with its years; worked out once for as long as nothing changes."""
    words = here.wording

    def made() -> ImportsPage:
        history = store.history()
        found = reconciled(history, lines)
        return imports_page(history, found, (), here.answer().triage, words, "wide")

    return here.home.keep(store, ("imports", words.language, words.units), made)


def _wanted(lines: tuple[LedgerLine, ...], asked: Asked) -> list[LedgerLine]:
    """Faults first; else in the order they came."""
    words = asked.text.lower()
    fits = [
        line
        for line in lines
        if asked.outcome in ("", line.outcome)
        and (words in line.name.lower() or words in line.source.lower())
    ]
    return sorted(fits, key=lambda line: line.outcome != "unreadable")


def _when(here: Here, run: ImportRun, zone: tzinfo) -> str:
    """The day and the hour, as the runner's clock had it."""
    at = run.began_at.astimezone(zone)
    return f"{here.wording.day(at.date())}, {at:%H:%M}"
