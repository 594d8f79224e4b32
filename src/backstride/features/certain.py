"""What numbers known only within two ends still settle."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, isfinite

from backstride.model.findings import Interval
from backstride.model.text import Quantity, Unit

ZERO = Interval(0.0, 0.0)


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of intervals; zero where there are none."""
    return sum(parts, ZERO)


def times(value: Interval, factor: float) -> Interval:
    """Both ends by one factor, which is not below zero."""
    return Interval(value.low * factor, value.high * factor)


def ratio(now: Interval, before: Interval) -> Interval:
    """How many times `before` fits into `now`; infinite where `before` may be zero and `now` is not.

    Nothing against nothing is 1: no change.
    """
    return Interval(_over(now.low, before.high), _over(now.high, before.low))


def _over(part: float, whole: float) -> float:
    if whole > 0:
        return part / whole
    return inf if part > 0 else 1.0


def at_least(value: Interval, cut: float) -> bool | None:
    """Whether a number reaches a cut-off; None where its two ends disagree."""
    low, high = round(value.low, 9), round(value.high, 9)
    if low >= cut:
        return True
    return False if high < cut else None


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """One yes settles it; a no needs every one to be no."""
    known = tuple(answers)
    if True in known:
        return True
    return None if None in known else False


def quantity(value: Interval, unit: Unit) -> Quantity | None:
    """The number with its interval, its middle standing for it; None where an end is infinite."""
    if not isfinite(value.high):
        return None
    if value.known:
        return Quantity(value.low, unit)
    return Quantity((value.low + value.high) / 2, unit, value.low, value.high)
