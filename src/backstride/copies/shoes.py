"""Pairs of shoes, each once: one file calls a pair by its number, another by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date

from backstride.model.activity import Activity
from backstride.model.history import Shoe


def pairs_once(shoes: Sequence[Shoe]) -> tuple[Shoe, ...]:
    """The pairs, without those that are only the name of another.

    A pair whose id is the model of one other is that one: Strava's list knows names alone, a watch maker's
    has numbers beside them.  What the other leaves out is taken from it.  Two pairs of one model stay two.
    """
    pairs = {shoe.id: shoe for shoe in shoes}
    while (both := _one_by_two_names(pairs)) is not None:
        name, pair = both
        pairs[pair.id] = _filled(pair, pairs.pop(name))
    return tuple(pairs.values())


def _one_by_two_names(pairs: Mapping[str, Shoe]) -> tuple[str, Shoe] | None:
    """An id that is the model of one other pair, and that pair; None where there is no such id."""
    for id in pairs:
        called = [each for each in pairs.values() if each.id != id and each.model == id]
        if len(called) == 1:
            return id, called[0]
    return None


def _filled(shoe: Shoe, other: Shoe) -> Shoe:
    """The one with what it leaves out as the other has it, and the runs of both."""
    known = {
        each.name: value
        for each in fields(Shoe)
        if getattr(shoe, each.name) is None and (value := getattr(other, each.name)) is not None
    }
    return replace(shoe, **known, worn_in=tuple(dict.fromkeys((*shoe.worn_in, *other.worn_in))))


def pair_of(run: Activity, worn: dict[str, str], shoes: Sequence[Shoe]) -> str | None:
    """The id of a run's pair: as its service's list has it, or the one pair that its row calls by name.

    Of several pairs of that name it is the only one in use that day; where there is no such one, the name
    stands for itself.
    """
    if run.shoe is None:
        return next((worn[name] for name in run.service_ids if name in worn), None)
    if any(shoe.id == run.shoe for shoe in shoes):
        return run.shoe
    called = [shoe for shoe in shoes if shoe.model == run.shoe]
    if len(called) > 1:
        called = [shoe for shoe in called if _in_use(shoe, run.on)]
    return called[0].id if len(called) == 1 else run.shoe


def _in_use(shoe: Shoe, on: date) -> bool:
    first, last = shoe.in_use_from, shoe.in_use_to
    return (first is None or first <= on) and (last is None or on <= last)
