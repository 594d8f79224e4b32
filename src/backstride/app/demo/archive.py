"""The made-up runner's files on disk, as such files really lie about.

made-up-watch-export.zip                       what the watch's maker hands out: zips in a zip
  DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip    the first half of the FIT files
  DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part2.zip    the rest, a copy, a broken one ...
  DI_CONNECT/DI-Connect-Fitness/made-up-runner_gear.json             the shoes
old phone/*.gpx                                the first months
gym/*.tcx.gz                                   five treadmill runs without the watch
read me.txt
strava-made-up-export.zip                      the watch's runs once more, as a service hands them out
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

import numpy as np

from backstride.app.demo import gym, phone, watch
from backstride.app.demo.gear import gear_file, shoes_of
from backstride.app.demo.other_files import ride_file, swim_file, workout_plan_file
from backstride.app.demo.runner import RunPlan, plan_runs
from backstride.app.demo.service import SHOES, TABLE, ServiceRun, export_files
from backstride.app.demo.story import ZONE, Story
from backstride.app.demo.traces import Trace, make_trace
from backstride.model.ledger import Outcome

EXPORT = "made-up-watch-export.zip"
UPLOADS = "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part{}.zip"
GEAR = "DI_CONNECT/DI-Connect-Fitness/made-up-runner_gear.json"
SERVICE = "strava-made-up-export.zip"
PHONE, GYM = "old phone", "gym"
NOTE = "read me.txt"

_NOTE_TEXT = (
    "Everything in this folder is made up: no such runner, no such runs, no such pain.\n"
    "The loop lies on a lake.  The files are real in their format only.\n"
)
_FIRST_UPLOAD = 7_000_000_001
_CUT_RUN, _COPIED_RUN = 140, 60
"""Which runs of the watch: one whose file was cut short on its way, and one that was exported twice."""
_CUT_SHARE = 0.7
_STUB_BYTES = 11
"""Of a download that broke off inside the file's header."""
_ZIP_TIME = (2026, 1, 1, 0, 0, 0)
"""Stands in every zip, so that the same seed gives the same bytes."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of the archive, and what an import should say of it."""

    name: str
    """Its own name, without folders; no two files share one."""
    outcome: Outcome
    data: bytes


def write_archive(folder: Path, story: Story, seed: int) -> dict[str, Outcome]:
    """What an import should make of each file, by the file's own name.

    The folder holds the whole archive afterwards, the same bytes for the same story and seed.
    """
    runs = {plan: _made_run(plan, seed) for plan in plan_runs(story, seed)}
    made = {plan: run.data for plan, run in runs.items()}
    watched = [data for plan, data in made.items() if plan.recorder == "watch"]
    uploads = [*_uploads(watched), *_strays(story, watched, seed)]
    phoned = [
        MadeFile(f"{_stamp(plan)}.gpx", "imported", made[plan]) for plan in made if plan.recorder == "phone"
    ]
    gymed = [
        MadeFile(f"{_stamp(plan)}.tcx.gz", "imported", made[plan]) for plan in made if plan.recorder == "gym"
    ]
    note = MadeFile(NOTE, "set_aside", _NOTE_TEXT.encode())
    gear = MadeFile(GEAR.rpartition("/")[2], "besides", gear_file(story))
    folder.mkdir(parents=True, exist_ok=True)
    served = _served([run for plan, run in runs.items() if plan.recorder == "watch"], story)
    (folder / EXPORT).write_bytes(_export(uploads, gear))
    (folder / SERVICE).write_bytes(_zipped(((path, file.data) for path, file in served), ZIP_DEFLATED))
    _write(folder / PHONE, phoned)
    _write(folder / GYM, gymed)
    _write(folder, [note])
    every = (*uploads, *phoned, *gymed, note, gear, *(file for _, file in served))
    return {each.name: each.outcome for each in every}


