"""What the parts of a plan look at together: facts, causes, phase, and what is left out for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.knowledge.population import Population
from backstride.knowledge.unsettled import unsettled
from backstride.model.assessment import Fit, RankedCause
from backstride.model.findings import Facts
from backstride.plan.offer import Bar
from backstride.plan.pain_rule import bone_type
from backstride.plan.phases import Place, place

LADDER = "walk_run"
IMPACT_PAIN = "one_sided_impact_pain"
"""The safety question that tells of bone-type pain."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One runner on one day, as the plan sees them."""

    facts: Facts
    days: int | None
    """Since the pain began, the fewest it can be; None where nobody knows."""
    place: Place
    fits: Mapping[str, Fit]
    named: tuple[str, ...]
    """Causes that the steps are for: those that fit best, else those that are possible."""
    bone: bool | None
    """Whether the pain may come from bone."""
    applies: tuple[Population, ...]
    """Groups that the runner is known to belong to."""
    bars: Mapping[str, tuple[Bar, ...]]
    """Exercise or treatment -> the groups it is left out for, sure or not."""
    ladder_bars: tuple[Bar, ...]
    ladder: Ladder


def situation(
    facts: Facts, days: int | None, causes: tuple[RankedCause, ...], knowledge: Knowledge
) -> Situation:
    """Everything the parts of a plan need, worked out once."""
    ladder = knowledge.ladders[LADDER]
    fits = {cause.cause: cause.fit for cause in causes}
    impact = facts.get(IMPACT_PAIN)
    groups = [
        (group, truth)
        for group in knowledge.populations.values()
        if (truth := group.when.value(facts)) is not False
    ]
    bars: dict[str, tuple[Bar, ...]] = {}
    for group, truth in groups:
        for id in group.bars:
            bars[id] = (*bars.get(id, ()), Bar(group.text("name"), truth is True))
    return Situation(
        facts=facts,
        days=days,
        place=place(days, facts, knowledge),
        fits=fits,
        named=_named(causes),
        bone=bone_type(fits, impact if isinstance(impact, bool) else None, ladder.bone_causes),
        applies=tuple(group for group, truth in groups if truth is True),
        bars=bars,
        ladder_bars=tuple(
            Bar(group.text("name"), truth is True) for group, truth in groups if group.no_ladder
        ),
        ladder=ladder,
    )


def open_about_bone(now: Situation, known: Known, knowledge: Knowledge) -> tuple[str, ...]:
    """Unanswered safety questions that alone hold it open whether the pain may come from bone.

    None where anything that was told speaks of bone, and none that was answered "not sure": then the plan
    is the careful one for bone.
    """
    bones = now.ladder.bone_causes
    told = now.facts.get(IMPACT_PAIN) is not False
    if told or any(now.fits.get(cause, "unlikely") not in ("unlikely", "not known yet") for cause in bones):
        return ()
    names = {name for cause in bones for name in unsettled(knowledge.causes[cause], now.facts, knowledge)}
    if "not known yet" not in {now.fits.get(cause) for cause in bones} or names & known.not_sure:
        return ()
    return tuple(sorted(names, key=lambda name: knowledge.questions[name].order))


def _named(causes: tuple[RankedCause, ...]) -> tuple[str, ...]:
    for fit in ("fits best", "possible"):
        if named := tuple(cause.cause for cause in causes if cause.fit == fit):
            return named
    return tuple(cause.cause for cause in causes[:1])
