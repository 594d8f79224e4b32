"""The sentences that stand in the code, for translators: the first argument of every `said` and `pattern`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from backstride.model.said import pattern_id
from backstride.model.text import Catalog

_SAYERS = ("said", "pattern")
_SAME_IN_ALL = ("{field}: {why}",)
"""Nothing but values and signs between them: there is nothing to translate."""


def sentences_in_code() -> Catalog:
    """Every pattern in the package by its id.

    Raises: TypeError naming the place where a pattern is not one literal, which nobody could translate.
    """
    found = {pattern for file in _sources(files("backstride")) for pattern in patterns_in(file)}
    return {pattern_id(pattern): pattern for pattern in sorted(found) if pattern not in _SAME_IN_ALL}


def patterns_in(source: Traversable) -> Iterator[str]:
    """The patterns in one file of code."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id not in _SAYERS or not node.args:
            continue
        match node.args[0]:
            case ast.Constant(value=str(words)):
                yield words
            case _:
                raise TypeError(f"{source.name}: line {node.lineno}: {node.func.id} takes one literal")


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry)
        elif entry.name.endswith(".py"):
            yield entry
