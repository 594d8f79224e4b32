"""Why it hurts, as a page: the answer's own sentences, and links from them to what they rest on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.app.web.made_up import alarm_first, asking, flag_raised

from backstride.app.web.guard import HEADERS
from backstride.app.web.links import with_links


def test_the_page_tells_the_answer_and_links_to_the_runs(demo: tuple[Path, date]) -> None:
    page = asking(*demo).get("/why").text

    assert "Ordinary back pain from load" in page
    assert 'href="/record/run/' in page


def test_every_sentence_leads_to_the_run_it_rests_on(demo: tuple[Path, date]) -> None:
    page = asking(*demo).get("/why/explained").text

    assert '(<a href="/record/run/' in page


def test_a_raised_flag_stands_before_everything_else(demo: tuple[Path, date]) -> None:
    with flag_raised(*demo):
        alarm_first(asking(*demo).get("/why").text)

    assert 'role="alert"' not in asking(*demo).get("/why").text


def test_a_command_becomes_a_link() -> None:
    assert with_links("Answer them with: backstride ask") == (
        'Answer them with: <a href="/check-in">backstride ask</a>'
    )


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8730", "127.0.0.1.evil.example", ""])
def test_another_name_for_this_machine_is_refused(demo: tuple[Path, date], host: str) -> None:
    assert asking(*demo).get("/why", headers={"host": host}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://evil.example"}],
)
def test_what_another_site_sends_is_refused(demo: tuple[Path, date], headers: dict[str, str]) -> None:
    assert asking(*demo).post("/demo/leave", headers=headers).status_code == 403


def test_every_answer_forbids_script_and_style_from_elsewhere(demo: tuple[Path, date]) -> None:
    for path in ("/why", "/no-such-page", "/static/app.css"):
        sent = asking(*demo).get(path).headers
        assert {name: sent.get(name) for name in HEADERS} == dict(HEADERS)


def test_a_page_that_is_not_there_says_so(demo: tuple[Path, date]) -> None:
    gone = asking(*demo).get("/no-such-page")

    assert gone.status_code == 404
    assert "There is no such page" in gone.text
