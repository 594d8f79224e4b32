"""One cause alone: what it starts with, and what each thing known adds or takes away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from statistics import mean

from backstride.causes.temper import shares
from backstride.knowledge.cause import Cause, Evidence, Priors
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.rules import Truth
from backstride.model.findings import Facts

SYMPTOM_BLOCKS = frozenset({"history", "aggravators", "exam", "course"})
"""What the body says; the rest is who somebody is and how much was run."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of evidence on what is known."""

    index: int
    evidence: Evidence
    truth: Truth
    weight: float
    """Tempered log ratio; zero while it is not known, or where what is known says nothing."""
    half_width: float
    """Of the weight, on the log scale: where its published or assumed interval reaches."""

    @property
    def ratio(self) -> float | None:
        """The likelihood ratio of what is known; None while it is not known."""
        return _ratio(self.evidence, self.truth)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One cause with all its evidence."""

    cause: Cause
    log_prior: float
    log_prior_half_width: float
    lines: tuple[Line, ...]

    @property
    def log_weight(self) -> float:
        """Natural log of what it weighs against the other causes."""
        return self.log_prior + sum(line.weight for line in self.lines)

    @property
    def half_width(self) -> float:
        """How far the log weight may be off, from the prior and from every ratio taken together."""
        return float(sum(part**2 for part in self._half_widths()) ** 0.5)

    @property
    def symptoms_say(self) -> float:
        """Net log ratio of what the body says, leaving out load and who somebody is."""
        return sum(line.weight for line in self.lines if line.evidence.block in SYMPTOM_BLOCKS)

    @property
    def spoken_for(self) -> bool:
        """True when anything known speaks for it."""
        return any(line.weight > 0 for line in self.lines)

    def _half_widths(self) -> Iterable[float]:
        yield self.log_prior_half_width
        yield from (line.half_width for line in self.lines)


def weigh(cause: Cause, facts: Facts, knowledge: Knowledge) -> Weighed:
    """The cause with every row of evidence put to what is known."""
    prior, half_width = _prior(cause.priors, facts, knowledge)
    return Weighed(cause, log(prior), half_width, _lines(cause, facts, knowledge))


def _prior(priors: Priors, facts: Facts, knowledge: Knowledge) -> tuple[float, float]:
    """The prior at this age and its half width on the log scale.

    Unknown age: the mean over the adult bands, as wide as it takes to reach every band there is.
    """
    adult = (priors.age_18_39, priors.age_40_64, priors.age_65_up)
    age = facts.get("age_years")
    if not isinstance(age, (int, float)) or isinstance(age, bool):
        middle = mean(adult)
        farthest = max(priors.under_18, *adult) / middle
        return middle, log(max(priors.spread, farthest))
    child, grown, older = knowledge.edges("age_bands")
    band = priors.under_18 if age < child else adult[(age >= grown) + (age >= older)]
    return band, log(priors.spread)


def _lines(cause: Cause, facts: Facts, knowledge: Knowledge) -> tuple[Line, ...]:
    tempering = knowledge.number("tempering")
    unmeasured = log(knowledge.number("unmeasured_spread"))
    truths = [evidence.when.value(facts) for evidence in cause.evidence]
    log_ratios = [
        log(_ratio(evidence, truth) or 1.0) for evidence, truth in zip(cause.evidence, truths, strict=True)
    ]
    counted = _shares_by_block(cause.evidence, log_ratios, tempering)
    return tuple(
        Line(
            index,
            evidence,
            truth,
            counted[index] * log_ratios[index],
            counted[index] * _half_width(evidence, truth, unmeasured),
        )
        for index, (evidence, truth) in enumerate(zip(cause.evidence, truths, strict=True))
    )


def _shares_by_block(
    rows: tuple[Evidence, ...], log_ratios: list[float], tempering: float
) -> dict[int, float]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, evidence in enumerate(rows):
        blocks[evidence.block].append(index)
    return {
        index: share
        for members in blocks.values()
        for index, share in zip(
            members, shares([log_ratios[index] for index in members], tempering), strict=True
        )
    }


def _ratio(evidence: Evidence, truth: Truth) -> float | None:
    if truth is None:
        return None
    return evidence.if_yes if truth else evidence.if_no


def _half_width(evidence: Evidence, truth: Truth, unmeasured: float) -> float:
    """How far the log ratio may be off: its interval as published, else a wide one of our own."""
    ratio = _ratio(evidence, truth)
    if ratio is None or ratio == 1:
        return 0.0
    span = evidence.yes_range if truth else evidence.no_range
    return unmeasured if span is None else max(log(ratio / span[0]), log(span[1] / ratio))
