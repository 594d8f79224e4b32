"""The whole made-up runner: files on disk like a real export, and what such a runner would tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from backstride.app.demo.archive import write_archive
from backstride.app.demo.exports.kinds import ExportKind, export_of
from backstride.app.demo.made_run import made_run
from backstride.app.demo.runner import plan_runs
from backstride.app.demo.story import Story
from backstride.app.demo.told import PROFILE, answers_of, check_ins_of, symptoms_of
from backstride.knowledge.loader import shipped
from backstride.model.history import Answer, CheckIn, Profile, Symptom
from backstride.model.ledger import Outcome

UNTIL = date(2026, 3, 22)
EXPORT_WEEKS = 16
"""Of one maker's export: all of them are of the watch, every second, and made in a few seconds."""


@dataclass(frozen=True, slots=True)
class DemoRunner:
    """One made-up runner.  Nothing here is, or was, anybody's."""

    folder: Path
    """Where the archive lies, to be imported like anybody's."""
    on: date
    """The last day of the story, and the one to ask for."""
    spike_on: date
    """The one run that was too long, in the record only."""
    onset_on: date
    """Pain for the first time."""
    profile: Profile
    symptoms: tuple[Symptom, ...]
    answers: tuple[Answer, ...]
    check_ins: tuple[CheckIn, ...]
    expected: Mapping[str, Outcome]
    """What an import should make of each file, by the file's own name; empty for one maker's export."""
    runs: int
    """How many runs the archive tells of."""


def make(
    folder: Path,
    seed: int = 1,
    until: date = UNTIL,
    kind: ExportKind | None = None,
    weeks: int | None = None,
) -> DemoRunner:
    """The runner, whose archive now lies in the folder; the same bytes for the same seed and last day.

    Whatever the seed, the story is the same: see `story`.  With a `kind` the archive is that maker's alone,
    and tells of the last `weeks`, or `EXPORT_WEEKS`.
    """
    story = Story(until)
    expected = write_archive(folder, story, seed) if kind is None else {}
    plans = plan_runs(story, seed)
    if kind is not None:
        weeks = weeks or EXPORT_WEEKS
        plans = tuple(plan for plan in plans if plan.on > until - timedelta(days=7 * weeks))
        _write(folder, export_of(kind, [made_run(plan, seed) for plan in plans], story))
    return DemoRunner(
        folder=folder,
        on=until,
        spike_on=story.spike_on,
        onset_on=story.onset_on,
        profile=PROFILE,
        symptoms=symptoms_of(story),
        answers=answers_of(story, shipped()),
        check_ins=check_ins_of(story),
        expected=expected,
        runs=len(plans),
    )


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
