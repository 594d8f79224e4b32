"""The whole story in a real browser, as a runner lives it; and every page looked at for barriers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.app.web.driving import SIZES, driving, faults_of, hosts_asked, looks, needs_browser, serving

from backstride.app.demo import make

pytestmark = [pytest.mark.browser, needs_browser]

PAGES = ("/", "/start", "/start/imports", "/why", "/why/explained", "/plan", "/progress")
"""The others are looked at by the tests of their own rooms, in every size and theme."""


@dataclass(frozen=True, slots=True)
class Told:
    """Where the story is served, and its day."""

    address: str
    today: Days


class Days:
    """Which day it is in the story."""

    def __init__(self, on: date) -> None:
        self.on = on

    def __call__(self) -> date:
        return self.on


def press(driver: Any, words: str) -> None:  # Any: selenium's own type
    """The button or link that says so."""
    found = driver.find_elements("xpath", f"//main//*[self::button or self::a][contains(., '{words}')]")
    assert found, f"{words!r} is not on {driver.current_url}"
    driver.execute_script("arguments[0].click()", found[0])
    settle(driver)


def settle(driver: Any) -> None:
    """Until the page that was asked for is there."""
    until = time.monotonic() + 20
    time.sleep(0.15)
    while driver.execute_script("return document.readyState") != "complete" and time.monotonic() < until:
        time.sleep(0.05)


def words_of(driver: Any) -> str:
    return str(driver.find_element("tag name", "body").text)


def choose(driver: Any, name: str, value: str) -> None:
    """One of several answers, or one of several numbers."""
    found = driver.find_element("css selector", f'main [name="{name}"][value="{value}"]')
    driver.execute_script("arguments[0].click()", found)
    settle(driver)


def fill(driver: Any, name: str, value: str) -> None:
    """A field with what is typed into it."""
    field = driver.find_element("css selector", f'main [name="{name}"]:not([type="hidden"])')
    driver.execute_script("arguments[0].value = arguments[1]", field, value)


def step_of(driver: Any) -> str | None:
    """What the check-in asks now; None once it is over."""
    found = driver.find_elements("css selector", 'main input[name="step"]')
    return found[0].get_attribute("value") if found else None


def through_the_check_in(driver: Any, began: date) -> None:
    """Safety, the pain, when it began, and what tells most: as one with plain back pain."""
    for _ in range(60):
        match step_of(driver):
            case None:
                return
            case "about" if driver.find_elements("css selector", 'main [value="female"]'):
                choose(driver, "value", "female")
            case "about":
                fill(driver, "value", "38")
                press(driver, "Go on")
            case "page":
                choose(driver, "press", "none")
            case "pain":
                choose(driver, "score", "4")
                choose(driver, "at", "low_back_left")
                press(driver, "Go on")
            case "began":
                fill(driver, "value", began.isoformat())
                choose(driver, "press", "told")
            case _:
                no = driver.find_elements("css selector", 'main button[value="no"]')
                choose(driver, "value", "no" if no else "not_sure")
    raise AssertionError("the check-in did not end")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, date]:
    folder = tmp_path_factory.mktemp("archive")
    return folder, make(folder, 1, kind=None).on


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with driving() as each:
        yield each


@pytest.fixture(scope="module")
def story(
    archive: tuple[Path, date], driver: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """The runner's archive is dropped, the check-in is done, and a plan is made."""
    folder, on = archive
    today = Days(on)
    with serving(tmp_path_factory.mktemp("story") / "s.sqlite", today) as address:
        looks(driver, "phone", "light")
        driver.get(address)
        assert "/start" in driver.current_url
        driver.execute_script("for (const each of document.querySelectorAll('details')) each.open = true")
        fill(driver, "path", str(folder))
        press(driver, "Read it")
        until = time.monotonic() + 120
        while "See the answer" not in words_of(driver) and time.monotonic() < until:
            time.sleep(0.3)
        driver.get(f"{address}/check-in")
        through_the_check_in(driver, on - timedelta(days=18))
        yield Told(address, today)


def test_the_answer_and_the_plan_are_told(story: Told, driver: Any) -> None:
    driver.get(f"{story.address}/why")
    assert "What fits" in words_of(driver)
    assert "22 km" in words_of(driver)
    driver.get(f"{story.address}/plan")
    assert "The days ahead" in words_of(driver)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("size", "theme"), [("phone", "light"), ("desk", "dark")])
def test_no_page_has_a_barrier_or_a_fault(story: Told, driver: Any, page: str, size: str, theme: str) -> None:
    looks(driver, size, theme)
    driver.get_log("browser")
    driver.get(story.address + page)

    assert faults_of(driver) == []
    wide = driver.execute_script("return document.documentElement.scrollWidth")
    assert wide <= SIZES[size][0], "the page scrolls sideways"
    assert [each for each in driver.get_log("browser") if each["level"] == "SEVERE"] == []


def test_a_session_is_gone_through_with_the_keyboard_alone(story: Told, driver: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    looks(driver, "desk", "light")
    driver.get(f"{story.address}/plan/session/strength")
    body = driver.find_element("tag name", "body")
    before = driver.find_element("tag name", "main").text
    body.send_keys(Keys.SPACE)
    body.send_keys(Keys.ARROW_RIGHT)
    time.sleep(0.3)

    assert driver.find_element("tag name", "main").text != before


def test_a_red_day_then_a_raised_flag(story: Told, driver: Any) -> None:
    """Last of all: what comes after looks at a runner who must be seen first."""
    story.today.on += timedelta(days=1)
    driver.get(story.address)
    choose(driver, "new", "no")
    choose(driver, "now", "7")
    press(driver, "Note it")
    assert "rest" in words_of(driver).lower()

    story.today.on += timedelta(days=1)
    driver.get(story.address)
    choose(driver, "new", "yes")
    press(driver, "Note it")
    assert step_of(driver) == "page"
    choose(driver, "tick", "saddle_numbness")
    choose(driver, "press", "ticked")
    choose(driver, "value", "yes")

    for page in (
        "/",
        "/check-in",
        "/why",
        "/plan",
        "/record",
        "/progress",
        "/knowledge",
        "/settings",
        "/start",
    ):
        driver.get(story.address + page)
        first = driver.find_element("css selector", "body > *:not(.skip)")
        assert first.find_elements("css selector", '[role="alert"]'), page
    driver.get(f"{story.address}/plan")
    assert "The days ahead" not in words_of(driver)
    assert driver.find_elements("css selector", 'a[href*="workouts"]') == []
    assert {host for host in hosts_asked(driver) if not host.startswith("127.0.0.1")} == set()
