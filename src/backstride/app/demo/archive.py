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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED
from zoneinfo import ZoneInfo

import numpy as np

from backstride.app.demo.exports.strava_runs import (
    RECORDINGS,
    SHOES,
    TABLE,
    ServiceRun,
    export_files,
    service_run,
)
from backstride.app.demo.gear import gear_file, shoes_of
from backstride.app.demo.made_run import made_run, start_of
from backstride.app.demo.other_files import ride_file, swim_file, workout_plan_file
from backstride.app.demo.runner import RunPlan, plan_runs
from backstride.app.demo.story import ZONE, Story
from backstride.app.demo.zipping import zipped
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
    runs = {plan: service_run(made_run(plan, seed)) for plan in plan_runs(story, seed)}
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
    (folder / SERVICE).write_bytes(zipped(((path, file.data) for path, file in served), ZIP_DEFLATED))
    _write(folder / PHONE, phoned)
    _write(folder / GYM, gymed)
    _write(folder, [note])
    every = (*uploads, *phoned, *gymed, note, gear, *(file for _, file in served))
    return {each.name: each.outcome for each in every}


def _served(runs: list[ServiceRun], story: Story) -> list[tuple[str, MadeFile]]:
    """Path and file of the service's export: its recordings are the watch's own files."""
    outcomes: dict[str, Outcome] = {TABLE: "imported", SHOES: "besides"}
    return [
        (path, MadeFile(path.rpartition("/")[2], outcomes.get(path, "duplicate"), data))
        for path, data in export_files(runs, shoes_of(story), RECORDINGS)
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
        (UPLOADS.format(nth), zipped(((file.name, file.data) for file in files), ZIP_DEFLATED))
        for nth, files in ((1, uploads[:half]), (2, uploads[half:]))
    ]
    return zipped([*parts, (GEAR, gear.data)], ZIP_STORED)


def _write(folder: Path, files: Iterable[MadeFile]) -> None:
    folder.mkdir(exist_ok=True)
    for file in files:
        (folder / file.name).write_bytes(file.data)
