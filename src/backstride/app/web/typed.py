"""What a form of ours sent, field by field."""

from __future__ import annotations

from datetime import date

from starlette.datastructures import FormData

from backstride.model.errors import BadInput
from backstride.model.said import said


def words_of(form: FormData) -> dict[str, str]:
    """Every field that was typed, as it was typed; the last word where there are several."""
    return {name: value.strip() for name, value in form.multi_items() if isinstance(value, str)}


def day_typed(words: str) -> date | None:
    """A day as a date field sends it; None where it was left empty.  Raises: BadInput for anything else."""
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise BadInput((said("{told}: not a day; right would be 2026-03-22", told=f"{words!r}"),)) from None
