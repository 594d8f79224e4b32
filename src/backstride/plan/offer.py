"""Whether an exercise or a treatment may be offered, and each reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backstride.knowledge.exercise import Exercise
from backstride.knowledge.offered import Barred, OfferState
from backstride.knowledge.rules import Truth
from backstride.knowledge.treatment import Treatment
from backstride.model.assessment import Fit
from backstride.model.findings import Facts
from backstride.model.text import Text


@dataclass(frozen=True, slots=True)
class Bar:
    """Something left out for a group of people: a yes, or not known whether they belong to it."""

    group: Text
    sure: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Where one record stands for one runner."""

    state: OfferState
    because: tuple[Text, ...] = ()
    """The reasons that hold, or those that are not settled yet."""
    ask: tuple[str, ...] = ()
    """Facts that would settle it."""


Record = Exercise | Treatment


def offer(record: Record, facts: Facts, fits: Mapping[str, Fit], bars: tuple[Bar, ...] = ()) -> Offer:
    """How far a record may be offered; not knowing of a risk never lets it through.

    `fits` holds every ranked cause; one that is not in it is not known to be unlikely.
    """
    holds = (
        *_that(record, "not_if", True, facts),
        *_that(record, "leave_out_if", True, facts),
        *(bar.group for bar in bars if bar.sure),
    )
    wanted = True if record.only_if is None else record.only_if.value(facts)
    suspected = [cause for cause in record.not_with_causes if fits.get(cause, "unlikely") != "unlikely"]
    if holds or suspected or wanted is False:
        return Offer("barred", holds)
    if not record.phases:
        return Offer("explained")
    unsettled = (
        *_that(record, "not_if", None, facts),
        *(bar.group for bar in bars if not bar.sure),
    )
    if unsettled or wanted is None or not set(record.not_with_causes) <= set(fits):
        return Offer("not_known", unsettled, _open(record, facts))
    if isinstance(record, Treatment):
        return _after_asking(record, facts)
    return Offer("offered")


def _after_asking(treatment: Treatment, facts: Facts) -> Offer:
    """Past the stop list: a reason to ask a pharmacist comes before the dose."""
    if ask := tuple(_that(treatment, "ask_first", True, facts)):
        return Offer("ask_first", ask)
    if unsettled := tuple(_that(treatment, "ask_first", None, facts)):
        return Offer("not_known", unsettled, _open(treatment, facts))
    return Offer("offered")


def _that(record: Record, field: str, truth: Truth, facts: Facts) -> Iterable[Text]:
    reasons: tuple[Barred, ...] = getattr(record, field)
    return (
        record.text(f"{field}.{index}.says")
        for index, reason in enumerate(reasons)
        if reason.when.value(facts) is truth
    )


def _open(record: Record, facts: Facts) -> tuple[str, ...]:
    rules = [reason.when for reason in record.not_if]
    if isinstance(record, Treatment):
        rules += [reason.when for reason in record.ask_first]
    if record.only_if is not None:
        rules.append(record.only_if)
    return tuple(sorted({name for rule in rules for name in rule.open_names(facts)}))
