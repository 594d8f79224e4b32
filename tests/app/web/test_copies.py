"""Copies of one run in the app: what is held for one run, and what is held apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.app.web import made_up
from tests.app.web.coming_in import ON, run_on, until_over
from tests.app.web.made_up import token

from backstride.app.record import activities_of
from backstride.model.history import Symptom
from backstride.store.store import Store


@pytest.fixture
def twice(client: TestClient) -> TestClient:
    """One run that came in twice, and another."""
    copy = run_on(0).replace(b"</gpx>", b"<!-- the same --></gpx>")
    files = [
        ("files", ("watch.gpx", run_on(0))),
        ("files", ("phone.gpx", copy)),
        ("files", ("b.gpx", run_on(2))),
    ]
    client.post("/start/upload", data={"token": token(client)}, files=files)
    until_over(client)
    return client


def field(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', page)


def runs_in(store: Path) -> int:
    with Store.open(store) as opened:
        return len(activities_of(opened))


def test_a_record_can_be_held_apart_and_that_taken_back(twice: TestClient, tmp_path: Path) -> None:
    page = twice.get("/start/copies").text
    assert "watch.gpx" in page
    assert "phone.gpx" in page
    record = field(page, "record")[0]

    done = twice.post("/start/copies/part", data={"token": token(twice), "record": record})
    assert "stands alone from now on" in done.text
    assert runs_in(tmp_path / "s.sqlite") == 3
    undone = twice.post(
        "/start/copies/undo", data={"token": token(twice), "rows": field(done.text, "rows")[0]}
    )

    assert "as it was before" in undone.text
    assert runs_in(tmp_path / "s.sqlite") == 2


def test_two_held_apart_can_be_joined_again(twice: TestClient, tmp_path: Path) -> None:
    told = {"token": token(twice)}
    record = field(twice.get("/start/copies").text, "record")[0]
    page = twice.post("/start/copies/part", data=told | {"record": record}).text
    assert "You said that these are two." in page
    pair = {name: field(page, name)[0] for name in ("first", "second")}
    joined = twice.post("/start/copies/join", data=told | pair)

    assert "They count as one from now on." in joined.text
    assert "by your word" in joined.text
    assert runs_in(tmp_path / "s.sqlite") == 2


def test_an_activity_can_be_taken_out_and_brought_back(twice: TestClient, tmp_path: Path) -> None:
    told = {"token": token(twice)}
    id = field(twice.get("/start/copies").text, "id")[0]
    page = twice.post("/start/copies/remove", data=told | {"id": id}).text
    assert runs_in(tmp_path / "s.sqlite") == 1
    twice.post("/start/copies/undo", data=told | {"rows": field(page, "rows")[0]})

    assert runs_in(tmp_path / "s.sqlite") == 2


def test_what_is_not_there_is_refused_in_words(twice: TestClient) -> None:
    told = {"token": token(twice)}

    assert twice.post("/start/copies/part", data=told | {"record": "none"}).status_code == 422
    assert twice.post("/start/copies/join", data=told | {"first": "a", "second": "b"}).status_code == 422
    assert twice.post("/start/copies/undo", data=told | {"rows": "1;2"}).status_code == 422
    assert twice.get("/start/copies?upto=tomorrow").status_code == 422


def test_undo_takes_back_nothing_but_what_was_decided_here(twice: TestClient, tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.sqlite") as store:
        row = store.add(Symptom(ON, 3))[0]
    twice.post("/start/copies/undo", data={"token": token(twice), "rows": str(row)})

    with Store.open(tmp_path / "s.sqlite") as store:
        assert [each.id for each in store.diary("symptom")] == [row]


def test_a_run_of_several_records_leads_to_where_they_can_be_held_apart(twice: TestClient) -> None:
    pages = [twice.get(page).text for page in made_up.runs_in(twice)]
    leads = [found[1] for page in pages if (found := re.search(r'href="(/start/copies\?[^"]+)"', page))]

    assert len(pages) == 2
    assert len(leads) == 1, "the other came in once"
    assert len(field(twice.get(leads[0]).text, "record")) == 2
