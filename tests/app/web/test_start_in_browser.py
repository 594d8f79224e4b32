"""Files in by a real browser, dropped or chosen, with and without script."""

from __future__ import annotations

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
    sound,
    until,
)
from tests.app.web.coming_in import ON, run_on

pytestmark = [pytest.mark.browser, needs_browser]
PAGES = ("/start", "/start/imports", "/start/imports?of=1&outcome=unreadable", "/start/copies")


def test_a_folder_dropped_on_the_page_is_read_and_the_page_says_so(browser: Any, tmp_path: Path) -> None:
    runs = tmp_path / "Activities"
    runs.mkdir()
    for day in range(3):
        (runs / f"{day}.gpx").write_bytes(run_on(day))
    (runs / "broken.gpx").write_bytes(b"<gpx><broken")
    (tmp_path / "home").mkdir()
    with serving(tmp_path / "home" / "s.sqlite", lambda: ON) as address:
        looks(browser, "phone", "light")
        browser.get(f"{address}/start")
        sound(browser, "/start of an empty store")
        browser.execute_script("document.getElementById('folder').removeAttribute('webkitdirectory')")
        every = "\n".join(str(each) for each in sorted(runs.iterdir()))
        browser.find_element("id", "folder").send_keys(every)
        until(browser, "main", "runs 3")

        assert "1 that could not be read" in browser.find_element("id", "far").text
        for size in SIZES:
            for theme in ("light", "dark"):
                looks(browser, size, theme)
                for page in PAGES:
                    browser.get(address + page)
                    sound(browser, f"{page} {size} {theme}")
        assert hosts_asked(browser) == {address.removeprefix("http://")}


def test_files_are_read_and_the_demo_shown_without_a_script(plain_browser: Any, tmp_path: Path) -> None:
    (tmp_path / "a.gpx").write_bytes(run_on(0))
    with serving(tmp_path / "s.sqlite", lambda: ON) as address:
        plain_browser.get(f"{address}/start")
        plain_browser.find_element("id", "files").send_keys(str(tmp_path / "a.gpx"))
        press(plain_browser, "#send")
        until(plain_browser, "main", "runs 1")
        press(plain_browser, "form[action='/demo'] button")

        until(plain_browser, ".made-up", "made-up runner", seconds=60)
        assert plain_browser.current_url.endswith("/why")
