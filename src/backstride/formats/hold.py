"""Samples of several sensors, each at its own moments, brought to common rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from backstride.formats.track import Columns
from backstride.model.activity import Column

HOLD_S = 10.0
"""A sample stands for no more: watches measure the pulse about every 5 s during a workout."""


def held(at_s: Column, value: Column, rows_s: Column, lasting_s: Column | None = None) -> Column:
    """By row the last sample at or before it that is not older than `HOLD_S`, or than it lasts; else NaN.

    `at_s` rises; `lasting_s` is for samples that say over how long they were taken.
    """
    if not at_s.size:
        return np.full(rows_s.size, np.nan)
    at = np.searchsorted(at_s, rows_s, "right") - 1
    last = np.maximum(at, 0)
    most_s = HOLD_S if lasting_s is None else np.maximum(lasting_s[last], HOLD_S)
    holds = (at >= 0) & (rows_s - at_s[last] <= most_s)
    return np.where(holds, value[last], np.nan)


def on_common_rows(channels: Mapping[str, tuple[Column, Column]]) -> Columns:
    """The channels, each told by its moments and values, with a row at every moment of any; `time_s` too.

    Moments may come in any order; of several at one moment the last counts.  Samples stand for `HOLD_S`;
    distance, which goes on between its samples, grows evenly.
    """
    sorted_channels = {name: _sorted(*each) for name, each in channels.items()}
    if not sorted_channels:
        return {"time_s": np.empty(0)}
    rows_s = np.unique(np.concatenate([at_s for at_s, _ in sorted_channels.values()]))
    columns = {name: held(at_s, value, rows_s) for name, (at_s, value) in sorted_channels.items()}
    if "distance_m" in columns and sorted_channels["distance_m"][0].size:
        columns["distance_m"] = np.interp(rows_s, *sorted_channels["distance_m"], np.nan, np.nan)
    return {"time_s": rows_s} | columns


def _sorted(at_s: Column, value: Column) -> tuple[Column, Column]:
    known = np.isfinite(at_s) & np.isfinite(value)
    at_s, value = at_s[known], value[known]
    order = np.argsort(at_s, kind="stable")
    return at_s[order], value[order]
