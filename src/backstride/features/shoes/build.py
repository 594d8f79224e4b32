"""The drop and the stack that the runner stood on, averaged over the distance in each pair."""

from __future__ import annotations

from collections.abc import Callable
from math import isclose

from backstride.features.lookback import Lookback, ids
from backstride.features.saying import missing, says
from backstride.features.shoes.rack import Rack, rack
from backstride.model.findings import Finding
from backstride.model.history import Shoe, Span
from backstride.model.text import Quantity


def shoe_build(look: Lookback) -> Finding:
    """Mean drop, and mean stack, of the recent weeks against the usual ones before; notable from one step on.

    Known only where every recorded run of both has a distance and a pair of which the figure is told.  What
    drop or stack does to a back is not known: another one is a change of load.
    """
    recent, usual = look.recent, look.usual
    shoes = rack(look, look.until)
    window = Span(usual.first, recent.last)
    drop = _means(lambda shoe: shoe.drop_mm, recent, usual, shoes)
    stack = _means(lambda shoe: shoe.stack_mm, recent, usual, shoes)
    parts = tuple(
        says(key, before=Quantity(both[1], "mm"), now=Quantity(both[0], "mm"))
        for key, both in (("shoe_drop", drop), ("shoe_stack", stack))
        if both is not None
    )
    unknown = says("shoe_build_unknown", day=recent.last)
    told = drop or stack
    return Finding(
        "shoe_build",
        says("shoe_build_weeks", day=recent.last, parts=parts) if parts else unknown,
        missing(unknown, "help_shoe_build") if told is None else Quantity(told[0] - told[1], "mm"),
        window,
        look.seen_share(window),
        ids(look.runs_in(recent)),
        sources=("own_rule",),
        notable=_far(drop, look.number("drop_change_mm")) or _far(stack, look.number("stack_change_mm")),
    )


_Means = tuple[float, float]
"""Of the recent weeks, and of those before."""


def _means(of: Callable[[Shoe], float | None], recent: Span, usual: Span, shoes: Rack) -> _Means | None:
    now, before = _mean(of, recent, shoes), _mean(of, usual, shoes)
    return None if now is None or before is None else (now, before)


def _mean(of: Callable[[Shoe], float | None], span: Span, shoes: Rack) -> float | None:
    """The mean over a span's distance; None where one run leaves it open."""
    whole = summed = 0.0
    for run in shoes.runs_in(span):
        pair = shoes.worn.get(run.id)
        height = None if pair is None or pair.told is None else of(pair.told)
        if height is None or run.distance_m is None:
            return None
        whole, summed = whole + run.distance_m, summed + run.distance_m * height
    return summed / whole if whole > 0 else None


def _far(both: _Means | None, step: float) -> bool:
    if both is None:
        return False
    apart = abs(both[0] - both[1])
    return apart >= step or isclose(apart, step)
