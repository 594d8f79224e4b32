"""Today: how is the back, what to do now, and what the plan changed and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from backstride.app import entering
from backstride.app.daily import (
    NEW,
    anything_of,
    asked_anew,
    did_yesterday,
    may_have_done,
    what_next,
    why_anew,
)
from backstride.app.plan_change import changed
from backstride.app.prompt import checked_score
from backstride.app.web.here import Form, Here, HereIs
from backstride.app.web.sitting import Sent, sent_by
from backstride.model.assessment import Assessment, Plan, Tier
from backstride.model.errors import BadInput
from backstride.model.history import CheckIn, History, Symptom
from backstride.model.said import plainly
from backstride.model.session import Session
from backstride.model.text import Quantity, Text
from backstride.plan.climb import RECORDED, STEP
from backstride.reports.blocks import Item
from backstride.reports.outline import change_item
from backstride.reports.sayer import Sayer
from backstride.reports.session_lines import block_line, limits_of_length, of_kind
from backstride.store.store import Store

router = APIRouter()
_FEW = 2
"""Of the newest days that moved the ladder so many are said; the page of the plan has more."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the diary that was told for today, in words, and its row."""

    row: int
    lines: tuple[tuple[str, str], ...]


@router.get("/")
def today(here: HereIs, did: Annotated[str, Query(max_length=400)] = "") -> Response:
    """The one screen of every day; where nothing is known yet, how to begin.

    `did` are steps of the plan that were done just now: the form begins with them.
    """
    made = here.answer().coverage
    if not (made.runs or made.other_activities or made.answers or made.symptom_notes or made.measured):
        return here.to("/start")
    return _shown(here, did=frozenset(did.split()))


@router.post("/")
def tell(here: HereIs, form: Form) -> Response:
    """The daily check-in: stored together once all of it can be read."""
    sent = sent_by(form)
    before = here.home.recent(here.on)
    with here.store() as store:
        try:
            new = _new(here, sent)
            told = _told(here, sent, before)
        except BadInput as error:
            return _shown(here, sent, here.told(error.faults))
        rows = entering.answer_rows(store, [(NEW, new)], here.on, here.knowledge)
        rows += store.add(*told)
        here.home.sitting(here.on).noted.append(rows)
        interview = here.home.interview(store, here.on)
    safety = interview.triage()
    if safety.open_questions or (asked_anew(interview) and not safety.stops_plan):
        here.home.begin(here.on, "daily")
        here.home.sitting(here.on).note = Text("checkin.daily_new")
        return here.to("/check-in")
    here.home.sitting(here.on).note = Text("web_check_in.noted")
    return here.to("/")


@router.post("/today/take-back")
def take_back(here: HereIs, form: Form) -> Response:
    """One entry of today is gone, with all that was told with it."""
    given = str(form.get("row"))
    sitting = here.home.sitting(here.on)
    with here.store() as store:
        row = next((each.row for each in _told_today(here, store) if str(each.row) == given), None)
        if row is not None:
            together = next((rows for rows in sitting.noted if row in rows), (row,))
            for each in together:
                store.forget(each)
            sitting.noted = [rows for rows in sitting.noted if rows != together]
            sitting.note = Text("web_check_in.taken_back")
    return here.to("/")


def _new(here: Here, sent: Sent) -> str:
    """Whether anything is new.  Raises: BadInput where that was left open: it is no no."""
    given = (sent.get("new") or ("",))[-1]
    if given not in ("yes", "no", "not_sure"):
        raise BadInput((plainly(here.say("web_check_in.new_again")),))
    return given


def _told(here: Here, sent: Sent, answer: Assessment) -> tuple[CheckIn, ...]:
    """Today's check-in, and this morning's score as yesterday's; what was left open is not told."""

    def score(name: str) -> float | None:
        given = (sent.get(name) or ("",))[-1]
        return checked_score(given, here.wording) if given else None

    did = tuple(step for each in sent.get("did", ()) for step in each.split() if _is_step(here, answer, step))
    during, after = (score("during"), score("after")) if did else (None, None)
    yesterday = CheckIn(here.on - timedelta(days=1), pain_next_morning=score("morning"))
    return anything_of((yesterday, CheckIn(here.on, did, during, after, pain_now=score("now"))))


def _is_step(here: Here, answer: Assessment, step: str) -> bool:
    """True for what a plan may have named: also a plan of this morning's."""
    now = {each.id for each in answer.plan.steps} if isinstance(answer.plan, Plan) else set()
    rung = step.startswith(STEP) and step.removeprefix(STEP).isdecimal()
    return step in ("other", RECORDED) or rung or step in now or step in here.knowledge.exercises


