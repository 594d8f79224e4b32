"""Why it hurts, as a page: the answer's own sentences, and links from them to what they rest on."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from markupsafe import Markup
from tests.app.web.made_up import alarm_first, asking, flag_raised

from backstride.app.web.guard import HEADERS, same
from backstride.app.web.here import Here
from backstride.app.web.links import with_links
from backstride.app.web.rooms import why
from backstride.app.web.server import make_app


def test_the_page_tells_the_answer_and_links_to_the_runs(demo: tuple[Path, date]) -> None:
    page = asking(*demo).get("/why").text

    assert "Ordinary back pain from load" in page
    assert 'href="/record/run/' in page


def test_every_sentence_leads_to_the_run_it_rests_on(demo: tuple[Path, date]) -> None:
    page = asking(*demo).get("/why/explained").text

    assert '(<a href="/record/run/' in page


def test_a_raised_flag_stands_before_everything_else(demo: tuple[Path, date]) -> None:
    with flag_raised(*demo):
        page = asking(*demo).get("/why").text
    alarm_first(page)
    assert re.findall(r'class="mark" href="(#|/knowledge/sources/)', page.split("<header")[0])[0] != "#"

    assert 'role="alert"' not in asking(*demo).get("/why").text


def test_no_page_can_hide_what_must_be_seen_first(
    demo: tuple[Path, date], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Here.page
    monkeypatch.setattr(Here, "page", lambda here, name, **told: shown(here, name, **told, seen_first=""))
    with pytest.raises(ValueError, match="the frame has seen_first already"):
        asking(*demo).get("/why")


def test_a_command_becomes_a_link() -> None:
    assert with_links("Answer them with: backstride ask") == (
        'Answer them with: <a href="/check-in">backstride ask</a>'
    )


def test_plain_words_are_no_html_and_html_stays_so() -> None:
    assert with_links("<b>backstride ask") == '&lt;b&gt;<a href="/check-in">backstride ask</a>'
    assert with_links(Markup("<b>5 &lt; 6</b>")) == "<b>5 &lt; 6</b>"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8730", "127.0.0.1.evil.example", ""])
def test_another_name_for_this_machine_is_refused(demo: tuple[Path, date], host: str) -> None:
    assert asking(*demo).get("/why", headers={"host": host}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://evil.example"}],
)
def test_what_another_site_sends_is_refused(demo: tuple[Path, date], headers: dict[str, str]) -> None:
    assert asking(*demo).post("/demo/leave", headers=headers).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_elsewhere_may_lead_here_and_nothing_of_here_is_loaded_there(
    demo: tuple[Path, date], site: str
) -> None:
    client = asking(*demo)
    for dest in ("image", "iframe", "script", "empty", ""):
        told = {"sec-fetch-site": site, "sec-fetch-dest": dest}
        assert client.get("/knowledge", headers=told).status_code == 403
    told = {"sec-fetch-site": site, "sec-fetch-dest": "document"}
    assert client.get("/knowledge", headers=told).status_code == 200
    assert client.post("/demo/leave", headers=told).status_code == 403


def test_a_token_of_signs_beyond_ascii_is_a_wrong_one() -> None:
    assert not same("ä", "b")
    assert same("ä", "ä")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "http://127.0.0.1:1/x", "javascript:alert(1)"]
)
def test_the_way_back_leads_to_a_page_of_ours(demo: tuple[Path, date], elsewhere: str) -> None:
    client = asking(*demo)

    assert elsewhere not in client.get("/no-such-page", headers={"referer": elsewhere}).text
    back = client.get("/no-such-page", headers={"referer": "http://127.0.0.1/why"}).text
    assert 'href="http://127.0.0.1/why"' in back


@pytest.mark.parametrize("address", ["/settings/diary/x", "/plan?noted=x", "/progress?noted=x", "/nothing"])
def test_an_address_that_leads_nowhere_is_a_page_with_the_flag_first(
    demo: tuple[Path, date], address: str
) -> None:
    _flag_first(demo, address, 404 if address == "/nothing" else 422 if "?" in address else 405)


def test_a_fault_of_ours_is_a_page_with_the_flag_first(
    demo: tuple[Path, date], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("what the runner told")

    monkeypatch.setattr(why, "outline", broken)
    _flag_first(demo, "/why", 500)


def _flag_first(demo: tuple[Path, date], address: str, status: int) -> None:
    app = make_app(demo[0], on=lambda: demo[1])
    with flag_raised(*demo):
        found = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False).get(address)

    assert found.status_code == status
    alarm_first(found.text)
    assert "what the runner told" not in found.text
    assert {name: found.headers.get(name) for name in HEADERS} == dict(HEADERS)


def test_every_answer_forbids_script_and_style_from_elsewhere(demo: tuple[Path, date]) -> None:
    for path in ("/why", "/no-such-page", "/static/app.css"):
        sent = asking(*demo).get(path).headers
        assert {name: sent.get(name) for name in HEADERS} == dict(HEADERS)


def test_a_page_that_is_not_there_says_so(demo: tuple[Path, date]) -> None:
    gone = asking(*demo).get("/no-such-page")

    assert gone.status_code == 404
    assert "There is no such page" in gone.text