def start_of(plan: RunPlan) -> datetime:
    """When a run began, whole seconds, by the local clock."""
    midnight = datetime.combine(plan.on, time(), ZoneInfo(ZONE))
    return midnight + timedelta(seconds=round(3600 * plan.hour))


def _made_run(plan: RunPlan, seed: int) -> ServiceRun:
    # Each run has its own chance, so that one run changed leaves all others as they are.
    chance = np.random.default_rng([seed, plan.on.toordinal()])
    trace = make_trace(plan, chance)
    return ServiceRun(
        plan=plan,
        start=start_of(plan),
        elapsed_s=float(trace.clock_s[-1]),
        moving_s=trace.moving_s,
        distance_m=float(trace.distance_m[-1]),
        climb_m=trace.climb_m,
        data=_run_file(plan, trace, chance),
    )


def _run_file(plan: RunPlan, trace: Trace, chance: np.random.Generator) -> bytes:
    match plan.recorder:
        case "phone":
            return phone.run_file(trace, start_of(plan))
        case "gym":
            return gzip.compress(gym.run_file(trace, start_of(plan)), mtime=0)
        case "watch":
            return watch.run_file(plan, trace, start_of(plan), chance)


def _served(runs: list[ServiceRun], story: Story) -> list[tuple[str, MadeFile]]:
    """Path and file of the service's export: its recordings are the watch's own files."""
    outcomes: dict[str, Outcome] = {TABLE: "imported", SHOES: "besides"}
    return [
        (path, MadeFile(path.rpartition("/")[2], outcomes.get(path, "duplicate"), data))
        for path, data in export_files(runs, shoes_of(story))
    ]


def _uploads(watched: list[bytes]) -> Iterator[MadeFile]:
    for nth, data in enumerate(watched):
        whole = len(data) if nth != _CUT_RUN else int(_CUT_SHARE * len(data))
        yield MadeFile(_upload_name(nth), "imported", data[:whole])


def _strays(story: Story, watched: list[bytes], seed: int) -> Iterator[MadeFile]:
    """What else the maker hands out: other sports, a plan, a copy, and a file that broke off."""
    chance = np.random.default_rng([seed, 1])
    names = (_upload_name(nth) for nth in range(len(watched), len(watched) + 5))
    ride = datetime.combine(story.day(50, 4), time(17, 30), ZoneInfo(ZONE))
    swim = datetime.combine(story.day(66, 2), time(19, 0), ZoneInfo(ZONE))
    yield MadeFile(next(names), "kept", ride_file(ride, chance))
    yield MadeFile(next(names), "kept", swim_file(swim, chance))
    yield MadeFile(next(names), "set_aside", workout_plan_file(ride))
    yield MadeFile(next(names), "duplicate", watched[_COPIED_RUN])
    yield MadeFile(next(names), "unreadable", watched[-1][:_STUB_BYTES])


def _upload_name(nth: int) -> str:
    return f"made-up-runner_{_FIRST_UPLOAD + 37 * nth}.fit"


def _stamp(plan: RunPlan) -> str:
    return f"made-up-run-{start_of(plan):%Y-%m-%d-%H%M}"


def _export(uploads: list[MadeFile], gear: MadeFile) -> bytes:
    half = len(uploads) // 2
    parts = [
        (UPLOADS.format(nth), _zipped(((file.name, file.data) for file in files), ZIP_DEFLATED))
        for nth, files in ((1, uploads[:half]), (2, uploads[half:]))
    ]
    return _zipped([*parts, (GEAR, gear.data)], ZIP_STORED)


def _zipped(files: Iterable[tuple[str, bytes]], packing: int) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w", packing) as archive:
        for name, data in files:
            entry = ZipInfo(name, _ZIP_TIME)
            entry.compress_type = packing
            archive.writestr(entry, data)
    return whole.getvalue()


def _write(folder: Path, files: Iterable[MadeFile]) -> None:
    folder.mkdir(exist_ok=True)
    for file in files:
        (folder / file.name).write_bytes(file.data)
