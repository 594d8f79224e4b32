"""From numbers to words: fits best, possible, unlikely."""

from __future__ import annotations

from collections.abc import Mapping

from backstride.causes.compete import Share
from backstride.causes.weigh import SYMPTOM_BLOCKS, Weighed
from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.unsettled import unsettled
from backstride.model.assessment import Fit


def fits(
    weighed: Mapping[str, Weighed], shares: Mapping[str, Share], known: Known, knowledge: Knowledge
) -> dict[str, Fit]:
    """The word for each cause.

    Fits best: near the top, and something speaks for it; for a serious cause that something is a symptom,
    never load, habit, age or sex alone.  The default needs nothing to speak for it, but steps back while
    symptoms hold a serious cause open.  Unlikely: even the upper end of the range is low, and no symptom
    holds it open.  So none, one or several fit best.  A serious cause is never called unlikely while a
    safety question about it is not settled: that is not known yet.
    """
    open_ones = {id for id, each in weighed.items() if _held_open(each, knowledge)}
    best = {id for id in _near_the_top(shares, knowledge) if _may_fit_best(weighed[id], open_ones)}
    if not best and not open_ones:
        best = {id for id, each in weighed.items() if each.cause.default}
    possible_from = knowledge.number("possible_from")

    def word(id: str) -> Fit:
        if id in best:
            return "fits best"
        if id in open_ones or shares[id].high >= possible_from:
            return "possible"
        return "not known yet" if unsettled(weighed[id].cause, known.facts, knowledge) else "unlikely"

    return {id: word(id) for id in weighed}


def _held_open(weighed: Weighed, knowledge: Knowledge) -> bool:
    """True for a serious cause that one symptom clearly speaks for, however rare it is.

    What speaks against it does not close it: with most of them the absence of signs excludes nothing.
    """
    enough = knowledge.number("serious_held_open_from")
    signs = (line.ratio for line in weighed.lines if line.evidence.block in SYMPTOM_BLOCKS)
    return weighed.cause.serious and any(ratio is not None and ratio >= enough for ratio in signs)


def _near_the_top(shares: Mapping[str, Share], knowledge: Knowledge) -> list[str]:
    top = max(share.value for share in shares.values())
    return [id for id, share in shares.items() if share.value >= top * knowledge.number("best_within")]


def _may_fit_best(weighed: Weighed, open_ones: set[str]) -> bool:
    if weighed.cause.default:
        return not open_ones
    return weighed.symptoms_say > 0 if weighed.cause.serious else weighed.spoken_for
