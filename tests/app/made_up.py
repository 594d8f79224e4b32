"""Small made-up files for the door tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def gpx_run(start: datetime, km: float = 5.0, kind: str = "running") -> bytes:
    """A GPX file of a straight, even run northwards from a made-up place, a point every 10 s at 3 m/s."""
    points = []
    for index in range(round(km * 1000 / 30) + 1):
        at = (start + timedelta(seconds=10 * index)).strftime("%Y-%m-%dT%H:%M:%SZ")
        points.append(
            f'<trkpt lat="{50 + index * 30 / 111_195:.6f}" lon="8.0"><ele>100</ele><time>{at}</time></trkpt>'
        )
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="made-up" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><type>{kind}</type><trkseg>{''.join(points)}</trkseg></trk></gpx>"
    ).encode()


MORNING = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
