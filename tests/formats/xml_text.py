"""GPX and TCX files as programs write them, made up for the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from xml.sax.saxutils import escape

import numpy as np
from hypothesis import strategies as st

from backstride.formats.contents import Contents
from backstride.model.activity import Activity, Column
from backstride.model.channels import CHANNELS
from backstride.model.errors import BadFile

START = datetime(2024, 5, 1, 6, 30, tzinfo=UTC)
METRES_PER_DEGREE = 111_195.08
"""Of latitude, on the sphere that the reader uses."""

GPX_NAMESPACES = (
    'xmlns="http://www.topografix.com/GPX/1/1" '
    'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"'
)
TCX_NAMESPACES = (
    'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
    'xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"'
)


@dataclass(frozen=True)
class Point:
    """One point as it is to be written; None is left out."""

    at_s: float | None = 0.0
    latitude: float | None = None
    longitude: float | None = None
    altitude: float | None = None
    distance: float | None = None
    speed: float | None = None
    heart_rate: float | None = None
    one_foot: float | None = None
    watts: float | None = None
    temperature: float | None = None


@dataclass(frozen=True)
class LapText:
    """One lap of a TCX file."""

    points: Sequence[Point]
    timer_s: float | None = None
    distance: float | None = None
    extra: str = ""
    start_s: float = 0.0
    tracks: Sequence[Sequence[Point]] = field(default=())


def time_text(at_s: float) -> str:
    """A moment some seconds after the start, in UTC."""
    return (START + timedelta(seconds=at_s)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def straight_run(seconds: int, speed: float = 3.0, step: int = 1, **more: float) -> list[Point]:
    """A run due north in Berlin at an even speed."""
    return [
        Point(at, 52.5 + at * speed / METRES_PER_DEGREE, 13.4, **more) for at in range(0, seconds + 1, step)
    ]


def gpx_point(point: Point) -> str:
    """One `<trkpt>`."""
    place = f' lat="{point.latitude!r}" lon="{point.longitude!r}"' if point.latitude is not None else ""
    extension = _tag("gpxtpx:atemp", point.temperature) + _tag("gpxtpx:hr", point.heart_rate)
    extension += _tag("gpxtpx:cad", point.one_foot)
    if extension:
        extension = f"<gpxtpx:TrackPointExtension>{extension}</gpxtpx:TrackPointExtension>"
    extension += _tag("power", point.watts) + _tag("distance", point.distance) + _tag("speed", point.speed)
    return (
        f"<trkpt{place}>\n  {_tag('ele', point.altitude)}{_time('time', point.at_s)}\n"
        + (f"  <extensions>\n   {extension}\n  </extensions>\n" if extension else "")
        + "</trkpt>\n"
    )


def track(*segments: Iterable[Point], kind: str | None = "running", name: str | None = None) -> str:
    """One `<trk>`."""
    told = _tag("name", None if name is None else escape(name)) + _tag("type", kind)
    body = "".join(f"<trkseg>\n{''.join(map(gpx_point, segment))}</trkseg>\n" for segment in segments)
    return f"<trk>\n{told}\n{body}</trk>\n"


def gpx(*tracks: str, head: str = "", creator: str = "made up") -> bytes:
    """A whole GPX file."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="{creator}" {GPX_NAMESPACES}>\n'
    )
    return (text + head + "".join(tracks) + "</gpx>\n").encode()


def tcx_point(point: Point) -> str:
    """One `<Trackpoint>`."""
    place = ""
    if point.latitude is not None:
        place = _tag("LatitudeDegrees", point.latitude) + _tag("LongitudeDegrees", point.longitude)
        place = f"<Position>{place}</Position>"
    heart = (
        ""
        if point.heart_rate is None
        else f"<HeartRateBpm>\n{_tag('Value', point.heart_rate)}</HeartRateBpm>"
    )
    inner = (
        _tag("ns3:Speed", point.speed)
        + _tag("ns3:RunCadence", point.one_foot)
        + _tag("ns3:Watts", point.watts)
    )
    extension = f"<Extensions><ns3:TPX>{inner}</ns3:TPX></Extensions>" if inner else ""
    return (
        f"<Trackpoint>\n {_time('Time', point.at_s)}{place}{_tag('AltitudeMeters', point.altitude)}"
        f"{_tag('DistanceMeters', point.distance)}{heart}{extension}\n</Trackpoint>\n"
    )


