"""The causes against one another: what share of the whole each takes, with its range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

from backstride.causes.weigh import Weighed


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the whole one cause takes, 0 to 1, and how far it may be off."""

    value: float
    low: float
    high: float


def probabilities(log_weights: Mapping[str, float]) -> dict[str, float]:
    """Each cause's share of the whole; they sum to 1.

    Where evidence speaks for one cause only this is Bayes' rule on the odds.
    """
    top = max(log_weights.values())
    weights = {id: exp(value - top) for id, value in log_weights.items()}
    whole = sum(weights.values())
    return {id: weight / whole for id, weight in weights.items()}


def compete(weighed: Mapping[str, Weighed]) -> dict[str, Share]:
    """Every cause's probability with its range.

    The range is first-order and without chance: on the log-odds of a cause, its own half width and those
    of the others, each by its part among the others, add as squares (log-normal intervals).
    """
    values = probabilities({id: each.log_weight for id, each in weighed.items()})
    squares = {id: each.half_width**2 for id, each in weighed.items()}
    others = sum(values[id] ** 2 * squares[id] for id in weighed)
    return {
        id: _share(value, (squares[id] + (others - value**2 * squares[id]) / (1 - value) ** 2) ** 0.5)
        for id, value in values.items()
    }


def _share(value: float, half_width: float) -> Share:
    centre = log(value / (1 - value))
    return Share(value, _sigmoid(centre - half_width), _sigmoid(centre + half_width))


def _sigmoid(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds)) if log_odds >= 0 else exp(log_odds) / (1 + exp(log_odds))
