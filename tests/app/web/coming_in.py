"""Files that come in by the app: small made-up ones, and what became of them."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from tests.app.made_up import gpx_run

from backstride.store.store import Store

MORNING = datetime(2026, 3, 1, 7, tzinfo=UTC)
ON = date(2026, 3, 22)


def run_on(day: int, km: float = 8) -> bytes:
    return gpx_run(MORNING + timedelta(days=day), km)


def until_over(client: TestClient, of: str = "start") -> dict[str, Any]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        last = client.get(f"/{of}/progress").text.strip().split("\n\n")[-1]
        far: dict[str, Any] = json.loads(last.removeprefix("data: "))
        if not far["busy"]:
            return far
    raise AssertionError("it did not end")


def outcomes(store: Path) -> dict[str, int]:
    with Store.open(store) as opened:
        lines = opened.ledger()
    return {each: sum(line.outcome == each for line in lines) for each in {line.outcome for line in lines}}
