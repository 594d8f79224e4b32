"""Where the store lies when nobody names another place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path


def default_path(environ: Mapping[str, str] = os.environ) -> Path:
    """`BACKSTRIDE_STORE` where set and not empty, else `runner.sqlite` in the platform's data folder."""
    named = environ.get("BACKSTRIDE_STORE", "")
    if named:
        return Path(named).expanduser()
    return user_data_path("backstride", appauthor=False) / "runner.sqlite"
