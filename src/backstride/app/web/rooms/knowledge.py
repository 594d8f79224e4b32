"""Knowledge: all of it to read and to search, each page with its sources and how far it was checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from backstride.app.knowledge_page import Entry, reading_page, source_notes
from backstride.app.knowledge_search import FIRST_KINDS, Found, everything, search
from backstride.app.web.here import Here, HereIs
from backstride.app.web.places import by_place, with_places
from backstride.knowledge.exercise import Exercise
from backstride.knowledge.kinds import KINDS, TABLES
from backstride.knowledge.records import SourceRef, each_in, translation
from backstride.knowledge.source import Source
from backstride.model.assessment import SourceNote, Verdict
from backstride.model.text import Text
from backstride.reports.blocks import cited, cites_own, studied_in
from backstride.reports.figure_svg import figure_svg

router = APIRouter()

SHORTLY = (
    "plain",
    "evidence",
    "why",
    "tells",
    "measures",
    "can_do",
    "looks_for",
    "meaning",
    "studied",
    "does",
)
"""What a list says of an entry beside its name: the first of these fields that it has."""
MOST_FOUND = 60
FIGURE_WIDTH, SMALL_FIGURE_WIDTH = 340, 150


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of page, as the front of the knowledge shows it."""

    id: str
    name: str
    lead: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One page in a list."""

    place: str
    title: str
    kind: str
    words: str
    mark: str = ""
    """A verdict, where it has one."""
    figure: str = ""


@router.get("/knowledge")
def front(here: HereIs, q: Annotated[str, Query()] = "") -> HTMLResponse:
    """One box to search all of it, and every kind of page there is."""
    found = search(_everything(here), q)
    kinds = [_kind(here, id) for id in (*KINDS, *TABLES)]
    first = {each.id: each for each in kinds}
    return here.page(
        "knowledge.html.j2",
        q=q,
        asked=bool(q.strip()),
        count=len(found),
        lines=[_line(here, each) for each in found[:MOST_FOUND]],
        kinds=[first[id] for id in FIRST_KINDS],
        others=[each for each in kinds if each.id not in FIRST_KINDS and each.count],
    )


@router.get("/knowledge/{kind}")
def of_kind(here: HereIs, kind: str) -> HTMLResponse:
    """Every page of one kind."""
    if kind not in (*KINDS, *TABLES):
        raise HTTPException(404)
    lines = [_line(here, each) for each in _everything(here) if each.entry.kind == kind]
    groups: list[tuple[str, list[Line]]] = [("", lines)]
    if kind == "claims":
        heads = [here.say(f"report.verdict_{each}") for each in get_args(Verdict)]
        groups = [(head, [line for line in lines if line.mark == head]) for head in heads]
    return here.page(
        "knowledge_kind.html.j2",
        kind=_kind(here, kind),
        groups=[(head, rows) for head, rows in groups if rows],
        drawn=kind == "exercises",
    )


@router.get("/knowledge/{kind}/{id}")
def of_one(here: HereIs, kind: str, id: str) -> HTMLResponse:
    """One page: all it says, its sources, and how far it was checked."""
    every = _everything(here)
    known = by_place(every)
    found = known.get(f"{kind}/{id}")
    if found is None:
        raise HTTPException(404)
    entry, catalog = found.entry, here.wording.catalog
    sections = reading_page(entry, here.knowledge, catalog)
    numbers = cited(sections)
    notes = {note.id: note for note in source_notes(here.knowledge)}
    return here.page(
        "knowledge_page.html.j2",
        found=found,
        kind=_kind(here, kind),
        verdict=_verdict(here, entry),
        first=[each for each in sections if each.id in ("page", "answers", "behind")],
        folded=[each for each in sections if each.id in ("checking", "cases")],
        marked=numbers,
        own_marked=cites_own(sections),
        cites=[_source(here, notes[each]) for each in numbers if each in notes],
        itself=_source(here, entry.row.note()) if isinstance(entry.row, Source) else None,
        users=[_line(here, each) for each in every if isinstance(entry.row, Source) and _rests_on(each, id)],
        drawing=_figure(here, entry, FIGURE_WIDTH),
        linked=lambda html: with_places(html, known),
    )


def _everything(here: Here) -> tuple[Found, ...]:
    words = here.wording
    return everything(here.knowledge, words.catalog, words.language)


def _kind(here: Here, id: str) -> Kind:
    count = len(getattr(here.knowledge, id))
    return Kind(id, here.say(f"web_knowledge.{id}"), here.say(f"web_knowledge.{id}_lead"), count)


def _line(here: Here, found: Found) -> Line:
    entry = found.entry
    row = translation(entry.row, f"{entry.kind}.{entry.id}", here.wording.catalog)
    said = (getattr(row, field, None) for field in SHORTLY)
    words = next((str(each) for each in said if each and str(each) != found.title), "")
    name = here.say(f"web_knowledge.{entry.kind}")
    figure = _figure(here, entry, SMALL_FIGURE_WIDTH)
    return Line(entry.place, found.title, name, words, _verdict(here, entry), figure)


def _verdict(here: Here, entry: Entry) -> str:
    """Of what articles say, and of what is offered: how well it is known."""
    verdict = getattr(entry.row, "verdict", None)
    return here.say(f"report.verdict_{verdict}") if verdict in get_args(Verdict) else ""


def _figure(here: Here, entry: Entry, width: int) -> Markup:
    if not isinstance(entry.row, Exercise):
        return Markup()
    drawing = entry.row.drawing.drawing(here.knowledge.poses)
    key = "report.figure_not" if drawing.not_this else "report.figure"
    says = here.wording.say(Text(key, {"name": entry.row.text("name")}))
    return Markup(figure_svg(drawing, says, width))


@dataclass(frozen=True, slots=True)
class Cited:
    """One source, as a page shows it."""

    id: str
    citation: str
    doi: str | None
    studied: str
    checked: str


def _source(here: Here, note: SourceNote) -> Cited:
    words = here.wording
    checked = words.say(Text(f"report.checked_{note.checked}"))
    return Cited(note.id, note.citation, note.doi, words.say(studied_in(note)), checked)


def _rests_on(found: Found, source: str) -> bool:
    refs: Sequence[str] = [ref for _, ref in each_in(found.entry.row, "", SourceRef)]
    return source in refs
