"""Settings: how the app looks, who runs, and what can be done with all the data."""

from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.requests import ClientDisconnect
from tests.app.web.made_up import ON, asking, send, small_store, token

from backstride.app.api_token import token_of, token_path
from backstride.app.web import guard
from backstride.app.web.far import Far
from backstride.app.web.handed_in import GOING_OUT, sweep
from backstride.app.web.importing import Imports
from backstride.app.web.profile_form import shown, told
from backstride.app.web.rooms.settings import _Passing
from backstride.model.history import Answer, Profile
from backstride.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "own.sqlite"
    with Store.open(made) as store:
        store.change_profile(lambda before: Profile(birth_year=1984, sex="female", height_m=1.68))
        store.add(Answer("fever", "no", ON))
    return made


@pytest.fixture
def client(path: Path) -> TestClient:
    return asking(path)


def profile_of(path: Path) -> Profile:
    with Store.open(path) as store:
        return store.profile()


FORM = {"birth_year": "1984", "age_years": "", "sex": "female", "height": "168", "mass": "", "zone": ""}
FORMS = (
    "looks",
    "profile",
    "profile/undo",
    "conditions",
    "export",
    "backup",
    "import",
    "forget",
    "diary/1",
    "diary/undo",
)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_done_without_the_token_of_our_own_page(client: TestClient, path: Path, form: str) -> None:
    with Store.open(path) as store:
        before = store.version()

    assert client.post(f"/settings/{form}", data={"word": "delete", **FORM}).status_code == 403
    with Store.open(path) as store:
        assert before == store.version()


def test_how_the_app_looks_is_kept_by_this_browser(client: TestClient) -> None:
    done = send(client, "/settings/looks", language="de", units="miles", theme="dark")
    page = client.get("/settings").text

    assert done.headers["location"] == "/settings?done=looks"
    assert '<html lang="de" data-theme="dark">' in page
    assert 'name="feet"' in page
    wrong = send(client, "/settings/looks", language="xx", units="miles", theme="dark")
    assert wrong.status_code == 422


def test_the_profile_is_stored_and_can_be_undone(client: TestClient, path: Path) -> None:
    before = profile_of(path)
    done = send(client, "/settings/profile", **(FORM | {"mass": "61,5", "medicines": "warfarin, iron"}))

    assert done.headers["location"] == "/settings?done=profile"
    assert replace(before, mass_kg=61.5, medicines=("warfarin", "iron")) == profile_of(path)
    assert "/settings/profile/undo" in client.get("/settings?done=profile").text
    send(client, "/settings/profile/undo")
    assert before == profile_of(path)
    again = send(client, "/settings/profile/undo")
    assert again.headers["location"] == "/settings?done=nothing_undone"


def test_what_is_left_empty_is_not_known_and_none_is_not_the_same(client: TestClient, path: Path) -> None:
    send(client, "/settings/profile", **(FORM | {"birth_year": "", "sex": "", "height": ""}))
    assert Profile() == profile_of(path)

    send(client, "/settings/profile", **(FORM | {"no_medicines": "yes"}))
    assert profile_of(path).medicines == ()


@pytest.mark.parametrize(
    ("field", "typed", "beside"),
    [
        ("height", "1.68", "height-fault"),
        ("height", "tall", "height-fault"),
        ("mass", "7", "mass-fault"),
        ("birth_year", "2090", "birth_year-fault"),
        ("birth_year", "<b>", "birth_year-fault"),
        ("age_years", "4.5", "age_years-fault"),
        ("zone", "Mars/Base", "zone-fault"),
        ("sex", "x", "sex-fault"),
    ],
)
def test_what_cannot_be_taken_stays_as_it_was_typed_with_the_fault_beside_it(
    client: TestClient, path: Path, field: str, typed: str, beside: str
) -> None:
    before = profile_of(path)
    page = send(client, "/settings/profile", **(FORM | {"medicines": "iron", field: typed}))

    assert page.status_code == 422
    assert f'id="{beside}"' in page.text
    assert page.text.count('class="fault" id=') == 1
    assert ">iron</textarea>" in page.text
    assert "<b>" not in page.text.split('id="profile"')[1].split("</section>")[0]
    assert before == profile_of(path)


@pytest.mark.parametrize("units", ["km", "miles"])
def test_what_was_not_touched_stays_to_the_last_digit(units: Any) -> None:
    before = Profile(birth_year=1984, height_m=1.6789, mass_kg=61.2345, medicines=())

    assert replace(before, **told(shown(before, units), before, units)) == before


def test_feet_inches_and_pounds_are_taken() -> None:
    row = told({"feet": "5", "inches": "11", "mass": "154"}, Profile(), "miles")

    assert row["height_m"] == pytest.approx(1.8034)
    assert row["mass_kg"] == pytest.approx(69.853, abs=0.001)


def test_a_special_condition_is_an_answer_that_can_be_taken_back(client: TestClient, path: Path) -> None:
    done = send(client, "/settings/conditions", osteoporosis="yes", pregnant="no")

    assert done.headers["location"].startswith("/settings?done=conditions&rows=2")
    with Store.open(path) as store:
        assert {"fever", "osteoporosis", "pregnant"} == {row.entry.question for row in store.diary("answer")}  # type: ignore[union-attr]
    again = send(client, "/settings/conditions", osteoporosis="yes", pregnant="no")
    assert "rows=0" in again.headers["location"]
    wrong = send(client, "/settings/conditions", osteoporosis="perhaps")
    assert wrong.status_code == 422


