"""All the knowledge as pages: each can be had, is found by its words, and says how far it was checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.app.web.made_up import asking

from backstride.app.knowledge_search import everything, search
from backstride.app.web.places import by_place, with_places
from backstride.knowledge.kinds import KINDS, TABLES
from backstride.knowledge.loader import shipped

KNOWN = everything(shipped(), shipped().sentences, "en")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return asking(tmp_path_factory.mktemp("known") / "empty.sqlite")


def main_of(page: str) -> str:
    """What stands on a page itself, without the frame."""
    return page.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.mark.parametrize("kind", [*KINDS, *TABLES])
def test_every_page_of_a_kind_can_be_had_and_every_link_on_it_leads_somewhere(
    client: TestClient, kind: str
) -> None:
    assert client.get(f"/knowledge/{kind}").status_code == 200
    places = {each.entry.place for each in KNOWN}
    for id in list(getattr(shipped(), kind))[:12]:
        page = client.get(f"/knowledge/{kind}/{id}")
        assert page.status_code == 200
        linked = re.findall(r'href="/knowledge/([a-z_]+/[^"#]+)"', main_of(page.text))
        assert set(linked) <= places
        marks = re.findall(r'class="mark" href="#([^"]+)"', page.text)
        assert all(f'<li id="{mark}">' in page.text for mark in marks)


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_says_that_no_clinician_has_reviewed_it(client: TestClient, kind: str) -> None:
    for id, record in getattr(shipped(), kind).items():
        page = main_of(client.get(f"/knowledge/{kind}/{id}").text)
        assert "No clinician has reviewed it yet" in page
        assert shipped().sentences[f"page.checked_{record.checked}"] in page


def test_an_exercise_is_drawn_and_a_link_to_the_web_says_that_it_is_one(client: TestClient) -> None:
    page = main_of(client.get("/knowledge/exercises/bird_dog").text)
    source = main_of(client.get("/knowledge/sources/hancock2007").text)

    assert '<svg class="figure"' in page
    assert re.search(
        r'<a class="away" href="https://doi\.org/[^>]+>[^<]+<span[^>]*>\(opens the web\)', source
    )
    outside = re.findall(r'href="(https?:[^"]+)"', source)
    assert outside
    assert all(each.startswith("https://doi.org/") for each in outside)
    assert "/knowledge/causes/facet" in source


def test_what_articles_say_stands_under_its_verdict(client: TestClient) -> None:
    page = main_of(client.get("/knowledge/claims").text)

    heads = [page.index(f"<h2>{words}</h2>") for words in ("Supported by evidence", "Weak evidence")]
    assert heads == sorted(heads)
    assert page.count('href="/knowledge/claims/') == len(shipped().claims)


def test_a_search_without_script_is_a_page(client: TestClient) -> None:
    found = main_of(client.get("/knowledge", params={"q": "Bird  DOG"}).text)
    none = main_of(client.get("/knowledge", params={"q": "zzzz"}).text)

    assert found.index('href="/knowledge/exercises/bird_dog"') < found.index('href="/knowledge/claims/E-02"')
    assert "Nothing found" in none
    assert client.get("/knowledge", params={"q": "x" * 5000}).status_code == 200


def test_what_was_typed_is_never_part_of_the_page(client: TestClient) -> None:
    page = client.get("/knowledge", params={"q": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("heat", "treatments/heat"),
        ("plank", "exercises/plank"),
        ("PLÁNK", "exercises/plank"),
        ("rf_03_bladder", "red_flags/rf_03_bladder"),
        ("C-17", "claims/C-17"),
        ("small joints", "causes/facet"),
    ],
)
def test_what_goes_by_the_words_comes_first(query: str, first: str) -> None:
    assert search(KNOWN, query)[0].entry.place == first


def test_every_word_must_stand_there_and_no_word_finds_nothing() -> None:
    both = {each.entry.place for each in search(KNOWN, "night pain")}

    assert both <= {each.entry.place for each in search(KNOWN, "night")}
    assert search(KNOWN, "  ") == ()
    assert search(KNOWN, "night zzzz") == ()


def test_only_what_has_a_page_becomes_a_link() -> None:
    known = by_place(KNOWN)
    linked = with_places('<a href="/knowledge/causes/facet">x</a> causes/facet causes/none', known)

    assert linked == (
        '<a href="/knowledge/causes/facet">x</a> '
        '<a href="/knowledge/causes/facet">The small joints at the back of the spine</a> causes/none'
    )


def test_a_page_that_is_not_there_is_a_404(client: TestClient, tmp_path: Path) -> None:
    for place in ("causes/none", "none", "sentences/web", "causes/../../etc"):
        assert client.get(f"/knowledge/{place}").status_code == 404
