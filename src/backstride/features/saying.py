"""Sentences of this room, by their key in sentences/features.toml."""

from __future__ import annotations

from backstride.model.text import Missing, Text, Value


def says(key: str, **values: Value) -> Text:
    """The sentence under one key, with the values it names."""
    return Text(f"features.{key}", values)


def missing(reason: Text, help: str) -> Missing:
    """In place of a number: why it is not known, and the key of what would supply it."""
    return Missing(reason, says(help))
