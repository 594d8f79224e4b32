"""The list of activities to be looked through: one light row each, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from backstride.app.record import ids_of
from backstride.copies import each_once
from backstride.features.ground.of_run import ground_of
from backstride.features.lookback import Lookback
from backstride.features.measures.memory import Measured
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity, Sport, Surface
from backstride.model.history import History, Sameness, Shoe
from backstride.store.store import Store


@dataclass(frozen=True, slots=True)
class RunRow:
    """One activity, without its seconds.  None is not recorded."""

    id: str
    copies: tuple[str, ...]
    """Ids of the records it is made of, the one it is based on first."""
    start: datetime
    sport: Sport
    distance_m: float | None
    moving_s: float | None
    climb_m: float | None
    title: str
    note: str
    shoe: str | None
    """Id of the pair it is known to be in."""
    ground: Surface | None
    """Named, or judged by the recording; None where it may have been several."""
    ground_judged: bool

    @property
    def on(self) -> date:
        """The local day it began."""
        return self.start.date()


@dataclass(frozen=True, slots=True)
class RunList:
    """Every activity once, newest first, and the pairs of shoes by id."""

    rows: tuple[RunRow, ...]
    shoes: Mapping[str, str]
    """What each pair is called."""
    pairs: tuple[Shoe, ...]
    """As the store has them."""

    def row(self, id: str) -> RunRow | None:
        """The activity of that id, or one of whose records has it; None without any."""
        return next((row for row in self.rows if row.id == id or id in row.copies), None)


def run_list(store: Store, on: date, knowledge: Knowledge) -> RunList:
    """Every activity in the store; what has to be worked out of seconds is taken only where it is at hand."""
    history = store.history()
    once = each_once(history)
    kept = store.measured()
    measured = Measured(knowledge, kept)
    last = max((each.on for each in once.activities), default=on)
    look = Lookback(once, max(on, last), None, knowledge, measured)
    at_hand = {run.id for run in look.runs if run.id in kept and kept[run.id][0] == measured.key(run)}
    rows = (_row(each, look, each.id in at_hand) for each in reversed(once.activities))
    return RunList(tuple(rows), {pair.id: pair.model or pair.id for pair in once.shoes}, history.shoes)


def _row(each: Activity, look: Lookback, at_hand: bool) -> RunRow:
    judged = ground_of(each, look).only if at_hand and each.surface is None else None
    return RunRow(
        each.id,
        ids_of(each),
        each.start,
        each.sport,
        each.distance_m,
        each.moving_s or each.elapsed_s,
        each.climb_m,
        each.title or "",
        each.note or "",
        look.worn.get(each.id, each.shoe),
        each.surface or judged,
        each.surface is None and judged is not None,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which activities are looked for; None and empty are any."""

    first: date | None = None
    last: date | None = None
    text: str = ""
    """Words in the title, the note or the name of the shoe."""
    sport: str = "run"
    """A sport, or empty for every one."""
    shoe: str = ""
    """Id of a pair; "?" is those of no known pair."""
    ground: str = ""
    """A surface; "?" is those that may have been on several."""
    least_m: float | None = None


def chosen(listed: RunList, wanted: Wanted) -> tuple[RunRow, ...]:
    """The rows that fit, newest first.  What is not recorded fits no bound."""
    words = wanted.text.lower().split()
    return tuple(row for row in listed.rows if _fits(row, wanted, words, listed.shoes))


def _fits(row: RunRow, wanted: Wanted, words: Iterable[str], shoes: Mapping[str, str]) -> bool:
    if wanted.sport and row.sport != wanted.sport:
        return False
    if wanted.first is not None and row.on < wanted.first:
        return False
    if wanted.last is not None and row.on > wanted.last:
        return False
    if wanted.shoe and (row.shoe or "?") != wanted.shoe:
        return False
    if wanted.ground and (row.ground or "?") != wanted.ground:
        return False
    if wanted.least_m is not None and (row.distance_m is None or row.distance_m < wanted.least_m):
        return False
    read = f"{row.title} {row.note} {shoes.get(row.shoe or '', '')}".lower()
    return all(word in read for word in words)


def one_activity(store: Store, row: RunRow, pairs: tuple[Shoe, ...]) -> Activity | None:
    """One activity with its seconds, merged of its records; None where one of them is gone meanwhile.

    Only its own records are read, so that a long history costs nothing.
    """
    records = [store.activity(id) for id in row.copies]
    there = tuple(each for each in records if each is not None)
    together = tuple(Sameness(one.id, other.id, True) for one, other in pairwise(there))
    found = each_once(History(activities=there, shoes=pairs, sameness=together)).activities
    if len(found) != 1:
        return None
    return replace(found[0], shoe=row.shoe)
