"""Frozen dataclasses as JSON objects, and back, exactly: by their annotations, so a new field needs no code.

Text is written in ASCII with escapes, so any text comes back, even one that UTF-8 cannot hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from backstride.model.said import Said, plainly
from backstride.store.errors import Unstorable

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def to_json(value: object) -> str:
    """Dates as ISO text, tuples as lists, a dataclass as an object of all its fields.

    Raises: Unstorable when a number is NaN or infinite: what is not known is None.
    """
    try:
        return json.dumps(to_plain(value), allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        raise Unstorable(("a number that is not finite",)) from error


def to_plain(value: object) -> object:
    """What JSON can hold of a record, or of any part of one."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Mapping):
        return {key: to_plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_plain(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    return value


def from_json(kind: type[T], text: str) -> T:
    """The record `to_json` was given; a field it lacks (an older version wrote it) is the default."""
    return from_plain(kind, json.loads(text))


# Any: JSON's own values; the dataclass says what each of them is.
def from_plain(kind: type[T], plain: Mapping[str, Any]) -> T:
    """As `from_json`, of an object already parsed."""
    dates, tuples = _shapes(kind)
    found: dict[str, Any] = {}
    for name, value in plain.items():
        if value is not None and name in dates:
            found[name] = date.fromisoformat(value)
        elif value is not None and name in tuples:
            found[name] = tuple(value)
        else:
            found[name] = value
    return kind(**found)


@cache
def _shapes(kind: type[DataclassInstance]) -> tuple[frozenset[str], frozenset[str]]:
    """Names of the fields that are dates, and of those that are tuples, whether or not they may be None."""
    hints = get_type_hints(kind)
    options = {field.name: (hints[field.name], *get_args(hints[field.name])) for field in fields(kind)}
    dates = frozenset(name for name, kinds in options.items() if date in kinds)
    tuples = frozenset(name for name, kinds in options.items() if any(get_origin(k) is tuple for k in kinds))
    return dates, tuples


def names_to_json(names: Sequence[str]) -> str:
    """A list of texts."""
    return json.dumps(list(names), separators=(",", ":"))


def names_from_json(text: str) -> tuple[str, ...]:
    """The texts `names_to_json` was given."""
    return tuple(json.loads(text))


def said_to_json(each: Sequence[Said]) -> str:
    """Sentences, each with its pattern and values, so that they can be said in another language later."""
    return json.dumps([[one.pattern, dict(_said_values(one))] for one in each], separators=(",", ":"))


def _said_values(one: Said) -> Iterator[tuple[str, object]]:
    for name, value in one.values.items():
        yield name, [value.pattern, dict(_said_values(value))] if isinstance(value, Said) else value


def said_from_json(text: str) -> tuple[Said, ...]:
    """The sentences `said_to_json` was given; an older version wrote them as plain texts."""
    plain = json.loads(text) if text.startswith("[") else [text]
    return tuple(plainly(one) if isinstance(one, str) else _said(*one) for one in plain)


def _said(pattern: str, values: Mapping[str, Any]) -> Said:  # Any: a text, a number, or a sentence again
    inner = {name: _said(*one) if isinstance(one, list) else one for name, one in values.items()}
    return Said(pattern, inner)


def plain_text(text: str) -> str:
    r"""The text as SQLite can hold it: a byte of a file's name that was no character is written `\udce9`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
