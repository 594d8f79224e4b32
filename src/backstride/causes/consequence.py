"""How much hangs on which cause it is: how far apart the plans and the people to see are."""

from __future__ import annotations

import numpy as np

from backstride.causes.answers import Shares
from backstride.knowledge.cause import Cause
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column
from backstride.model.assessment import Tier


def consequences(knowledge: Knowledge) -> Column:
    """For each two causes how differently they are treated, 0 (alike) to 1; causes x causes, in their order.

    Part of it is how soon somebody must look (tiers apart, of four), the rest which exercises are chosen for
    one and not for the other (Jaccard distance).
    """
    causes = tuple(knowledge.causes.values())
    exercises = {cause.id: _exercises(cause, knowledge) for cause in causes}
    tier_part = knowledge.number("tier_of_consequence")
    apart = np.zeros((len(causes), len(causes)))
    for i, one in enumerate(causes):
        for j, other in enumerate(causes[:i]):
            tiers = abs(Tier[one.tier] - Tier[other.tier]) / max(Tier)
            plans = _distance(exercises[one.id], exercises[other.id])
            apart[i, j] = apart[j, i] = tier_part * tiers + (1 - tier_part) * plans
    return apart


def at_odds(shares: Shares, apart: Column) -> float:
    """How differently two runners with this ranking may have to be treated, 0 to 1 (Rao's quadratic entropy).

    `apart` as of `consequences`; both in the order of the causes in the knowledge.  No answer is expected to
    raise it: it is concave, as both parts of the distance are of negative type.
    """
    held = np.array(list(shares.values()))
    return float(held @ apart @ held)


def _exercises(cause: Cause, knowledge: Knowledge) -> frozenset[str]:
    return frozenset(each.id for each in knowledge.exercises.values() if cause.id in each.suits_causes)


def _distance(one: frozenset[str], other: frozenset[str]) -> float:
    return 1 - len(one & other) / len(one | other) if one | other else 0.0
