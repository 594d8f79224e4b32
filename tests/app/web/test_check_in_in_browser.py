"""The check-in and the day in a real browser: phone and desk, light and dark, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.app.web.driving import SIZES, driving, faults_of, hosts_asked, looks, needs_browser, serving

from backstride.knowledge.loader import shipped
from backstride.model.history import Answer, CheckIn, Profile, Symptom
from backstride.store.store import Store

ON = date(2026, 3, 20)
YESTERDAY = ON - timedelta(days=1)
pytestmark = [pytest.mark.browser, needs_browser]


def made(path: Path, settled: bool) -> Path:
    with Store.open(path) as store:
        store.change_profile(lambda told: Profile(age_years=38, sex="male", made_up=True))
        store.add(Symptom(YESTERDAY, 4, ("low_back_left",)))
        if settled:
            store.add(
                *(
                    Answer(each.id, "no", YESTERDAY)
                    for each in shipped().questions.values()
                    if each.group == "safety" and each.follows is None and each.kind != "number"
                ),
                Answer("pain_began_on", "2026-01-02", YESTERDAY),
                CheckIn(YESTERDAY, ("other",), 2, 2),
            )
    return path


@pytest.fixture(scope="module")
def open_safety(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(made(tmp_path_factory.mktemp("open") / "s.sqlite", False), lambda: ON) as address:
        yield address


@pytest.fixture
def settled(tmp_path: Path) -> Iterator[str]:
    with serving(made(tmp_path / "s.sqlite", True), lambda: ON) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with driving() as driver:
        yield driver


def sound(driver: Any, where: str) -> None:
    """The page fits, has no barrier, and its script did not fail."""
    assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), where
    assert faults_of(driver) == [], where
    assert [each for each in driver.get_log("browser") if each["level"] == "SEVERE"] == [], where


PRESSED = "button, main input, summary, .scale label, .place path:first-of-type"


def small(driver: Any) -> list[str]:
    """What can be pressed and is smaller than 24 px either way; boxes to tick are pressed by their label."""
    return list(
        driver.execute_script(
            "return [...document.querySelectorAll(arguments[0])]"
            ".filter(each => each.checkVisibility() && !['hidden', 'radio', 'checkbox'].includes(each.type))"
            ".map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])"
            ".filter(([, box]) => box.width && (box.width < 23.5 || box.height < 23.5))"
            ".map(([words, box]) => `${words} ${box.width} ${box.height}`)",
            PRESSED,
        )
    )


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


def press(driver: Any, selector: str) -> None:
    driver.execute_script("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
    driver.find_element("css selector", selector).click()


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
    press(browser, '.front .place[data-region="groin_right"] path')
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


def test_the_clock_writes_what_it_counted(browser: Any, settled: str) -> None:
    import time

    looks(browser, "phone", "light")
    browser.get(f"{settled}/check-in/tests/plank")
    while browser.find_elements("css selector", 'input[name="about"]'):
        press(browser, 'button[value="no"]')
    press(browser, ".timer button")
    time.sleep(1.3)
    press(browser, ".timer button")
    assert browser.find_element("css selector", "#plank_hold_s").get_attribute("value") == "1"


def test_without_script_the_whole_way_can_be_gone(settled: str) -> None:
    from selenium.webdriver.support.expected_conditions import staleness_of
    from selenium.webdriver.support.wait import WebDriverWait

    with driving(script=False) as driver:
        driver.get(f"{settled}/check-in")
        driver.find_element("css selector", 'label:has(input[name="score"][value="3"])').click()
        driver.find_element("css selector", 'input[value="buttock_left"]').click()
        first = driver.find_element("css selector", "form.step button")
        first.click()
        WebDriverWait(driver, 10).until(staleness_of(first))
        while answers := driver.find_elements("css selector", 'button[name="value"][value="not_sure"]'):
            answers[0].click()
            WebDriverWait(driver, 10).until(staleness_of(answers[0]))
        assert driver.current_url == f"{settled}/why"
        driver.get(f"{settled}/")
        told = driver.find_element("css selector", "#told")
        assert "left buttock" in told.text
        told.find_element("css selector", "summary").click()
        told.find_element("css selector", 'input[name="new"][value="no"]').click()
        told.find_element("css selector", 'label:has(input[name="now"][value="9"])').click()
        told.find_element("css selector", "form.daily > button").click()
        WebDriverWait(driver, 10).until(staleness_of(told))
        assert "red by the pain rule" in driver.find_element("css selector", "main").text
