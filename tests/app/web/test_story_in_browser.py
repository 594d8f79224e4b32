"""The whole story in a real browser, as a runner lives it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.app.driving import (
    hosts_asked,
    looks,
    needs_browser,
    serving,
    step_of,
    to_another_page,
    until,
)

from backstride.app.demo import DemoRunner

pytestmark = [pytest.mark.browser, needs_browser]


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
    """The button or link that says so, which leads to another page."""
    found = driver.find_elements("xpath", f"//main//*[self::button or self::a][contains(., '{words}')]")
    assert found, f"{words!r} is not on {driver.current_url}"
    with to_another_page(driver):
        driver.execute_script("arguments[0].click()", found[0])


def words_of(driver: Any) -> str:
    return str(driver.find_element("tag name", "body").text)


def choose(driver: Any, name: str, value: str) -> None:
    """One of several answers, or one of several numbers; a button of a form leads to another page."""
    found = driver.find_element("css selector", f'main [name="{name}"][value="{value}"]')
    with to_another_page(driver) if found.tag_name == "button" else nullcontext():
        driver.execute_script("arguments[0].click()", found)


def fill(driver: Any, name: str, value: str) -> None:
    """A field with what is typed into it."""
    field = driver.find_element("css selector", f'main [name="{name}"]:not([type="hidden"])')
    driver.execute_script("arguments[0].value = arguments[1]", field, value)


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


def test_a_story_from_the_first_page_to_a_raised_flag(
    archive: DemoRunner, browser: Any, tmp_path: Path
) -> None:
    with told(archive, browser, tmp_path) as story:
        the_answer_and_the_plan_are_told(story, browser)
        a_session_is_gone_through_with_the_keyboard_alone(story, browser)
        a_red_day_then_a_raised_flag(story, browser)


@contextmanager
def told(archive: DemoRunner, driver: Any, folder: Path) -> Iterator[Told]:
    """The runner's archive is dropped, the check-in is done, and a plan is made."""
    on = archive.on
    today = Days(on)
    with serving(folder / "s.sqlite", today) as address:
        looks(driver, "phone", "light")
        driver.get(address)
        assert "/start" in driver.current_url
        driver.execute_script("for (const each of document.querySelectorAll('details')) each.open = true")
        fill(driver, "path", str(archive.folder))
        press(driver, "Read it")
        until(driver, "main", "See the answer", seconds=120)
        driver.get(f"{address}/check-in")
        through_the_check_in(driver, on - timedelta(days=18))
        yield Told(address, today)


def the_answer_and_the_plan_are_told(story: Told, driver: Any) -> None:
    driver.get(f"{story.address}/why")
    assert "What fits" in words_of(driver)
    assert "22 km" in words_of(driver)
    driver.get(f"{story.address}/plan")
    assert "The days ahead" in words_of(driver)


def a_session_is_gone_through_with_the_keyboard_alone(story: Told, driver: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    looks(driver, "desk", "light")
    driver.get(f"{story.address}/plan/session/strength")
    body = driver.find_element("tag name", "body")
    before = driver.find_element("tag name", "main").text
    body.send_keys(Keys.SPACE)
    body.send_keys(Keys.ARROW_RIGHT)
    time.sleep(0.3)

    assert driver.find_element("tag name", "main").text != before


def a_red_day_then_a_raised_flag(story: Told, driver: Any) -> None:
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
