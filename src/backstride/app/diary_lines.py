"""The diary as it can be looked through: entries of a day or a kind, each in a few words."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import get_args

from backstride.model.errors import BadInput
from backstride.model.faults import did_you_mean
from backstride.model.history import Sameness, Shoe, Span
from backstride.model.said import said
from backstride.store.diary import DiaryRow, Entry, Kind
from backstride.store.store import Store


def kinds(told: str) -> Kind:
    """The kind of entry by that name, as `check_in` or `check-in`.

    Raises: BadInput for any other word.
    """
    allowed: tuple[Kind, ...] = get_args(Kind)
    asked = told.strip().lower().replace("-", "_")
    if (found := next((each for each in allowed if each == asked), None)) is not None:
        return found
    raise BadInput(
        (
            said(
                "{kind} cannot be taken back{meant}; right would be one of {n}",
                kind=f"{told!r}",
                meant=did_you_mean(asked, allowed),
                n=", ".join(allowed),
            ),
        )
    )


def day_of(entry: Entry) -> date | None:
    """The day an entry is of; None for a pair of shoes, and for what is said of two activities."""
    if isinstance(entry, Shoe | Sameness):
        return None
    return entry.first if isinstance(entry, Span) else entry.on


def rows_of(store: Store, kind: Kind | None = None, day: date | None = None) -> tuple[DiaryRow, ...]:
    """Entries of one kind and one day, or of all, in the order they were entered."""
    return tuple(row for row in store.diary(kind) if day is None or day_of(row.entry) == day)


def what(entry: Entry) -> str:
    """An entry's values in the names of its fields; what was not told is left out, and its day."""
    told = ((field.name, getattr(entry, field.name)) for field in fields(entry) if field.name != "on")
    return " ".join(f"{name}={_shown(value)}" for name, value in told if value not in (None, (), "", False))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(str(each) for each in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
