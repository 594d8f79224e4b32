"""The answers a question can get, and how often each is to be expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from math import log2

import numpy as np

from backstride.knowledge.question import Question
from backstride.knowledge.rules import Rule, uses
from backstride.model.activity import Column
from backstride.model.findings import FactValue

Shares = Mapping[str, float]
"""Cause -> probability; they sum to 1."""


def possible_answers(question: Question, rules: Iterable[Rule]) -> tuple[FactValue, ...]:
    """One value for each answer that the rules can tell apart: a number at and between their cut-offs.

    A date tells the rules nothing and gives none.
    """
    match question.kind:
        case "yes_no":
            return (True, False)
        case "choice":
            return tuple(question.options)
        case "number":
            return _numbers(question, rules)
        case _:
            return ()


def _numbers(question: Question, rules: Iterable[Rule]) -> tuple[float, ...]:
    against = {
        float(value)
        for rule in rules
        for use in uses(rule)
        if use.name == question.id and use.against is not None
        for value in use.against
        if not isinstance(value, str)
    }
    low, high = question.low, question.high
    if low is None or high is None:
        return ()
    edges = sorted({low, high, *against})
    between = {(left + right) / 2 for left, right in pairwise(edges)}
    return tuple(sorted({*edges, *between}))


def expected_shares(before: Shares, after: Sequence[Shares], rarest: float) -> tuple[float, ...]:
    """How often each answer is to be expected, so that what follows averages to what was thought before.

    The mixture of `after` nearest to `before` in squares.  No share is below `rarest`, as a no that "says
    nothing" would otherwise make a yes impossible.
    """
    thought = np.array(list(before.values()))
    then = np.array([[each[cause] for cause in before] for each in after])
    floored = np.maximum(_nearest_mixture(thought, then), rarest)
    return tuple((floored / floored.sum()).tolist())


def _nearest_mixture(target: Column, parts: Column) -> Column:
    """Weights of the rows of `parts`, none negative and 1 in sum, whose mixture is nearest to `target`.

    Exact: every set of rows that may be in use is tried, which for the few answers of a question is quick.
    """
    found = (
        weights
        for size in range(1, len(parts) + 1)
        for rows in combinations(range(len(parts)), size)
        if (weights := _mixture_of(target, parts, list(rows))).min() >= 0
    )
    return min(found, key=lambda weights: float(np.sum((weights @ parts - target) ** 2)))


def _mixture_of(target: Column, parts: Column, rows: list[int]) -> Column:
    """The least-squares weights of these rows with sum 1, which may be negative; zero for the others."""
    *free, last = rows
    weights = np.zeros(len(parts))
    if free:
        weights[free] = np.linalg.lstsq((parts[free] - parts[last]).T, target - parts[last], rcond=None)[0]
    weights[last] = 1 - weights.sum()
    return weights


def bits(before: Shares, after: Shares) -> float:
    """How much one answer would teach: the divergence of the new ranking from the old, in bits.

    Averaged over answers whose shares are consistent it is the expected drop of entropy.
    """
    return max(0.0, sum(new * log2(new / before[cause]) for cause, new in after.items() if new > 0))
