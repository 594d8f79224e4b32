"""All that a GPX file tells, by track, before any of it is judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backstride.formats.points import Moment, Points, moment
from backstride.formats.sports import sport_named
from backstride.formats.track import Columns, Flags
from backstride.formats.xml.shape import Shape
from backstride.model.activity import Column
from backstride.model.said import Said, said

SHAPE = Shape(
    root="gpx",
    elements=frozenset(
        {"gpx", "metadata", "author", "link", "trk", "trkseg", "trkpt", "rte", "rtept", "wpt", "lap"}
    ),
    resume_at={"trkpt": ("gpx", "trk", "trkseg"), "trkseg": ("gpx", "trk"), "trk": ("gpx",)},
    points=frozenset({"trkpt"}),
)

POINT_NAMES = {
    "latitude_deg": ("lat",),
    "longitude_deg": ("lon",),
    "altitude_m": ("ele", "altitude"),
    "heart_rate_bpm": ("hr", "heartrate", "heart_rate"),
    "cadence_spm": ("cad", "cadence"),
    "temperature_c": ("atemp", "temp", "temperature"),
    "power_w": ("power", "watts", "powerinwatts"),
    "speed_mps": ("speed",),
    "distance_m": ("distance",),
}
"""What may hold each channel, in GPX itself or in any extension; cadence is of one foot here."""

JOIN_WITHIN_S = 600.0
"""Tracks of one sport that follow one another within ten minutes are one activity: some programs write a
track for every lap, or for every press of pause."""


@dataclass(frozen=True, slots=True)
class TrackTold:
    """One track as the file tells it, or several that belong together."""

    columns: Columns
    stopped: Flags
    told: dict[str, str]
    """Name, type, remarks, and what extensions say of the track."""
    first_moment: Moment | None
    """The first time of the track; None where no point has one."""

    @property
    def first_s(self) -> float:
        """The earliest time, in seconds since 1970."""
        return float(np.nanmin(self.columns["time_s"]))

    @property
    def last_s(self) -> float:
        """The latest time, in seconds since 1970."""
        return float(np.nanmax(self.columns["time_s"]))

    def joined(self, later: TrackTold) -> TrackTold:
        """This track and a later one as one, with a stop between them."""
        names = dict.fromkeys((*self.columns, *later.columns))
        columns = {name: np.concatenate((self.column(name), later.column(name))) for name in names}
        stopped = np.concatenate((self.stopped, later.stopped))
        stopped[self.stopped.size] = True
        return TrackTold(columns, stopped, self.told, self.first_moment)

    def column(self, name: str) -> Column:
        """A column of the track, NaN throughout where the file has none."""
        return self.columns.get(name, np.full(self.stopped.size, np.nan))


class GpxLog:
    """Takes the elements of one GPX file."""

    def __init__(self) -> None:
        self.tracks: list[TrackTold] = []
        self.metadata: dict[str, str] = {}
        self.root: dict[str, str] = {}
        self.points = self.places = 0
        self._points = Points(POINT_NAMES)

    def opened(self, element: str) -> None:
        """A track or a piece of one begins."""
        if element == "trk":
            self._points = Points(POINT_NAMES)
        elif element == "trkseg":
            self._points.cut()

    def closed(self, element: str, values: dict[str, str]) -> None:
        """A point, a track, or something told about the file is complete."""
        if element == "trkpt":
            self._points.add(values)
        elif element == "trk":
            self._close_track(values)
        elif element == "rtept":
            self.points += 1
        elif element == "wpt":
            self.places += 1
        elif element == "metadata":
            self.metadata = values
        elif element == "gpx":
            self.root = values

    def _close_track(self, told: dict[str, str]) -> None:
        points = self._points
        self.points += len(points)
        self.tracks.append(TrackTold(points.columns(), points.stopped(), told, moment(points.first_time)))

    def recordings(self) -> list[TrackTold]:
        """The tracks that have times, by time, with those that belong together as one."""
        found: list[TrackTold] = []
        timed = [track for track in self.tracks if track.first_moment is not None]
        for track in sorted(timed, key=lambda each: each.first_s):
            if found and _belong_together(found[-1], track):
                found[-1] = found[-1].joined(track)
            else:
                found.append(track)
        return found

    def kind(self) -> Said:
        """What the file is when no point of it has a time."""
        if self.points:
            return said("a route without times")
        return said("a list of places") if self.places else said("a GPX file without any point")


def _belong_together(first: TrackTold, second: TrackTold) -> bool:
    same_sport = sport_named(first.told.get("type")) == sport_named(second.told.get("type"))
    return same_sport and 0 <= second.first_s - first.last_s <= JOIN_WITHIN_S
