"""Made-up records of runs, as watches, phones and services would tell of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from backstride.model.activity import Activity, Column, Device, Origin, Stream

EIGHT = datetime(2024, 6, 4, 8, tzinfo=UTC)
WATCH = Device("Garmin", "forerunner 955")
PHONE = Device("Apple", "phone")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# Any: fields of Activity of any type.
def recording(
    name: str,
    *channels: str,
    late_s: float = 0,
    minutes: float = 40,
    columns: Mapping[str, Column] | None = None,
    **told: Any,
) -> Activity:
    """One recorded run of 3 m/s, a sample each second, in a file of that name."""
    times = np.arange(0, minutes * 60 + 1, 1.0)
    made = {channel: 100 + np.sin(times / 20) for channel in channels}
    seconds = minutes * 60.0
    fields: dict[str, Any] = {
        "start": EIGHT + timedelta(seconds=late_s),
        "zone_from": "place",
        "sport": "run",
        "origin": Origin(sha256(name), name, name.rpartition(".")[2] or "fit", 1),
        "distance_m": seconds * 3,
        "moving_s": seconds,
        "elapsed_s": seconds,
        "stream": Stream(columns if columns is not None else {"time_s": times} | made),
    }
    return Activity(**(fields | told))


def row(table: str, index: int, *, late_s: float = 0, minutes: float = 40, **told: Any) -> Activity:
    """One row of a table that knows no zone."""
    fields: dict[str, Any] = {
        "zone_from": "profile",
        "origin": Origin(sha256(table), f"{table}.csv", table, 1, index),
        "stream": Stream(),
    }
    return recording(f"{table}.csv", late_s=late_s, minutes=minutes, **(fields | told))


class Counted(Mapping[str, Column]):
    """Columns that count how often each is fetched, as a store would fetch them."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.columns = dict(columns)
        self.fetched: list[str] = []

    def __getitem__(self, channel: str) -> Column:
        self.fetched.append(channel)
        return self.columns[channel]

    def __contains__(self, channel: object) -> bool:
        return channel in self.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)
