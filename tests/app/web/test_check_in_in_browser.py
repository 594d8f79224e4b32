"""The check-in and the day in a real browser: phone and desk, light and dark, with and without script."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
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
    small,
    sound,
    step_of,
    to_another_page,
)
from tests.app.web.on_ladder import ON, YESTERDAY, new_here, safety_told

from backstride.model.history import CheckIn, Symptom
from backstride.store.store import Store

pytestmark = [pytest.mark.browser, needs_browser]


@pytest.fixture(scope="module")
def open_safety(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = new_here(tmp_path_factory.mktemp("open") / "s.sqlite")
    with Store.open(path) as store:
        store.add(Symptom(YESTERDAY, 4, ("low_back_left",)))
    with serving(path, lambda: ON) as address:
        yield address


@pytest.fixture
def settled(tmp_path: Path) -> Iterator[str]:
    path = safety_told(tmp_path / "s.sqlite", date(2026, 1, 2))
    with Store.open(path) as store:
        store.add(CheckIn(YESTERDAY, ("other",), 2, 2))
    with serving(path, lambda: ON) as address:
        yield address


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_every_page_fits_and_has_no_barrier(
    browser: Any, open_safety: str, settled: str, size: str, theme: str
) -> None:
    looks(browser, size, theme)
    pages = (
        f"{open_safety}/check-in",
        f"{open_safety}/",
        f"{settled}/",
        f"{settled}/check-in",
        f"{settled}/check-in/tests",
        f"{settled}/check-in/tests/plank",
    )
    for page in pages:
        browser.get(page)
        sound(browser, page)
        assert small(browser) == [], page
    assert hosts_asked(browser) <= {page.split("/")[2] for page in pages}


@pytest.mark.parametrize("size", list(SIZES))
def test_a_tap_on_the_body_map_marks_a_place_and_says_it(browser: Any, settled: str, size: str) -> None:
    looks(browser, size, "light")
    browser.get(f"{settled}/check-in")
    press(browser, 'label:has(input[name="score"][value="4"])')
    press(browser, '.back .place[data-region="low_back_middle"] path')
    press(browser, '.back .place[data-region="thigh_back_left"] path')
    said = browser.find_element("css selector", "[data-marked]").text
    assert "low back, on the spine" in said
    assert "It goes down the left leg." in said
    if size == "phone":
        press(browser, 'label[for="view-front"]')
    press(browser, '.front .place[data-region="groin_right"] path')
    press(browser, 'label[for="view-left"]')
    press(browser, '.left .place[data-region="hip_left"] path')
    press(browser, '.left .place[data-region="hip_left"] path')
    assert small(browser) == []
    press(browser, 'label[for="view-front"]' if size == "phone" else 'label[for="view-back"]')
    press(browser, '.front .place[data-region="groin_right"] path')
    with to_another_page(browser):
        press(browser, "form.step button")
    assert "/check-in" in browser.current_url
    browser.get(f"{settled}/")
    told = browser.find_element("css selector", "#told").text
    assert "low back, on the spine and back of the left thigh" in told
    assert "groin" not in told


def test_where_nothing_hurts_no_place_is_asked(browser: Any, settled: str) -> None:
    looks(browser, "phone", "light")
    browser.get(f"{settled}/check-in")
    assert browser.find_element("css selector", ".where").is_displayed()
    press(browser, 'label:has(input[name="score"][value="0"])')
    assert not browser.find_element("css selector", ".where").is_displayed()


def test_the_keyboard_alone_marks_a_place(browser: Any, settled: str) -> None:
    from selenium.webdriver.common.keys import Keys

    looks(browser, "desk", "light")
    browser.get(f"{settled}/check-in")
    browser.find_element("css selector", ".as-list summary").send_keys(Keys.ENTER)
    browser.find_element("css selector", 'input[value="sacrum"]').send_keys(Keys.SPACE)
    assert "chosen" in browser.find_element("css selector", '.place[data-region="sacrum"]').get_attribute(
        "class"
    )


def test_the_keyboard_alone_goes_the_whole_way_to_the_answer(browser: Any, tmp_path: Path) -> None:
    """Only the tab key, the arrows, space, enter and what is typed; nothing is pressed or scripted."""
    from selenium.webdriver.common.keys import Keys

    looks(browser, "desk", "light")
    with serving(tmp_path / "new.sqlite", lambda: ON) as address:
        browser.get(f"{address}/check-in")
        for _ in range(60):
            match step_of(browser):
                case None:
                    break
                case "about" if browser.find_elements("css selector", 'main [value="female"]'):
                    enter(browser, '[value="female"]')
                case "about":
                    tab_to(browser, '[name="value"]:not([type="hidden"])').send_keys("38")
                    enter(browser, "form.step button")
                case "page":
                    enter(browser, '[name="press"][value="none"]')
                case "pain":
                    tab_to(browser, '[name="score"]').send_keys(Keys.SPACE, *[Keys.ARROW_RIGHT] * 4)
                    tab_to(browser, '[name="view"]').send_keys(Keys.ARROW_RIGHT)
                    tab_to(browser, ".as-list summary").send_keys(Keys.ENTER)
                    tab_to(browser, '[value="low_back_left"]').send_keys(Keys.SPACE)
                    enter(browser, "form.step button")
                case "began":
                    tab_to(browser, '[type="date"]').send_keys("02202026")
                    enter(browser, '[name="press"][value="told"]')
                case _:
                    no = browser.find_elements("css selector", 'main button[value="no"]')
                    enter(browser, f'button[value="{"no" if no else "not_sure"}"]')
        assert "/why" in browser.current_url
        with to_another_page(browser):
            tab_to(browser, 'nav a[href="/"]').send_keys(Keys.ENTER)
        told = browser.find_element("css selector", "#told").text
        assert "4/10" in told
        assert "low back, left of the spine" in told


def tab_to(driver: Any, wanted: str) -> Any:
    """Where the tab key leads at last: the first thing on its way that a selector means."""
    from selenium.webdriver.common.keys import Keys

    reached = "const here = document.activeElement; return here.matches(arguments[0]) ? here : null"
    for _ in range(150):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        if (here := driver.execute_script(reached, wanted)) is not None:
            assert driver.execute_script("return arguments[0].matches(':focus-visible')", here), wanted
            return here
    raise AssertionError(f"the tab key does not lead to {wanted} on {driver.current_url}")


def enter(driver: Any, wanted: str) -> None:
    """Goes there by the tab key and presses enter, which leads to another page."""
    from selenium.webdriver.common.keys import Keys

    with to_another_page(driver):
        tab_to(driver, wanted).send_keys(Keys.ENTER)


def test_the_clock_writes_what_it_counted(browser: Any, settled: str) -> None:
    looks(browser, "phone", "light")
    browser.get(f"{settled}/check-in/tests/plank")
    while browser.find_elements("css selector", 'input[name="about"]'):
        with to_another_page(browser):
            press(browser, 'button[value="no"]')
    press(browser, ".timer button")
    time.sleep(1.3)
    press(browser, ".timer button")
    assert browser.find_element("css selector", "#plank_hold_s").get_attribute("value") == "1"


def test_without_script_the_whole_way_can_be_gone(plain_browser: Any, settled: str) -> None:
    plain_browser.get(f"{settled}/check-in")
    press(plain_browser, 'label:has(input[name="score"][value="3"])')
    press(plain_browser, 'input[value="buttock_left"]')
    with to_another_page(plain_browser):
        press(plain_browser, "form.step button")
    not_sure = 'button[name="value"][value="not_sure"]'
    while plain_browser.find_elements("css selector", not_sure):
        with to_another_page(plain_browser):
            press(plain_browser, not_sure)
    assert plain_browser.current_url == f"{settled}/why"

    plain_browser.get(f"{settled}/")
    assert "left buttock" in plain_browser.find_element("css selector", "#told").text
    press(plain_browser, "#told summary")
    press(plain_browser, '#told input[name="new"][value="no"]')
    press(plain_browser, '#told label:has(input[name="now"][value="9"])')
    with to_another_page(plain_browser):
        press(plain_browser, "#told form.daily > button")
    assert "red by the pain rule" in plain_browser.find_element("css selector", "main").text
