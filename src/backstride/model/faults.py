"""What is wrong with a value, in words a person understands rather than a checker's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

_WORDS = {
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "greater_than_equal": "must be {ge} or more",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be {le} or less",
    "less_than": "must be less than {lt}",
    "literal_error": "right would be {expected}",
    "date_parsing": "must be a day as YYYY-MM-DD",
    "date_type": "must be a day as YYYY-MM-DD",
    "date_from_datetime_parsing": "must be a day as YYYY-MM-DD",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be words",
    "extra_forbidden": "no such field",
    "missing": "missing, and there is no default",
}
"""By the type of pydantic's error."""


def did_you_mean(id: str, known: Iterable[str]) -> str:
    """The nearest known id, to stand behind "no such ..."; empty where none is near."""
    close = get_close_matches(id, tuple(known), 1)
    return f" (did you mean {close[0]}?)" if close else ""


def fault(error: Mapping[str, Any]) -> str:  # Any: pydantic's ErrorDetails
    """One of pydantic's errors as "field: what would be right"."""
    field = ".".join(str(part) for part in error["loc"]) or "the record"
    return f"{field}: {in_words(error)}"


def in_words(error: Mapping[str, Any]) -> str:  # Any: pydantic's ErrorDetails
    """What would be right, without the field."""
    if (words := _WORDS.get(error["type"])) is not None:
        return words.format_map(error.get("ctx", {}))
    return str(error["msg"]).removeprefix("Value error, ")
