"""The pictures of the app in docs/screens, made anew from a made-up runner's pages.

    PYTHONPATH=src:. python scripts/screens.py

Needs the extra `dev`, chromium and chromedriver.
"""

from __future__ import annotations

import base64
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.app.driving import SIZES, driving, looks, serving
from tests.app.web.made_up import demo_store

from backstride.app.demo import make

SCREENS = Path(__file__).parent.parent / "docs" / "screens"
PICTURES = (
    ("today", "/", "phone", "light"),
    ("check_in", "/check-in", "phone", "dark"),
    ("why", "/why", "desk", "light"),
    ("plan", "/plan", "desk", "light"),
    ("session", "/plan/session/strength", "phone", "light"),
    ("record", "/record", "desk", "dark"),
    ("progress", "/progress", "desk", "light"),
    ("knowledge", "/knowledge", "phone", "light"),
)
"""Name, page, size, theme."""


def main() -> None:
    """Writes each picture."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        runner = make(Path(folder) / "archive", 1, kind=None)
        store = demo_store(Path(folder) / "demo.sqlite", runner)
        with serving(store, lambda: runner.on) as address, driving() as driver:
            _draw(address, driver)


def _draw(address: str, driver: Any) -> None:  # Any: selenium's own type
    for name, page, size, theme in PICTURES:
        looks(driver, size, theme)
        driver.get(address + page)
        time.sleep(1)  # until what moves in has come to rest
        (SCREENS / f"{name}.png").write_bytes(_picture(driver, *SIZES[size]))


def _picture(driver: Any, width: int, height: int) -> bytes:
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip})
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    main()
