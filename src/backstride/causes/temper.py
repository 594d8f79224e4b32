"""How much the n-th piece of evidence of one kind still counts: clues that come together tell less."""

from __future__ import annotations

from collections.abc import Sequence


def gamma(n: int, tempering: float) -> float:
    """What n equally strong clues of one block count, each, against one alone: 1 / (1 + t (n - 1)).

    Source: smart2011, on whose patients multiplied likelihood ratios are over-confident.
    """
    return 1 / (1 + tempering * (n - 1))


def share(rank: int, tempering: float) -> float:
    """How much the clue at `rank` (1 is the strongest) counts; n equal ones add up to n gamma(n).

    A common factor gamma(n) for all would let a further weak clue for a cause take away from it.  Counting
    the strongest first, and each next one by what n gamma(n) grows, never does, as every share is above zero.
    """
    return rank * gamma(rank, tempering) - (rank - 1) * gamma(rank - 1, tempering) if rank > 1 else 1.0


def shares(log_ratios: Sequence[float], tempering: float) -> tuple[float, ...]:
    """The share of each log ratio of one block; those for and those against are counted apart.

    Equal strengths share evenly, so that the order they are written in does not matter.
    """
    found = [0.0] * len(log_ratios)
    for side in (1, -1):
        strengths = {i: side * value for i, value in enumerate(log_ratios) if side * value > 0}
        strongest_first = sorted(strengths, key=lambda i: -strengths[i])
        rank = {i: place for place, i in enumerate(strongest_first, start=1)}
        for i, strength in strengths.items():
            equal = [rank[j] for j, other in strengths.items() if other == strength]
            found[i] = sum(share(place, tempering) for place in equal) / len(equal)
    return tuple(found)
