"""Stores of made-up runners; and one browser with script and one without for all tests of a worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.app.driving import afresh, driving
from tests.app.made_up import READY, safe
from tests.app.terminal import KNOWLEDGE, ON

from backstride.app.entering import answer
from backstride.store.store import Store


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the commands take, of a runner who may run."""
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv("BACKSTRIDE_STORE", str(path))
    told = {"age_years": "34", "sex": "male", **READY}
    with Store.open(path) as opened:
        answer(opened, [*((each.question, each.value) for each in safe(ON)), *told.items()], ON, KNOWLEDGE)
        yield opened


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:  # Any: selenium's own type
    with driving() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium_without_script() -> Iterator[Any]:
    with driving(script=False) as driver:
        yield driver


@pytest.fixture
def browser(chromium: Any) -> Any:
    return afresh(chromium)


@pytest.fixture
def plain_browser(chromium_without_script: Any) -> Any:
    return afresh(chromium_without_script)
