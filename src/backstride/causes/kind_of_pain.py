"""What kind of pain this is by what keeps it going: one line, beside the causes and never in their place."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import KindFit, KindOfPain
from backstride.model.findings import Facts
from backstride.model.text import Text


def kind_of_pain(facts: Facts, knowledge: Knowledge) -> KindOfPain | None:
    """The kind that the known signs fit best; None while too few of them are known.

    A regression on signs less their share, so that one not known leaves every kind as it was.

    Source: smart2011, trained and cross-validated by accuracy/mechanism.py.
    """
    truths = {id: sign.when.value(facts) for id, sign in knowledge.pain_signs.items()}
    known = {id: truth for id, truth in truths.items() if truth is not None}
    if len(known) < knowledge.number("kind_least_signs"):
        return None
    shares = kind_shares(known, knowledge)
    best = knowledge.pain_kinds[max(shares, key=lambda id: shares[id])]
    adds = {id: _added(id, truth, best.id, knowledge) for id, truth in known.items()}
    strongest_first = sorted((id for id in adds if adds[id] > 0), key=lambda id: -adds[id])
    return KindOfPain(
        kind=best.id,
        name=best.text("name"),
        plain=best.text("plain"),
        fit=_word(shares[best.id], knowledge),
        share=shares[best.id],
        because=_because({id: known[id] for id in strongest_first}, knowledge),
        known=len(known),
        of=len(knowledge.pain_signs),
        sources=best.sources,
    )


def kind_shares(known: Mapping[str, bool], knowledge: Knowledge) -> dict[str, float]:
    """Kind -> its share of the whole on the signs known (by id); they sum to 1."""
    scores = {
        id: kind.start + sum(_added(sign, truth, id, knowledge) for sign, truth in known.items())
        for id, kind in knowledge.pain_kinds.items()
    }
    top = max(scores.values())
    weights = {id: exp(score - top) for id, score in scores.items()}
    return {id: weight / sum(weights.values()) for id, weight in weights.items()}


def _because(told: Mapping[str, bool], knowledge: Knowledge) -> tuple[Text, ...]:
    """The signs in words, each thing told once: not below the knee goes without saying where it stays put."""
    by_fact: dict[frozenset[str], Text] = {}
    for id, truth in told.items():
        sign = knowledge.pain_signs[id]
        by_fact.setdefault(sign.when.names, sign.text("says_yes" if truth else "says_no"))
    return tuple(by_fact.values())


def _added(sign: str, truth: bool, kind: str, knowledge: Knowledge) -> float:
    row = knowledge.pain_signs[sign]
    return row.weights[kind] * (truth - row.share)


def _word(share: float, knowledge: Knowledge) -> KindFit:
    if share >= knowledge.number("kind_mostly_from"):
        return "mostly"
    return "rather" if share >= knowledge.number("kind_rather_from") else "not clear"
