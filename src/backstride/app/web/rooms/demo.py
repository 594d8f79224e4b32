"""A made-up runner to look around with, in a store of their own; one's own is not touched."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from backstride.app.web.here import Form, Here, HereIs, look_at
from backstride.app.web.made_up import MadeUp
from backstride.app.web.rooms.start import far_words, told_live

router = APIRouter()


def made_up_of(here: Here) -> MadeUp:
    """The made-up runner of this server."""
    made_up: MadeUp = here.request.app.state.made_up
    return made_up


@router.post("/demo")
def begin(here: HereIs, form: Form) -> Response:
    """The made-up runner is looked at, once there is one."""
    made_up_of(here).begin()
    return _shown(here) or here.to("/demo")


@router.get("/demo", response_model=None)
def making(here: HereIs) -> Response:
    """How far the making is; then on to the made-up runner's answer."""
    far = made_up_of(here).far()
    if far.doing == "nothing":
        return here.to("/start")
    return _shown(here) or here.page("start_demo.html.j2", far=far, line=far_words(here, far))


@router.get("/demo/progress")
def progress(here: HereIs) -> StreamingResponse:
    """How far it is, as server-sent events."""
    made_up = made_up_of(here)
    return told_live(here, made_up.far(), made_up.next_far)


@router.post("/demo/leave")
def leave(here: HereIs, form: Form) -> Response:
    """Back to one's own."""
    answer = here.to("/")
    look_at(answer, "own")
    return answer


def _shown(here: Here) -> Response | None:
    """On to the made-up runner, where there is one already."""
    if "demo" not in here.request.app.state.homes:
        return None
    answer = here.to("/why")
    look_at(answer, "demo")
    return answer
