"""What the commands say of themselves, in the language asked for: their help is part of the catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from backstride.knowledge.loader import shipped
from backstride.languages.catalog import translated
from backstride.languages.in_code import sentences_in_code
from backstride.model.text import Catalog


def help_sentences(root: Any) -> Catalog:  # Any: a click command
    """Every different help text of a tree of commands, by the first place where it stands."""
    found: dict[str, str] = {}
    for place, _, words in _texts(root, ()):
        if words not in found.values():
            found["help." + place] = words
    return found


def everything(root: Any) -> Catalog:  # Any: a click command
    """Every sentence that can be translated: of the knowledge, of the help, and those in the code."""
    return {**shipped().sentences, **help_sentences(root), **sentences_in_code()}


def speak(root: Any, language: str) -> None:  # Any: a click command
    """Puts the help of a tree of commands into a language; what is not translated stays English."""
    english = help_sentences(root)
    said = translated(english, language)
    by_words: Mapping[str, str] = {words: said[id] for id, words in english.items()}
    for _, holder, words in tuple(_texts(root, ())):
        holder.help = by_words[words]


def in_full(root: Any) -> None:  # Any: a click command
    """Lets a list of commands say each one's whole sentence rather than its first words."""
    for command in getattr(root, "commands", {}).values():
        command.short_help = command.help
        in_full(command)


def _texts(command: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any, str]]:
    """Each help text: where it stands, what holds it, and its words."""
    place = ".".join(path) or "backstride"
    if command.help:
        yield place, command, " ".join(command.help.split())
    for parameter in command.params:
        if words := getattr(parameter, "help", None):
            yield f"{place}.{parameter.name}", parameter, " ".join(words.split())
    for name, part in getattr(command, "commands", {}).items():
        yield from _texts(part, (*path, name))
