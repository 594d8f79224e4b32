"""Knowledge and settings in a real browser: they fit, are quiet, and work without JavaScript too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.app.driving import (
    SIZES,
    hosts_asked,
    looks,
    needs_browser,
    press,
    serving,
    sound,
    to_another_page,
    until,
)
from tests.app.web.made_up import ON, small_store

from backstride.store.store import Store

pytestmark = [pytest.mark.browser, needs_browser]
PAGES = (
    "/knowledge",
    "/knowledge?q=disc",
    "/knowledge/claims",
    "/knowledge/exercises",
    "/knowledge/causes/facet",
    "/knowledge/treatments/nsaid",
    "/knowledge/sources/hancock2007",
    "/settings",
    "/settings/diary",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def at(path: Path) -> Iterator[str]:
    with serving(path, lambda: ON) as address:
        yield address


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_is_quiet_and_has_no_barrier(browser: Any, at: str, size: str, theme: str) -> None:
    looks(browser, size, theme)
    for page in PAGES:
        browser.get(at + page)
        sound(browser, page)
    assert hosts_asked(browser) == {at.removeprefix("http://")}


def test_what_is_typed_is_found_without_a_press_and_can_be_gone_back_to(browser: Any, at: str) -> None:
    browser.get(f"{at}/knowledge")
    box = browser.find_element("id", "q")
    box.send_keys("bird dog")
    until(browser, ".pages li:first-child a", "Bird dog")
    assert browser.current_url.endswith("/knowledge?q=bird+dog")
    assert "found" in browser.find_element("id", "count").text
    assert browser.switch_to.active_element.get_attribute("id") == "q"
    for _ in "bird dog":
        box.send_keys("\ue003")
    until(browser, ".kinds")


def test_without_script_search_forms_and_taking_back_work(plain_browser: Any, at: str, path: Path) -> None:
    looks(plain_browser, "phone", "light")
    plain_browser.get(f"{at}/knowledge")
    plain_browser.find_element("id", "q").send_keys("bird dog\n")
    until(plain_browser, ".pages li:first-child a", "Bird dog")

    plain_browser.get(f"{at}/settings")
    mass = plain_browser.find_element("id", "mass")
    mass.send_keys("70\n")
    until(plain_browser, ".done", "Saved.")
    with Store.open(path) as store:
        assert store.profile().mass_kg == 70.0
        before = len(store.diary())

    plain_browser.get(f"{at}/settings/diary")
    press(plain_browser, ".told button")
    until(plain_browser, ".done", "Taken back.")
    with Store.open(path) as store:
        assert len(store.diary()) == before - 1
    with to_another_page(plain_browser):
        press(plain_browser, ".done button")
    with Store.open(path) as store:
        assert len(store.diary()) == before
