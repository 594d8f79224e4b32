"""What share of a whole a part has, where some of the whole may or may not belong to it."""

from __future__ import annotations

from backstride.model.findings import Interval


def portion(part: Interval, perhaps: Interval, rest: Interval) -> Interval:
    """The share of a part, 0 to 1, in a whole of it, of what may belong to it, and of what does not.

    All of it may be none of the part: nothing at all gives anything from 0 to 1.
    """
    return Interval(
        _share(part.low, perhaps.high + rest.high, otherwise=0.0),
        _share(part.high + perhaps.high, rest.low, otherwise=1.0),
    )


def _share(part: float, rest: float, otherwise: float) -> float:
    return part / (part + rest) if part > 0 else (0.0 if rest > 0 else otherwise)
