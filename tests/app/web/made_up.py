"""Made-up runners' stores, and the app over them without a browser: asked, and told by its own forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from tests.app.made_up import eight_weeks, safe

from backstride.app.demo import DemoRunner
from backstride.app.intake import import_paths
from backstride.app.web import guard
from backstride.app.web.server import make_app
from backstride.model.history import Answer, Profile, Symptom
from backstride.store.store import Store

ON = date(2026, 3, 6)


def small_store(folder: Path) -> Path:
    """Eight weeks of runs, a note of pain, and every safety question answered with a no."""
    path = folder / "small.sqlite"
    with Store.open(path) as store:
        import_paths(store, (eight_weeks(folder / "watch"),), UTC, lambda _: None)
        store.change_profile(lambda told: Profile(birth_year=1984, sex="male"))
        store.add(*safe(ON), Symptom(ON, 3.0, ("low_back_left",)))
    return path


def demo_store(path: Path, runner: DemoRunner) -> Path:
    """A made-up runner of the demo, with all that was recorded and told."""
    with Store.open(path) as store:
        import_paths(store, [runner.folder], ZoneInfo("Europe/Lisbon"), lambda _: None)
        store.change_profile(lambda told: runner.profile)
        store.add(*runner.symptoms, *runner.answers, *runner.check_ins)
    return path


def asking(path: Path, on: date = ON, follow: bool = False) -> TestClient:
    """The app as of a day; with `follow` it is led on to other pages as a browser is."""
    return TestClient(_app(path, on), base_url="http://127.0.0.1", follow_redirects=follow)


@lru_cache(maxsize=4)
def _app(path: Path, on: date) -> FastAPI:
    """One app over a store for as long as it is asked, as one server is: it keeps its answer at hand."""
    return make_app(path, on=lambda: on)


def token(client: TestClient) -> str:
    """What the pages of our own carry."""
    if guard.TOKEN_COOKIE not in client.cookies:
        client.get("/knowledge")
    return client.cookies[guard.TOKEN_COOKIE]


def send(client: TestClient, to: str, **fields: str | list[str]) -> Response:
    """A form of one of our own pages, sent."""
    return client.post(to, data={guard.TOKEN_FIELD: token(client), **fields})


def after(client: TestClient, sent: Response) -> str:
    """The page that a form led on to."""
    assert sent.status_code == 303, sent.text
    return client.get(sent.headers["location"].partition("#")[0]).text


@contextmanager
def flag_raised(path: Path, on: date) -> Iterator[None]:
    """Something must be looked at at once, until the end of the block."""
    with Store.open(path) as store:
        (row,) = store.add(Answer("saddle_numbness", "yes", on))
    try:
        yield
    finally:
        with Store.open(path) as store:
            store.forget(row)


def alarm_first(page: str) -> None:
    """A raised flag stands before everything else."""
    body = page.split("<body", 1)[1]
    assert body.index('role="alert"') < body.index("<header") < body.index("<h1")


def runs_in(client: TestClient, address: str = "/record/runs") -> list[str]:
    """The pages of the runs that a list leads to."""
    return re.findall(r'<li><a href="(/record/run/[^"]+)"', client.get(address).text)
