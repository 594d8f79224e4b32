"""In which zone an activity's local time is told, and what that rests on."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from math import isfinite
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backstride.model.activity import ZoneFrom

LARGEST_OFFSET = timedelta(hours=14)
"""No place on Earth is further from UTC (Kiribati, +14 h)."""
OFFSET_STEP = timedelta(minutes=15)
"""Every offset in use today is a multiple of it (Nepal, +5 h 45 min)."""
OFFSET_SLACK = timedelta(seconds=90)
"""How far a watch's two clocks may be apart and still mean a whole quarter of an hour."""


def place_zone(latitude_deg: float, longitude_deg: float) -> ZoneInfo | None:
    """The zone of a place; None where the place is no place or its zone is not known.

    0 / 0 is taken as no place: a receiver without a fix writes it, and nobody runs in the Gulf of Guinea.
    """
    if not (isfinite(latitude_deg) and isfinite(longitude_deg)):
        return None
    if abs(latitude_deg) > 90 or abs(longitude_deg) > 180 or latitude_deg == longitude_deg == 0:
        return None
    return _zone_near(round(latitude_deg, 3), round(longitude_deg, 3))


@lru_cache(maxsize=4096)
def _zone_near(latitude_deg: float, longitude_deg: float) -> ZoneInfo | None:
    # Imported when first asked: it unpacks a map of the world, and a file without a position needs none.
    from tzfpy import get_tz

    try:
        name = get_tz(longitude_deg, latitude_deg)
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def plausible_offset(offset: timedelta) -> timedelta | None:
    """The offset from UTC to the nearest quarter of an hour; None where no place can have it."""
    quarters = round(offset / OFFSET_STEP)
    rounded = quarters * OFFSET_STEP
    if abs(offset - rounded) > OFFSET_SLACK or abs(rounded) > LARGEST_OFFSET:
        return None
    return rounded


def local_start(
    start: datetime,
    file_offset: timedelta | None,
    place: tuple[float, float] | None,
    profile: tzinfo,
) -> tuple[datetime, ZoneFrom]:
    """The start in local time, and what that rests on.

    `start` is aware, `place` is latitude and longitude in degrees.  The file's own offset counts most
    and is kept even where the place disagrees (near a border the watch shows the runner's own clock);
    where both agree the zone of the place is used, since it has a name; then the place; then the profile.
    An offset of zero where the place has another is a clock nobody set to local time, and the place counts.
    """
    offset = None if file_offset is None else plausible_offset(file_offset)
    zone = None if place is None else place_zone(*place)
    if offset == timedelta(0) and zone is not None and start.astimezone(zone).utcoffset() != offset:
        offset = None
    if offset is not None:
        if zone is not None and start.astimezone(zone).utcoffset() == offset:
            return start.astimezone(zone), "file"
        return start.astimezone(timezone(offset)), "file"
    if zone is not None:
        return start.astimezone(zone), "place"
    return start.astimezone(profile), "profile"
