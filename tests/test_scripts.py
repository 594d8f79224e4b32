"""What lies in scripts/ can still be loaded: nothing else calls it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parent.parent / "scripts").glob("*.py"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.name))
def test_every_script_can_be_loaded(script: Path) -> None:
    assert "main" in runpy.run_path(str(script), run_name="loaded")
