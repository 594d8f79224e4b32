"""Faults about people: professionals that are named but not there."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from backstride.knowledge.knowledge import Knowledge


def people_faults(knowledge: Knowledge) -> Iterator[str]:
    """One line for each professional that a record names and nobody has written."""
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
