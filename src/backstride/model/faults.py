"""What is wrong with a value, in words a person understands rather than a checker's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from backstride.model.said import Said, pattern, plainly, said

_WORDS = {
    "int_parsing": said("must be a whole number"),
    "int_type": said("must be a whole number"),
    "int_from_float": said("must be a whole number"),
    "float_parsing": said("must be a number"),
    "float_type": said("must be a number"),
    "finite_number": said("must be a number"),
    "greater_than_equal": pattern("must be {ge} or more"),
    "greater_than": pattern("must be more than {gt}"),
    "less_than_equal": pattern("must be {le} or less"),
    "less_than": pattern("must be less than {lt}"),
    "literal_error": pattern("right would be {expected}"),
    "date_parsing": said("must be a day as YYYY-MM-DD"),
    "date_type": said("must be a day as YYYY-MM-DD"),
    "date_from_datetime_parsing": said("must be a day as YYYY-MM-DD"),
    "bool_parsing": said("must be true or false"),
    "bool_type": said("must be true or false"),
    "string_type": said("must be words"),
    "extra_forbidden": said("no such field"),
    "missing": said("missing, and there is no default"),
}
"""By the type of pydantic's error."""


def as_id(words: str) -> str:
    """Words as an id is written: "Bird dog" and bird-dog are bird_dog."""
    return words.strip().lower().replace(" ", "_").replace("-", "_")


def did_you_mean(id: str, known: Iterable[str]) -> Said:
    """The nearest known id, to stand behind "no such ..."; empty where none is near."""
    close = get_close_matches(id, tuple(known), 1)
    return said(" (did you mean {n}?)", n=close[0]) if close else plainly("")


def fault(error: Mapping[str, Any]) -> Said:  # Any: pydantic's ErrorDetails
    """One of pydantic's errors as "field: what would be right"."""
    field = ".".join(str(part) for part in error["loc"]) or said("the record")
    return said("{field}: {why}", field=field, why=in_words(error))


def in_words(error: Mapping[str, Any]) -> Said:  # Any: pydantic's ErrorDetails
    """What would be right, without the field."""
    if (known := _WORDS.get(error["type"])) is not None:
        return Said(known, {name: str(each) for name, each in error.get("ctx", {}).items() if name in known})
    raised = error.get("ctx", {}).get("error")
    return reason(raised) if isinstance(raised, ValueError) else plainly(str(error["msg"]))


def reason(error: Exception) -> Said:
    """The sentence an error was raised with."""
    given = error.args[0] if error.args else ""
    return given if isinstance(given, Said) else plainly(str(given))
