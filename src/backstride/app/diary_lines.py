"""The diary as it can be looked through: entries of a day or a kind."""

from __future__ import annotations

from datetime import date
from typing import get_args

from backstride.app.diary_words import day_of
from backstride.model.errors import BadInput
from backstride.model.faults import did_you_mean
from backstride.model.said import said
from backstride.store.diary import DiaryRow, Kind
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


def rows_of(store: Store, kind: Kind | None = None, day: date | None = None) -> tuple[DiaryRow, ...]:
    """Entries of one kind and one day, or of all, in the order they were entered."""
    return tuple(row for row in store.diary(kind) if day is None or day_of(row.entry) == day)
