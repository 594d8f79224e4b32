"""The names of an export's files without the name of the account."""

from __future__ import annotations

import re

_KEPT = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,5}|20\d{6}")
"""Parts that stay: days, and the number of the page; an account's own number is longer."""


def nameless(name: str, word: re.Match[str] | None) -> str:
    """The name without what stands before its own word, but days and the number of the page.

    Garmin writes the account's e-mail address there, its name or its number.
    """
    if word is None:
        return name
    before = [part for part in name[: word.start()].split("_") if _KEPT.fullmatch(part)]
    return "_".join((*before, name[word.start() :].lstrip("_")))
