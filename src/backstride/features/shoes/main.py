"""The pair that most of a span was run in."""

from __future__ import annotations

from dataclasses import dataclass

from backstride.features.possible import unseen_m
from backstride.features.shoes.rack import Pair, Rack
from backstride.model.findings import Interval
from backstride.model.history import Span


@dataclass(frozen=True, slots=True)
class Main:
    """A pair with more of a span's distance than any other pair can have, and how far that was."""

    pair: Pair
    distance_m: Interval


def main_pair(span: Span, shoes: Rack) -> Main | None:
    """The main pair of a span; None where there is no running, or where another may have had as much.

    Runs of no known pair, and days nobody recorded, may all have been in one other.
    """
    runs, unseen = shoes.runs_in(span), unseen_m(span, shoes.look)
    by_pair = {pair.id: shoes.distance_m(run for run in pair.runs if run.on in span) for pair in shoes.pairs}
    if not any(each.low > 0 for each in by_pair.values()):
        return None
    most = max(shoes.pairs, key=lambda pair: by_pair[pair.id].low)
    perhaps = shoes.distance_m(run for run in runs if run.id not in shoes.worn).high + unseen
    others = max((each.high for id, each in by_pair.items() if id != most.id), default=0.0)
    own = by_pair[most.id]
    if own.low <= others + perhaps:
        return None
    mine = shoes.perhaps_m(most, runs).high + unseen
    return Main(most, Interval(own.low, own.high + mine))
