"""Plan, sessions and progress in a real browser: phone and desk, light and dark, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.app.driving import (
    SIZES,
    hosts_asked,
    looks,
    needs_browser,
    press,
    serving,
    small,
    sound,
    until,
)
from tests.app.web.on_ladder import ON, ready

from backstride.model.history import InstrumentResult, Symptom
from backstride.store.store import Store

pytestmark = [pytest.mark.browser, needs_browser]
PAGES = (
    "/plan",
    "/plan/exercises",
    "/plan/session/walk_run",
    "/plan/session/strength",
    "/progress",
    "/progress/fill/rmdq",
    "/progress/fill/psfs",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = ready(tmp_path_factory.mktemp("plan") / "s.sqlite")
    with Store.open(path) as store:
        store.add(Symptom(ON, 4.0), InstrumentResult("nprs", ON, {"average": 4.0}))
    with serving(path, lambda: ON) as found:
        yield found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_and_has_no_barrier(browser: Any, address: str, size: str, theme: str) -> None:
    looks(browser, size, theme)
    for page in PAGES:
        browser.get(address + page)
        browser.execute_script("document.querySelectorAll('details').forEach(each => each.open = true)")
        sound(browser, page)
        assert small(browser) == [], page
    assert hosts_asked(browser) <= {address.removeprefix("http://")}


def still(browser: Any) -> None:
    """From now on no time goes by on the page, but by `later`."""
    browser.execute_script("window.stillNow = Date.now(); Date.now = () => window.stillNow")


def later(browser: Any, seconds: float) -> None:
    """So many seconds go by while the tab sleeps: only the clock knows."""
    browser.execute_script(
        "window.stillNow += arguments[0]; document.dispatchEvent(new Event('visibilitychange'))",
        seconds * 1000,
    )


def face(browser: Any) -> tuple[str, str, str]:
    """What, how long, and which part."""
    return tuple(
        browser.execute_script(
            "return ['what', 'clock', 'so-far'].map(id => document.getElementById(id).textContent)"
        )
    )


def begun(browser: Any, page: str) -> None:
    browser.get(page)
    browser.execute_script("sessionStorage.clear()")
    browser.get(page)
    still(browser)
    browser.find_element("id", "go").click()


def test_the_session_goes_on_by_the_clock_also_after_a_sleep(browser: Any, address: str) -> None:
    looks(browser, "phone", "light")
    begun(browser, f"{address}/plan/session/walk_run")
    assert face(browser)[0] == "Walk"

    later(browser, 300)
    assert face(browser) == ("Run", "0:15", "Part 2 of 26 · Round 1 of 12")
    later(browser, 15)
    assert face(browser)[:2] == ("Walk", "1:45")
    later(browser, 120 * 3)
    assert face(browser)[2] == "Part 9 of 26 · Round 4 of 12"

    browser.find_element("id", "go").click()
    assert browser.find_element("id", "go").text == "Go on"
    stood = face(browser)
    later(browser, 3600)
    assert face(browser) == stood, "a pause takes as long as it takes"

    browser.get(f"{address}/plan/session/walk_run")
    until(browser, "#clock", ":")
    assert face(browser) == stood, "a page that is loaded again knows where it was"
    still(browser)
    browser.find_element("id", "go").click()
    later(browser, 3600)
    over = browser.find_element("id", "over")
    assert "now" in over.get_attribute("class")
    assert not browser.find_element("id", "player").is_displayed()
    assert over.find_element("tag name", "a").get_attribute("href") == f"{address}/?did=walk_run_1"


def test_keys_lead_through_what_one_ends_oneself(browser: Any, address: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    def press(key: str) -> None:
        ActionChains(browser).send_keys(key).perform()

    looks(browser, "desk", "light")
    browser.get(f"{address}/plan/session/strength")
    browser.execute_script("sessionStorage.clear()")
    browser.get(f"{address}/plan/session/strength")
    still(browser)
    press(Keys.SPACE)
    assert face(browser)[0] == "Step-up, left"
    assert browser.find_element("id", "go").text == "Done"
    later(browser, 500)
    assert face(browser)[:2] == ("Step-up, left", "8:20"), "what one ends oneself does not end by itself"
    press(Keys.SPACE)
    assert face(browser)[0] == "Step-up, right"
    press(Keys.ARROW_RIGHT)
    assert face(browser)[:2] == ("Rest", "0:30")
    press(Keys.ARROW_LEFT)
    assert face(browser)[0] == "Step-up, right"
    assert browser.find_element("css selector", "#figure svg").is_displayed()


def test_holds_are_counted_one_by_one(browser: Any, address: str) -> None:
    browser.get(f"{address}/plan/session/strength")
    steps = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "import('/static/session.js').then(({ stepsOf }) => done("
        "  stepsOf(document.getElementById('whole'), document.getElementById('player').dataset)"
        "  .filter(each => each.block.dataset.block === 'bird_dog')"
        "  .map(({ does, seconds, amount, number }) => [does, seconds, amount, number])))"
    )

    number = steps[0][3]
    assert steps[:3] == [
        ["work", 8, "Hold 1 of 6", number],
        ["ready", 3, "Bird dog, left", number],
        ["work", 8, "Hold 2 of 6", number],
    ]
    assert sum(each[0] == "work" for each in steps) == 24


def test_without_script_all_of_it_can_be_read_and_told(plain_browser: Any, address: str) -> None:
    looks(plain_browser, "desk", "light")
    plain_browser.get(f"{address}/plan/session/walk_run")
    assert not plain_browser.find_element("id", "player").is_displayed()
    assert "Run 15 seconds, walk 105 seconds, 12 times" in plain_browser.find_element("id", "whole").text
    assert plain_browser.find_element("css selector", "#over a").is_displayed()

    plain_browser.get(f"{address}/plan")
    press(plain_browser, "#goal summary")
    press(plain_browser, "#goal input[value=first_run]")
    press(plain_browser, "#goal button")
    until(plain_browser, "#noted", "Noted what you are after")
    press(plain_browser, "#noted button")
    until(plain_browser, "#noted", "Taken back.")
