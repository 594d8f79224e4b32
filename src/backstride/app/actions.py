"""The answer and what it rests on.  Each door (terminal, web, API) calls functions of this room alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, tzinfo
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from tzlocal import get_localzone

from backstride.app.case import Case, read_case
from backstride.assess import assess, safety
from backstride.copies import each_once
from backstride.features.explain import explain as take_apart
from backstride.features.load.own import OwnUsual, own_usual
from backstride.features.lookback import Lookback
from backstride.features.measures.memory import Measured
from backstride.formats.archive.unpack import members
from backstride.formats.readers import read
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity
from backstride.model.assessment import Assessment, Triage
from backstride.model.errors import BadInput
from backstride.model.explained import Explained
from backstride.model.history import Profile
from backstride.model.said import said
from backstride.store.store import Store

KEEP_EVERY = 100
"""Runs measured between two writes: so much is lost by Ctrl-C."""


def zone_of(profile: Profile) -> tzinfo:
    """The runner's zone: as told, else this machine's."""
    if profile.zone is None:
        return get_localzone()
    return ZoneInfo(profile.zone)


@contextmanager
def measuring(store: Store, knowledge: Knowledge) -> Iterator[Measured]:
    """What was worked out of runs before; what is worked out in the block is kept there at its end."""
    measured = Measured(knowledge, store.measured())
    yield measured
    if measured.new:
        store.keep_measured(measured.new)


def assess_store(store: Store, on: date, knowledge: Knowledge) -> Assessment:
    """The answer from everything in the store, as of a day; what is worked out of runs is kept there."""
    with measuring(store, knowledge) as measured:
        return assess(store.history(), on, knowledge, measured)


def explain(
    store: Store, name: str, on: date, days: int | None, knowledge: Knowledge
) -> tuple[Explained, Triage]:
    """One measure with all it rests on, and what must be seen first whatever it says.

    Raises: KeyError for a name that is not in `MEASURES`.
    """
    return explained(store, name, on, days, knowledge), safety_of(store, on, knowledge)


def explained(store: Store, name: str, on: date, days: int | None, knowledge: Knowledge) -> Explained:
    """As `explain`, for a page on which what must be seen first stands already."""
    with measuring(store, knowledge) as measured:
        look = Lookback(each_once(store.history()), on, None, knowledge, measured)
        return take_apart(name, look, days)


def usual_of(store: Store, on: date, knowledge: Knowledge) -> tuple[OwnUsual, float | None, Triage]:
    """How the runner usually runs, the mass told, and what must be seen first."""
    return (*own_of(store, on, knowledge), safety_of(store, on, knowledge))


def own_of(store: Store, on: date, knowledge: Knowledge) -> tuple[OwnUsual, float | None]:
    """As `usual_of`, for a page on which what must be seen first stands already."""
    measured = Measured(knowledge, store.measured())
    history = store.history()
    runs = [each for each in each_once(history).activities if each.sport == "run" and each.on <= on]
    return own_usual(runs, measured, knowledge), history.profile.mass_kg


def measure_all(store: Store, knowledge: Knowledge, tell: Callable[[int, int], None]) -> int:
    """How many runs were measured that were not yet; every run's measures are kept now.

    `tell` is called after each with how many are done, and of how many.
    """
    kept = store.measured()
    runs = [each for each in each_once(store.history()).activities if each.sport == "run"]
    measured, new = Measured(knowledge, kept), 0
    for done, run in enumerate(runs):
        measured(run)
        if len(measured.new) >= KEEP_EVERY:
            new += len(measured.new)
            store.keep_measured(measured.new)
            measured.new.clear()
        tell(done + 1, len(runs))
    if measured.new:
        store.keep_measured(measured.new)
    return new + len(measured.new)


def safety_of(store: Store, on: date, knowledge: Knowledge) -> Triage:
    """What must be seen first, for a page that is no answer itself."""
    return safety(store.history(), on, knowledge, Measured(knowledge, store.measured()))


def assess_case(path: Path, on: date | None, knowledge: Knowledge) -> Assessment:
    """The answer for a case file, without touching any store; `on` overrides the case's own day."""
    case = open_case(path, knowledge)
    return assess(case.history, on or case.on, knowledge)


def open_case(path: Path, knowledge: Knowledge) -> Case:
    """A case file with the activity files it names."""
    return read_case(path, knowledge, _read_activities)


def _read_activities(path: Path) -> tuple[Activity, ...]:
    """Every activity in one file.  Raises: BadFile for the first thing in it that cannot be read."""
    if not path.is_file():
        raise BadInput((said("{name}: no such file beside the case", name=path.name),))
    found: list[Activity] = []
    for member in members(BytesIO(path.read_bytes()), path.name):
        if member.fault is not None:
            raise member.fault
        if member.data is not None:
            found += read(member.data, member.name, get_localzone()).activities
    return tuple(found)
