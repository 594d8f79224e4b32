"""The rows of Samsung Health's table of exercises -> Activities without a stream."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from backstride.formats.samsung.table import Row, above_zero, offset_of, unix_s_of
from backstride.formats.zones import local_start
from backstride.model.activity import Activity, Origin, Sport, Surface
from backstride.model.channels import CHANNELS
from backstride.model.said import Said, said

_TREADMILL = "15005"
_SPORTS: dict[str, Sport] = {
    "1001": "walk",
    "1002": "run",
    "11007": "ride",
    "13001": "walk",
    "14001": "swim",
    "15002": "strength",
    "15003": "ride",
}
"""exercise_type -> sport; the others are other.  15003 is the exercise bike."""
RUNS_FROM_MPS = 2.0
"""On a treadmill, which has one number for both, faster than this on average is a run."""
_MEANS = {
    "mean_heart_rate": "heart_rate_bpm",
    "mean_speed": "speed_mps",
    "mean_cadence": "cadence_spm",
    "mean_power": "power_w",
}
_UUID = re.compile(r"[0-9A-Za-z-]{1,64}")
_RECORDINGS = ("live_data", "location_data")


def activity_or_why(row: Row, origin: Origin, zone: tzinfo) -> Activity | Said:
    """The exercise of one row, or why the row gives none."""
    start_s = unix_s_of(row.get("start_time"))
    if start_s is None:
        return said("an exercise without a start")
    sport, surface = _sport(row)
    start, zone_from = local_start(datetime.fromtimestamp(start_s, UTC), offset_of(row), None, zone)
    end_s = unix_s_of(row.get("end_time"))
    duration_ms = above_zero(row, "duration")
    return Activity(
        start=start,
        zone_from=zone_from,
        sport=sport,
        origin=origin,
        distance_m=above_zero(row, "distance"),
        moving_s=None if duration_ms is None else duration_ms / 1000,
        elapsed_s=None if end_s is None or end_s < start_s else end_s - start_s,
        climb_m=above_zero(row, "altitude_gain"),
        descent_m=above_zero(row, "altitude_loss"),
        surface=surface,
        title=row.get("title"),
        note=row.get("comment"),
        averages=_averages(row, sport),
        service_id=service_id(row.get("datauuid", "")),
        file=_file(row),
    )


def service_id(uuid: str) -> str | None:
    """The id of an exercise by its uuid, which its recordings have in their names."""
    return f"samsung:{uuid.lower()}" if _UUID.fullmatch(uuid) else None


def _sport(row: Row) -> tuple[Sport, Surface | None]:
    word = row.get("exercise_type", "")
    if word == _TREADMILL:
        speed_mps = above_zero(row, "mean_speed")
        return ("walk" if speed_mps is not None and speed_mps < RUNS_FROM_MPS else "run"), "treadmill"
    return _SPORTS.get(word, "other"), None


def _averages(row: Row, sport: Sport) -> dict[str, float]:
    found: dict[str, float] = {}
    for column, channel in _MEANS.items():
        value = above_zero(row, column)
        if channel == "cadence_spm" and sport not in ("run", "walk"):
            continue
        if value is not None and CHANNELS[channel].low <= value <= CHANNELS[channel].high:
            found[channel] = value
    return found


def _file(row: Row) -> str | None:
    """Where its recording stands in the archive; the one with sensors before the one with positions.

    The files are spread over folders by the first sign of their name.
    """
    for column in _RECORDINGS:
        name = row.get(column, "")
        if name and "/" not in name and "\\" not in name:
            ending = "" if name.endswith(".json") else ".json"
            return f"jsons/com.samsung.shealth.exercise/{name[0]}/{name}{ending}"
    return None
