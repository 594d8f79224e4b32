"""The whole made-up runner: files on disk like a real export, and what such a runner would tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backstride.app.demo.archive import write_archive
from backstride.app.demo.story import Story
from backstride.app.demo.told import PROFILE, answers_of, check_ins_of, symptoms_of
from backstride.knowledge.loader import shipped
from backstride.model.history import Answer, CheckIn, Profile, Symptom
from backstride.model.ledger import Outcome

UNTIL = date(2026, 3, 22)


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
    """What an import should make of each file, by the file's own name."""


def make(folder: Path, seed: int = 1, until: date = UNTIL) -> DemoRunner:
    """The runner, whose archive now lies in the folder; the same bytes for the same seed and last day.

    Whatever the seed, the story is the same: see `story`.
    """
    story = Story(until)
    return DemoRunner(
        folder=folder,
        on=until,
        spike_on=story.spike_on,
        onset_on=story.onset_on,
        profile=PROFILE,
        symptoms=symptoms_of(story),
        answers=answers_of(story, shipped()),
        check_ins=check_ins_of(story),
        expected=write_archive(folder, story, seed),
    )
