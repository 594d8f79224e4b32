"""Files in by the app: uploads of every kind, how far it is, what became of each; and a made-up runner."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.app.web.coming_in import ON, outcomes, run_on, until_over
from tests.app.web.made_up import asking, send, token

from backstride.app.entering import answer_rows
from backstride.app.makers import MAKERS
from backstride.app.web.handed_in import PREFIX
from backstride.knowledge.loader import shipped
from backstride.store.store import Store

KEY = "0" * 32


def script(client: TestClient) -> dict[str, str]:
    """What a request of our own script carries."""
    return {"x-backstride-token": token(client)}


def left_behind(folder: Path) -> list[Path]:
    """What was handed in and still lies there."""
    return [each for root in folder.glob(f"{PREFIX}*") for each in root.iterdir() if each.is_dir()]


def test_files_of_a_plain_form_are_read(client: TestClient, tmp_path: Path) -> None:
    files = [("files", (f"{day}.gpx", run_on(day))) for day in range(3)]

    sent = client.post("/start/upload", data={"token": token(client)}, files=files, follow_redirects=False)
    until_over(client)

    assert sent.headers["location"] == "/start"
    assert outcomes(tmp_path / "s.sqlite") == {"imported": 3}
    assert "2.gpx" in client.get("/start/imports").text
    page = client.get("/start").text
    assert "3 files: 3 with runs." in page
    assert "In the record now, each counted once: runs 3" in page


def test_every_maker_has_its_way_without_the_terminal(client: TestClient) -> None:
    page = client.get("/start").text

    assert all(each.name in page for each in MAKERS)
    assert "Add the zip as it is.</li>" in page
    assert "backstride add" not in page


def test_a_form_without_a_file_says_so(client: TestClient) -> None:
    sent = client.post("/start/upload", data={"token": token(client)}, files=[("files", ("", b""))])

    assert sent.status_code == 422
    assert "No file came with that" in sent.text


def test_parts_of_one_drop_are_read_together_and_one_bad_file_stops_nothing(
    client: TestClient, tmp_path: Path
) -> None:
    head = script(client)
    parts = [("files", ("runs/a.gpx", run_on(0))), ("files", ("runs/b.gpx", b"<gpx><broken"))]
    client.post("/start/upload", data={"key": KEY}, files=parts, headers=head)
    client.post(f"/start/piece?key={KEY}&name=runs/large.gpx", content=run_on(2, 20), headers=head)
    begun = client.post("/start/begin", data={"key": KEY}, headers=head)
    until_over(client)

    assert begun.json() == {"to": "/start"}
    assert outcomes(tmp_path / "s.sqlite") == {"imported": 2, "unreadable": 1}
    page = client.get("/start/imports?of=1&outcome=unreadable").text
    assert "b.gpx" in page
    assert "a.gpx" not in page.split('class="ledger"')[-1]
    assert "/start/imports?of=1&amp;outcome=unreadable" in client.get("/start").text


def test_two_files_of_one_name_are_both_read(client: TestClient, tmp_path: Path) -> None:
    files = [("files", ("a.gpx", run_on(day))) for day in range(2)]
    client.post("/start/upload", data={"token": token(client)}, files=files)
    until_over(client)

    assert outcomes(tmp_path / "s.sqlite") == {"imported": 2}


def test_more_files_than_a_command_has_room_for_are_read(client: TestClient, tmp_path: Path) -> None:
    many, signs = 3_000, "n" * 90
    head = script(client)
    for begin in range(0, many, 500):
        files = [
            ("files", (f"{signs}{each}.txt", b"x" + str(each).encode())) for each in range(begin, begin + 500)
        ]
        client.post("/start/upload", data={"key": KEY}, files=files, headers=head)
    client.post("/start/begin", data={"key": KEY}, headers=head)
    until_over(client)

    assert sum(outcomes(tmp_path / "s.sqlite").values()) == many


def test_nothing_that_was_handed_in_stays_behind(client: TestClient, tmp_path: Path) -> None:
    client.post("/start/upload", data={"token": token(client)}, files=[("files", ("a.gpx", run_on(0)))])
    until_over(client)

    assert left_behind(tmp_path) == []


def test_what_was_stopped_on_its_way_is_gone(client: TestClient, tmp_path: Path) -> None:
    head = script(client)
    client.post("/start/upload", data={"key": KEY}, files=[("files", ("a.gpx", run_on(0)))], headers=head)
    assert len(left_behind(tmp_path)) == 1
    client.post("/start/forget", data={"key": KEY}, headers=head)

    assert left_behind(tmp_path) == []
    assert client.post("/start/begin", data={"key": KEY}, headers=head).status_code == 422


def test_a_second_import_waits_in_line(client: TestClient, tmp_path: Path) -> None:
    for nth in range(3):
        key = str(nth) * 32
        files = [("files", (f"{nth}.gpx", run_on(nth)))]
        client.post("/start/upload", data={"key": key}, files=files, headers=script(client))
        client.post("/start/begin", data={"key": key}, headers=script(client))
    until = time.monotonic() + 60
    while outcomes(tmp_path / "s.sqlite").get("imported") != 3 and time.monotonic() < until:
        time.sleep(0.05)

    assert outcomes(tmp_path / "s.sqlite") == {"imported": 3}
    page = client.get("/start/imports").text
    assert all(f"/start/imports?of={each}" in page for each in (1, 2, 3))


def test_an_import_can_be_stopped_and_what_is_in_stays(client: TestClient, tmp_path: Path) -> None:
    for day in range(300):
        (tmp_path / "runs").mkdir(exist_ok=True)
        (tmp_path / "runs" / f"{day:03}.gpx").write_bytes(run_on(-day, 3))
    told = {"token": token(client)}
    client.post("/start/path", data=told | {"path": str(tmp_path / "runs")})
    until = time.monotonic() + 60
    while not outcomes(tmp_path / "s.sqlite").get("imported") and time.monotonic() < until:
        time.sleep(0.02)
    client.post("/start/stop", data=told)
    until_over(client)

    assert 0 < outcomes(tmp_path / "s.sqlite")["imported"] < 300
    assert "Stopped. What was in stays in." in client.get("/start").text
    assert len(list((tmp_path / "runs").iterdir())) == 300


def test_a_raised_flag_counts_while_files_come_in(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    for day in range(120):
        (tmp_path / "runs" / f"{day:03}.gpx").write_bytes(run_on(-day, 3))
    client.post("/start/path", data={"token": token(client), "path": str(tmp_path / "runs")})
    with Store.open(tmp_path / "s.sqlite") as store:
        answer_rows(store, (("bladder_change", "new"),), ON, shipped())

    page = client.get("/why").text
    until_over(client)
    assert 'class="first"' in page, "a raised flag counts at once, whatever is still being read"


def test_a_path_of_this_machine_is_read_where_it_lies(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "a.gpx").write_bytes(run_on(0))
    told = {"token": token(client)}

    absent = client.post("/start/path", data=told | {"path": str(tmp_path / "nowhere")})
    beside = client.post("/start/path", data=told | {"path": "runs"})
    client.post("/start/path", data=told | {"path": str(tmp_path / "runs")})
    until_over(client)

    assert (absent.status_code, beside.status_code) == (422, 422)
    assert "no such file or folder" in absent.text
    assert f'value="{tmp_path / "nowhere"}"' in absent.text, "what was typed is not lost"
    assert outcomes(tmp_path / "s.sqlite") == {"imported": 1}
    assert (tmp_path / "runs" / "a.gpx").exists()


@pytest.mark.parametrize("path", ["", "~nobody-of-this-name/x", "a\0b", "/" + "n" * 5000])
def test_a_path_that_is_none_is_refused_in_words(client: TestClient, path: str) -> None:
    assert client.post("/start/path", data={"token": token(client), "path": path}).status_code == 422


def test_an_upload_without_our_token_is_refused_and_nothing_is_written(
    client: TestClient, tmp_path: Path
) -> None:
    files = [("files", ("a.gpx", b"x"))]

    assert client.post("/start/upload", files=files).status_code == 403
    assert client.post("/start/upload", data={"token": "x"}, files=files).status_code == 403
    assert client.post(f"/start/piece?key={KEY}&name=a", content=b"").status_code == 403
    assert client.post("/start/begin", data={"key": KEY}).status_code == 403
    assert client.post("/demo").status_code == 403
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", b"x"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b"--a\r\nbroken"),
    ],
)
def test_what_is_no_form_is_refused(client: TestClient, kind: str, body: bytes) -> None:
    sent = client.post("/start/upload", content=body, headers={"content-type": kind, **script(client)})

    assert sent.status_code in (403, 422)


@pytest.mark.parametrize("key", ["", "../../etc", "0" * 31, "g" * 32])
def test_only_keys_of_our_own_making_name_a_folder(client: TestClient, key: str) -> None:
    sent = client.post("/start/piece", params={"key": key, "name": "a"}, headers=script(client))

    assert sent.status_code == 422


def test_a_full_disk_is_said_in_words(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backstride.app.web.handed_in.SPARE_BYTES", 1 << 60)
    files = [("files", ("a.gpx", b"x"))]
    dropped = client.post("/start/upload", data={"key": KEY}, files=files, headers=script(client))
    plain = client.post("/start/upload", data={"token": token(client)}, files=files)

    assert dropped.status_code == 507
    assert "not enough room" in dropped.json()["faults"][0]
    assert "not enough room" in plain.text


def test_one_import_is_shown_alone_and_its_counts_add_up(client: TestClient) -> None:
    for nth, files in enumerate((("a.gpx", "b.gpx"), ("c.gpx", "a.gpx"))):
        sent = [("files", (name, run_on(ord(name[0])))) for name in files]
        client.post("/start/upload", data={"token": token(client)}, files=sent)
        until_over(client)
        assert f"of={nth + 1}" in client.get("/start").text
    second = client.get("/start/imports?of=2").text

    assert "2 files: 1 with runs, 1 that were there already." in second
    assert "b.gpx" not in second
    assert client.get("/start/imports?of=99").status_code == 404
    assert "c.gpx" in client.get("/start/imports?text=C.GP").text


def test_a_made_up_runner_in_one_click_and_back(client: TestClient, tmp_path: Path) -> None:
    begun = client.post("/demo", data={"token": token(client)}, follow_redirects=False)
    assert begun.headers["location"] == "/demo"
    assert 'http-equiv="refresh"' in client.get("/demo").text
    assert "A made-up runner. Nothing" not in client.get("/why").text, "not before it is made"
    until_over(client, "demo")

    shown = client.get("/demo")
    assert shown.url.path == "/why"
    assert "A made-up runner" in shown.text
    client.post("/demo/leave", data={"token": token(client)})
    assert "A made-up runner. Nothing" not in client.get("/why").text
    again = client.post("/demo", data={"token": token(client)})
    assert again.url.path == "/why"
    with Store.open(tmp_path / "s.sqlite") as store:
        assert store.history().activities == ()


def test_the_made_up_runner_is_asked_for_before_it_is_looked_at(client: TestClient) -> None:
    assert client.get("/demo").url.path == "/start"


def test_a_server_that_ends_leaves_nothing(tmp_path: Path) -> None:
    with asking(tmp_path / "s.sqlite", ON, follow=True) as client:
        client.post("/demo", data={"token": token(client)})
        head = script(client)
        client.post("/start/upload", data={"key": KEY}, files=[("files", ("a.gpx", run_on(0)))], headers=head)
        files = [("files", (f"{day}.gpx", run_on(day))) for day in range(30)]
        client.post("/start/upload", data={"token": token(client)}, files=files)

    assert list(tmp_path.glob(f"{PREFIX}*")) == []


def test_what_is_forgotten_is_told_no_more(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "a.gpx").write_bytes(run_on(0))
    send(client, "/start/path", path=str(tmp_path / "a.gpx"))
    assert until_over(client)["doing"] == "over"
    send(client, "/settings/forget", word="delete")

    assert until_over(client)["doing"] == "nothing"
    assert "1 file" not in client.get("/start").text
