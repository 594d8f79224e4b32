"""Shoes before the onset: a new pair, and a pair with a long life behind it.

No shoe is known to cause back pain: a new pair is a change of load, a worn one a thing to look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from backstride.features.certain import at_least, quantity, total
from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.recorded import days_of
from backstride.features.saying import missing, says
from backstride.model.activity import Activity
from backstride.model.findings import FactValue, Finding, Interval
from backstride.model.history import Shoe, Span
from backstride.model.text import Quantity


@dataclass(frozen=True, slots=True)
class _Pair:
    """One pair as the record has it up to the onset."""

    id: str
    name: str
    told: Shoe | None
    runs: tuple[Activity, ...]

    def distance_in(self, look: Lookback) -> Interval:
        """Distance on recorded runs in the pair."""
        return total(
            Interval(0.0, look.book.longest_possible_run_m(run.on))
            if run.distance_m is None
            else Interval(run.distance_m, run.distance_m)
            for run in self.runs
        )


def worn_on(run: Activity, shoes: Sequence[Shoe]) -> str | None:
    """The pair of one run: the one it names, or else the only one told to be in use that day.

    None where two may have been, and where any pair's days are not told.
    """
    if run.shoe is not None:
        return run.shoe
    if any(shoe.in_use_from is None and shoe.in_use_to is None for shoe in shoes):
        return None
    in_use = [
        shoe.id
        for shoe in shoes
        if (shoe.in_use_from is None or shoe.in_use_from <= run.on)
        and (shoe.in_use_to is None or run.on <= shoe.in_use_to)
    ]
    return in_use[0] if len(in_use) == 1 else None


def _pairs(look: Lookback) -> tuple[_Pair, ...]:
    """Every pair told or named by a run up to the onset, by id."""
    told = {shoe.id: shoe for shoe in look.history.shoes}
    runs = [run for run in look.runs if run.on <= look.until]
    worn = {run.id: worn_on(run, look.history.shoes) for run in runs}
    names = sorted({*told, *(id for id in worn.values() if id is not None)})
    return tuple(
        _Pair(
            id,
            told[id].model if id in told else id,
            told.get(id),
            tuple(run for run in runs if worn[run.id] == id),
        )
        for id in names
    )


def new_shoes(look: Lookback) -> Finding:
    """How many pairs were first used in the `new_shoe_days` before the onset, and the distance in the newest.

    First use is the day told, or the first run that names the pair where that must be its first: nothing
    was run in it before, or at least `shoes_named_runs` earlier runs name other pairs.  A no needs every
    run of the window to name a pair that is known not to be new.
    """
    window = back_from(look.until, int(look.number("new_shoe_days")))
    pairs = _pairs(look)
    new = [pair for pair in pairs if _is_new(pair, window, look)]
    answer = True if new else _none_new(pairs, window, look)
    facts: dict[str, FactValue] = {} if answer is None else {"new_shoes": answer}
    seen = look.seen_share(window)
    if new:
        newest = max(new, key=lambda pair: (len(pair.runs), pair.id))
        distance = quantity(newest.distance_in(look), "m") or Quantity(0.0, "m")
        return Finding(
            "new_shoes",
            says("new_shoes_yes", shoe=newest.name, first=window.first, distance=distance),
            Quantity(float(len(new)), "count"),
            window,
            seen,
            ids(newest.runs),
            facts,
            ("own_rule",),
            notable=True,
        )
    key = "new_shoes_unknown" if answer is None else "new_shoes_no"
    statement = says(key, first=window.first, last=window.last)
    return Finding(
        "new_shoes",
        statement,
        missing(statement, "help_shoes") if answer is None else Quantity(0.0, "count"),
        window,
        seen,
        ids(look.runs_in(window)),
        facts,
        ("own_rule",),
    )


def _is_new(pair: _Pair, window: Span, look: Lookback) -> bool | None:
    """Whether a pair's first use lies in a window that ends with the record; None where it is not known."""
    if pair.runs and pair.runs[0].on < window.first:
        return False
    if pair.told is not None and pair.told.in_use_from is not None:
        return pair.told.in_use_from in window
    if not pair.runs:
        return None
    first = pair.runs[0].on
    before_m = None if pair.told is None else pair.told.distance_before_m
    others = sum(run.shoe not in (None, pair.id) for run in look.runs if run.on < first)
    if before_m == 0 or (before_m is None and others >= look.number("shoes_named_runs")):
        return True
    return None


