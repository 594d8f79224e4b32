"""Faults in the groups of people: those that ask too much before a plan, or too little."""

from __future__ import annotations

from collections.abc import Iterator

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.population import Population


def population_faults(knowledge: Knowledge) -> Iterator[str]:
    """One line for each group of people that does not hold up."""
    for group in knowledge.populations.values():
        yield from (f"populations/{group.id}.toml: {fault}" for fault in _group_faults(group, knowledge))


def _group_faults(group: Population, knowledge: Knowledge) -> Iterator[str]:
    if not group.asked_first and (group.at_least != "T0" or group.no_ladder):
        yield "asked_first: a group with a tier or without the ladder must be known before any plan: true"
    if group.asked_first:
        asked = (
            knowledge.questions[name] for name in sorted(group.when.names) if name in knowledge.questions
        )
        for question in asked:
            if question.group != "safety":
                yield (
                    f"when: {question.id} is no safety question, and would hold up every plan: "
                    "set asked_first = false or ask it among the safety questions"
                )
