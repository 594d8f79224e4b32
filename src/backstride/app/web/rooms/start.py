"""The first minutes: where the data are, files in with live progress, and what became of each."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.datastructures import FormData, UploadFile

from backstride.app.commands import common
from backstride.app.commands.files import mark, notes_of
from backstride.app.commands.imports_told import imports_page
from backstride.app.makers import MAKERS, WRITTEN
from backstride.app.reconcile import reconciled
from backstride.app.record import in_all
from backstride.app.web import guard
from backstride.app.web.here import Here, HereIs, look_at
from backstride.app.web.importing import Far, Imports, copied, new_folder, place_for
from backstride.app.web.made_up import made_up_home
from backstride.copies import each_once
from backstride.model.errors import BadInput
from backstride.model.ledger import OUTCOMES
from backstride.model.said import said
from backstride.model.text import Text

router = APIRouter()

MOST_FILES = 20_000
"""In one upload."""
KEY = re.compile(r"[0-9a-f]{32}")
PER_PAGE = 200
WAIT_S = 10.0
"""Between two signs of life on the line of progress."""


async def upload(request: Request) -> AsyncIterator[FormData]:
    """Files that a page of ours sent, on the disk and not in memory.  Raises: 403 without its token."""
    given = request.headers.get(guard.TOKEN_HEADER)
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES) as told:
        token = given or told.get(guard.TOKEN_FIELD)
        kept = request.cookies.get(guard.TOKEN_COOKIE)
        if not guard.same(token if isinstance(token, str) else None, kept):
            raise HTTPException(403, "token")
        yield told


Uploaded = Annotated[FormData, Depends(upload)]


def imports_of(here: Here) -> Imports:
    """The line of imports of this server."""
    imports: Imports = here.request.app.state.imports
    return imports


@router.get("/start")
def start(here: HereIs) -> HTMLResponse:
    """Welcome, and files in; while they are read, how far it is."""
    far = imports_of(here).far()
    with here.store() as store:
        history = store.history()
        lines = here.wording.say(in_all(history, each_once(history).activities)) if history.activities else ""
    words = here.wording
    makers = [
        {
            "id": each.id,
            "name": each.name,
            "steps": [words.told(step) for step in each.steps],
            "waits": words.told(each.waits),
            "gives": words.told(each.gives),
        }
        for each in MAKERS
    ]
    return here.page(
        "start.html.j2",
        far=far,
        words=far_words(here, far),
        makers=makers,
        written=WRITTEN,
        in_all=lines,
        again=far.busy,
    )


def far_words(here: Here, far: Far) -> dict[str, str]:
    """How far it is, in words: what is done, how much, how long yet."""
    share = f"{far.done / far.of:.0%}" if far.of else ""
    rate = f"{far.count / far.gone_s:,.0f}" if far.gone_s > 0.5 else "–"
    left = "" if far.left_s is None else here.say("start.left", s=f"{max(1, far.left_s):.0f}")
    told = {"count": f"{far.count:,}", "share": share, "rate": rate, "of": f"{far.of:,}", "left": left}
    match far.doing:
        case "reading" | "measuring":
            line = here.say(f"start.{far.doing}", **told)
        case "over":
            line = here.say("start.stopped" if far.stopped else "start.over")
        case "nothing" | "waiting" | "failed" as doing:
            line = here.say(f"start.{doing}")
        case _:
            line = ""
    return {"line": line.strip(), "share": share}


@router.get("/start/progress")
def progress(here: HereIs) -> StreamingResponse:
    """How far it is, as server-sent events, until it is over."""

    def events() -> Iterator[str]:
        imports, far = imports_of(here), imports_of(here).far()
        while True:
            yield f"data: {json.dumps({**asdict(far), 'busy': far.busy, **far_words(here, far)})}\n\n"
            if not far.busy:
                return
            far = imports.next_far(far, WAIT_S)

    return StreamingResponse(events(), media_type="text/event-stream")


@router.post("/start/upload")
def take(here: HereIs, told: Uploaded) -> Response:
    """Files of a form, or one part of what is dropped: all parts of one drop come with the same key."""
    files = [each for each in told.getlist("files") if isinstance(each, UploadFile) and each.filename]
    key = told.get("key")
    folder = _folder(key) if isinstance(key, str) and key else new_folder()
    for each in files:
        copied(each.file, place_for(folder, each.filename or "file"))
    if key:
        return JSONResponse({"taken": len(files)})
    if not files:
        folder.rmdir()
        return here.page("start_none.html.j2", 422)
    imports_of(here).begin(here.home.path, sorted(folder.iterdir()), folder)
    return here.to("/start")


@router.post("/start/piece")
async def piece(here: HereIs, request: Request, key: str, name: str) -> Response:
    """One large file as its plain bytes, written as they come."""
    if not guard.same(request.headers.get(guard.TOKEN_HEADER), request.cookies.get(guard.TOKEN_COOKIE)):
        raise HTTPException(403, "token")
    with place_for(_folder(key), name).open("wb") as out:
        async for part in request.stream():
            out.write(part)
    return JSONResponse({"taken": 1})


@router.post("/start/begin")
def begin(here: HereIs, told: Uploaded) -> Response:
    """What was handed in under a key is read now."""
    folder = _folder(str(told.get("key")))
    inside = sorted(folder.iterdir())
    if not inside:
        folder.rmdir()
        return JSONResponse({"taken": 0}, 422)
    imports_of(here).begin(here.home.path, inside, folder)
    return JSONResponse({"to": "/start"})


def _folder(key: str) -> Path:
    """The folder of one drop; only keys that our own page makes are taken."""
    if not KEY.fullmatch(key):
        raise HTTPException(422, "key")
    folder = Path(tempfile.gettempdir()) / f"backstride-handed-in-{key}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@router.post("/start/path")
def take_path(here: HereIs, told: Uploaded) -> Response:
    """A file or folder of this machine, read where it lies."""
    typed = str(told.get("path", "")).strip().strip("\"'")
    path = Path(typed).expanduser()
    if not typed or not path.exists():
        raise BadInput((said("{path}: no such file or folder", path=typed or "–"),))
    imports_of(here).begin(here.home.path, [path])
    return here.to("/start")


@router.post("/start/stop")
def stop(here: HereIs, told: Uploaded) -> Response:
    """The import under way ends; what is in stays."""
    imports_of(here).stop()
    return here.to("/start")


@router.get("/start/imports")
def ledger(here: HereIs, outcome: str = "", text: str = "", page: int = 1) -> HTMLResponse:
    """What came in by source and year, and what became of every file."""
    words = here.wording
    common.spoken.set(here.looks.language)  # what the terminal's words are said in
    with here.store() as store:
        history, lines = store.history(), store.ledger()
    found = reconciled(history, lines)
    told = imports_page(history, found, lines, here.answer().triage, words, "wide")
    wanted = [
        each
        for each in lines
        if (not outcome or each.outcome == outcome) and text.lower() in each.name.lower()
    ]
    pages = max(1, -(-len(wanted) // PER_PAGE))
    page = min(max(1, page), pages)
    rows = [
        (mark(each), each.name, words.told(each.why), notes_of(each, words))
        for each in wanted[PER_PAGE * (page - 1) : PER_PAGE * page]
    ]
    counts = [(each, sum(line.outcome == each for line in lines)) for each in OUTCOMES]
    return here.page(
        "start_imports.html.j2",
        told=told,
        rows=rows,
        counts=[each for each in counts if each[1]],
        outcome=outcome,
        text=text,
        number=page,
        pages=pages,
        total=len(lines),
        wanted=len(wanted),
        heading=words.say(Text("imports.title")),
    )


@router.post("/demo")
def demo(here: HereIs, told: Uploaded) -> RedirectResponse:
    """A made-up runner in a store of its own; one's own is not touched."""
    homes = here.request.app.state.homes
    if "demo" not in homes:
        homes["demo"] = made_up_home(here.knowledge)
    answer = here.to("/why")
    look_at(answer, "demo")
    return answer


@router.post("/demo/leave")
def leave(here: HereIs, told: Uploaded) -> RedirectResponse:
    """Back to one's own."""
    answer = here.to("/")
    look_at(answer, "own")
    return answer
