"""Files in by the app: uploads of every kind, how far it is, what became of each; and a made-up runner."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.app.made_up import gpx_run
from tests.app.web.driving import driving, faults_of, looks, needs_browser, serving

from backstride.app.web.importing import place_for
from backstride.app.web.server import make_app
from backstride.store.store import Store

MORNING = datetime(2026, 3, 1, 7, tzinfo=UTC)
ON = date(2026, 3, 22)


def asking(path: Path) -> TestClient:
    client = TestClient(make_app(path, on=lambda: ON), base_url="http://127.0.0.1")
    client.get("/start")
    return client


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/start").text)
    assert found is not None
    return found[1]


def until_over(client: TestClient) -> dict[str, object]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        last = client.get("/start/progress").text.strip().split("\n\n")[-1]
        far: dict[str, object] = json.loads(last.removeprefix("data: "))
        if not far["busy"]:
            return far
    raise AssertionError("the import did not end")


def test_files_of_a_plain_form_are_read(tmp_path: Path) -> None:
    client = asking(tmp_path / "s.sqlite")
    files = [("files", (f"{day}.gpx", gpx_run(MORNING + timedelta(days=day), 8))) for day in range(3)]

    sent = client.post("/start/upload", data={"token": token(client)}, files=files, follow_redirects=False)
    far = until_over(client)

    assert sent.headers["location"] == "/start"
    assert far["counts"]["imported"] == 3  # type: ignore[index]
    with Store.open(tmp_path / "s.sqlite") as store:
        assert len(store.history().activities) == 3
    assert "2.gpx" in client.get("/start/imports").text


def test_parts_of_one_drop_are_read_together_and_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    client = asking(tmp_path / "s.sqlite")
    key, head = "0" * 32, {"x-backstride-token": token(client)}
    parts = [("files", ("runs/a.gpx", gpx_run(MORNING, 8))), ("files", ("runs/b.gpx", b"<gpx><broken"))]
    client.post("/start/upload", data={"key": key}, files=parts, headers=head)
    large = gpx_run(MORNING + timedelta(days=2), 20)
    client.post(f"/start/piece?key={key}&name=runs/large.gpx", content=large, headers=head)
    begun = client.post("/start/begin", data={"key": key}, headers=head)

    assert begun.json() == {"to": "/start"}
    counts = until_over(client)["counts"]
    assert counts == {**counts, "imported": 2, "unreadable": 1}  # type: ignore[dict-item]
    page = client.get("/start/imports?outcome=unreadable").text
    assert "b.gpx" in page
    assert "a.gpx" not in page.split("<tbody>")[-1]


def test_nothing_that_was_handed_in_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "handed-in"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    client = asking(tmp_path / "s.sqlite")
    client.post(
        "/start/upload", data={"token": token(client)}, files=[("files", ("a.gpx", gpx_run(MORNING, 8)))]
    )
    until_over(client)
    until = time.monotonic() + 5
    while list(place.glob("backstride-handed-in-*")) and time.monotonic() < until:
        time.sleep(0.02)

    assert list(place.glob("backstride-handed-in-*")) == []


def test_a_path_of_this_machine_is_read_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "a.gpx").write_bytes(gpx_run(MORNING, 8))
    client = asking(tmp_path / "s.sqlite")
    told = {"token": token(client)}

    absent = client.post("/start/path", data=told | {"path": str(tmp_path / "nowhere")})
    client.post("/start/path", data=told | {"path": str(tmp_path / "runs")})

    assert absent.status_code == 422
    assert "no such file or folder" in absent.text
    assert until_over(client)["counts"]["imported"] == 1  # type: ignore[index]
    assert (tmp_path / "runs" / "a.gpx").exists()


def test_an_upload_without_our_token_is_refused(tmp_path: Path) -> None:
    client = asking(tmp_path / "s.sqlite")

    assert client.post("/start/upload", files=[("files", ("a.gpx", b""))]).status_code == 403
    assert client.post(f"/start/piece?key={'0' * 32}&name=a", content=b"").status_code == 403


@pytest.mark.parametrize("key", ["", "../../etc", "0" * 31, "g" * 32])
def test_only_keys_of_our_own_making_name_a_folder(tmp_path: Path, key: str) -> None:
    client = asking(tmp_path / "s.sqlite")
    sent = client.post(
        "/start/piece", params={"key": key, "name": "a"}, headers={"x-backstride-token": token(client)}
    )

    assert sent.status_code == 422


@pytest.mark.parametrize(
    "name", ["../../a.fit", "/etc/a.fit", "..\\..\\a.fit", "a/../../a.fit", "", "..", "a\0b"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    place = place_for(tmp_path / "in", name)

    assert (tmp_path / "in").resolve() in place.resolve().parents


def test_a_made_up_runner_in_one_click_and_back(tmp_path: Path) -> None:
    client = asking(tmp_path / "s.sqlite")
    shown = client.post("/demo", data={"token": token(client)})

    assert shown.url.path == "/why"
    assert "A made-up runner" in shown.text
    client.post("/demo/leave", data={"token": token(client)})
    assert "A made-up runner. Nothing" not in client.get("/why").text
    with Store.open(tmp_path / "s.sqlite") as store:
        assert store.history().activities == ()


@pytest.mark.browser
@needs_browser
def test_files_chosen_in_a_browser_are_read_and_the_page_says_so(tmp_path: Path) -> None:
    for day in range(3):
        (tmp_path / f"{day}.gpx").write_bytes(gpx_run(MORNING + timedelta(days=day), 8))
    with serving(tmp_path / "s.sqlite", lambda: ON) as address, driving() as driver:
        looks(driver, "phone", "light")
        driver.get(f"{address}/start")
        assert faults_of(driver) == []
        chosen = "\n".join(str(tmp_path / f"{day}.gpx") for day in range(3))
        driver.find_element("id", "files").send_keys(chosen)
        driver.find_element("id", "send").click()
        until = time.monotonic() + 30
        while "runs 3" not in driver.find_element("tag name", "main").text and time.monotonic() < until:
            time.sleep(0.1)

        assert "runs 3" in driver.find_element("tag name", "main").text
        assert [each for each in driver.get_log("browser") if each["level"] == "SEVERE"] == []
