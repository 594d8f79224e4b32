"""What each run says of the pair it was run in: whether it was new, and whether it had gone far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backstride.features.lookback import Lookback
from backstride.model.activity import Activity
from backstride.model.history import Shoe, Span


@dataclass(frozen=True, slots=True)
class Wear:
    """The pair of one run, on that day; None is not known, and never no."""

    is_new: bool | None
    is_worn: bool | None


@dataclass(slots=True)
class _Pair:
    """A pair as far as the record has gone."""

    first: date | None
    """First use, where that is known."""
    met: date
    """The first run that names it: in use at least since then."""
    gone_m: float
    """At least so far."""
    whole: bool
    """True where that is all: its beginning is known, and nothing since may have been run in it unseen."""


def wear(look: Lookback) -> Mapping[str, Wear]:
    """Each run whose pair is known, by its id.

    First use is the day told, or the first run that names the pair where at least `shoes_named_runs`
    earlier runs name others: before that it may only be the first time that anybody wrote it down.
    """
    told = {shoe.id: shoe for shoe in look.history.shoes}
    pairs: dict[str, _Pair] = {}
    named, last = 0, None
    found: dict[str, Wear] = {}
    for run in look.runs:
        id = look.worn.get(run.id)
        if id is None or (last is not None and look.unseen_days(Span(last, run.on)) > 0):
            for pair in pairs.values():
                pair.whole = False
        last = run.on
        if id is None:
            continue
        if id not in pairs:
            pairs[id] = _begun(run, told.get(id), named >= look.number("shoes_named_runs"))
        found[run.id] = _worn(run, pairs[id], look)
        pairs[id].gone_m += run.distance_m or 0.0
        pairs[id].whole &= run.distance_m is not None
        named += 1
    return found


def _begun(run: Activity, told: Shoe | None, others_named: bool) -> _Pair:
    before_m = None if told is None else told.distance_before_m
    first = None if told is None else told.in_use_from
    if first is None and others_named and not before_m:
        first = run.on
    return _Pair(first, run.on, before_m or 0.0, before_m is not None or first == run.on)


def _worn(run: Activity, pair: _Pair, look: Lookback) -> Wear:
    return Wear(_is_new(run, pair, look.number("new_shoe_days")), _is_worn(pair, look.number("shoe_life_m")))


def _is_new(run: Activity, pair: _Pair, most_days: float) -> bool | None:
    if pair.first is not None:
        return (run.on - pair.first).days <= most_days
    return False if (run.on - pair.met).days > most_days else None


def _is_worn(pair: _Pair, life_m: float) -> bool | None:
    if pair.gone_m >= life_m:
        return True
    return False if pair.whole else None
