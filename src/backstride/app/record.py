"""The runner's activities as a list to look at, and what can be done to it: take out, join, part."""

from __future__ import annotations

from datetime import date

from backstride.copies import each_once
from backstride.model.activity import Activity
from backstride.model.errors import BadInput
from backstride.model.history import History, Removed, Sameness
from backstride.model.said import listed, said
from backstride.model.text import Quantity, Text
from backstride.store.store import Store

SHORTEST_BEGIN = 4
"""Signs of an id that must be given at least."""


def activities_of(store: Store) -> tuple[Activity, ...]:
    """Each activity once, oldest first."""
    return each_once(store.history()).activities


def in_all(history: History, once: tuple[Activity, ...]) -> Text:
    """How many runs and other activities there are, and of how many records they are made."""
    runs = sum(each.sport == "run" for each in once)
    return Text(
        "imports.in_all",
        {
            "runs": Quantity(runs, "count"),
            "others": Quantity(len(once) - runs, "count"),
            "records": Quantity(len(history.activities), "count"),
        },
    )


def found(activities: tuple[Activity, ...], begin: str) -> Activity:
    """The activity of that id, or one of whose copies has it; shortened as in `short`, or even more.

    Raises: BadInput where none does, or several.
    """
    wanted = begin.strip().lower()
    fits = [each for each in activities if any(_is(id, wanted) for id in ids_of(each))]
    if len(wanted) < SHORTEST_BEGIN:
        raise BadInput((said("{id}: give at least {n} signs of the id", id=begin, n=SHORTEST_BEGIN),))
    if not fits:
        raise BadInput((said("{id}: no activity has such an id; see: backstride runs", id=begin),))
    if len(fits) > 1:
        names = listed([short(each.id) for each in fits[:4]])
        raise BadInput((said("{id}: begins several; right would be one of {names}", id=begin, names=names),))
    return fits[0]


def short(id: str) -> str:
    """An id as people copy it: the beginning of the file's hash, and the place in the file."""
    sha256, _, place = id.rpartition("-")
    return f"{sha256[:8]}-{place}"


def _is(id: str, wanted: str) -> bool:
    sha256, _, place = id.rpartition("-")
    begin, dash, at = wanted.partition("-")
    return sha256.startswith(begin) and (not dash or place == at)


def ids_of(activity: Activity) -> tuple[str, ...]:
    """Its own id and those of the records it was made of."""
    return tuple(dict.fromkeys((activity.id, *(copy.id for copy in activity.copies))))


def remove(store: Store, begin: str, on: date) -> Activity:
    """The activity that is out of the record now, with every copy of it, those to come too.

    Raises: BadInput where no or several activities have such an id.
    """
    gone = found(activities_of(store), begin)
    store.add(Removed(gone.id, on))
    return gone


def hold(store: Store, first: str, second: str, same: bool) -> None:
    """From now on the two are one activity, or are not, whatever the rules say.

    Raises: BadInput where an id is of no record, or both are of one.
    """
    one, other = _record(store.history(), first), _record(store.history(), second)
    if one == other:
        raise BadInput((said("{id}: both are the same record; give two", id=one),))
    store.add(Sameness(one, other, same))


def _record(history: History, begin: str) -> str:
    """The id of the one record as it came in, by its beginning."""
    return found(history.activities, begin).id
