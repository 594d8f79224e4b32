"""One activity as a file tells it: when, what, how far, and every second of it where recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from backstride.model.said import Said

Sport = Literal["run", "walk", "ride", "swim", "strength", "other"]
SPORTS: tuple[Sport, ...] = ("run", "walk", "ride", "swim", "strength", "other")

Surface = Literal["road", "trail", "track", "treadmill"]
SURFACES: tuple[Surface, ...] = ("road", "trail", "track", "treadmill")

ZoneFrom = Literal["file", "place", "profile"]
"""What the local time rests on: the local clock in the file, the zone of the place, or the profile."""

Column = NDArray[np.float64]


class Stream(Mapping[str, Column]):
    """Columns of one activity by channel name, all of one length; NaN where not recorded.

    Only channels that were recorded are there.  `time_s` always is, unless the stream is empty.
    The mapping handed in may fetch columns when asked (the store's does), so that a long history
    costs no memory.
    """

    __slots__ = ("_columns",)

    def __init__(self, columns: Mapping[str, Column] | None = None) -> None:
        self._columns: Mapping[str, Column] = {} if columns is None else columns

    def __getitem__(self, channel: str) -> Column:
        return self._columns[channel]

    def __contains__(self, channel: object) -> bool:
        return channel in self._columns  # Mapping's own would fetch the column to find out

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    @property
    def rows(self) -> int:
        """How many samples there are."""
        return self["time_s"].size if "time_s" in self else 0


@dataclass(frozen=True, slots=True)
class Lap:
    """A stretch between two presses of the lap button, as the watch summed it up; None is not recorded."""

    start_s: float
    """Seconds from the activity's start."""
    moving_s: float | None
    distance_m: float | None
    averages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Device:
    """What recorded the activity."""

    maker: str | None
    product: str | None
    software: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an activity came from: enough to find the bytes again and to read them anew."""

    sha256: str
    """Of the file's bytes as handed in, unpacked from zip or gz; for typed rows, of the row."""
    name: str
    """The file's own name, without folders."""
    reader: str
    reader_version: int
    index: int = 0
    """Which activity of the file, where it holds several."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One of several records of the same run, and what the merged run took from it."""

    id: str
    """`Activity.id` of the copy as it was read."""
    origin: Origin
    service_id: str | None = None
    gave: tuple[str, ...] = ()
    """Names of the stream channels and of the fields of `Activity` that are this copy's."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity.  None is "not recorded", never zero."""

    start: datetime
    """Aware, in the zone of the place."""
    zone_from: ZoneFrom
    sport: Sport
    origin: Origin
    distance_m: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    climb_m: float | None = None
    descent_m: float | None = None
    surface: Surface | None = None
    rpe: float | None = None
    """Perceived exertion, 0 to 10."""
    shoe: str | None = None
    title: str | None = None
    note: str | None = None
    averages: Mapping[str, float] = field(default_factory=dict)
    """Means by channel name, as the file itself states them."""
    laps: Sequence[Lap] = ()
    stream: Stream = field(default_factory=Stream)
    device: Device | None = None
    service_id: str | None = None
    """What the service it came from calls it, as in "strava:12070555079"; the same for each copy of it."""
    file: str | None = None
    """In a row of an archive's own table: path inside the archive of the file that holds the recording."""
    repairs: tuple[str, ...] = ()
    """Names of the repairs done while reading, in order."""
    warnings: tuple[Said, ...] = ()
    """What was wrong with the file, in words, though it could be read."""
    copies: tuple[Copy, ...] = ()
    """The records this run was merged of, the one it is based on first; empty where there is one alone."""

    @property
    def id(self) -> str:
        """Stable over re-reading: the file's hash and the place in it."""
        return f"{self.origin.sha256[:16]}-{self.origin.index}"

    @property
    def service_ids(self) -> tuple[str, ...]:
        """What any service calls it, its own first; each once."""
        names = (self.service_id, *(copy.service_id for copy in self.copies))
        return tuple(dict.fromkeys(name for name in names if name is not None))

    @property
    def on(self) -> date:
        """The local day it began."""
        return self.start.date()
