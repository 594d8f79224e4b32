"""What a change of the knowledge changes: every story answered with the knowledge then and now."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from backstride.app.actions import open_case
from backstride.assess import assess
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import load
from backstride.model.assessment import Assessment, Plan
from backstride.model.errors import BadInput, BadKnowledge
from backstride.model.said import said

FOLDER = "src/backstride/knowledge"
"""Where a checkout keeps the knowledge."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a story comes to, in the parts that a clinician would look at first."""

    tier: str
    cause: str
    """The first cause and how well it fits."""
    plan: tuple[str, ...] | None
    """Ids of the plan's steps; None where no plan is made."""


@dataclass(frozen=True, slots=True)
class Change:
    """One story that comes out otherwise."""

    story: str
    then: Outcome | None
    """None where the knowledge of then cannot answer it: it asks for something not known then."""
    now: Outcome

    @property
    def words(self) -> tuple[str, ...]:
        """A line for each part that changed."""
        if self.then is None:
            return ("could not be answered then",)
        lines = [
            f"{part}: {before} -> {after}"
            for part, before, after in (
                ("tier", self.then.tier, self.now.tier),
                ("first cause", self.then.cause, self.now.cause),
            )
            if before != after
        ]
        return (*lines, *_plan_words(self.then.plan, self.now.plan))

    def plain(self) -> dict[str, Any]:  # Any: JSON
        """As JSON."""
        sides = (("then", self.then), ("now", self.now))
        return {"story": self.story} | {
            name: None if side is None else {"tier": side.tier, "cause": side.cause, "plan": side.plan}
            for name, side in sides
        }


def _plan_words(then: tuple[str, ...] | None, now: tuple[str, ...] | None) -> tuple[str, ...]:
    if then == now:
        return ()
    if then is None or now is None:
        return ("plan: none -> made" if then is None else "plan: made -> none",)
    gone, new = sorted(set(then) - set(now)), sorted(set(now) - set(then))
    if not gone and not new:
        return ("plan: the same steps in another order",)
    parts = (("without", gone), ("with", new))
    return ("plan: " + "; ".join(f"{word} {', '.join(ids)}" for word, ids in parts if ids),)


def knowledge_at(revision: str | None) -> Knowledge:
    """The knowledge of a checkout as it stands now, or as it was at a git revision.

    Raises: BadInput outside a checkout or for a revision there is not; BadKnowledge for what this version
    of the program cannot read.
    """
    top = Path(_git("rev-parse", "--show-toplevel", where=Path.cwd()).decode().strip())
    if not (top / FOLDER).is_dir():
        raise BadInput(
            (
                said(
                    "{top}: no {folder} in it; run this inside a checkout of backstride",
                    top=top,
                    folder=FOLDER,
                ),
            )
        )
    if revision is None:
        return load(top / FOLDER)
    packed = _git("archive", "--format=tar", revision, FOLDER, where=top)
    with tempfile.TemporaryDirectory() as folder:
        _unpack(packed, Path(folder))
        try:
            return load(Path(folder) / FOLDER)
        except BadKnowledge as error:
            first = f"the knowledge at {revision} does not load with this version of the program:"
            raise BadKnowledge((first, *error.faults[:5])) from None


def _unpack(packed: bytes, folder: Path) -> None:
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        for member in archive:
            if (file := archive.extractfile(member)) is not None:
                path = folder / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.read())


_GIT_FAULTS = {
    "archive": said("no such revision here; right would be a branch, a tag or a commit, as in HEAD~1"),
    "rev-parse": said("this folder is no git checkout; run it inside a checkout of backstride"),
}


def _git(*words: str, where: Path) -> bytes:
    try:
        return subprocess.run(["git", *words], cwd=where, capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise BadInput((said("git is not installed, and a revision is read with it"),)) from None
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode(errors="replace").strip().splitlines()
        plain = _GIT_FAULTS.get(words[0], said("git could not do it"))
        last = told[-1] if told else "failed"
        raise BadInput(
            (said("{plain} (git {command}: {last})", plain=plain, command=words[0], last=last),)
        ) from None


def stories_in(place: Path) -> tuple[Path, ...]:
    """The case files in a folder, or the one file.

    Raises: BadInput where there is none.
    """
    found = (place,) if place.is_file() else tuple(sorted((*place.glob("*.toml"), *place.glob("*.json"))))
    if not found:
        raise BadInput(
            (said("{place}: no case files there; name a folder of them with --stories", place=place),)
        )
    return found


def changes(stories: tuple[Path, ...], then: Knowledge, now: Knowledge) -> tuple[Change, ...]:
    """The stories whose tier, first cause or plan is not what it was."""
    return tuple(
        Change(story.stem, before, after)
        for story in stories
        if (before := _outcome_or_none(story, then)) != (after := _outcome(story, now))
    )


def _outcome(story: Path, knowledge: Knowledge) -> Outcome:
    case = open_case(story, knowledge)
    return _in_short(assess(case.history, case.on, knowledge))


def _outcome_or_none(story: Path, knowledge: Knowledge) -> Outcome | None:
    try:
        return _outcome(story, knowledge)
    except BadInput:
        return None


def _in_short(answer: Assessment) -> Outcome:
    first = answer.causes[0]
    plan = tuple(step.id for step in answer.plan.steps) if isinstance(answer.plan, Plan) else None
    return Outcome(answer.triage.tier.name, f"{first.cause} ({first.fit})", plan)
