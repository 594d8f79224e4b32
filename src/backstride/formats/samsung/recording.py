"""A recording of Samsung Health: what the watch measured during one exercise, or where it went.

<uuid>.com.samsung.health.exercise.live_data.json       [{"start_time": 1700000000000, "heart_rate": 141.0},
                                                         {"start_time": ..., "cadence": 168.0, "speed": 2.9,
                                                          "distance": 14.6}, ...]
<uuid>.com.samsung.health.exercise.location_data.json   [{"start_time": ..., "latitude": ..., ...}, ...]
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Any

import numpy as np

from backstride.formats.hold import on_common_rows
from backstride.formats.samsung.exercises import RUNS_FROM_MPS, service_id
from backstride.formats.sports import A_SPORT
from backstride.formats.timed import Timed, activity_of
from backstride.formats.track import Columns, Track, repair_dates, repair_positions_at_zero, within_range
from backstride.model.activity import Activity, Column, Origin, Sport
from backstride.model.said import Said, said

_NAMES = {
    "heart_rate": "heart_rate_bpm",
    "cadence": "cadence_spm",
    "speed": "speed_mps",
    "power": "power_w",
    "distance": "distance_m",
    "latitude": "latitude_deg",
    "longitude": "longitude_deg",
    "altitude": "altitude_m",
}
"""Steps of both feet a minute, metres a second, metres since the sample before."""
_ZERO_IS_NONE = frozenset({"heart_rate", "cadence", "power"})
_HEAD = re.compile(rb'^\s*\[\s*\{[^{}]{0,400}"start_time"\s*:\s*\d{12,14}\b')
_KNOWN_BY = re.compile(
    rb'"(?:heart_rate|cadence|latitude|elapsed_time|percent_of_vo2max|segment|interval)"\s*:'
)
_FILE = re.compile(
    r"(?:^|/)([0-9A-Fa-f-]{36})\.(?:[\w.]+\.)?(?:live|location)_data(?:_internal)?(?:\.json)?$"
)
RUNS_FROM_SPM = 140.0
"""Nobody walks so many steps a minute for long."""
MOST_SAMPLES = 5_000_000


def is_recording(data: bytes) -> bool:
    """True where the first samples are such as the watch writes."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    return _HEAD.match(head) is not None and _KNOWN_BY.search(head) is not None


def is_named_as_recording(name: str) -> bool:
    """True where the name is that of a recording."""
    return _FILE.search(name.replace("\\", "/")) is not None


def samples_of(data: bytes) -> tuple[list[dict[str, Any]], bool] | None:  # Any: whatever JSON holds
    """The samples and True where the file is whole; None where it is no list of any."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    whole = True
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        whole = False
        found = _as_far_as_it_goes(text)
    if not isinstance(found, list):
        return None
    return [each for each in found[:MOST_SAMPLES] if isinstance(each, dict)], whole


def activity_of_samples(
    samples: Sequence[dict[str, Any]], name: str, origin: Origin, zone: tzinfo, warnings: tuple[Said, ...]
) -> Activity | None:
    """The recording as an activity; None where no sample has a date and a value.

    The file names no sport: by its cadence it is taken for a run or a walk, and said so.
    """
    track = _track(samples)
    if not track.time_s.size or len(track.columns) == 1:
        return None
    sport = _sport(track.columns)
    if sport != "other":
        warnings = (
            *warnings,
            said("its file names no sport; by its cadence it is {sport}", sport=A_SPORT[sport]),
        )
    found = _FILE.search(name.replace("\\", "/"))
    return replace(
        activity_of(Timed(track, sport, warnings=warnings), origin, zone),
        service_id=None if found is None else service_id(found[1]),
    )


def _as_far_as_it_goes(text: str) -> object:
    """The list up to its last whole sample."""
    try:
        return json.loads(text[: text.rindex("}") + 1] + "]")
    except (ValueError, RecursionError):
        return None


def _track(samples: Sequence[dict[str, Any]]) -> Track:
    told: defaultdict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for sample in samples:
        at_ms = _number(sample.get("start_time"))
        if at_ms is None:
            continue
        for name in _NAMES:
            value = _number(sample.get(name))
            if value is not None and not (value == 0 and name in _ZERO_IS_NONE):
                told[name][0].append(at_ms / 1000)
                told[name][1].append(value)
    channels = {_NAMES[name]: (np.array(at_s), np.array(values)) for name, (at_s, values) in told.items()}
    if "distance_m" in channels:
        channels["distance_m"] = _added_up(*channels["distance_m"])
    columns = on_common_rows(channels)
    track = repair_dates(Track(columns, np.zeros(columns["time_s"].size, bool)))
    return within_range(repair_positions_at_zero(track))


def _number(value: object) -> float | None:
    """A finite number, and no other thing that JSON holds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e15 else None


def _added_up(at_s: Column, metres: Column) -> tuple[Column, Column]:
    """Distance since the start: each sample has that since the one before.

    Where they never fall and grow to many times the middle step, they are added up already.
    """
    order = np.argsort(at_s, kind="stable")
    at_s, metres = at_s[order], metres[order]
    rising = metres.size > 10 and bool((np.diff(metres) >= 0).all()) and metres[-1] > 5 * abs(metres[1]) > 0
    return at_s, metres if rising else np.cumsum(np.maximum(metres, 0))


def _sport(columns: Columns) -> Sport:
    cadence, speed = columns.get("cadence_spm"), columns.get("speed_mps")
    if cadence is None:
        return "other"
    fast = speed is None or float(np.nanmedian(speed)) > RUNS_FROM_MPS * 0.8
    return "run" if float(np.nanmedian(cadence)) >= RUNS_FROM_SPM and fast else "walk"
