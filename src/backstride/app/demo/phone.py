"""One run as an old phone's GPX file: places, heights and times, and nothing of the body."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from backstride.app.demo.traces import Trace

EVERY_S = 6
"""How often the phone asked for its place."""
CREATOR = "made-up phone"

_POINT = '<trkpt lat="{:.7f}" lon="{:.7f}"><ele>{:.1f}</ele><time>{}Z</time></trkpt>'


def run_file(trace: Trace, start: datetime, creator: str = CREATOR, every_s: int = EVERY_S) -> bytes:
    """The whole GPX file; `start` is aware.  The pause is a new segment."""
    kept = np.arange(0, trace.clock_s.size, every_s)
    first = start.astimezone(UTC).replace(tzinfo=None)
    places = zip(
        trace.latitude_deg[kept].tolist(),
        trace.longitude_deg[kept].tolist(),
        trace.altitude_m[kept].tolist(),
        [
            (first + timedelta(seconds=second)).isoformat("T", "seconds")
            for second in trace.clock_s[kept].tolist()
        ],
        strict=True,
    )
    points = [_POINT.format(*place) for place in places]
    if trace.pause_at_s is not None:
        cut = int(np.searchsorted(trace.clock_s[kept], trace.pause_at_s, "right"))
        points.insert(cut, "</trkseg><trkseg>")
    return "\n".join((*_head(start, creator), *points, "</trkseg></trk></gpx>", "")).encode()


def _head(start: datetime, creator: str) -> tuple[str, ...]:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gpx version="1.1" creator="{creator}" xmlns="http://www.topografix.com/GPX/1/1">',
        f"<trk><name>Made-up run {start.date().isoformat()}</name><type>running</type><trkseg>",
    )
