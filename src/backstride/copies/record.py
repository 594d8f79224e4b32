"""A runner's record as it is to be looked at: each activity once, and nothing that was taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from backstride.copies.grouping import Pairs, groups
from backstride.copies.merge import merged
from backstride.copies.shoes import pair_of, pairs_once
from backstride.model.activity import Activity
from backstride.model.history import History, Sameness


def each_once(history: History) -> History:
    """The history with the copies of each activity put together as the rules or the runner say.

    An activity that the runner took out is gone with every copy of it; a run that is on a shoe's list of runs
    names that shoe where it names none.  Each pair of shoes is there once.
    """
    gone = {each.activity for each in history.removed}
    apart, together = told_pairs(history.sameness)
    kept = (group for group in groups(history.activities, apart, together) if gone.isdisjoint(_ids(group)))
    shoes = pairs_once(history.shoes)
    worn = {name: shoe.id for shoe in shoes for name in shoe.worn_in}
    once = (merged(group) for group in kept)
    runs = (_shod(run, pair_of(run, worn, shoes)) for run in once)
    return replace(
        history,
        activities=tuple(sorted(runs, key=lambda run: (run.start, run.id))),
        shoes=shoes,
        sameness=(),
        removed=(),
    )


def _shod(run: Activity, pair: str | None) -> Activity:
    return run if run.shoe == pair else replace(run, shoe=pair)


def told_pairs(told: Iterable[Sameness]) -> tuple[Pairs, Pairs]:
    """The pairs the runner holds apart, and those they hold together; of one pair the last word counts."""
    last = {tuple(sorted((each.first, each.second))): each.same for each in told}
    pairs = [(first, second, same) for (first, second), same in last.items()]
    apart = tuple((first, second) for first, second, same in pairs if not same)
    return apart, tuple((first, second) for first, second, same in pairs if same)


def _ids(group: Sequence[Activity]) -> Iterator[str]:
    for each in group:
        yield each.id
        yield from (copy.id for copy in each.copies)
