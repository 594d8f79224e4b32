"""Progress: how the pain goes on beside what is usual, what can be done again, and how much is run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeAlias

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from backstride.app.web.here import Form, Here, HereIs
from backstride.app.web.questionnaire import asked_of, begun, sheet_of
from backstride.app.web.typed import words_of
from backstride.instruments.standing import scores_over_time
from backstride.knowledge.instrument import Instrument
from backstride.model.assessment import Tier
from backstride.model.errors import BadInput
from backstride.model.history import InstrumentResult
from backstride.model.scores import ChangeState, Standing
from backstride.model.text import Missing, Quantity
from backstride.reports.blocks import cited
from backstride.reports.doing import standing_lines
from backstride.reports.going import course_section
from backstride.reports.page import WIDTHS
from backstride.reports.sayer import Sayer
from backstride.reports.weeks_svg import weeks_rows, weeks_svg

router = APIRouter()
Series: TypeAlias = tuple[tuple[date, Quantity | Missing], ...]
"""Day and score, oldest first."""


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """One questionnaire that was filled in."""

    id: str
    name: str
    lines: tuple[str, ...]
    state: ChangeState | None
    """What changed since the first one; None where that cannot be told."""
    due: bool
    see_someone: bool
    earlier: tuple[tuple[str, str], ...]
    """Day and score, oldest first."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewSheet:
    """One that was never filled in."""

    id: str
    name: str
    measures: str


@router.get("/progress")
def progress(
    here: HereIs,
    noted: Annotated[int | None, Query()] = None,
    undone: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    """How it is going; while somebody must look the same day, only that."""
    answer, words = here.answer(), here.wording
    with here.store() as store:
        history = store.told()
        rows = {row.id: row.entry for row in store.diary("score")}
    entry = rows.get(noted) if noted is not None else None
    over_time = scores_over_time(history, here.knowledge)
    filled = [_filled(each, here, over_time[each.instrument]) for each in answer.scores]
    known = {each.id for each in filled}
    new = [_new(each, here) for id, each in here.knowledge.instruments.items() if id not in known]
    course = course_section(answer, Sayer(words))
    pictures = [
        Markup(weeks_svg(answer.weeks, words, here.say("web_progress.weeks"), width)) for width in WIDTHS
    ]
    return here.page(
        "progress.html.j2",
        waits=answer.triage.tier >= Tier.T3,
        course=course,
        cites={*(cited((course,)) if course else ()), *(id for each in answer.scores for id in each.sources)},
        filled=sorted(filled, key=lambda each: not each.due),
        new=new,
        weeks=answer.weeks if answer.coverage.runs else (),
        week_pictures=pictures,
        week_rows=weeks_rows(answer.weeks, words),
        noted=entry.instrument if isinstance(entry, InstrumentResult) else None,
        row=noted,
        undone=undone,
    )


def _filled(standing: Standing, here: Here, series: Series) -> ShownSheet:
    words = here.wording
    return ShownSheet(
        id=standing.instrument,
        name=words.say(standing.name),
        lines=standing_lines(standing, words),
        state=None if standing.since_first is None else standing.since_first.state,
        due=standing.due_on is not None and standing.due_on <= here.on,
        see_someone=standing.see_someone,
        earlier=tuple((words.day(on), _score(value, here)) for on, value in series),
        sources=standing.sources,
    )


def _score(value: Quantity | Missing, here: Here) -> str:
    return here.wording.quantity(value) if isinstance(value, Quantity) else here.say("web_progress.no_score")


def _new(instrument: Instrument, here: Here) -> NewSheet:
    say = here.wording.say
    return NewSheet(instrument.id, say(instrument.text("name")), say(instrument.text("measures")))


@router.get("/progress/fill/{id}")
def sheet(here: HereIs, id: str) -> HTMLResponse:
    """One questionnaire to fill in."""
    instrument = _called(id, here)
    with here.store() as store:
        earlier = store.told().scores
    return _form(instrument, here, dict(begun(instrument, earlier)))


@router.post("/progress/fill/{id}")
def fill(here: HereIs, id: str, form: Form) -> Response:
    """The sheet is stored; what was left out stays out, and nothing at all is no sheet."""
    instrument, typed = _called(id, here), words_of(form)
    try:
        filled = sheet_of(instrument, typed, here.on, here.knowledge)
    except BadInput as error:
        return _form(instrument, here, typed, here.told(error.faults))
    with here.store() as store:
        row = store.add(filled)[0]
    return here.to(f"/progress?noted={row}#noted")


@router.post("/progress/undo")
def undo(here: HereIs, form: Form) -> Response:
    """A sheet is taken back."""
    given = words_of(form).get("row", "")
    with here.store() as store:
        ours = next((row.id for row in store.diary("score") if str(row.id) == given), None)
        if ours is not None:
            store.forget(ours)
    return here.to("/progress?undone=true#noted" if ours is not None else "/progress")


def _called(id: str, here: Here) -> Instrument:
    found = here.knowledge.instruments.get(id)
    if found is None:
        raise HTTPException(404)
    return found


def _form(
    instrument: Instrument, here: Here, typed: dict[str, str], faults: tuple[str, ...] = ()
) -> HTMLResponse:
    say = here.wording.say
    return here.page(
        "progress_fill.html.j2",
        422 if faults else 200,
        id=instrument.id,
        called=say(instrument.text("name")),
        measures=say(instrument.text("measures")),
        window=say(instrument.text("window")),
        intro=None if instrument.intro is None else say(instrument.text("intro")),
        licence=say(instrument.text("licence")),
        not_done=None if instrument.not_done is None else say(instrument.text("not_done")),
        asked=asked_of(instrument, here),
        typed=typed,
        faults=faults,
    )
