"""The plan taken out to calendar, watch and wall: which files, and what becomes of them when it is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, tzinfo
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from backstride.formats.fit.workout import made_here, workout
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

    wrote: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    """Workouts of an earlier plan that do not hold any more."""
    turned_off: tuple[Path, ...] = ()
    """Calendar files of ours in which every event to come is off now."""
    no_plan: NoPlan | None = None
    """Why no plan is made: then what was taken out before is taken back, and nothing new is written."""


def take_out(
    kind: OutKind, to: Path, answer: Assessment, wording: Wording, zone: tzinfo, at: time | None = None
) -> TakenOut:
    """What was done; where no plan is made, what we wrote there before is turned off or removed.

    `zone` and `at` are for the calendar only.  A file that is not ours is never touched.
    Raises: BadInput where one is in the way of a plan.
    """
    plan = answer.plan
    if isinstance(plan, NoPlan):
        return _taken_back(kind, to, answer, plan, wording)
    match kind:
        case "ics":
            before = to.read_bytes() if to.is_file() else None
            made = calendar_file.render(answer, plan, wording, calendar_zone(zone), at, before)
            return _written({to: made})
        case "week":
            return _written({to: week_page.render(answer, plan, wording)})
        case "fit":
            return _workouts(to, answer, plan, wording)


def workout_name(kind: SessionKind) -> str:
    """The name of a workout's file: always the same, so that a later one takes its place."""
    return f"backstride-{kind.replace('_', '-')}.fit"


def calendar_zone(zone: tzinfo) -> ZoneInfo:
    """A zone by a name that calendars know; UTC where it has none."""
    return ZoneInfo(zone.key if isinstance(zone, ZoneInfo) else "UTC")


def workouts(answer: Assessment, plan: Plan, wording: Wording) -> dict[str, bytes]:
    """One watch workout for each session, by the name of its file."""
    return {workout_name(session.kind): workout(session, answer.on, wording.say) for session in plan.sessions}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip; the same files give the same bytes."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as into:
        for name, data in files.items():
            into.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return made.getvalue()


def _taken_back(kind: OutKind, to: Path, answer: Assessment, no_plan: NoPlan, wording: Wording) -> TakenOut:
    """What was taken out before must not be followed now."""
    if kind == "ics" and to.is_file() and calendar_file.is_ours(before := to.read_bytes()):
        to.write_bytes(calendar_file.render_off(answer, no_plan, wording, before))
        return TakenOut(turned_off=(to,), no_plan=no_plan)
    if kind == "fit" and to.is_dir():
        return TakenOut(removed=_removed(_ours_in(to)), no_plan=no_plan)
    return TakenOut(no_plan=no_plan)


def _workouts(folder: Path, answer: Assessment, plan: Plan, wording: Wording) -> TakenOut:
    """One workout for each session; those of an earlier plan go, a run that is off above all."""
    if folder.exists() and not folder.is_dir():
        raise BadInput((said("{name}: is a file; for workouts, name a folder", name=folder.name),))
    folder.mkdir(parents=True, exist_ok=True)
    made = {folder / name: data for name, data in workouts(answer, plan, wording).items()}
    ours = _ours_in(folder)
    if foreign := [path.name for path in made if path.exists() and path not in ours]:
        name = ", ".join(foreign)
        raise BadInput((said("{name}: not a workout that backstride wrote; name another folder", name=name),))
    removed = _removed(tuple(path for path in ours if path not in made))
    return TakenOut(_written(made).wrote, removed)


def _ours_in(folder: Path) -> tuple[Path, ...]:
    """The workouts in a folder that we wrote: by their name and by what is in them."""
    kinds: tuple[SessionKind, ...] = get_args(SessionKind)
    paths = ((kind, folder / workout_name(kind)) for kind in kinds)
    return tuple(path for kind, path in paths if path.is_file() and made_here(path.read_bytes(), kind))


def _removed(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    for path in paths:
        path.unlink()
    return paths


def _written(files: dict[Path, bytes]) -> TakenOut:
    for path, data in files.items():
        path.write_bytes(data)
    return TakenOut(tuple(files))
