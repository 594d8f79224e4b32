"""All conditions in order of fit, each with what speaks for and against it and what is still unknown."""

from __future__ import annotations

from dataclasses import replace

from backstride.causes.compete import Share, compete
from backstride.causes.fit import fits
from backstride.causes.reasons import reasons_against, reasons_for, unknown
from backstride.causes.weigh import Weighed, weigh
from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Fit, Flag, RankedCause, Tier
from backstride.model.findings import Facts

_FIT_ORDER: tuple[Fit, ...] = ("fits best", "possible", "not known yet", "unlikely")


def rank(known: Known, knowledge: Knowledge, raised: tuple[Flag, ...] = ()) -> tuple[RankedCause, ...]:
    """Every condition: what a raised red flag looks for first, then best fit first.

    Prior by age, times every likelihood ratio whose answer is known, clues of one block tempered (see
    `temper`); then the conditions compete.  What is not known leaves each as it was, and is listed.
    """
    weighed = {id: weigh(cause, known.facts, knowledge) for id, cause in knowledge.causes.items()}
    if not weighed:
        return ()
    shares = compete(weighed)
    words = fits(weighed, shares, known, knowledge)
    first = ruled_out_first(raised)
    ranked = [_ranked(weighed[id], words[id], shares[id], known.facts, knowledge) for id in weighed]
    ranked = [_ruled_out(each) if each.cause in first else each for each in ranked]
    place = {id: at for at, id in enumerate(first)}
    return tuple(sorted(ranked, key=lambda each: (place.get(each.cause, len(place)), *_place(each))))


def ruled_out_first(raised: tuple[Flag, ...]) -> tuple[str, ...]:
    """What the raised flags look for, of the most urgent first: flags bypass the ranking.

    A flag that asks for a doctor within days or sooner, and none below: a habit of growing bones or of the
    young is no reason to put what is rare before what is common.
    """
    urgent = sorted(
        (flag for flag in raised if (flag.tier or 0) >= Tier.T2), key=lambda flag: -(flag.tier or 0)
    )
    return tuple(dict.fromkeys(cause for flag in urgent for cause in flag.suspects))


def _ruled_out(cause: RankedCause) -> RankedCause:
    """Held open by its flag, whatever the ranking makes of it."""
    fit: Fit = cause.fit if cause.fit == "fits best" else "possible"
    return replace(cause, fit=fit, rule_out=True)


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
