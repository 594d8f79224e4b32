"""Which pair each run was in: as it names it, or as the days told leave only one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from backstride.model.activity import Activity
from backstride.model.history import Shoe


def pair_of_each(runs: Sequence[Activity], shoes: Sequence[Shoe]) -> Mapping[str, str]:
    """The pair of each run by the run's id: the one it names, else the only one told to be in use that day.

    A run is not there where two may have been worn.  Where any pair, also one that another run names, has no
    told days, it may have been worn on any day: then only runs that name a pair are there.
    """
    named = {run.id: run.shoe for run in runs if run.shoe is not None}
    if not shoes:
        return named
    if not set(named.values()) <= {shoe.id for shoe in shoes if _dated(shoe)} or not all(map(_dated, shoes)):
        return named
    only = {run.id: _only_one_in_use(run.on, shoes) for run in runs if run.shoe is None}
    return {**named, **{id: pair for id, pair in only.items() if pair is not None}}


def _dated(shoe: Shoe) -> bool:
    return shoe.in_use_from is not None or shoe.in_use_to is not None


def _only_one_in_use(on: date, shoes: Sequence[Shoe]) -> str | None:
    """The only pair told to be in use on a day; None where several are."""
    in_use = [
        shoe.id
        for shoe in shoes
        if (shoe.in_use_from is None or shoe.in_use_from <= on)
        and (shoe.in_use_to is None or on <= shoe.in_use_to)
    ]
    return in_use[0] if len(in_use) == 1 else None
