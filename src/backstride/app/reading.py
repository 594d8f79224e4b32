"""One file read and made ready for the store, whatever it holds: this part runs in worker processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo
from io import BufferedReader
from typing import BinaryIO, cast

from backstride.app.counted import COUNT_EVERY_BYTES, Counted
from backstride.formats.apple import reader as apple
from backstride.formats.readers import Contents, read
from backstride.formats.sports import A_SPORT
from backstride.model.activity import Activity
from backstride.model.errors import BadFile
from backstride.model.ledger import LedgerLine, Outcome
from backstride.model.said import Said, listed, plainly, said
from backstride.store.errors import Unstorable
from backstride.store.packing import Packed, pack, pack_unkept

MOST_NAMED = 4
"""Of a table with more activities, only how many there are is said."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be read."""

    name: str
    """Its path inside what was handed in."""
    data: bytes
    zone: tzinfo
    """The runner's own."""
    source: str
    """Name of what was handed in."""
    warning: Said | None = None
    """What was wrong with its packing."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one file: its line in the ledger, and what is to be stored."""

    line: LedgerLine
    packed: Packed | None = None


def read_and_pack(job: Job) -> Done:
    """What became of the file.  Never raises: one bad file never stops an import."""
    try:
        return _given(job, read(job.data, job.name, job.zone))
    except BadFile as fault:
        return _unreadable(job, fault.told)
    except Unstorable as error:
        return _unreadable(job, _cannot_keep(error))
    except Exception as error:  # a mistake of ours; its message may hold what stands in the file
        return _unreadable(job, said("a mistake in backstride itself ({kind})", kind=type(error).__name__))


def read_streamed(stream: BinaryIO, job: Job, on_the_way: Callable[[], None]) -> Done:
    """What became of an Apple Health export that is too large to be held; read here, to its end.

    `on_the_way` is called every few megabytes.  Its bytes are not kept: the runner's phone can give it again.
    """
    counted = Counted(stream, on_the_way)
    try:
        contents = apple.read_stream(
            cast(BinaryIO, BufferedReader(counted, COUNT_EVERY_BYTES)), job.name, job.zone
        )
        line = line_of(job.name, job.source, contents)
        packed = pack_unkept(counted.sha256, counted.size_bytes, contents.activities, contents.days)
        return Done(line, packed)
    except BadFile as fault:
        return Done(LedgerLine(job.name, "unreadable", fault.told, source=job.source))
    except Unstorable as error:
        return Done(LedgerLine(job.name, "unreadable", _cannot_keep(error), source=job.source))


def broke_off(job: Job) -> Done:
    """What became of a file that ended the process that read it."""
    return _unreadable(job, said("reading it took all memory or time there is; it was left out"))


def line_of(name: str, source: str, contents: Contents) -> LedgerLine:
    """The line of a file that could be read."""
    line = LedgerLine(name, "set_aside", contents.kind, (), _warnings(contents), contents.skipped, source)
    if contents.activities:
        ids = tuple(activity.id for activity in contents.activities)
        ran = any(activity.sport == "run" for activity in contents.activities)
        outcome: Outcome = "imported" if ran else "kept"
        return replace(line, outcome=outcome, why=_what(contents.activities), activities=ids)
    if contents.shoes or contents.days:
        return replace(line, outcome="besides")
    return line


def _given(job: Job, contents: Contents) -> Done:
    line = line_of(job.name, job.source, contents)
    if job.warning is not None:
        line = replace(line, warnings=(job.warning, *line.warnings))
    return Done(line, pack(job.data, line.outcome, contents.activities, (*contents.shoes, *contents.days)))


def _cannot_keep(error: Unstorable) -> Said:
    return said("what it holds cannot be kept: {why}", why=plainly(str(error)))


def _unreadable(job: Job, why: Said) -> Done:
    line = LedgerLine(job.name, "unreadable", why, source=job.source)
    return Done(line, pack(job.data, "unreadable"))


def _warnings(contents: Contents) -> tuple[Said, ...]:
    each = (warning for activity in contents.activities for warning in activity.warnings)
    return tuple(dict.fromkeys((*contents.warnings, *each)))


def _what(activities: tuple[Activity, ...]) -> Said:
    """What the file holds, in words: "a run", "a run and a swim", "970 runs and 31 other activities"."""
    if len(activities) > MOST_NAMED:
        runs = sum(activity.sport == "run" for activity in activities)
        return said("{count} activities; runs among them: {runs}", count=len(activities), runs=runs)
    what = [A_SPORT[each.sport] for each in activities]
    if len(what) == 1:
        return what[0]
    return said("{first} and {last}", first=listed(what[:-1]), last=what[-1])
