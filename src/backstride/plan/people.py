"""Whom to see, what they can do, and what to take along: from the pages on professionals."""

from __future__ import annotations

from collections.abc import Iterable

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.professional import Professional
from backstride.model.assessment import Flag, Tier
from backstride.model.text import Text
from backstride.plan.situation import Situation


def whom(
    tier: Tier,
    raised: tuple[Flag, ...],
    causes: tuple[str, ...],
    now: Situation,
    knowledge: Knowledge,
) -> tuple[str, ...]:
    """Those whom a raised flag names; else the nearest for each cause and for the groups; else by tier."""
    flags = (knowledge.red_flags[flag.id] for flag in raised if flag.id in knowledge.red_flags)
    by_flag = [id for flag in flags for id in flag.see]
    by_cause = [id for cause in causes for id in knowledge.causes[cause].see[:1]]
    by_group = [id for group in now.applies for id in group.see]
    by_tier = [one.id for one in _in_order(knowledge.professionals.values()) if tier.name in one.first_for]
    return tuple(dict.fromkeys(by_flag or [*by_cause, *by_group] or by_tier))


def what_they_do(ids: tuple[str, ...], knowledge: Knowledge) -> tuple[Text, ...]:
    """For each, what they can do and what to take along."""
    return tuple(
        text for id in ids if (one := knowledge.professionals[id]) for text in (_can_do(one), _bring(one))
    )


def sources_of_people(ids: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The sources of those pages, each once."""
    return tuple(dict.fromkeys(source for id in ids for source in knowledge.professionals[id].sources))


def _in_order(people: Iterable[Professional]) -> list[Professional]:
    return sorted(people, key=lambda one: (one.order, one.id))


def _can_do(one: Professional) -> Text:
    return Text("plan.see_who", {"name": one.text("name"), "can_do": one.text("can_do")})


def _bring(one: Professional) -> Text:
    return Text("plan.see_bring", {"what": tuple(one.text(f"bring.{i}") for i in range(len(one.bring)))})
