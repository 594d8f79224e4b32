"""How many pairs were in use at once."""

from __future__ import annotations

from collections.abc import Sequence

from backstride.features.lookback import Lookback, ids
from backstride.features.saying import missing, says
from backstride.features.shoes.rack import Rack, rack
from backstride.model.findings import Finding, Interval
from backstride.model.history import Span
from backstride.model.text import Quantity


def in_parallel(span: Span, shoes: Rack) -> Interval:
    """The most pairs that were in use at once within a span: each from its first run there to its last.

        A A B A B B A     two at once
        A A A B B B       one after the other: one at once

    Runs of no known pair, and days nobody recorded, may each have been in one more.
    """
    worn = [shoes.worn.get(run.id) for run in shoes.runs_in(span)]
    order = [None if pair is None else pair.id for pair in worn]
    unknown = order.count(None) + shoes.look.unseen_days(span)
    most = len({id for id in order if id is not None}) + unknown
    at_once = _at_once(order)
    return Interval(float(at_once), float(max(at_once, most) if unknown else at_once))


def _at_once(order: Sequence[str | None]) -> int:
    """The most pairs whose stretches, from first to last run, share a run or lie between one another's."""
    stretches = {
        id: (order.index(id), len(order) - 1 - order[::-1].index(id)) for id in order if id is not None
    }
    return max(
        (sum(first <= at <= last for first, last in stretches.values()) for at in range(len(order))),
        default=0,
    )


def shoe_rotation(look: Lookback) -> Finding:
    """How many pairs were in use at once in the recent weeks, and in the usual ones: described only."""
    recent, usual = look.recent, look.usual
    shoes = rack(look, look.until)
    now, before = in_parallel(recent, shoes), in_parallel(usual, shoes)
    window = Span(usual.first, recent.last)
    told = now.low > 0 and now.known
    key = "unknown" if not told else ("one" if now.low == 1 else "several")
    statement = says(f"shoe_rotation_{key}", day=recent.last, now=_count(now), before=_count(before))
    return Finding(
        "shoe_rotation",
        statement,
        _count(now) if told else missing(statement, "help_shoes"),
        window,
        look.seen_share(window),
        ids(look.runs_in(recent)),
        sources=("own_rule", "malisoux2015") if told else ("own_rule",),
        checked="M" if told else "P",
        background=says("shoe_rotation_known") if told else None,
    )


def _count(pairs: Interval) -> Quantity:
    if pairs.known:
        return Quantity(pairs.low, "count")
    return Quantity(pairs.low, "count", pairs.low, pairs.high)
