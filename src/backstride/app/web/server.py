"""The server: which pages there are, and how it is started on this machine alone."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from datetime import date
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from markupsafe import Markup
from starlette.exceptions import HTTPException

from backstride import __version__
from backstride.app.web import api, guard
from backstride.app.web.handed_in import HandedIn, sweep
from backstride.app.web.here import here
from backstride.app.web.home import Home
from backstride.app.web.importing import Imports
from backstride.app.web.looks import style_sheet
from backstride.app.web.made_up import MadeUp
from backstride.app.web.rooms import (
    check_in,
    demo,
    home_tests,
    knowledge,
    plan,
    plan_out,
    plan_session,
    plan_wishes,
    progress,
    record,
    settings,
    start,
    start_copies,
    start_imports,
    today,
    told,
    why,
)
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.model.errors import BackstrideError, BadInput

ROOMS = (
    today,
    check_in,
    home_tests,
    start,
    start_imports,
    start_copies,
    demo,
    why,
    plan,
    plan_wishes,
    plan_session,
    plan_out,
    record,
    progress,
    knowledge,
    settings,
    told,
)
"""Every part of the app: each has a `router`."""


def make_app(
    store: Path, knowledge: Knowledge | None = None, on: Callable[[], date] | None = None
) -> FastAPI:
    """The app over one store.  `on` is for tests: which day it is."""
    imports, handed_in = Imports(), HandedIn(store.parent)
    known = knowledge or shipped()
    homes = {"own": Home(store, known, on, lambda: imports.far().busy)}

    def shown(path: Path, day: date) -> None:
        homes["demo"] = Home(path, known, lambda: day, lambda: imports.far().busy)

    made_up = MadeUp(handed_in.aside, shown)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        sweep(store.parent)
        yield
        for each in (imports, made_up, handed_in):
            await run_in_threadpool(each.close)

    app = FastAPI(
        title="backstride",
        lifespan=lifespan,
        version=__version__,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.imports, app.state.handed_in, app.state.made_up = imports, handed_in, made_up
    app.state.homes, app.state.ending = homes, threading.Event()
    app.add_middleware(guard.Guard)
    app.add_exception_handler(BackstrideError, _refused)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(Exception, _broken)
    app.add_api_route("/static/app.css", _style, include_in_schema=False)
    app.mount("/static", StaticFiles(packages=[("backstride.app.web", "static")]), name="static")
    app.mount(api.PATH, api.make_api(app.state))
    for room in ROOMS:
        app.include_router(room.router, include_in_schema=False)
    return app


def _style() -> Response:
    return Response(style_sheet(), media_type="text/css", headers={"Cache-Control": "no-cache"})


def _refused(request: Request, error: Exception) -> HTMLResponse:
    """What was wrong and what would be right, on a page with a way back; nothing was stored."""
    assert isinstance(error, BackstrideError)
    at = here(request)
    status = 422 if isinstance(error, BadInput) else 500
    return at.page("wrong.html.j2", status, kind="refused", faults=at.told(error.faults))


def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.url.path.startswith(f"{api.PATH}/"):  # a line break in it, say: no route takes that
        return api.not_there(request, error)
    kind = {404: "not_there", 405: "not_there", 403: "not_ours"}.get(error.status_code, "refused")
    return here(request).page("wrong.html.j2", error.status_code, kind=kind, faults=())


def _unreadable(request: Request, error: Exception) -> HTMLResponse:
    """An address that no page of ours leads to."""
    return here(request).page("wrong.html.j2", 422, kind="not_there", faults=())


def _broken(request: Request, error: Exception) -> HTMLResponse:
    """A fault of ours: the page says so after what must be seen first; nothing else of the runner's is in it.

    The guard has no part in it any more: its headers are set here.
    """
    words = f"<h1>Something broke here</h1><p>{type(error).__name__}. Nothing was lost. <a href=/>Back</a>"
    answer = HTMLResponse(f"<!doctype html><meta charset=utf-8><title>backstride</title>{words}", 500)
    with suppress(Exception):  # the safety may be what broke
        at = here(request)
        with at.store() as store:
            safety = at.home.interview(store, at.on).triage()
        answer = at.page("broken.html.j2", 500, at.safe(safety), words=Markup(words))
    answer.headers.update({**guard.HEADERS, "Cache-Control": "no-store"})
    return answer


def serve(store: Path, port: int, browser: bool, tell: Callable[[str], None]) -> None:
    """Serves until Ctrl-C, on 127.0.0.1 alone; `tell` is given the address once it answers."""
    with closing(_bound(port)) as bound:
        address = f"http://127.0.0.1:{bound.getsockname()[1]}/"
        app = make_app(store)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=5,
        )
        server = _Server(config, lambda: _ready(address, browser, tell), app.state.ending)
        server.run(sockets=[bound])


class _Server(uvicorn.Server):
    """Tells once it answers, and when it is about to end: a page that watches an import is let go then."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], ending: threading.Event) -> None:
        super().__init__(config)
        self._ready, self._ending = ready, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending.set()
        await super().shutdown(sockets)


def _ready(address: str, browser: bool, tell: Callable[[str], None]) -> None:
    tell(address)
    if browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _bound(port: int) -> socket.socket:
    """A socket on this machine alone: the port asked for, else the next that is free.

    Only of a socket that names TCP does asyncio send small answers at once: others wait 40 ms for more.
    """
    for each in (*range(port, port + 20), 0):
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind(("127.0.0.1", each))
        except OSError:
            made.close()
            continue
        return made
    raise AssertionError("port 0 is always free")
