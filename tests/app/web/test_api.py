"""The API: only who has a token is answered, what is told is checked as everywhere, and faults are words."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.app.web.made_up import ON, asking, flag_raised, small_store, token
from typer.testing import CliRunner

from backstride.app.api_token import token_of, token_path
from backstride.app.cli import app
from backstride.app.web import guard
from backstride.model.history import Answer
from backstride.store.store import Store

API = "/api/v1"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("api"))


@pytest.fixture
def api(path: Path) -> Iterator[TestClient]:
    client = asking(path)
    client.headers["authorization"] = f"Bearer {token_of(path)}"
    yield client
    with Store.open(path) as store:
        for row in store.diary():
            if row.entry != Answer("fever", "no", ON) and row.kind in ("check_in", "score"):
                store.forget(row.id)


READ = (
    "answer",
    "triage",
    "plan",
    "record",
    "runs",
    "shoes",
    "measures",
    "measures/distance_m",
    "questions",
    "scores",
    "profile",
    "diary",
    "imports",
    "knowledge",
    "knowledge/causes",
    "knowledge/causes/facet",
    "openapi.json",
)


@pytest.mark.parametrize("what", READ)
def test_everything_is_told_to_who_has_the_token_and_to_nobody_else(path: Path, what: str) -> None:
    client = asking(path)
    bare = client.get(f"{API}/{what}")
    wrong = client.get(f"{API}/{what}", headers={"authorization": "Bearer wrong"})
    right = client.get(f"{API}/{what}", headers={"authorization": f"Bearer {token_of(path)}"})

    assert [bare.status_code, wrong.status_code, right.status_code] == [401, 401, 200]
    assert bare.json().keys() == {"faults"}
    assert right.headers["cache-control"] == "no-store"


def test_a_page_of_ours_needs_no_token_but_its_own(path: Path) -> None:
    client = asking(path)
    ours = token(client)

    assert client.get(f"{API}/triage", headers={guard.TOKEN_HEADER: ours}).status_code == 200
    assert client.get(f"{API}/triage", headers={guard.TOKEN_HEADER: "another"}).status_code == 401
    assert client.get(f"{API}/triage").status_code == 401
    elsewhere = {guard.TOKEN_HEADER: ours, "sec-fetch-site": "cross-site"}
    assert client.post(f"{API}/answers", json={}, headers=elsewhere).status_code == 403


def test_the_token_lies_beside_the_store_for_its_owner_alone(path: Path) -> None:
    token = token_of(path)

    assert token == token_of(path)
    assert len(token) > 30
    assert stat.S_IMODE(token_path(path).stat().st_mode) == 0o600
    printed = CliRunner().invoke(app, ["serve", "--token", "--store", str(path)])
    assert token == printed.stdout.strip()


def test_the_answer_is_the_documented_one(api: TestClient) -> None:
    answer = api.get(f"{API}/answer").json()

    assert answer["schema"] == "backstride/assessment/1"
    assert next(iter(answer)) == "schema"
    assert list(answer)[1] == "triage"
    miles = api.get(f"{API}/answer", params={"units": "miles", "language": "de"}).json()
    assert miles["on"] == answer["on"]
    assert miles != answer


def test_what_is_told_stands_in_the_diary_and_can_be_taken_back(api: TestClient) -> None:
    told = (
        ("answers", {"answers": {"fever": "not_sure"}}),
        ("symptoms", {"on": ON.isoformat(), "score": 4, "regions": ["low_back_left"], "timing": "after"}),
        ("check-ins", {"on": ON.isoformat(), "done": ["other"], "pain_during": 1}),
        ("scores", {"scores": {"odi": 20}}),
    )
    for what, body in told:
        (row,) = api.post(f"{API}/{what}", json=body).json()["rows"]
        rows = {each["id"]: each for each in api.get(f"{API}/diary").json()["rows"]}
        assert rows[row]["on"] == ON.isoformat()
        assert rows[row]["words"]

        assert api.delete(f"{API}/diary/{row}").json() == {"id": row}
        assert api.delete(f"{API}/diary/{row}").status_code == 404
        assert row not in {each["id"] for each in api.get(f"{API}/diary").json()["rows"]}


def test_a_profile_keeps_what_is_not_named(api: TestClient) -> None:
    api.post(f"{API}/profile", json={"mass_kg": 70})
    now = api.post(f"{API}/profile", json={"height_m": 1.8, "mass_kg": None}).json()

    assert {"birth_year": 1984, "height_m": 1.8, "mass_kg": None}.items() <= now.items()
    assert now == api.get(f"{API}/profile").json()


@pytest.mark.parametrize(
    ("what", "body", "fault"),
    [
        ("answers", {"answers": {"fever": "maybe", "nothing": "yes"}}, "fever"),
        ("answers", {"answers": {"fever": "maybe", "nothing": "yes"}}, "nothing"),
        ("answers", {}, "answers"),
        ("answers", {"answers": {"fever": "no"}, "on": "2026-03-07"}, "2026-03-07"),
        ("answers", {"answers": {"fever": "no"}, "on": "0001-01-01"}, "0001-01-01"),
        ("symptoms", {"on": "2026-03-06", "score": 11}, "score"),
        ("symptoms", {"on": "2026-03-06", "score": 1, "regions": ["nose"]}, "regions"),
        ("check-ins", {"on": "2026-03-06"}, "nothing"),
        ("scores", {"scores": {"odi": 1000}}, "odi"),
        ("profile", {"height_m": 17}, "height_m"),
        ("profile", {"zone": "Mars/Base"}, "zone"),
        ("profile", {"made_up": True}, "made_up"),
    ],
)
def test_what_cannot_be_taken_is_named_and_nothing_is_stored(
    api: TestClient, path: Path, what: str, body: dict[str, object], fault: str
) -> None:
    with Store.open(path) as store:
        before = store.version()
    refused = api.post(f"{API}/{what}", json=body)

    assert refused.status_code == 422
    assert any(fault in each for each in refused.json()["faults"])
    with Store.open(path) as store:
        assert before == store.version()


def test_what_is_not_there_is_a_404_in_words(api: TestClient) -> None:
    for what in ("runs/ffffffff-0", "measures/luck", "knowledge/causes/none", "knowledge/none", "nothing"):
        gone = api.get(f"{API}/{what}")
        assert gone.status_code == 404
        assert gone.json().keys() == {"faults"}


def test_one_run_is_told_by_the_beginning_of_its_id(api: TestClient) -> None:
    (last,) = api.get(f"{API}/runs", params={"last": 1}).json()["runs"]

    assert last == api.get(f"{API}/runs/{last['id'][:8]}").json()
    assert last["distance_m"] == pytest.approx(20_000, rel=0.01)


def test_a_raised_flag_stands_first_and_there_is_no_plan(api: TestClient, path: Path) -> None:
    with flag_raised(path, ON):
        plan = api.get(f"{API}/plan").json()

    assert plan["triage"]["tier"] == "T4"
    assert plan["plan"]["made"] is False
    assert "steps" not in plan["plan"]


def test_what_is_wanted_of_the_plan_can_be_told_and_taken_back(api: TestClient) -> None:
    told = (
        ("goals", {"kind": "distance", "distance_m": 10000, "by": "2026-06-01"}),
        ("exercise-wishes", {"exercise": "bird_dog", "wish": "pin", "asked_by": "physio"}),
        ("pauses", {"reason": "holiday"}),
        ("restarts", {}),
        ("visits", {"who": "physiotherapist", "may_run": "not_yet"}),
        ("shoes", {"id": "Made-up Light", "drop_mm": 8}),
    )
    for what, body in told:
        (row,) = api.post(f"{API}/{what}", json=body).json()["rows"]
        assert row in {each["id"] for each in api.get(f"{API}/diary").json()["rows"]}, what
        assert api.delete(f"{API}/diary/{row}").json() == {"id": row}


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("goals", {"kind": "distance"}),
        ("goals", {"kind": "first_run", "race": True}),
        ("exercise-wishes", {"exercise": "handstand", "wish": "pin"}),
        ("pauses", {"first": "2026-03-05", "last": "2026-03-01"}),
        ("visits", {"who": "neighbour", "may_run": "yes"}),
        ("runs/join", {"first": "none", "second": "none"}),
        ("runs/part", {"record": "none"}),
        ("runs/remove", {"id": "none"}),
        ("shoes", {"id": "a", "drop_mm": 1e9}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    api: TestClient, what: str, body: dict[str, object]
) -> None:
    before = api.get(f"{API}/diary").json()
    refused = api.post(f"{API}/{what}", json=body)

    assert refused.status_code == 422
    assert refused.json()["faults"]
    assert api.get(f"{API}/diary").json() == before


def test_a_run_that_is_taken_out_is_back_once_that_is_taken_back(api: TestClient) -> None:
    runs = api.get(f"{API}/runs").json()
    some = next(value for value in runs.values() if isinstance(value, list))
    (row,) = api.post(f"{API}/runs/remove", json={"id": some[0]["id"]}).json()["rows"]
    assert api.get(f"{API}/runs").json() != runs
    api.delete(f"{API}/diary/{row}")
    assert api.get(f"{API}/runs").json() == runs
