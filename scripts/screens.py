"""The pictures of the app in docs/screens, made anew from a made-up runner's pages.

    PYTHONPATH=src:. python scripts/screens.py

Needs the extra `dev`, chromium and chromedriver.
"""

from __future__ import annotations

import base64
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.app.driving import SIZES, driving, looks, press, serving
from tests.app.web.made_up import demo_store
from tests.app.web.on_ladder import ON, safety_told

from backstride.app.demo import make

SCREENS = Path(__file__).parent.parent / "docs" / "screens"
PICTURES = (
    ("today", "/", "phone", "light"),
    ("why", "/why", "desk", "light"),
    ("plan", "/plan", "desk", "light"),
    ("session", "/plan/session/strength", "phone", "light"),
    ("record", "/record", "desk", "dark"),
    ("progress", "/progress", "desk", "light"),
    ("knowledge", "/knowledge", "phone", "light"),
)
"""Name, page, size, theme."""
BODY_MAP = ("check_in", "/check-in", "phone", "dark")
"""The check-in of somebody whose safety is answered, down at the body map."""


def main() -> None:
    """Writes each picture."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        runner = make(Path(folder) / "archive", 1, kind=None)
        store = demo_store(Path(folder) / "demo.sqlite", runner)
        with serving(store, lambda: runner.on) as address, driving() as driver:
            for each in PICTURES:
                _draw(address, driver, *each)
        told = safety_told(Path(folder) / "told.sqlite", ON - timedelta(days=40))
        with serving(told, lambda: ON) as address, driving() as driver:
            _draw(address, driver, *BODY_MAP, down_to=".where")


def _draw(
    address: str,
    driver: Any,  # Any: selenium's own type
    name: str,
    page: str,
    size: str,
    theme: str,
    down_to: str = "body",
) -> None:
    looks(driver, size, theme)
    driver.get(address + page)
    driver.execute_script("document.querySelector(arguments[0]).scrollIntoView()", down_to)
    if down_to != "body":
        press(driver, '.back .place[data-region="low_back_left"] path')
        press(driver, '.back .place[data-region="buttock_left"] path')
    time.sleep(1)  # until what moves in has come to rest
    (SCREENS / f"{name}.png").write_bytes(_picture(driver, *SIZES[size]))


def _picture(driver: Any, width: int, height: int) -> bytes:
    top = driver.execute_script("return scrollY")
    clip = {"x": 0, "y": top, "width": width, "height": height, "scale": 1}
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip})
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    main()
