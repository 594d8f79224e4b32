"""What the API tells."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query

from backstride.app import actions, entering, recorded
from backstride.app.commands.explaining import explained_json, measure_json
from backstride.app.commands.imports import imports_json
from backstride.app.commands.knowing import plain_row
from backstride.app.commands.measuring import scores_json
from backstride.app.commands.recording import record_json, spans
from backstride.app.commands.runs import run_json
from backstride.app.commands.telling import questions_json
from backstride.app.commands.wearing import shoes_json
from backstride.app.diary_words import day_of, entry_words
from backstride.app.knowledge_search import Found, everything, search
from backstride.app.reconcile import reconciled
from backstride.app.record import activities_of, found
from backstride.app.web.api_asked import (
    Asked,
    Diary,
    DiaryEntry,
    IsAsked,
    Json,
    KnowledgeFound,
    KnowledgeList,
)
from backstride.features.explain import MEASURES
from backstride.instruments.standing import standings
from backstride.knowledge.kinds import KINDS, TABLES
from backstride.model.errors import BadInput
from backstride.reports.as_json import document
from backstride.store.diary import Kind
from backstride.store.records import to_json

router = APIRouter()
Id = Annotated[str, Path(max_length=200)]
GONE: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such thing."}}


@router.get("/answer")
def answer(asked: IsAsked) -> Json:
    """The whole answer: docs/json.md tells of each field."""
    return _answer(asked)


@router.get("/triage")
def triage(asked: IsAsked) -> Json:
    """What must be seen first, and which safety questions are open."""
    return _some(asked, "triage")


@router.get("/plan")
def plan(asked: IsAsked) -> Json:
    """What to do now; where a red flag is raised there is none, and `made` is false."""
    return _some(asked, "triage", "plan", "sources")


def _answer(asked: Asked) -> dict[str, Any]:
    return dict(document(asked.here.home.answer(asked.on), asked.words))


def _some(asked: Asked, *names: str) -> Json:
    whole = _answer(asked)
    return {name: whole[name] for name in ("schema", "on", *names)}


@router.get("/record")
def record(asked: IsAsked, weeks: Annotated[int, Query(ge=2, le=520)] = 26) -> Json:
    """The running week by week, and what stood out."""
    with asked.here.store() as store:
        told = recorded.record(store, asked.on, spans(weeks, asked.on), asked.here.knowledge)
    return record_json(told.season, told.gear, asked.words)


@router.get("/runs")
def runs(
    asked: IsAsked,
    last: Annotated[int, Query(ge=1, le=100_000, description="So many, the latest.")] = 100,
    sports: Annotated[bool, Query(description="Other sports too.")] = False,
) -> Json:
    """The list of activities, each once, oldest first."""
    with asked.here.store() as store:
        wanted = [each for each in activities_of(store) if sports or each.sport == "run"]
        return {"schema": "backstride/runs/1", "runs": [run_json(each) for each in wanted[-last:]]}


@router.get("/runs/{id}", responses=GONE)
def run(asked: IsAsked, id: Id) -> Json:
    """One activity by its id or the beginning of it: its numbers, and which record gave what."""
    with asked.here.store() as store:
        try:
            return run_json(found(activities_of(store), id))
        except BadInput:
            raise HTTPException(404) from None


@router.get("/shoes")
def shoes(asked: IsAsked) -> Json:
    """Every pair: how far it has gone, since when."""
    with asked.here.store() as store:
        rack, safety = recorded.shoes(store, asked.on, asked.here.knowledge)
    return shoes_json(rack, safety, asked.words)


@router.get("/measures")
def measures(asked: IsAsked) -> Json:
    """What can be walked back to its runs."""
    return {
        "schema": "backstride/measures/1",
        "measures": [measure_json(each, asked.words) for each in MEASURES],
    }


@router.get("/measures/{name}", responses=GONE)
def measure(asked: IsAsked, name: Id, days: Annotated[int | None, Query(ge=1, le=3_660)] = None) -> Json:
    """One measure, with its days, runs, channels and files."""
    if name not in MEASURES:
        raise HTTPException(404)
    with asked.here.store() as store:
        told, _ = actions.explain(store, name, asked.on, days, asked.here.knowledge)
        return explained_json(told, asked.words)


@router.get("/questions")
def questions(asked: IsAsked) -> Json:
    """Every question: its id, wording, kind and allowed values."""
    return questions_json(asked.here.knowledge, asked.words)


@router.get("/scores")
def scores(asked: IsAsked) -> Json:
    """Every questionnaire with its items, and how the runner is doing by it."""
    knowledge = asked.here.knowledge
    with asked.here.store() as store:
        known = {each.instrument: each for each in standings(store.history(), knowledge)}
    return scores_json(list(knowledge.instruments.values()), known, asked.words)


@router.get("/profile")
def profile(asked: IsAsked) -> Json:
    """Who runs; null is not told."""
    with asked.here.store() as store:
        told = store.profile()
    return {name: getattr(told, name) for name in entering.PROFILE_FIELDS}


@router.get("/diary")
def diary(asked: IsAsked, kind: Annotated[Kind | None, Query()] = None) -> Diary:
    """What was told, in the order it was told."""
    with asked.here.store() as store:
        rows = store.diary(kind)
    made = []
    for row in rows:
        day, entry = day_of(row.entry), json.loads(to_json(row.entry))
        told = entry_words(row.entry, asked.words, asked.here.knowledge)
        on = None if day is None else day.isoformat()
        made.append(DiaryEntry(id=row.id, kind=row.kind, on=on, words=told, entry=entry))
    return Diary(rows=made)


@router.get("/imports")
def imports(asked: IsAsked) -> Json:
    """What came in from where, beside what archives claim, and what became of every file."""
    with asked.here.store() as store:
        history, lines = store.history(), store.ledger()
        return imports_json(reconciled(history, lines), lines)


@router.get("/knowledge")
def knowledge_list(
    asked: IsAsked,
    q: Annotated[str, Query(max_length=200, description="Words to look for; without any, everything.")] = "",
) -> KnowledgeList:
    """Pages of the knowledge: causes, exercises, claims, sources and all else."""
    every = _everything(asked)
    return _listed(asked, search(every, q) if q.strip() else every)


@router.get("/knowledge/{kind}", responses=GONE)
def knowledge_kind(asked: IsAsked, kind: Id) -> KnowledgeList:
    """Every page of one kind."""
    if kind not in (*KINDS, *TABLES):
        raise HTTPException(404)
    return _listed(asked, tuple(each for each in _everything(asked) if each.entry.kind == kind))


@router.get("/knowledge/{kind}/{id}", responses=GONE)
def knowledge_entry(asked: IsAsked, kind: Id, id: Id) -> Json:
    """One page of the knowledge, every field of it; sentences in the language asked for."""
    if kind not in (*KINDS, *TABLES) or id not in getattr(asked.here.knowledge, kind):
        raise HTTPException(404)
    row = getattr(asked.here.knowledge, kind)[id]
    return {"place": f"{kind}/{id}", **plain_row(row, f"{kind}.{id}", asked.words.catalog)}


def _everything(asked: Asked) -> tuple[Found, ...]:
    return everything(asked.here.knowledge, asked.words.catalog, asked.words.language)


def _listed(asked: Asked, rows: tuple[Found, ...]) -> KnowledgeList:
    entries = [
        KnowledgeFound(place=each.entry.place, kind=each.entry.kind, id=each.entry.id, title=each.title)
        for each in rows
    ]
    return KnowledgeList(version=asked.here.knowledge.version, entries=entries)
