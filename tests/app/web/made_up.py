"""A small made-up runner's store, and the app over it, without a browser."""

from __future__ import annotations

from datetime import UTC, date
from pathlib import Path

from fastapi.testclient import TestClient
from tests.app.made_up import eight_weeks

from backstride.app.intake import import_paths
from backstride.app.web import guard
from backstride.app.web.server import make_app
from backstride.knowledge.loader import shipped
from backstride.model.history import Answer, Profile, Symptom
from backstride.store.store import Store

ON = date(2026, 3, 6)


def small_store(folder: Path) -> Path:
    """Eight weeks of runs, a note of pain, and every safety question answered with a no."""
    path = folder / "small.sqlite"
    with Store.open(path) as store:
        import_paths(store, (eight_weeks(folder / "watch"),), UTC, lambda _: None)
        store.change_profile(lambda told: Profile(birth_year=1984, sex="male"))
        asked = [
            each for each in shipped().questions.values() if each.group == "safety" and each.follows is None
        ]
        store.add(*(Answer(each.id, "no", ON) for each in asked if each.kind == "yes_no"))
        store.add(Symptom(ON, 3.0, ("low_back_left",)))
    return path


def asking(path: Path) -> TestClient:
    """The app as of `ON`, asked by a browser that has opened a page."""
    client = TestClient(make_app(path, on=lambda: ON), base_url="http://127.0.0.1", follow_redirects=False)
    client.get("/settings")
    return client


def send(client: TestClient, to: str, **fields: str) -> object:
    """A form of one of our own pages, sent."""
    token = client.cookies[guard.TOKEN_COOKIE]
    return client.post(to, data={guard.TOKEN_FIELD: token, **fields})
