"""Small made-up files for the door tests, and the door they go in by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from typer.testing import CliRunner, Result

from backstride.app.cli import app
from backstride.knowledge.loader import shipped
from backstride.model.errors import BackstrideError
from backstride.model.history import Answer


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


def safe(on: date) -> tuple[Answer, ...]:
    """Every safety question answered with its harmless answer."""
    return tuple(
        Answer(each.id, each.harmless[0], on)
        for each in shipped().questions.values()
        if each.group == "safety" and each.follows is None
    )


READY = {
    "pain_began_on": "2026-02-20",
    "walk_30_min_easy": "yes",
    "heel_raises_10": "yes",
    "hops_5_pain_free": "yes",
    "leg_pain": "none",
    "leg_numb_or_tingling": "no",
}
"""Passes every check before running, beside the safety questions."""


def typed(answers: tuple[Answer, ...]) -> list[str]:
    """Answers as the terminal takes them."""
    return [f"{each.question}={each.value}" for each in answers]


def run(*words: str) -> Result:
    """What a command comes to, well or refused; a fault of ours is raised."""
    result = CliRunner().invoke(app, list(words))
    if result.exception is not None and not isinstance(result.exception, SystemExit | BackstrideError):
        raise result.exception
    return result


def words_of(result: Result) -> str:
    """All that it said, with what was refused, on one line."""
    return " ".join(f"{result.output} {result.exception or ''}".split())


def told(*words: str) -> str:
    """What a command that goes well prints."""
    done = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout
