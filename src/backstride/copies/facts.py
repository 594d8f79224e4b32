"""The few numbers of an activity by which copies are found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from backstride.model.activity import Activity
from backstride.model.channels import CHANNELS

LONGEST_S = CHANNELS["time_s"].high
"""Nothing lasts longer; what says so has a broken clock."""
TYPED_READER = "case"
"""Its rows are typed by hand and tell the day, not the hour."""
_NO_TIME_OF_DAY = (time(0), time(12))


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What grouping looks at in one activity; no stream is fetched for it."""

    place: int
    """In the order that all are looked at in."""
    activity: Activity
    ids: frozenset[str]
    """Its own, and those of the copies it was merged of."""
    sport: str
    start_s: float
    """Since 1970."""
    length_s: float
    """From start to end as well as it is known; 0 where it is not."""
    durations_s: tuple[float, ...]
    """Elapsed and moving, where known: tables often call one the other."""
    distance_m: float | None
    recorded: bool
    """It has a recording, not only a row in a table."""
    placed: bool
    """Its clock is sure: the file or the place tells the zone."""
    dated_only: bool
    """It tells a day but no time of day."""
    settled: bool
    """It is made of copies already."""
    source: tuple[str, str | None, str | None]
    """Reader and device: what wrote it."""

    @property
    def end_s(self) -> float:
        """Since 1970."""
        return self.start_s + self.length_s


def facts_of(activity: Activity, place: int) -> Facts:
    """What grouping needs to know of one activity."""
    moving_s, elapsed_s = _known(activity.moving_s), _known(activity.elapsed_s)
    device = activity.device
    return Facts(
        place=place,
        activity=activity,
        ids=frozenset((activity.id, *(copy.id for copy in activity.copies))),
        sport=activity.sport,
        start_s=activity.start.timestamp(),
        length_s=elapsed_s or moving_s or 0.0,
        durations_s=_each_once(elapsed_s, moving_s),
        distance_m=_known(activity.distance_m),
        recorded=len(activity.stream) > 0,
        placed=activity.zone_from != "profile",
        dated_only=_dated_only(activity),
        settled=bool(activity.copies),
        source=(activity.origin.reader, device.maker, device.product)
        if device
        else (activity.origin.reader, None, None),
    )


def _each_once(*values: float | None) -> tuple[float, ...]:
    return tuple(dict.fromkeys(each for each in values if each is not None))


def _known(value: float | None) -> float | None:
    """A length, where it is one: nothing is found by a zero or by what cannot be."""
    return value if value is not None and 0 < value < LONGEST_S else None


def _dated_only(activity: Activity) -> bool:
    """True where the start is only a day: typed, or a bare table row exactly at noon or midnight."""
    if activity.origin.reader == TYPED_READER:
        return True
    bare = activity.zone_from == "profile" and activity.service_id is None and len(activity.stream) == 0
    return bare and activity.start.time() in _NO_TIME_OF_DAY
