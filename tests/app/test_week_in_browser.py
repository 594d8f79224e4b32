"""The printable week in a real browser: one page of A4 in every language, and it fits a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.app.driving import needs_browser

from backstride.app.actions import open_case
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.languages.catalog import LANGUAGES, translated
from backstride.model.assessment import Plan
from backstride.reports.week_page import render
from backstride.reports.wording import Wording

STORIES = Path(__file__).parent.parent / "runners"
A4_WIDTH, A4_HEIGHT = 711, 1054
"""CSS pixels inside the margins: 188 by 279 millimetres."""
LONGEST = ("cause_axial_spondyloarthritis", "cause_stenosis", "special_osteoporosis", "special_pregnant")
"""The stories whose weeks say most."""
pytestmark = [pytest.mark.browser, needs_browser]


def size(browser: Any, page: Path, media: str, width: int) -> tuple[int, int]:
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media})
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 400, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get(page.as_uri())
    wide, high = browser.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    return wide, high


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", LONGEST)
def test_the_week_is_one_page_and_fits_a_phone(
    browser: Any, tmp_path: Path, story: str, language: str
) -> None:
    case = open_case(STORIES / f"{story}.toml", shipped())
    answer = assess(case.history, case.on, shipped())
    assert isinstance(answer.plan, Plan)
    page = tmp_path / "week.html"
    wording = Wording(translated(shipped().sentences, language), language=language)
    page.write_bytes(render(answer, answer.plan, wording))

    wide, high = size(browser, page, "print", A4_WIDTH)
    assert wide <= A4_WIDTH
    assert high <= A4_HEIGHT
    assert size(browser, page, "screen", 360)[0] <= 360
