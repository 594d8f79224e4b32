"""Physical tests at home: which may be done, how, a timer, and what the result says."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from backstride.app import entering
from backstride.app.interview import Interview
from backstride.app.physical import ASKED_AS, measured, next_open
from backstride.app.web.here import Form, Here, HereIs
from backstride.app.web.sitting import Sent, bare, sent_by
from backstride.instruments.read_test import offered, read_test, reasons
from backstride.knowledge.physical_test import PhysicalTest
from backstride.model.errors import BadInput
from backstride.model.said import plainly
from backstride.model.text import Text
from backstride.store.diary import DiaryRow
from backstride.store.store import Store

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Row:
    """One test in the list, and what stands in its way."""

    test: PhysicalTest
    state: Text


@router.get("/check-in/tests")
def tests(here: HereIs) -> HTMLResponse:
    """Every test: what may be done comes first."""
    with here.store() as store:
        interview = here.home.interview(store, here.on)
    safety = interview.triage()
    every = sorted(here.knowledge.physical_tests.values(), key=lambda each: each.order)
    groups = {
        name: [Row(each, _state(each, interview)) for each in every if _group(each, interview) == name]
        for name in ("offered", "not_known", "barred", "clinician")
    }
    return here.page("home_tests.html.j2", 200, here.safe(safety), groups=groups, stopped=safety.stops_plan)


@router.get("/check-in/tests/{id}")
def test(here: HereIs, id: str) -> HTMLResponse:
    """One test: what it is, when not, its steps, and where the result goes."""
    return _shown(here, _called(here, id))


@router.post("/check-in/tests/{id}")
def note(here: HereIs, form: Form, id: str) -> Response:
    """A result, or an answer that settles whether the test may be done: stored at once."""
    sent, asked = sent_by(form), _called(here, id)
    with here.store() as store:
        try:
            _stored(here, store, asked, sent)
        except BadInput as error:
            return _shown(here, asked, sent, here.told(tuple(bare(each) for each in error.faults)))
    return here.to(
        f"/check-in/tests/{asked.id}#result" if "about" not in sent else f"/check-in/tests/{asked.id}"
    )


@router.post("/check-in/tests/{id}/take-back")
def take_back(here: HereIs, form: Form, id: str) -> Response:
    """The last result of this test is gone."""
    asked = _called(here, id)
    with here.store() as store:
        if (last := _last(store, asked)) is not None:
            store.forget(last.id)
    return here.to(f"/check-in/tests/{asked.id}")


def _called(here: Here, id: str) -> PhysicalTest:
    found = here.knowledge.physical_tests.get(id)
    if found is None:
        raise HTTPException(404)
    return found


def _last(store: Store, test: PhysicalTest) -> DiaryRow | None:
    """The row of its result that was entered last."""
    rows = [row for row in store.diary("test") if getattr(row.entry, "test", None) in test.results]
    return rows[-1] if rows else None


def _stored(here: Here, store: Store, test: PhysicalTest, sent: Sent) -> None:
    """Raises: BadInput where nothing was given, or something that is no answer; then nothing is stored."""
    if about := (sent.get("about") or ("",))[-1]:
        given = (sent.get("value") or ("",))[-1].strip()
        if not given:
            raise BadInput((plainly(here.say("web_check_in.choose_one")),))
        entering.answer(store, [(about, given)], here.on, here.knowledge)
        return
    stands = _stands(test, here.home.interview(store, here.on))
    if stands == "stopped":
        raise BadInput((plainly(here.say("instruments.test_safety_first")),))
    if stands != "offered":
        raise BadInput((plainly(here.say("instruments.test_open", name=test.text("name"))),))
    results: list[tuple[str, object]] = []
    for id in test.results:
        told = [each.strip() for each in sent.get(id, ()) if each.strip()]
        number = here.knowledge.questions[id].kind == "number" and "not_sure" not in told
        value = measured(id, told, here.on, here.knowledge) if number else next(iter(told), None)
        if value is not None:
            results.append((id, value))
    if not results:
        raise BadInput((plainly(here.say("web_check_in.choose_one")),))
    entering.answer_rows(store, results, here.on, here.knowledge)


def _stands(test: PhysicalTest, interview: Interview) -> str:
    """Whether it may be done now; nothing may while something must be looked at first."""
    if interview.triage().stops_plan:
        return "stopped"
    return offered(test, interview.known().facts)


def _group(test: PhysicalTest, interview: Interview) -> str:
    return "clinician" if test.by == "clinician" else offered(test, interview.known().facts)


def _state(test: PhysicalTest, interview: Interview) -> Text:
    if test.by == "clinician":
        return Text("instruments.clinician")
    facts = interview.known().facts
    if (state := offered(test, facts)) == "barred":
        return Text("instruments.test_barred_short", {"because": reasons(test, facts)})
    return Text(f"instruments.test_{state}")


def _shown(
    here: Here, test: PhysicalTest, typed: Sent | None = None, faults: tuple[str, ...] = ()
) -> HTMLResponse:
    with here.store() as store:
        interview = here.home.interview(store, here.on)
        last = _last(store, test)
    known, history = interview.known(), interview.history
    stands = _stands(test, interview)
    ask = None
    if stands == "not_known":
        told = {name for name in known.answered if name not in known.facts}
        asked = {name for name, question in ASKED_AS.items() if question in told} | told
        ask = next_open(test, known.facts, asked)
    name = None if ask is None else ASKED_AS.get(ask, ask)
    reading = read_test(test, history.tests, history.profile.sex, here.knowledge)
    return here.page(
        "home_test.html.j2",
        422 if faults else 200,
        here.safe(interview.triage()),
        test=test,
        stands=stands,
        because=reasons(test, known.facts),
        ask=name,
        question=None if name is None else here.knowledge.questions.get(name),
        results=[here.knowledge.questions[id] for id in test.results],
        reading=reading,
        last=last,
        typed=typed or {},
        faults=faults,
    )
