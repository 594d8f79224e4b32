"""The page in a real browser: it fits phone and desk, light and dark, and asks the network for nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backstride.app.actions import open_case
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.reports.renderers import RENDERERS
from backstride.reports.wording import Wording

STORIES = Path(__file__).parent.parent / "runners"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("chromedriver") and shutil.which("chromium")),
        reason="NO BROWSER: chromium or chromedriver is not installed, so the page was NOT looked at",
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    yield driver
    driver.quit()


def page_of(story: Path, folder: Path) -> str:
    case = open_case(story, shipped())
    page = folder / f"{story.stem}.html"
    page.write_bytes(
        RENDERERS["html"].render(assess(case.history, case.on, shipped()), Wording(shipped().sentences))
    )
    return page.as_uri()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(360, 780), (1280, 900)])
@pytest.mark.parametrize("kind", ["emergency_", "cause_"])
def test_the_page_fits_and_is_quiet(
    browser: object, tmp_path: Path, kind: str, width: int, height: int, theme: str
) -> None:
    driver = browser  # selenium's types are its own
    story = min(STORIES.glob(f"{kind}*.toml"))
    driver.execute_cdp_cmd(  # type: ignore[attr-defined]
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    driver.execute_cdp_cmd(  # type: ignore[attr-defined]
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    )
    driver.get(page_of(story, tmp_path))  # type: ignore[attr-defined]

    wide = driver.execute_script("return document.documentElement.scrollWidth")  # type: ignore[attr-defined]
    paper = driver.execute_script("return getComputedStyle(document.body).backgroundColor")  # type: ignore[attr-defined]
    first = driver.execute_script("return document.querySelector('main section').id")  # type: ignore[attr-defined]
    assert wide <= width
    assert (sum(map(int, paper.removeprefix("rgb(").removesuffix(")").split(","))) > 380) == (
        theme == "light"
    )
    if kind == "emergency_":
        assert first == "safety"
    assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []  # type: ignore[attr-defined]
    asked = [
        message["params"]["request"]["url"]
        for entry in driver.get_log("performance")  # type: ignore[attr-defined]
        if (message := json.loads(entry["message"])["message"])["method"] == "Network.requestWillBeSent"
    ]
    assert all(url.startswith(("file:", "data:")) for url in asked)
