"""The record and the answer in a real browser: phone and desk, light and dark, by keys, without script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.app.driving import SIZES, hosts_asked, looks, needs_browser, serving, severe, sound
from tests.app.web.made_up import asking, runs_in
from tests.app.web.test_record import ALL

pytestmark = [pytest.mark.browser, needs_browser]


@pytest.fixture(scope="module")
def address(demo: tuple[Path, date]) -> Iterator[str]:
    with serving(demo[0], lambda: demo[1]) as found:
        yield found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_fit_and_have_no_barriers(
    demo: tuple[Path, date], browser: Any, address: str, size: str, theme: str
) -> None:
    looks(browser, size, theme)
    for page in ("/why", "/why/explained", *ALL, runs_in(asking(*demo))[0]):
        browser.get(address + page)
        sound(browser, page)
    browser.get(f"{address}/record/runs?text=x&least=y")
    assert "422" in "".join(severe(browser)), "what cannot be read is no page like another"
    sound(browser, "what cannot be read")
    assert hosts_asked(browser) == {address.removeprefix("http://")}


def test_what_is_pointed_at_is_named_and_keys_move_along(
    demo: tuple[Path, date], browser: Any, address: str
) -> None:
    from selenium.webdriver.common.keys import Keys

    client = asking(*demo)
    looks(browser, "desk", "light")
    browser.get(f"{address}/record")
    stops = browser.find_elements("css selector", ".calendar.w720 a[tabindex='0']")
    assert len(stops) == 1, "one stop for the tab key"
    browser.execute_script("arguments[0].focus()", stops[0])
    named = browser.find_element("css selector", "[data-pointed]")
    newest = named.text
    browser.switch_to.active_element.send_keys(Keys.ARROW_LEFT)
    assert "km" in named.text
    assert named.text != newest
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert "/record/run/" in browser.current_url

    browser.get(address + runs_in(client)[0])
    browser.implicitly_wait(5)
    slider = browser.find_element("css selector", "[role=slider]")
    browser.execute_script("arguments[0].focus()", slider)
    slider.send_keys(Keys.END)
    last = slider.get_attribute("aria-valuetext")
    slider.send_keys(Keys.ARROW_LEFT)
    assert slider.get_attribute("aria-valuetext") != last
    assert "Heart rate" in last
    assert int(slider.get_attribute("aria-valuenow")) == int(slider.get_attribute("aria-valuemax")) - 1
    said = browser.find_elements("css selector", ".traces.w720 .said")
    assert [each.text for each in said if each.text]


def test_without_javascript_everything_is_there(
    demo: tuple[Path, date], plain_browser: Any, address: str
) -> None:
    from selenium.webdriver.common.keys import Keys

    client = asking(*demo)
    looks(plain_browser, "phone", "light")
    plain_browser.get(f"{address}/record")
    assert plain_browser.find_element("css selector", ".calendar.w350").is_displayed()
    assert not plain_browser.find_element("css selector", "[data-pointed]").is_displayed()
    plain_browser.get(address + runs_in(client)[0])
    assert plain_browser.find_element("css selector", ".traces.w350").is_displayed()
    plain_browser.find_element("css selector", "details summary").send_keys(Keys.ENTER)
    assert plain_browser.find_element("css selector", "table.figures").is_displayed()
