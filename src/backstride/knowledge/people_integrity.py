"""Faults about people: professionals that are not there, and groups that ask too much or too little."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.population import Population


def people_faults(knowledge: Knowledge) -> Iterator[str]:
    """One line for each professional nobody has written, and each group of people that does not hold up."""
    for group in knowledge.populations.values():
        yield from (f"populations/{group.id}.toml: {fault}" for fault in _group_faults(group, knowledge))
    for record in knowledge.records():
        for place, id in _seen(record, ""):
            if id not in knowledge.professionals:
                where = f"{record.kind}/{record.id}.toml"
                yield f"{where}: {place}: no professional is called {id!r}: correct it or add its page"


def _seen(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Each professional that a record or a part of it names, with its place in the file."""
    if isinstance(value, BaseModel):
        see = getattr(value, "see", ())
        yield from ((f"{path}see", id) for id in see)
        for name in type(value).model_fields:
            yield from _seen(getattr(value, name), f"{path}{name}.")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _seen(part, f"{path}{index}.")


def _group_faults(group: Population, knowledge: Knowledge) -> Iterator[str]:
    for id in group.bars:
        if id not in knowledge.exercises and id not in knowledge.treatments:
            yield f"bars: {id!r} is neither an exercise nor a treatment"
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
