"""Changes from one pair to another: of the main pair, of its build, and the days of every change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from backstride.features.certain import quantity
from backstride.features.lookback import Lookback, ids
from backstride.features.saying import missing, says
from backstride.features.shoes.main import Main, main_pair
from backstride.features.shoes.new import is_new
from backstride.features.shoes.rack import Pair, Rack, rack
from backstride.model.findings import Finding
from backstride.model.history import Shoe, Span
from backstride.model.text import Quantity, Text


@dataclass(frozen=True, slots=True)
class Switch:
    """One change of the pair, from one run to the next."""

    on: date
    before: Pair
    after: Pair


def switches(span: Span, shoes: Rack) -> tuple[Switch, ...]:
    """Every change of the pair within a span that is known; a run of no known pair hides those around it."""
    worn = [(run.on, shoes.worn.get(run.id)) for run in shoes.runs_in(span)]
    return tuple(
        Switch(on, before, after)
        for (_, before), (on, after) in pairwise(worn)
        if before is not None and after is not None and before.id != after.id
    )


def shoe_switch(look: Lookback) -> Finding:
    """Whether most of the recent weeks was run in another pair than most of the usual weeks before.

    Described, with the distance in the pair of now and, where the makers' figures are told of both, how its
    build differs.  Told first only where the pair is not new as well: then `new_shoes` tells it.
    """
    recent, usual = look.recent, look.usual
    shoes = rack(look, look.until)
    now, before = main_pair(recent, shoes), main_pair(usual, shoes)
    window = Span(usual.first, recent.last)
    base = Finding(
        "shoe_switch",
        statement := says("shoe_switch_unknown", day=recent.last),
        missing(statement, "help_shoes"),
        window,
        look.seen_share(window),
        ids(look.runs_in(recent)),
        sources=("own_rule",),
    )
    if now is None or before is None:
        return base
    distance = quantity(now.distance_m, "m") or Quantity(now.distance_m.low, "m")
    if now.pair.id == before.pair.id:
        same = says("shoe_switch_no", day=recent.last, shoe=now.pair.name, distance=distance)
        return replace(base, statement=same, value=distance)
    known_new = is_new(now.pair, Span(window.first, look.until), look) is True
    return replace(
        base, statement=_switched(now, before, recent.last, distance), value=distance, notable=not known_new
    )


def _switched(now: Main, before: Main, day: date, distance: Quantity) -> Text:
    said = says("shoe_switch_yes", day=day, shoe=now.pair.name, distance=distance, before=before.pair.name)
    build = build_change(before.pair.told, now.pair.told)
    return said if build is None else says("shoe_switch_build", what=said, build=build)


def build_change(before: Shoe | None, after: Shoe | None) -> Text | None:
    """How drop and stack of one pair differ from another's; None where neither is told of both."""
    if before is None or after is None:
        return None
    parts: list[Text] = []
    if before.drop_mm is not None and after.drop_mm is not None:
        parts.append(says("shoe_drop", before=_mm(before.drop_mm), now=_mm(after.drop_mm)))
    if before.stack_mm is not None and after.stack_mm is not None:
        parts.append(says("shoe_stack", before=_mm(before.stack_mm), now=_mm(after.stack_mm)))
    return says("shoe_build", parts=tuple(parts)) if parts else None


def _mm(height: float) -> Quantity:
    return Quantity(height, "mm")
