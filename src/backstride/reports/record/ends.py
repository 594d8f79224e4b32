"""A number known within two ends, as people read it."""

from __future__ import annotations

from math import inf, isfinite

from backstride.model.findings import Interval
from backstride.model.text import Quantity, Text, Unit
from backstride.reports.wording import Wording


def ends(value: Interval, unit: Unit, wording: Wording) -> str:
    """One number where its ends are one, else both; "at least" where nobody knows how much it was at most."""
    if not isfinite(value.high):
        return wording.say(Text("shoes.at_least", {"amount": Quantity(value.low, unit)}))
    return wording.quantity(told(value, unit))


def rough(value: Interval, unit: Unit, wording: Wording) -> str:
    """As `ends`, but "at least" also where the far end is more than twice the near one: it tells little."""
    return ends(Interval(value.low, inf) if value.high > 2 * value.low else value, unit, wording)


def told(value: Interval, unit: Unit) -> Quantity:
    """With its ends; finite."""
    if value.known:
        return Quantity(value.low, unit)
    return Quantity((value.low + value.high) / 2, unit, value.low, value.high)
