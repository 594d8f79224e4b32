"""The demo's made-up runner, once for all tests of a worker; and the app over an empty store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.app.web.coming_in import ON
from tests.app.web.made_up import asking, demo_store

from backstride.app.demo import DemoRunner, make


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> DemoRunner:
    """A made-up runner's archive, as it was downloaded."""
    return make(tmp_path_factory.mktemp("archive"), 1, kind=None)


@pytest.fixture(scope="session")
def demo(archive: DemoRunner, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, date]:
    """Where the store lies with all of it, and the day of the story; whoever changes it changes it back."""
    return demo_store(tmp_path_factory.mktemp("demo") / "demo.sqlite", archive), archive.on


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The app over an empty store; it is begun and ended as a server does it."""
    with asking(tmp_path / "s.sqlite", ON, follow=True) as made:
        yield made