def _none_new(pairs: Sequence[_Pair], window: Span, look: Lookback) -> bool | None:
    """A no where every run of a fully recorded window names a pair known not to be new; else open."""
    runs = look.runs_in(window)
    old = {pair.id for pair in pairs if _is_new(pair, window, look) is False}
    settled = look.unseen_days(window) == 0 and all(worn_on(run, look.history.shoes) in old for run in runs)
    return False if runs and settled else None


def worn_shoes(look: Lookback) -> Finding:
    """Whether more than `worn_share` of the last `worn_window_days` was run in pairs beyond `shoe_life_m`."""
    window = back_from(look.until, int(look.number("worn_window_days")))
    runs = look.runs_in(window)
    pairs = {pair.id: pair for pair in _pairs(look)}
    worn = {id: at_least(_life(pair, look), look.number("shoe_life_m")) for id, pair in pairs.items()}
    answer = _mostly(runs, worn, look)
    facts: dict[str, FactValue] = {} if answer is None else {"worn_shoes": answer}
    key = {True: "worn_shoes_yes", False: "worn_shoes_no", None: "worn_shoes_unknown"}[answer]
    most = _most_used(runs, pairs, look)
    life = None if most is None else quantity(_life(most, look), "m")
    statement = says(
        key, first=window.first, last=window.last, life=Quantity(look.number("shoe_life_m"), "m")
    )
    return Finding(
        "worn_shoes",
        statement,
        life or missing(says("shoe_life_unknown"), "help_shoes"),
        window,
        look.seen_share(window),
        ids(runs),
        facts,
        ("cook1985", "own_rule"),
        "P",
        notable=answer is True,
    )


def _life(pair: _Pair, look: Lookback) -> Interval:
    """Distance in a pair up to the onset.

    What was run before the record counts where it is told, or where the pair is known to be no older than
    the record.  Runs that name no pair, and days nobody recorded, may have been in it.
    """
    on_record = pair.distance_in(look)
    since, before_m = _beginning(pair)
    if since is None or before_m is None:
        return Interval((before_m or 0.0) + on_record.low, inf)
    perhaps = sum(
        _possible_m(run, look)
        for run in look.runs_in(Span(since, look.until))
        if worn_on(run, look.history.shoes) is None
    )
    unseen = (day for day in days_of(Span(since, look.until)) if not look.book.is_recorded(day))
    perhaps += sum(look.book.longest_possible_run_m(day) for day in unseen)
    return Interval(before_m + on_record.low, before_m + on_record.high + perhaps)


def _beginning(pair: _Pair) -> tuple[date | None, float | None]:
    """The day from which the record counts for a pair, and the distance in it before; None is not known."""
    if pair.told is None:
        return None, None
    first_run = pair.runs[0].on if pair.runs else None
    if pair.told.distance_before_m is not None:
        return first_run, pair.told.distance_before_m
    return pair.told.in_use_from, None if pair.told.in_use_from is None else 0.0


def _possible_m(run: Activity, look: Lookback) -> float:
    return look.book.longest_possible_run_m(run.on) if run.distance_m is None else run.distance_m


def _mostly(runs: Sequence[Activity], worn: dict[str, bool | None], look: Lookback) -> bool | None:
    """Whether worn pairs carried more than their share of some runs, by number of runs."""
    if not runs:
        return None
    states = [None if (id := worn_on(run, look.history.shoes)) is None else worn.get(id) for run in runs]
    least = states.count(True) / len(runs)
    most = least + states.count(None) / len(runs)
    cut = look.number("worn_share")
    if least > cut:
        return True
    return False if most <= cut else None


def _most_used(runs: Sequence[Activity], pairs: dict[str, _Pair], look: Lookback) -> _Pair | None:
    named = [id for run in runs if (id := worn_on(run, look.history.shoes)) is not None]
    return pairs[max(sorted(set(named)), key=named.count)] if named else None
