"""The plan taken out to calendar, watch and wall: which files, and when none at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, tzinfo
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from backstride.formats.fit.workout import workout
from backstride.model.assessment import Assessment, NoPlan, Plan
from backstride.model.errors import BadInput
from backstride.model.said import said
from backstride.model.session import SessionKind
from backstride.reports import calendar_file, week_page
from backstride.reports.wording import Wording

OutKind = Literal["ics", "fit", "week"]
"""A calendar file, a folder of watch workouts, a printable week."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What was done on the disk."""

    wrote: tuple[Path, ...]
    removed: tuple[Path, ...] = ()
    """Workouts of an earlier plan that the plan of now does not hold."""


def take_out(
    kind: OutKind, to: Path, answer: Assessment, wording: Wording, zone: tzinfo, at: time | None = None
) -> TakenOut | NoPlan:
    """The files written, or why there is no plan: then nothing on the disk is touched.

    `zone` and `at` are for the calendar only.  Raises: BadInput where a file that is not ours is in the way.
    """
    plan = answer.plan
    if isinstance(plan, NoPlan):
        return plan
    match kind:
        case "ics":
            before = to.read_bytes() if to.is_file() else None
            key = zone.key if isinstance(zone, ZoneInfo) else "UTC"
            made = calendar_file.render(answer, plan, wording, ZoneInfo(key), at, before)
            return _written({to: made})
        case "week":
            return _written({to: week_page.render(answer, plan, wording)})
        case "fit":
            return _workouts(to, answer, plan, wording)


def workout_name(kind: SessionKind) -> str:
    """The name of a workout's file: always the same, so that a later one takes its place."""
    return f"backstride-{kind.replace('_', '-')}.fit"


def _workouts(folder: Path, answer: Assessment, plan: Plan, wording: Wording) -> TakenOut:
    """One workout for each session; those of an earlier plan go, a run that is off above all."""
    if folder.exists() and not folder.is_dir():
        raise BadInput((said("{name}: is a file; for workouts, name a folder", name=folder.name),))
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        folder / workout_name(session.kind): workout(session, answer.on, wording.say)
        for session in plan.sessions
    }
    kinds: tuple[SessionKind, ...] = get_args(SessionKind)
    stale = [path for kind in kinds if (path := folder / workout_name(kind)) not in made and path.is_file()]
    for path in stale:
        path.unlink()
    return TakenOut(_written(made).wrote, tuple(stale))


def _written(files: dict[Path, bytes]) -> TakenOut:
    for path, data in files.items():
        path.write_bytes(data)
    return TakenOut(tuple(files))
