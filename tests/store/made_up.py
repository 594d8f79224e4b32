"""Made-up files and activities that are the same each time they are made."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from backstride.model.activity import Activity, Column, Origin, Stream
from backstride.model.channels import CHANNELS
from backstride.model.ledger import LedgerLine
from backstride.model.said import plainly

CHANNELS_USED = ("time_s", "heart_rate_bpm", "cadence_spm", "altitude_m", "latitude_deg", "contact_ms")


def column(channel: str, rows: int, seed: int) -> Column:
    """A column that wanders about the middle of what is plausible, in whole steps, with a gap."""
    if channel == "time_s":
        return np.arange(rows, dtype=np.float64)
    row = CHANNELS[channel]
    per = round(1 / row.step)
    middle = round((row.low + row.high) / 2 * per)
    whole = middle + np.cumsum(np.random.default_rng(seed).integers(-3, 4, rows))
    values: Column = whole / per
    values[rows // 3 : rows // 3 + 5] = np.nan
    return values


def file(number: int, rows: int = 120, reader_version: int = 1) -> tuple[bytes, Activity, LedgerLine]:
    """The bytes of file `number`, the run in it, and its ledger line."""
    data = f"a made-up run, number {number}".encode() * 20
    origin = Origin(hashlib.sha256(data).hexdigest(), f"run-{number}.fit", "fit", reader_version)
    start = datetime(2015, 3, 1, 6, tzinfo=UTC) + timedelta(days=number)
    columns = {name: column(name, rows, seed=number) for name in CHANNELS_USED}
    activity = Activity(
        start.astimezone(ZoneInfo("Europe/Berlin")), "place", "run", origin, stream=Stream(columns)
    )
    return data, activity, LedgerLine(origin.name, "imported", plainly("a run"), (activity.id,))


def assert_same_columns(expected: Stream, found: Stream) -> None:
    """Fails unless both hold the same channels in the same order with the same values, NaN where NaN."""
    assert list(expected) == list(found)
    for channel, values in expected.items():
        np.testing.assert_array_equal(values, found[channel], strict=True)
