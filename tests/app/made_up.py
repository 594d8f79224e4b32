"""Small made-up files for the door tests, and the door they go in by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from typer.testing import CliRunner

from backstride.app.cli import app


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


def eight_weeks(folder: Path) -> Path:
    """Eight weeks of three runs, and a long one three days after `MORNING`, as files in a new folder."""
    folder.mkdir()
    for week in range(8):
        for day, km in ((0, 6), (2, 8), (5, 12)):
            at = MORNING - timedelta(days=7 * week + 5 - day)
            (folder / f"{at:%Y-%m-%d}.gpx").write_bytes(gpx_run(at, km))
    (folder / "spike.gpx").write_bytes(gpx_run(MORNING + timedelta(days=3), 20))
    return folder


def told(*words: str) -> str:
    """What a command that goes well prints."""
    done = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout
