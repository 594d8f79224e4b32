"""The first minutes: where the data are, files in with live progress, and what became of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from backstride.app.commands.imports_told import files_told
from backstride.app.makers import MAKERS, WRITTEN
from backstride.app.record import in_all
from backstride.app.web import guard
from backstride.app.web.far import Far
from backstride.app.web.handed_in import KEY, HandedIn, check_room, place_for
from backstride.app.web.here import Form, Here, HereIs
from backstride.app.web.importing import Imports
from backstride.app.web.uploads import Form as Uploaded
from backstride.app.web.uploads import NotAForm
from backstride.copies import each_once
from backstride.model.errors import BackstrideError, BadInput
from backstride.model.said import said
from backstride.model.text import Quantity, Text
from backstride.store.errors import FullDisk

router = APIRouter()

WAIT_S = 1.0
"""Between two signs of life on the line of progress."""
SECONDS_UP_TO = 90.0
"""So long a time is told in seconds, a longer one in minutes."""

COMMAND = re.compile(r":?\s*backstride add .*$")
"""What the terminal is told at the end of a step: here it is dropped on the page."""


def imports_of(here: Here) -> Imports:
    """The line of imports of this server."""
    imports: Imports = here.request.app.state.imports
    return imports


def handed_in_of(here: Here) -> HandedIn:
    """The place of this server where files wait."""
    handed_in: HandedIn = here.request.app.state.handed_in
    return handed_in


@router.get("/start")
def start(here: HereIs) -> HTMLResponse:
    """Welcome, and files in; while they are read, how far it is."""
    return _page(here)


def _page(here: Here, status: int = 200, path: str = "", faults: tuple[str, ...] = ()) -> HTMLResponse:
    far = imports_of(here).far()
    words = here.wording
    makers = [
        {
            "id": each.id,
            "name": each.name,
            "steps": [COMMAND.sub(".", words.told(step)) for step in each.steps],
            "waits": words.told(each.waits),
            "gives": words.told(each.gives),
        }
        for each in MAKERS
    ]
    return here.page(
        "start.html.j2",
        status,
        far=far,
        line=far_words(here, far),
        counts=files_told(far.counts, words) if any(far.counts.values()) else "",  # type: ignore[arg-type]
        unread=far.counts.get("unreadable", 0),
        far_faults=here.told(far.faults),
        makers=makers,
        written=WRITTEN,
        in_all="" if far.busy else _in_all(here),
        typed=path,
        faults=faults,
    )


def _in_all(here: Here) -> str:
    """What the record holds, in words; empty where it holds nothing."""
    with here.store() as store:

        def made() -> tuple[bool, Text]:
            history = store.history()
            return bool(history.activities), in_all(history, each_once(history).activities)

        any_there, text = here.home.keep(store, "in_all", made)
    return here.wording.say(text) if any_there else ""


def far_words(here: Here, far: Far) -> str:
    """How far it is, in words: what is done, how much, how long yet."""
    words = here.wording
    match far.doing:
        case "reading" | "measuring" if far.of:
            told = {
                "count": words.number(far.count),
                "of": words.number(far.of),
                "share": words.quantity(Quantity(far.done / far.of, "share")),
                "rate": words.number(far.count / far.gone_s) if far.gone_s > 0.5 else "–",
            }
            parts = [here.say(f"start.{far.doing}", **told), _left(here, far.left_s)]
        case "over":
            parts = [here.say("start.stopped" if far.stopped else "start.over")]
        case "nothing" | "waiting" | "failed" | "making" | "answering" as doing:
            parts = [here.say(f"start.{doing}")]
        case _:
            parts = [here.say("start.waiting")]
    if far.behind:
        parts.append(here.say("start.behind", n=words.number(far.behind)))
    return " ".join(part for part in parts if part)


def _left(here: Here, left_s: float | None) -> str:
    if left_s is None:
        return ""
    if left_s < SECONDS_UP_TO:
        return here.say("start.left_s", s=f"{max(1.0, left_s):.0f}")
    return here.say("start.left", time=Quantity(left_s, "s"))


def told_live(here: Here, far: Far, next_far: Callable[[Far, float], Far]) -> StreamingResponse:
    """How far it is, as server-sent events, until it is over or the server ends."""
    ending: Event = here.request.app.state.ending

    def events() -> Iterator[str]:
        now = far
        while True:
            told = {
                "line": far_words(here, now),
                "doing": now.doing,
                "done": now.done,
                "of": now.of,
                "busy": now.busy,
            }
            yield f"data: {json.dumps(told)}\n\n"
            if not now.busy or ending.is_set():
                return
            now = next_far(now, WAIT_S)

    return StreamingResponse(events(), media_type="text/event-stream")


@router.get("/start/progress")
def progress(here: HereIs) -> StreamingResponse:
    """How far the import is."""
    imports = imports_of(here)
    return told_live(here, imports.far(), imports.next_far)


# -- files in ----------------------------------------------------------------------------------------------
# A page with a script hands over what was dropped in several requests, all under one key that it made up,
# and says when that is all.  A plain form is one request without a key.


@dataclass(slots=True)
class _Gate:
    """Where the files of one form go; asked before the first of them is written."""

    here: Here
    coming: int
    folder: Path | None = None

    def __call__(self, fields: dict[str, str]) -> Path:
        given = self.here.request.headers.get(guard.TOKEN_HEADER) or fields.get(guard.TOKEN_FIELD)
        _check_token(self.here, given)
        self.folder = _folder(self.here, fields.get("key"), self.coming)
        return self.folder


@router.post("/start/upload")
async def take(here: HereIs) -> Response:
    """Files of a form, written to the disk as they come."""
    gate = _Gate(here, _length(here.request))
    form = Uploaded(gate)
    try:
        await form.read(here.request)
        if gate.folder is None:
            gate(form.fields)
    except NotAForm as error:
        _give_up(here, gate, form)
        raise HTTPException(422, "form") from error
    except (OSError, FullDisk) as error:
        _give_up(here, gate, form)
        return _no_room(here, error, "key" in form.fields)
    except BaseException:  # the page was left in the middle
        _give_up(here, gate, form)
        raise
    assert gate.folder is not None
    if "key" in form.fields:
        return JSONResponse({"taken": form.files})
    if not form.files:
        handed_in_of(here).forget(gate.folder)
        return await run_in_threadpool(here.page, "start_none.html.j2", 422)
    _read(here, gate.folder)
    return here.to("/start")


def _give_up(here: Here, gate: _Gate, form: Uploaded) -> None:
    """What came of a plain form is gone; of a drop, the page says what is to become of it."""
    if gate.folder is not None and "key" not in form.fields:
        handed_in_of(here).forget(gate.folder)


@router.post("/start/piece")
async def piece(here: HereIs, key: str, name: str) -> Response:
    """One large file as its plain bytes, written as they come."""
    _check_token(here, here.request.headers.get(guard.TOKEN_HEADER))
    try:
        folder = _folder(here, key, _length(here.request))
        with place_for(folder, name).open("wb") as out:
            async for part in here.request.stream():
                out.write(part)
    except (OSError, FullDisk) as error:
        return _no_room(here, error, plain=True)
    return JSONResponse({"taken": 1})


@router.post("/start/begin")
def begin(here: HereIs, form: Form) -> Response:
    """What was handed in under a key is read now."""
    folder = handed_in_of(here).whole(_key(str(form.get("key"))))
    if folder is None or not any(folder.iterdir()):
        raise HTTPException(422, "key")
    _read(here, folder)
    return JSONResponse({"to": "/start"})


@router.post("/start/forget")
def forget(here: HereIs, form: Form) -> Response:
    """What was handed in under a key is gone: handing over was stopped."""
    folder = handed_in_of(here).whole(_key(str(form.get("key"))))
    if folder is not None:
        handed_in_of(here).forget(folder)
    return JSONResponse({"taken": 0})


@router.post("/start/path", response_model=None)
def take_path(here: HereIs, form: Form) -> Response:
    """A file or folder of this machine, read where it lies."""
    typed = str(form.get("path", "")).strip()
    path = Path(typed.strip("\"'"))
    try:
        path = path.expanduser()
        there = path.exists()
    except (OSError, RuntimeError, ValueError):  # no such person, or a name that no file has
        there = False
    if not path.is_absolute():
        return _page(here, 422, typed, here.told((said("give the whole path, from the root or from ~"),)))
    if not there:
        return _page(here, 422, typed, here.told((said("{path}: no such file or folder", path=typed),)))
    imports_of(here).begin(here.home.path, [path], then=here.home.renew)
    return here.to("/start")


@router.post("/start/stop")
def stop(here: HereIs, form: Form) -> Response:
    """The import under way ends; what is in stays."""
    imports_of(here).stop()
    return here.to("/start")


def _read(here: Here, folder: Path) -> None:
    """What lies in the folder is read in its turn, and then gone."""
    handed_in = handed_in_of(here)
    handed_in.taken(folder)
    forgotten = partial(handed_in.forget, folder)
    imports_of(here).begin(here.home.path, sorted(folder.iterdir()), forgotten, here.home.renew)


def _check_token(here: Here, given: str | None) -> None:
    if not guard.same(given, here.request.cookies.get(guard.TOKEN_COOKIE)):
        raise HTTPException(403, "token")


def _key(key: str) -> str:
    """The key, where it is one that our own page makes."""
    if not KEY.fullmatch(key):
        raise HTTPException(422, "key")
    return key


def _folder(here: Here, key: str | None, coming: int) -> Path:
    handed_in = handed_in_of(here)
    handed_in.forget_old()
    folder = handed_in.new(None if key is None else _key(key))
    check_room(folder, coming)
    return folder


def _length(request: Request) -> int:
    """How many bytes are coming; 0 where that is not told."""
    told = request.headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdigit() else 0


def _no_room(here: Here, error: BaseException, plain: bool) -> Response:
    """Words for a page with a script, or a page."""
    faults = error.faults if isinstance(error, BackstrideError) else (said("the files could not be written"),)
    if plain:
        return JSONResponse({"faults": here.told(faults)}, 507)
    raise BadInput(faults)
