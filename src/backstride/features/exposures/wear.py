"""What each run says of the pair it was run in: how new it was, and how far it had gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backstride.features.lookback import Lookback


@dataclass(frozen=True, slots=True)
class Wear:
    """The pair of one run, on that day."""

    days: int | None
    """Days since its first use; None where that is not on record."""
    at_least_m: float
    """How far it had gone before this run, as far as that is on record."""


def wear(look: Lookback) -> Mapping[str, Wear]:
    """Each run that names a pair, by its id.

    First use is the day told, or the first run that names the pair where at least `shoes_named_runs`
    earlier runs name others: before that it may only be the first time that anybody wrote it down.
    """
    told = {shoe.id: shoe for shoe in look.history.shoes}
    first: dict[str, date | None] = {id: shoe.in_use_from for id, shoe in told.items()}
    gone_m: defaultdict[str, float] = defaultdict(float)
    gone_m.update({id: shoe.distance_before_m or 0.0 for id, shoe in told.items()})
    met: set[str] = set()
    named = 0
    found: dict[str, Wear] = {}
    for run in look.runs:
        if run.shoe is None:
            continue
        if run.shoe not in met:
            met.add(run.shoe)
            sure = named >= look.number("shoes_named_runs") and not gone_m[run.shoe]
            first.setdefault(run.shoe, run.on if sure else None)
            if first[run.shoe] is None and sure:
                first[run.shoe] = run.on
        began = first[run.shoe]
        found[run.id] = Wear(None if began is None else (run.on - began).days, gone_m[run.shoe])
        gone_m[run.shoe] += run.distance_m or 0.0
        named += 1
    return found
