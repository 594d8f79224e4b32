"""The check-in: safety first on one page, then the pain, then what tells most, one question at a time."""

from __future__ import annotations

from typing import get_args

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from backstride.app.body_map import ROWS
from backstride.app.interview import Interview, Page, Step, Telling
from backstride.app.web.body_svg import VIEWS, body_svg, down_the_leg
from backstride.app.web.here import Form, Here, HereIs
from backstride.app.web.sitting import Kind, Sent, kind_of, sent_by
from backstride.knowledge.question import Question
from backstride.model.assessment import Tier
from backstride.model.errors import BadInput
from backstride.model.history import TIMINGS

router = APIRouter()


@router.get("/check-in")
def check_in(here: HereIs) -> HTMLResponse:
    """The step that is due, or that nothing more is asked."""
    with here.store() as store:
        return _shown(here, here.home.interview(store, here.on))


@router.post("/check-in")
def take(here: HereIs, form: Form) -> Response:
    """One step answered: stored at once, then on to the next."""
    sent = sent_by(form)
    sitting = here.home.sitting(here.on)
    with here.store() as store:
        try:
            sitting.take(sent, store, here.knowledge, here.wording)
        except BadInput as error:
            return _shown(here, here.home.interview(store, here.on), sent, here.told(error.faults))
        interview = here.home.interview(store, here.on)
        over = sitting.next_step(interview) is None and sitting.settled(interview)
    if not over:
        return here.to("/check-in")
    daily, sitting.kind = sitting.kind == "daily", "whole"
    return here.to("/" if daily else "/why")


@router.post("/check-in/begin")
def begin(here: HereIs, form: Form) -> Response:
    """A check-in from its beginning; what is answered stays answered."""
    given = str(form.get("kind"))
    kind: Kind = next((each for each in get_args(Kind) if each == given), "whole")
    here.home.begin(here.on, kind)
    return here.to("/check-in")


@router.post("/check-in/back")
def back(here: HereIs, form: Form) -> Response:
    """The last step is taken back and put again."""
    with here.store() as store:
        here.home.sitting(here.on).take_back(store)
    return here.to("/check-in")


@router.post("/check-in/again")
def again(here: HereIs, form: Form) -> Response:
    """A safety question that was answered is put once more; until it is answered nothing changes."""
    id = str(form.get("question"))
    if id in here.knowledge.questions and here.knowledge.questions[id].group == "safety":
        here.home.sitting(here.on).again = id
    return here.to("/check-in")


def _shown(
    here: Here, interview: Interview, typed: Sent | None = None, faults: tuple[str, ...] = ()
) -> HTMLResponse:
    sitting = here.home.sitting(here.on)
    step = sitting.next_step(interview)
    safety = interview.triage()
    typed = sitting.typed if typed is None else typed
    seen = here.safe(safety)
    status = 422 if faults else 200
    common = {
        "sitting": sitting,
        "faults": faults,
        "typed": typed,
        "first": "" if not typed else _first(typed),
    }
    if step is None:
        ended = safety.tier >= Tier.T4
        return here.page(
            "check_in_over.html.j2",
            status,
            seen,
            ended=ended,
            still_open=bool(safety.open_questions),
            told=_behind(interview),
            **common,
        )
    return here.page(
        f"check_in_{kind_of(step)}.html.j2",
        status,
        seen,
        step=step,
        full=isinstance(step, Page) and bool(sitting.ticked),
        telling=step if isinstance(step, Telling) else None,
        question=_question(step),
        most=interview.most,
        figures=figures(here, typed),
        body_rows=ROWS,
        leg=down_the_leg,
        timings=TIMINGS,
        **common,
    )


def _behind(interview: Interview) -> list[Question]:
    """The answered questions that raised flags rest on, each in every wording that was answered."""
    questions, answered = interview.knowledge.questions, interview.known().answered
    names: dict[str, None] = {}
    for flag in interview.triage().raised:
        for name in flag.rests_on:
            plainer = questions[name].follow_up if name in questions else None
            names |= dict.fromkeys(each for each in (name, plainer) if each is not None and each in answered)
    return [questions[name] for name in names if name in questions]


def _first(typed: Sent) -> str:
    return next(iter(typed.get("value", ())), "")


def _question(step: Step) -> Question | None:
    match step:
        case Page(questions) if len(questions) == 1:
            return questions[0]
        case Telling():
            return step.question
    return None


def figures(here: Here, typed: Sent) -> dict[str, Markup]:
    """The body map from each side, with what was marked."""
    marked = typed.get("at", ())
    return {view: Markup(body_svg(view, lambda name: here.say(f"body.{name}"), marked)) for view in VIEWS}