def test_pregnancy_is_not_asked_of_a_man(client: TestClient, path: Path) -> None:
    assert 'name="pregnant"' in client.get("/settings").text
    with Store.open(path) as store:
        store.change_profile(lambda before: replace(before, sex="male"))
    assert 'name="pregnant"' not in client.get("/settings").text


def test_each_thing_told_can_be_taken_back_and_told_again(client: TestClient, path: Path) -> None:
    page = client.get("/settings/diary").text
    (id,) = (row.id for row in Store.open(path).diary())

    assert f'action="/settings/diary/{id}"' in page
    assert "fever" in page
    send(client, f"/settings/diary/{id}")
    with Store.open(path) as store:
        assert store.diary() == ()
    assert "/settings/diary/undo" in client.get("/settings/diary?done=taken").text
    send(client, "/settings/diary/undo")
    with Store.open(path) as store:
        assert [Answer("fever", "no", ON)] == [row.entry for row in store.diary()]


def test_a_long_diary_is_shown_a_hundred_at_a_time(client: TestClient, path: Path) -> None:
    with Store.open(path) as store:
        store.add(*(Answer("fever", "no", ON) for _ in range(120)))
    first = client.get("/settings/diary").text
    more = first.split('href="/settings/diary?before=')[1].split('"')[0]
    second = client.get(f"/settings/diary?before={more}").text

    assert first.count('class="what"') == 100
    assert second.count('class="what"') == 21
    assert "?before=" not in second


def test_everything_goes_out_and_comes_back_in_the_browser(tmp_path: Path) -> None:
    one, two = small_store(tmp_path), tmp_path / "two.sqlite"
    client, other = asking(one), asking(two)
    sent = send(client, "/settings/export")

    assert sent.headers["content-disposition"] == f'attachment; filename="backstride-{ON}.zip"'
    assert ZipFile(BytesIO(sent.content)).testzip() is None
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".backstride")]
    files = {"file": ("all.zip", sent.content, "application/zip")}
    ours = {guard.TOKEN_FIELD: token(other)}
    done = other.post("/settings/import", data=ours, files=files)
    assert done.headers["location"].startswith("/settings?done=imported&rows=25")
    with Store.open(one) as before, Store.open(two) as after:
        assert before.profile() == after.profile()
        assert [each.id for each in before.history().activities] == [
            each.id for each in after.history().activities
        ]
    again = other.post("/settings/import", data=ours, files=files)
    assert again.status_code == 422
    assert "not empty" in again.text
    merged = other.post("/settings/import", data={**ours, "merge": "yes"}, files=files)
    assert merged.status_code == 303
    no_zip = other.post("/settings/import", data=ours, files={"file": ("x.zip", b"x", "application/zip")})
    assert no_zip.status_code == 422
    nothing = send(other, "/settings/import")
    assert nothing.status_code == 422


def test_a_backup_is_the_store_itself(client: TestClient, tmp_path: Path) -> None:
    sent = send(client, "/settings/backup")
    (tmp_path / "copy.sqlite").write_bytes(sent.content)

    assert sent.content.startswith(b"SQLite format 3\0")
    with Store.open(tmp_path / "copy.sqlite") as copy:
        assert [Answer("fever", "no", ON)] == [row.entry for row in copy.diary()]


def test_everything_is_deleted_only_where_the_word_was_typed(client: TestClient, path: Path) -> None:
    before = token_of(path)
    wrong = send(client, "/settings/forget", word="yes")
    assert wrong.status_code == 422
    assert path.exists()

    done = send(client, "/settings/forget", word=" Delete ")
    assert done.headers["location"] == "/"
    assert not path.exists()
    assert not token_path(path).exists()
    with Store.open(path) as store:
        assert store.is_empty()
    assert client.get("/settings").status_code == 200
    assert before != token_of(path)


def test_while_files_are_coming_in_nothing_is_deleted(
    client: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Imports, "far", lambda _: Far("waiting"))
    page: Any = send(client, "/settings/forget", word="delete")

    assert page.status_code == 503
    with Store.open(path) as store:
        assert store.diary()


def test_a_copy_that_nobody_fetched_is_gone(client: TestClient, path: Path) -> None:
    scope: Any = {"type": "http", "asgi": {"spec_version": "2.4"}}

    async def left(*_: object) -> Any:
        raise OSError

    made = path.parent / "going" / "all.zip"
    made.parent.mkdir()
    made.write_bytes(b"everything")
    with pytest.raises(ClientDisconnect):
        anyio.run(_Passing(made, "application/zip"), scope, left, left)

    assert not made.parent.exists()


def test_a_copy_that_a_killed_server_left_is_swept(tmp_path: Path) -> None:
    old, new = tmp_path / f"{GOING_OUT}old", tmp_path / f"{GOING_OUT}new"
    for each in (old, new):
        each.mkdir()
        (each / "all.zip").write_bytes(b"everything")
    os.utime(old, (0, 0))
    sweep(tmp_path)

    assert not old.exists()
    assert new.exists(), "another server may be sending it"


def test_while_another_program_has_the_store_nothing_is_deleted(client: TestClient, path: Path) -> None:
    with Store.open(path) as other:
        page = send(client, "/settings/forget", word="delete")

        assert page.status_code == 503
        assert "another program" in page.text
        assert other.diary()


def test_the_page_says_where_the_store_lies_and_how_programs_ask(client: TestClient, path: Path) -> None:
    page = client.get("/settings").text

    assert str(path) in page
    assert token_of(path) in page
    assert "http://127.0.0.1/api/v1" in page
