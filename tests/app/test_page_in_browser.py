"""The page in a real browser: it fits phone and desk, light and dark, and asks the network for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.app.driving import SIZES, hosts_asked, looks, needs_browser, severe

from backstride.app.actions import open_case
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.reports.renderers import RENDERERS
from backstride.reports.wording import Wording

STORIES = Path(__file__).parent.parent / "runners"
pytestmark = [pytest.mark.browser, needs_browser]


def page_of(story: Path, folder: Path) -> str:
    case = open_case(story, shipped())
    page = folder / f"{story.stem}.html"
    page.write_bytes(
        RENDERERS["html"].render(assess(case.history, case.on, shipped()), Wording(shipped().sentences))
    )
    return page.as_uri()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["emergency_", "cause_"])
def test_the_page_fits_and_is_quiet(browser: Any, tmp_path: Path, kind: str, size: str, theme: str) -> None:
    looks(browser, size, theme)
    browser.get(page_of(min(STORIES.glob(f"{kind}*.toml")), tmp_path))

    wide = browser.execute_script("return document.documentElement.scrollWidth")
    paper = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    first = browser.execute_script("return document.querySelector('main section').id")
    assert wide <= SIZES[size][0]
    assert (sum(map(int, paper.removeprefix("rgb(").removesuffix(")").split(","))) > 380) == (
        theme == "light"
    )
    if kind == "emergency_":
        assert first == "safety"
    assert severe(browser) == []
    assert hosts_asked(browser) == set()