def _shown(
    here: Here, typed: Sent | None = None, faults: tuple[str, ...] = (), did: frozenset[str] = frozenset()
) -> HTMLResponse:
    answer, knowledge, on = here.answer(), here.knowledge, here.on
    sitting = here.home.sitting(on)
    with here.store() as store:
        interview = here.home.interview(store, on)
        entries = tuple(_told_today(here, store))
    history, plan = interview.history, answer.plan
    options = may_have_done(answer, here.wording)
    told = tuple(each for each in history.check_ins if each.on == on)
    note, sitting.note = sitting.note, None
    return here.page(
        "today.html.j2",
        422 if faults else 200,
        ask=_ask(answer, history, here),
        anew=[Text(f"checkin.{why_anew(interview)[0]}"), *why_anew(interview)[1:]],
        question=knowledge.questions[NEW],
        options=options,
        morning=did_yesterday(history.check_ins, history.activities, on),
        entries=entries,
        after=what_next(told, plan, knowledge) if told else (),
        typed=typed or {},
        did=[each for each in options if did & set(each.steps)],
        faults=faults,
        note=note,
        plan=plan if isinstance(plan, Plan) else None,
        waits=None if isinstance(plan, Plan) else plan,
        sessions=_sessions(plan, here) if isinstance(plan, Plan) else (),
        moves=[each for each in plan.steps if each.kind == "move"] if isinstance(plan, Plan) else [],
        changes=_changes(here, answer, history),
    )


def _ask(answer: Assessment, history: History, here: Here) -> str:
    """What the check-in of this day begins with: nothing at an emergency, safety where it is open."""
    if answer.triage.tier >= Tier.T4:
        return "nothing"
    if not answer.triage.open_questions:
        return "daily"
    asked = (here.knowledge.questions.get(each.question) for each in history.answers)
    return "anew" if any(each is not None and each.group == "safety" for each in asked) else "first"


def _sessions(plan: Plan, here: Here) -> tuple[tuple[Session, tuple[str, ...]], ...]:
    """The sessions of the day, each with its lines; none is a day of rest or walking."""
    kinds = next((each.sessions for each in plan.week if each.on == here.on), ())
    made, words = of_kind(plan), here.wording
    return tuple(
        (
            made[kind],
            (*(block_line(each, words) for each in made[kind].blocks), *limits_of_length(made[kind], words)),
        )
        for kind in kinds
        if kind in made
    )


def _changes(here: Here, answer: Assessment, history: History) -> tuple[Item, ...] | None:
    """What changed in the plan since yesterday, and what moved the ladder last.

    None where there is no plan, or was nothing to make one of.
    """
    plan = answer.plan
    if not isinstance(plan, Plan) or not any(each.on < here.on for each in history.answers):
        return None
    since = changed(here.home.yesterday(here.on).plan, plan)
    moved = tuple(change_item(each, Sayer(here.wording)) for each in plan.history[:_FEW])
    return (*(Item(here.wording.say(each)) for each in since), *moved)


def _told_today(here: Here, store: Store) -> Iterator[Told]:
    """What was told for today, oldest first: scores and deeds, and notes of pain."""
    days = (here.on, here.on - timedelta(days=1))
    for row in (*store.diary("symptom"), *store.diary("check_in")):
        entry = row.entry
        if isinstance(entry, Symptom) and entry.on == here.on:
            yield Told(row.id, tuple(_of_note(here, entry)))
        elif isinstance(entry, CheckIn) and entry.on in days and (lines := tuple(_of_day(here, entry))):
            yield Told(row.id, lines)


def _of_note(here: Here, note: Symptom) -> Iterator[tuple[str, str]]:
    places = here.wording.listed([here.say(f"body.{each}") for each in note.regions])
    score = here.wording.quantity(Quantity(note.score, "score"))
    yield here.say("web_check_in.now"), f"{score}: {places}" if places else score


def _of_day(here: Here, told: CheckIn) -> Iterator[tuple[str, str]]:
    """Each thing told of a day; of yesterday only this morning's score is told today."""
    if told.on == here.on:
        scores = {"now": told.pain_now, "during": told.pain_during, "after": told.pain_after}
    else:
        scores = {"morning": told.pain_next_morning}
    if told.on == here.on and told.done:
        yield here.say("checkin.daily_did"), here.wording.listed(list(dict.fromkeys(_deeds(here, told))))
    for name, score in scores.items():
        if score is not None:
            yield here.say(f"web_check_in.{name}"), here.wording.quantity(Quantity(score, "score"))


def _deeds(here: Here, told: CheckIn) -> Iterator[str]:
    for step in told.done:
        if step.startswith(STEP):
            yield here.say("web_check_in.did_session")
        elif step == RECORDED:
            yield here.say("web_check_in.did_recorded")
        elif step in here.knowledge.exercises:
            yield here.say("checkin.did_exercise")
        else:
            yield here.say("checkin.did_other" if step == "other" else "checkin.did_move")