def lap(told: LapText) -> str:
    """One `<Lap>`."""
    tracks = told.tracks or (told.points,)
    body = "".join(f"<Track>\n{''.join(map(tcx_point, points))}</Track>\n" for points in tracks)
    return (
        f'<Lap StartTime="{time_text(told.start_s)}">\n{_tag("TotalTimeSeconds", told.timer_s)}'
        f"{_tag('DistanceMeters', told.distance)}"
        "<MaximumHeartRateBpm><Value>199</Value></MaximumHeartRateBpm>"
        f"{told.extra}{body}</Lap>\n"
    )


def tcx(*laps: LapText, sport: str = "Running", tail: str = "") -> bytes:
    """A whole TCX file of one activity."""
    body = "".join(map(lap, laps))
    activity = f'<Activity Sport="{sport}">\n<Id>{time_text(0)}</Id>\n{body}{tail}</Activity>\n'
    return tcx_of(f"<Activities>\n{activity}</Activities>\n")


def tcx_of(body: str) -> bytes:
    """A whole TCX file with any body."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase {TCX_NAMESPACES}>\n{body}'
    return (text + "</TrainingCenterDatabase>\n").encode()


def _tag(name: str, value: object) -> str:
    return "" if value is None else f"<{name}>{value}</{name}>"


def _time(name: str, at_s: float | None) -> str:
    return "" if at_s is None else f"<{name}>{time_text(at_s)}</{name}>"


points = st.lists(
    st.builds(
        Point,
        at_s=st.integers(0, 3600).map(float),
        latitude=st.floats(-89, 89),
        longitude=st.floats(-179, 179).filter(bool),
        altitude=st.none() | st.floats(-400, 8000),
        heart_rate=st.none() | st.integers(20, 250),
        one_foot=st.none() | st.integers(0, 100),
        watts=st.none() | st.integers(0, 3000),
        temperature=st.none() | st.floats(-50, 60),
    ),
    min_size=2,
    max_size=30,
    unique_by=lambda point: point.at_s,
)
"""Points at different moments, in any order."""


def but_for_spikes(run: Activity, channel: str, written: Column) -> Column:
    """What was written, without the values that a repair which the run names has left out."""
    if {"repair_spikes", "repair_position_spikes"}.isdisjoint(run.repairs):
        return written
    return np.where(np.isnan(run.stream[channel]), np.nan, written)


@st.composite
def mutated(draw: st.DrawFn, whole: bytes) -> bytes:
    """The file cut short, with bytes changed, or with a piece of it put elsewhere."""
    data = bytearray(whole)
    for kind in draw(st.lists(st.sampled_from(("cut", "change", "splice")), min_size=1, max_size=4)):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        if kind == "cut":
            del data[at:]
        elif kind == "change" and data:
            data[at] = draw(st.integers(0, 255))
        else:
            begin = draw(st.integers(0, max(0, len(data) - 1)))
            data[at:at] = data[begin : begin + 200]
    return bytes(data)


def assert_lawful(read: Callable[[bytes, str, tzinfo], Contents], data: bytes) -> None:
    """Whatever the bytes: refused with the place and the reason, or columns in order and in range."""
    try:
        contents = read(data, "any.xml", UTC)
        refused = None
    except BadFile as fault:
        refused = fault
    if refused is not None:
        assert (refused.path, bool(refused.where), bool(refused.why)) == ("any.xml", True, True)
        return
    assert contents.kind
    for activity in contents.activities:
        stream = activity.stream
        assert (np.diff(stream["time_s"]) > 0).all() if stream.rows else not len(stream)
        for name, column in stream.items():
            known = column[~np.isnan(column)]
            assert known.size
            assert CHANNELS[name].low <= known.min() <= known.max() <= CHANNELS[name].high
