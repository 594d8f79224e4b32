"""Knowledge and settings in a real browser: they fit, are quiet, and work without JavaScript too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.app.web.driving import driving, faults_of, hosts_asked, looks, needs_browser, serving
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


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with driving() as browser:
        yield browser


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_every_page_fits_is_quiet_and_has_no_barrier(driver: Any, at: str, size: str, theme: str) -> None:
    looks(driver, size, theme)
    width = {"phone": 360, "desk": 1280}[size]
    for page in PAGES:
        driver.get(at + page)
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width, page
        assert faults_of(driver) == [], page
    assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []
    assert hosts_asked(driver) == {at.removeprefix("http://")}


def until(driver: Any, script: str) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if driver.execute_script(f"return {script}"):
            return
        time.sleep(0.05)
    raise AssertionError(f"never came true: {script}")


def test_what_is_typed_is_found_without_a_press_and_can_be_gone_back_to(driver: Any, at: str) -> None:
    driver.get(f"{at}/knowledge")
    box = driver.find_element("id", "q")
    box.send_keys("bird dog")
    until(driver, "document.querySelector('.pages a')?.textContent.includes('Bird dog')")
    assert driver.current_url.endswith("/knowledge?q=bird+dog")
    assert "found" in driver.find_element("id", "count").text
    assert driver.switch_to.active_element.get_attribute("id") == "q"
    for _ in "bird dog":
        box.send_keys("\ue003")
    until(driver, "document.querySelector('.kinds') !== null")


def test_without_script_search_forms_and_taking_back_work(at: str, path: Path) -> None:
    with driving(script=False) as driver:
        looks(driver, "phone", "light")
        driver.get(f"{at}/knowledge")
        driver.find_element("id", "q").send_keys("bird dog\n")
        assert "Bird dog" in driver.find_element("css selector", ".pages a").text

        driver.get(f"{at}/settings")
        mass = driver.find_element("id", "mass")
        mass.send_keys("70")
        mass.submit()
        assert "Saved." in driver.find_element("css selector", ".done").text
        with Store.open(path) as store:
            assert store.profile().mass_kg == 70.0
            before = len(store.diary())

        driver.get(f"{at}/settings/diary")
        driver.find_element("css selector", ".told button").click()
        assert "Taken back." in driver.find_element("css selector", ".done").text
        with Store.open(path) as store:
            assert len(store.diary()) == before - 1
        driver.find_element("css selector", ".done button").click()
        with Store.open(path) as store:
            assert len(store.diary()) == before
