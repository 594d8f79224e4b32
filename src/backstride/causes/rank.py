"""All conditions in order of fit, each with what speaks for and against it and what is still unknown."""

from __future__ import annotations

from backstride.causes.compete import Share, compete
from backstride.causes.fit import fits
from backstride.causes.reasons import reasons_against, reasons_for, unknown
from backstride.causes.weigh import Weighed, weigh
from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Fit, RankedCause
from backstride.model.findings import Facts

_FIT_ORDER: tuple[Fit, ...] = ("fits best", "possible", "not known yet", "unlikely")


def rank(known: Known, knowledge: Knowledge) -> tuple[RankedCause, ...]:
    """Every condition, best fit first.

    Prior by age, times every likelihood ratio whose answer is known, clues of one block tempered (see
    `temper`); then the conditions compete.  What is not known leaves each as it was, and is listed.
    """
    weighed = {id: weigh(cause, known.facts, knowledge) for id, cause in knowledge.causes.items()}
    if not weighed:
        return ()
    shares = compete(weighed)
    words = fits(weighed, shares, known, knowledge)
    ranked = [_ranked(weighed[id], words[id], shares[id], known.facts, knowledge) for id in weighed]
    return tuple(sorted(ranked, key=_place))


def _place(cause: RankedCause) -> tuple[int, float, str]:
    return _FIT_ORDER.index(cause.fit), -cause.probability, cause.cause


def _ranked(weighed: Weighed, fit: Fit, share: Share, facts: Facts, knowledge: Knowledge) -> RankedCause:
    cause = weighed.cause
    return RankedCause(
        cause=cause.id,
        name=cause.text("name"),
        plain=cause.text("plain"),
        fit=fit,
        probability=share.value,
        low=share.low,
        high=share.high,
        reasons_for=reasons_for(weighed),
        reasons_against=reasons_against(weighed),
        unknown=unknown(weighed, share.value, facts, knowledge),
        whom_to_see=cause.text("whom_to_see"),
        course=cause.text("course"),
        what_to_do=cause.text("what_to_do"),
        sources=cause.sources,
        serious=cause.serious,
    )
