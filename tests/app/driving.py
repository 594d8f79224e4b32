"""A server of its own for a test, and a real browser to look at it."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn

from backstride.app.web.server import make_app

needs_browser = pytest.mark.skipif(
    not (shutil.which("chromedriver") and shutil.which("chromium")),
    reason="NO BROWSER: chromium or chromedriver is not installed, so the app was NOT looked at",
)
SIZES = {"phone": (360, 780), "desk": (1280, 900)}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""Rules of axe that our pages are held to."""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@contextmanager
def serving(store: Path, on: Callable[[], date] | None = None) -> Iterator[str]:
    """The address of a server over a store, until the end of the block."""
    bound = socket.socket(proto=socket.IPPROTO_TCP)
    bound.bind(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(store, on=on), log_level="error", access_log=False, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        bound.close()


@contextmanager
def driving(script: bool = True) -> Iterator[Any]:  # Any: selenium's own type
    """A browser without a window; with `script` off pages run no JavaScript."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in FLAGS:
        options.add_argument(flag)
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def afresh(driver: Any) -> Any:
    """The browser as if it had just been begun: nothing kept, nothing heard, no look of its own."""
    driver.get("about:blank")
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    driver.get_log("browser")
    driver.get_log("performance")
    return driver


def looks(driver: Any, size: str, theme: str) -> None:
    """The browser is a phone or a desk, light or dark, from now on."""
    width, height = SIZES[size]
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == "phone"},
    )
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    )


def sound(driver: Any, where: str) -> None:
    """The page does not scroll sideways, has no barrier, and its script did not fail."""
    wide = driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{where} scrolls sideways: {wide} px too wide"
    assert faults_of(driver) == [], where
    assert severe(driver) == [], where


def severe(driver: Any) -> list[str]:
    """What went wrong on the pages since this was last asked: a script that failed, a thing not found."""
    return [each["message"] for each in driver.get_log("browser") if each["level"] == "SEVERE"]


PRESSED = "button, main input, summary, .scale label, main label.choice, .place path:first-of-type"


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


def until(driver: Any, found: str, words: str = "", seconds: float = 40) -> Any:
    """The first visible element of a selector that says so, once it is there: a page may take its time."""
    from selenium.common.exceptions import StaleElementReferenceException
    from selenium.webdriver.support.wait import WebDriverWait

    def there(browser: Any) -> Any:
        every = browser.find_elements("css selector", found)
        return next((each for each in every if each.is_displayed() and words in each.text), None)

    waiting = WebDriverWait(driver, seconds, 0.05, [StaleElementReferenceException])
    return waiting.until(there, f"no {found} that says {words!r} on {driver.current_url}")


def press(driver: Any, found: str) -> None:
    """Presses the first visible element of a selector, in the middle of the window.

    At its edge the bar that leads to the other pages may lie over it.
    """
    it = until(driver, found)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", it)
    it.click()


@contextmanager
def to_another_page(driver: Any) -> Iterator[None]:
    """What is pressed in the block leads to another page, and that one is there afterwards."""
    from selenium.webdriver.support.expected_conditions import staleness_of
    from selenium.webdriver.support.wait import WebDriverWait

    page = driver.find_element("tag name", "html")
    yield
    WebDriverWait(driver, 40, 0.05).until(staleness_of(page))
    until(driver, "body")


def faults_of(driver: Any) -> list[str]:
    """What axe finds on the page that is serious or critical: rule, and the elements it means."""
    driver.execute_script(axe())
    found = driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "const failed = error => done([{id: String(error), impact: 'critical', nodes: []}]);"
        "axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']})"
        ".then(found => done(found.violations), failed)",
        list(RULES),
    )
    return [
        f"{each['id']}: {[node['target'] for node in each['nodes']]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@cache
def axe() -> str:
    """The script that looks for barriers."""
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def step_of(driver: Any) -> str | None:
    """What the check-in asks now; None once it is over."""
    found = driver.find_elements("css selector", 'main input[name="step"]')
    return found[0].get_attribute("value") if found else None


def hosts_asked(driver: Any) -> set[str]:
    """Every host that the pages so far asked the network for."""
    asked: set[str] = set()
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith(("file:", "data:", "blob:", "about:")):
                asked.add(urlsplit(url).netloc or url)
    return asked
